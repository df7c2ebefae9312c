"""The desk: web pages and an API over a record, for people who work with it all day."""
