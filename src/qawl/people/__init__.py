"""One person across articles: who the speakers of the record, and those spoken about, are."""
