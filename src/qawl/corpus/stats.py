"""What is in a data set, counted by DuckDB over its files: seconds for millions of rows, whatever read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import duckdb
import pyarrow.dataset as arrow_dataset

from qawl.corpus.commit import Dataset
from qawl.corpus.errors import CorpusError
from qawl.corpus.plan import tally_of
from qawl.corpus.schema import COPIES, TABLES
from qawl.corpus.settling import is_compared

_TABLES: Final = ("articles", "statements", "errors", "copies")
_COMPARED: Final = ("people", "groups")  # which `qawl corpus compare` makes


class OfOutlet(NamedTuple):
    """An outlet: its articles and words, the statements in them, and the share of its words in nobody's statement."""

    outlet: str | None
    articles: int
    words: int
    statements: int
    outlet_share: float


class OfMonth(NamedTuple):
    """A month of publication, `2024-03`; None of articles without a date."""

    month: str | None
    articles: int
    statements: int


class Count(NamedTuple):
    """Statements that have the same value of something."""

    name: str | None
    statements: int


class OfSpeaker(NamedTuple):
    """Who speaks, by the name as articles have it."""

    name: str
    type: str
    statements: int
    articles: int
    outlets: int


class OfPerson(NamedTuple):
    """A person, body or state across articles, by its public ID, and what it says."""

    person: str
    name: str
    type: str
    statements: int
    articles: int
    outlets: int


class Carried(NamedTuple):
    """What several articles report: how many `outlets` in words of their own, in how many articles and statements; the
    public ID of the first of these, who says it there, and its words."""

    statement: str
    outlets: int
    articles: int
    statements: int
    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Stats:
    """A data set in numbers. Outlets, acts, forms, speakers and people come with the most statements first, months in
    order, what is `carried` by the most outlets first; `left_out` counts pages by their language, `errors` by their
    reason, `copies` by their kind. Of `people` and what is `carried` there is nothing before it is worked out, or where
    the data set has grown since."""

    articles: int
    words: int
    statements: int
    named: int  #: statements of a speaker who is named or described
    outlets: list[OfOutlet]
    months: list[OfMonth]
    acts: list[Count]
    forms: list[Count]
    speakers: list[OfSpeaker]
    people: list[OfPerson]
    carried: list[Carried]
    left_out: dict[str, int]
    errors: list[Count]
    copies: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """A dictionary of JSON values."""

        def plain(value: Any) -> Any:
            return [row._asdict() for row in value] if isinstance(value, list) else value

        return {name: plain(getattr(self, name)) for name in self.__slots__}


def count(dataset: Dataset, most: int = 20) -> Stats:
    """Count what is in a data set; of speakers the `most` frequent. Raises CorpusError where there is none."""
    if dataset.about() is None:
        raise CorpusError(f"{dataset.place}: no data set here (`qawl corpus read` makes one)")
    compared = is_compared(dataset)
    connection = _connected(dataset, _TABLES + (_COMPARED if compared else ()))

    def rows(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    articles, words = rows("SELECT count(*), coalesce(sum(words), 0) FROM articles")[0]
    statements, named = rows(
        "SELECT count(*), count(*) FILTER (WHERE speaker_type IS NOT NULL AND speaker_type <> 'unnamed') "
        "FROM statements"
    )[0]
    return Stats(
        articles,
        int(words),
        statements,
        named,
        [
            OfOutlet(outlet, n, int(words), int(said), share)
            for outlet, n, words, said, share in rows(
                "SELECT outlet, count(*), sum(words), sum(statements), "
                "coalesce(sum(outlet_share * words) / nullif(sum(words), 0), 1) "
                "FROM articles GROUP BY outlet ORDER BY sum(statements) DESC, outlet"
            )
        ],
        [
            OfMonth(month, n, int(said))
            for month, n, said in rows(
                "SELECT strftime(day, '%Y-%m') AS month, count(*), sum(statements) "
                "FROM articles GROUP BY month ORDER BY month NULLS LAST"
            )
        ],
        [Count(*row) for row in rows("SELECT act, count(*) FROM statements GROUP BY act ORDER BY 2 DESC, 1")],
        [Count(*row) for row in rows("SELECT form, count(*) FROM statements GROUP BY form ORDER BY 2 DESC, 1")],
        [
            OfSpeaker(*row)
            for row in rows(
                # A hashtag within a name is no other name.
                "SELECT translate(speaker_name, '_#', ' ') AS name, speaker_type, count(*), "
                "count(DISTINCT article), count(DISTINCT outlet) "
                "FROM statements WHERE speaker_type NOT IN ('unnamed', 'group') "
                f"GROUP BY name, speaker_type ORDER BY 3 DESC, 1, 2 LIMIT {most:d}"
            )
        ],
        [
            OfPerson(*row)
            for row in rows(
                "SELECT person, any_value(name), any_value(type), count(*), count(DISTINCT statements.article), "
                "count(DISTINCT outlet) FROM statements JOIN people USING (article, speaker) "
                f"GROUP BY person ORDER BY 4 DESC, 1 LIMIT {most:d}"
            )
        ]
        if compared
        else [],
        [
            Carried(*row)
            for row in rows(
                'WITH most AS (SELECT "group", any_value(outlets) AS outlets, count(DISTINCT article) AS articles, '
                'count(*) AS times FROM groups GROUP BY "group" '
                f'ORDER BY outlets DESC, articles DESC, times DESC, "group" LIMIT {most:d}) '
                "SELECT statement, outlets, articles, times, speaker_name, text "
                'FROM most JOIN statements ON statement = "group" '
                "ORDER BY outlets DESC, articles DESC, times DESC, statement"
            )
        ]
        if compared
        else [],
        dict(tally_of(dataset).left_out.most_common()),
        [
            Count(*row)
            for row in rows(
                # A reason may name a number or a place of its own; its first words are what it has in common.
                "SELECT regexp_replace(reason, '[0-9]+', '…', 'g') AS said, count(*) FROM errors "
                f"GROUP BY said ORDER BY 2 DESC, 1 LIMIT {most:d}"
            )
        ],
        dict(rows("SELECT kind, count(*) FROM copies GROUP BY kind ORDER BY kind")),
    )


def _connected(dataset: Dataset, tables: Sequence[str]) -> duckdb.DuckDBPyConnection:
    """A connection to which the tables are known by their names."""
    connection = duckdb.connect()
    for table in tables:
        if dataset.is_empty(table):  # reading was stopped before there was any
            connection.register(table, {**TABLES, "copies": COPIES}[table].empty_table())
        elif dataset.local:
            files = dataset.path(table, "*.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}')")
        else:
            connection.register(table, arrow_dataset.dataset(dataset.path(table), filesystem=dataset.files))
    return connection
