"""Searches for those whom the record knows: the public ID of an entity where a filter asks for a name."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from qawl.people.anchors import from_ref
from qawl.people.finding import entity_of
from qawl.record.search.find import Filters


def meant(connection: Connection, filters: Filters) -> Filters:
    """The filters with the entities that the public IDs in `speaker` and `about` mean; names stay as they are.

    To be kept, filters should stay as they were written: who is meant by an ID may change. Raises RecordError for the
    ID of nobody.
    """
    if filters.speaker is not None and from_ref(filters.speaker) is not None:
        filters = replace(filters, by=entity_of(connection, filters.speaker), speaker=None)
    if filters.about is not None and from_ref(filters.about) is not None:
        filters = replace(filters, of=entity_of(connection, filters.about), about=None)
    return filters
