"""The same statement in several outlets: what is to be found (gold sets), how it was drawn, how it is scored."""
