"""The record: articles, what was read in them, and what people decided about it, in SQLite or PostgreSQL."""
