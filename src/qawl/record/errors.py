"""The one error of the record: something that its owner can put right."""


class RecordError(Exception):
    """A database that cannot be used, or something asked for that is not in it. The message is for the owner."""
