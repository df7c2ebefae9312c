"""The one error of this package: what cannot be done with a data set, in words for its owner."""


class CorpusError(Exception):
    """The message says what is wrong and where."""
