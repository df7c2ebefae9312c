"""Search over the statements of a record: one analysis of words, the same results on both engines."""
