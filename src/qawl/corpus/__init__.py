"""Whole archives: the same reader over any number of articles, on an engine that runs on one machine or a cluster."""
