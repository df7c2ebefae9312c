"""`qawl mcp`: the record for assistants, by the Model Context Protocol: search, person, versions, cite.

Every answer carries the exact words as they stand in the article, the public ID and the address of the article, so
that what an assistant says can be traced. Nothing is changed by any of these tools.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import wraps
from importlib.metadata import version
from typing import Annotated, Any, Literal, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from sqlalchemy import Engine

from qawl.compare import line as lines
from qawl.compare.subjects import named, subject
from qawl.compare.versions import group_of, load_versions
from qawl.compare.wording import collate
from qawl.people import profiles
from qawl.people.searching import meant
from qawl.record import showing
from qawl.record.citing import cite
from qawl.record.engine import snapshot
from qawl.record.errors import RecordError
from qawl.record.search import find
from qawl.record.search.query import QueryError, parse
from qawl.record.showing import Filter
from qawl.statement import Act

P = ParamSpec("P")
T = TypeVar("T")

_INSTRUCTIONS = (
    "A record of who said what in Arabic news. It tells what outlets report, never whether it is true. Quote `said` "
    "character for character, name the outlet and the day, and give the ID or the address. Where two versions differ, "
    "say that they differ, not which is right."
)
_LOOKS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Ref = Annotated[str, Field(description="the public ID of a statement, such as a1ygt2r83r", max_length=40)]
Who = Annotated[str, Field(description="a name that means one alone, or an ID such as e-3bd9nv67ta", max_length=200)]
Named = Annotated[str | None, Field(description="words of a name, or an ID such as e-3bd9nv67ta", max_length=200)]
Day = Annotated[date | None, Field(description="YYYY-MM-DD")]
Most = Annotated[int, Field(ge=1, le=50)]


def _told(tool: Callable[P, T]) -> Callable[P, T]:
    """The tool, with what is wrong with a question told to the assistant; any other error is told as one alone."""

    @wraps(tool)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return tool(*args, **kwargs)
        except (RecordError, QueryError) as error:
            raise ToolError(str(error)) from None

    return told


def server(engine: Engine) -> MCPServer[Any]:
    """The tools over a record."""
    found = MCPServer("qawl", instructions=_INSTRUCTIONS, version=version("qawl"), log_level="WARNING")

    @found.tool(annotations=_LOOKS)
    @_told
    def search(
        query: Annotated[str, Field(description='Arabic words in any inflection; "in this order"; -without; begin*')],
        speaker: Named = None,
        outlet: str | None = None,
        about: Named = None,
        act: Act | None = None,
        since: Day = None,
        until: Day = None,
        most: Most = 10,
    ) -> dict[str, Any]:
        """Find statements by their words, who made them, where and when; the newest first."""
        filters = find.Filters(speaker, outlet, since, until, act, about)
        with snapshot(engine) as connection:
            page = find.search(connection, parse(query), meant(connection, filters), limit=most)
        return {"statements": [result.to_json() | {"said": result.text} for result in page.results], "more": page.more}

    @found.tool(annotations=_LOOKS)
    @_told
    def people(
        name: Annotated[str, Field(description="words that are all in one of the names; empty: all")] = "",
        kind: Literal["person", "organization", "group", "place", "document", "office"] | None = None,
        most: Most = 10,
    ) -> dict[str, Any]:
        """Find persons, bodies and states by name; those who say most first."""
        some = profiles.people(engine, Filter(), named=name, kind=kind, limit=most)
        return {"people": [asdict(one) for one in some]}

    @found.tool(annotations=_LOOKS)
    @_told
    def person(who: Who) -> dict[str, Any]:
        """All about one person, body or state: names, offices with days, outlets, acts, subjects, latest statements."""
        return asdict(profiles.profile(engine, who))

    @found.tool(annotations=_LOOKS)
    @_told
    def line(
        who: Who,
        about: Annotated[str, Field(description="somebody or something by name, or words")],
        since: Day = None,
        until: Day = None,
    ) -> dict[str, Any]:
        """What somebody says on a subject over time; `differs_from` marks where a statement differs from an earlier."""
        with snapshot(engine) as connection:
            within = lines.Within(None, since, until)
            told = lines.line(connection, named(connection, who), subject(connection, about), within)
        return {"person": told.person.name, "about": told.subject.words, "entries": told.to_json()}

    @found.tool(annotations=_LOOKS)
    @_told
    def versions(statement: Ref) -> dict[str, Any]:
        """One statement as each outlet has it, and where the versions differ, by kind."""
        with snapshot(engine) as connection:
            some = list(load_versions(connection, group_of(connection, statement)).values())
        if not some:
            raise RecordError(f"{statement}: people judged it wrong, or nothing of what was said is there")
        return collate(some).to_json()

    @found.tool(name="cite", annotations=_LOOKS)
    @_told
    def cite_statement(statement: Ref) -> dict[str, Any]:
        """A reference to a statement, with its exact words, its sentence, and the article's outlet, day and address."""
        entry, one = showing.statement(engine, statement)
        if one.verdict == "wrong":
            raise RecordError(f"{statement}: people judged it wrong")
        cited = cite(entry.article, one.statement, one.ref)
        return {
            "id": one.ref,
            "said": one.statement.text,
            "speaker": one.statement.speaker.name if one.statement.speaker else None,
            "sentence": entry.article.text[slice(*one.sentence)],
            "outlet": entry.article.outlet,
            "published": entry.article.published.isoformat() if entry.article.published else None,
            "url": entry.article.url,
            "arabic": cited.arabic,
            "english": cited.english,
        }

    return found
