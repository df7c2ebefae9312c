"""Who is who: a gold set of appearances from the corpus, how it was drawn, and how a resolver is scored against it."""
