"""The one error of intake: an input that cannot become an article, and why, in words for its owner."""


class InputError(Exception):
    """An input that cannot be read. The message says what is wrong and where, without the name of the input."""
