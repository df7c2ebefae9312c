"""Add articles to the record: what is known is left alone, what is new is read and written, batch by batch.

The reading is done in worker processes, the writing here, one transaction a batch: an article is in the record whole,
with its reading, or not at all, whenever the process ends.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, select, update

from qawl.article import Article
from qawl.batch import run_in_order
from qawl.reading.reader import read
from qawl.record import tables
from qawl.record.engine import snapshot, write, write_all
from qawl.record.identity import NEAR, Identity, bands, identify, likeness, shingles
from qawl.record.rows import ReadingRows, insert, insert_readings, next_ids, to_rows
from qawl.record.search.index import index_articles, tidy
from qawl.record.times import moment, now
from qawl.record.unresolving import unresolve

T = TypeVar("T")

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_BATCH = 50  # articles in one transaction
_MANY = 1000  # articles after which the index of the search is worth tidying
_WAIT = 5.0  # seconds after which a batch is written though it is not full
_AHEAD = 50  # articles handed to each worker ahead of its work
_MOST_CANDIDATES = 20  # earlier articles with which a new one is compared
_LONGEST_NAME = 500  # characters of names that are indexed; PostgreSQL indexes no more than 2,700 bytes


class Outcome(NamedTuple):
    """What became of one article. `copy`: its words, or most of them, are in the record at another address."""

    article: Article
    kind: Literal["new", "known", "changed", "failed"]
    reason: str = ""
    copy: Literal["same", "near"] | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be written, or why it cannot be."""

    article: Article
    identity: Identity
    words: int = 0
    bands: tuple[int, ...] = ()
    reading: ReadingRows | None = None
    failure: str = ""


#: An article to be read.
Task = tuple[Article, Identity]


def add(engine: Engine, articles: Iterable[Article], tell: Callable[[Outcome], None], *, jobs: int = 1) -> None:
    """Add articles, in order; `tell` hears of each once it is safe in the record (or is not to be).

    `jobs` processes do the reading. Articles that follow each other may be told of in another order where some are
    known. Memory does not grow with their number.
    """
    tasks = _unknown(engine, articles, tell)
    written = 0
    for batch in _batches(run_in_order(tasks, prepare, jobs, _died, ahead=_AHEAD)):
        for outcome in write_all(engine, add_prepared, batch, _refused):
            written += outcome.kind in ("new", "changed")
            tell(outcome)
    if written >= _MANY:
        write(engine, tidy)


def prepare(task: Task) -> Prepared:
    """Read one article and make its rows. Runs in any process and never raises."""
    article, identity = task
    try:
        reading = to_rows(read(article), identity)
        return Prepared(article, identity, len(article.text.split()), bands(shingles(article.text)), reading)
    except Exception as error:  # a fault of ours at one article must not cost the others
        return _failed(task, f"internal error, please report it: {type(error).__name__}: {error}")


def _refused(prepared: Prepared, reason: str) -> Outcome:
    return Outcome(prepared.article, "failed", reason)


def _died(task: Task) -> Prepared:
    return _failed(task, "the process that read it was killed (out of memory?)")


def _failed(task: Task, reason: str) -> Prepared:
    return Prepared(*task, failure=reason)


def _unknown(engine: Engine, articles: Iterable[Article], tell: Callable[[Outcome], None]) -> Iterator[Task]:
    """The articles that have to be read; of those that are known already `tell` hears."""
    for some in _batches(articles):
        tasks: list[Task] = []
        for article in some:
            if fault := _fault(article):
                tell(Outcome(article, "failed", fault))
            else:
                tasks.append((article, identify(article)))
        with snapshot(engine) as connection:
            versions = _versions(connection, {identity.key for _, identity in tasks})
        for article, identity in tasks:
            if any(v.text_hash == identity.text_hash for v in versions.get(identity.key, ())):
                tell(Outcome(article, "known"))
            else:
                yield article, identity


def _fault(article: Article) -> str:
    """Why an article cannot be kept; nothing where it can. Intake gives none that cannot, but other programs may."""
    if not article.text or article.text.isspace():
        return "no text"
    names = (article.id, article.outlet, article.url, article.canonical_url, *article.authors)
    if any(_UNSTORABLE.search(value) for value in (article.text, *names) if value):
        return "holds U+0000 or half of a surrogate pair, which no database keeps"
    if article.headline and not 0 <= article.headline[0] <= article.headline[1] <= len(article.text):
        return "its headline is no span of its text"
    return ""


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Batches of a stream: full ones, or what comes within a few seconds where it comes slowly."""
    batch: list[T] = []
    begun = time.monotonic()
    for item in items:
        batch.append(item)
        if len(batch) >= _BATCH or time.monotonic() - begun > _WAIT:
            yield batch
            batch = []
            begun = time.monotonic()
    if batch:
        yield batch


class _Version(NamedTuple):
    version: int
    text_hash: str


def _versions(connection: Connection, keys: Iterable[str]) -> dict[str, list[_Version]]:
    """The versions that the record has of the articles with these keys."""
    a = tables.articles.c
    found: dict[str, list[_Version]] = {}
    for row in connection.execute(select(a.key, a.version, a.text_hash).where(a.key.in_(list(keys)))):
        found.setdefault(row.key, []).append(_Version(row.version, row.text_hash))
    return found


def add_prepared(connection: Connection, items: Sequence[Prepared]) -> list[Outcome]:
    """Write a batch in the transaction of `connection`; the outcomes are those of its articles, in order."""
    ready = [p for p in items if p.reading is not None]
    versions = _versions(connection, {p.identity.key for p in ready})
    fresh: list[tuple[Prepared, int]] = []  # with the version that each becomes
    outcomes: list[Outcome] = []
    for prepared in items:
        if prepared.reading is None:
            outcomes.append(Outcome(prepared.article, "failed", prepared.failure))
            continue
        key, text_hash = prepared.identity.key, prepared.identity.text_hash
        earlier = versions.setdefault(key, [])
        if any(v.text_hash == text_hash for v in earlier):
            outcomes.append(Outcome(prepared.article, "known"))
            continue
        version = 1 + max((v.version for v in earlier), default=0)
        earlier.append(_Version(version, text_hash))
        fresh.append((prepared, version))
        outcomes.append(Outcome(prepared.article, "new" if version == 1 else "changed"))
    if not fresh:
        return outcomes
    ids = next_ids(connection, tables.articles, len(fresh))
    superseded = _supersede(connection, {p.identity.key for p, version in fresh if version > 1})
    outlets = _outlet_ids(connection, {_name(p.article.outlet) for p, _ in fresh if p.article.outlet})
    firsts = _firsts(connection, fresh, ids)
    added_at = now()
    rows = []
    for id, (prepared, version) in zip(ids, fresh, strict=True):
        first = firsts[prepared.identity.text_hash]
        article = prepared.article
        rows.append(
            {
                "id": id,
                "key": prepared.identity.key,
                "version": version,
                "latest": version == max(v.version for v in versions[prepared.identity.key]),
                "outlet_id": outlets[_name(article.outlet)] if article.outlet else None,
                "copy_of": first if first != id else None,
                "added_at": added_at,
                **_article_row(prepared),
            }
        )
    insert(connection, tables.articles, rows)
    linked = _link_copies(connection, fresh, ids, firsts)
    readings = [(id, p.reading) for id, (p, _) in zip(ids, fresh, strict=True) if p.reading is not None]
    insert_readings(connection, readings)
    index_articles(connection, [*superseded, *ids])
    copies = iter(linked)
    return [o._replace(copy=next(copies)) if o.kind in ("new", "changed") else o for o in outcomes]


def _supersede(connection: Connection, keys: set[str]) -> list[int]:
    """The versions of these articles that were the latest until now, and are no longer."""
    a = tables.articles.c
    found = list(connection.scalars(select(a.id).where(a.key.in_(keys), a.latest))) if keys else []
    if found:
        connection.execute(update(tables.articles).where(a.id.in_(found)).values(latest=False))
        unresolve(connection, found)
    return found


def _article_row(prepared: Prepared) -> dict[str, Any]:
    article = prepared.article
    published = article.published
    headline = article.headline or (None, None)
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "source_id": _name(article.id),
        "published": published.isoformat() if published else None,
        "published_at": moment(published) if published else None,
        "day": published.isoformat()[:10] if published else None,
        "headline_start": headline[0],
        "headline_end": headline[1],
        "text": article.text,
        "text_hash": prepared.identity.text_hash,
        "words": prepared.words,
        "authors": list(article.authors),
    }


def _name(name: str | None) -> str:
    return (name or "")[:_LONGEST_NAME]


def _outlet_ids(connection: Connection, names: set[str]) -> dict[str, int]:
    """The ids of outlets by name; those that are new are written."""
    o = tables.outlets.c
    found = {row.name: row.id for row in connection.execute(select(o.id, o.name).where(o.name.in_(names)))}
    new = sorted(names - found.keys())
    ids = next_ids(connection, tables.outlets, len(new))
    insert(connection, tables.outlets, [{"id": id, "name": name} for id, name in zip(ids, new, strict=True)])
    return found | dict(zip(new, ids, strict=True))


def _firsts(connection: Connection, fresh: list[tuple[Prepared, int]], ids: list[int]) -> dict[str, int]:
    """The first article with each folded text: one of the record, else one of these."""
    a = tables.articles.c
    hashes = {p.identity.text_hash for p, _ in fresh}
    found = connection.execute(select(a.text_hash, a.id).where(a.text_hash.in_(hashes)).order_by(a.id.desc()))
    firsts = {row.text_hash: row.id for row in found}
    for id, (prepared, _) in zip(ids, fresh, strict=True):
        firsts.setdefault(prepared.identity.text_hash, id)
    return firsts


def _link_copies(
    connection: Connection, fresh: list[tuple[Prepared, int]], ids: list[int], firsts: dict[str, int]
) -> list[Literal["same", "near"] | None]:
    """Link each article with those it copies: with the first of the same words, else with all that are alike.

    Versions of one article are not copies of each other. Bands are kept of first articles only: whoever is like a
    copy is like its first. Returns what each article is.
    """
    own = {
        id: prepared for id, (prepared, _) in zip(ids, fresh, strict=True) if firsts[prepared.identity.text_hash] == id
    }
    sharing = _sharing_bands(connection, own)
    others = {other for candidates in sharing.values() for other in candidates} - own.keys()
    a = tables.articles.c
    rows = connection.execute(select(a.id, a.key, a.text).where(a.id.in_(others)))
    known = {row.id: (row.key, row.text) for row in rows} | {
        id: (prepared.identity.key, prepared.article.text) for id, prepared in own.items()
    }
    links: list[dict[str, Any]] = []
    kinds: list[Literal["same", "near"] | None] = []
    for id, (prepared, _) in zip(ids, fresh, strict=True):
        if id not in own:
            links.append(_link(id, firsts[prepared.identity.text_hash], "same", 1.0))
            kinds.append("same")
            continue
        before = len(links)
        mine = shingles(prepared.article.text) if sharing[id] else set()
        # Bands may outlive their article, should they once be made in another way: then nothing is there to be like.
        for other in (other for other in sharing[id] if other in known):
            key, text = known[other]
            if key != prepared.identity.key and (alike := likeness(mine, shingles(text))) >= NEAR:
                links.append(_link(id, other, "near", alike))
        kinds.append("near" if len(links) > before else None)
    insert(connection, tables.copies, links)
    insert(
        connection,
        tables.bands,
        [{"hash": band, "article_id": id} for id, prepared in own.items() for band in dict.fromkeys(prepared.bands)],
    )
    return kinds


def _link(id: int, other: int, kind: str, alike: float) -> dict[str, Any]:
    return {"article_id": id, "other_id": other, "kind": kind, "likeness": alike}


def _sharing_bands(connection: Connection, own: dict[int, Prepared]) -> dict[int, list[int]]:
    """For each new article the earlier ones that share most bands with it, in the record and among the new ones."""
    b = tables.bands.c
    holders: dict[int, list[int]] = {}
    wanted = {band for prepared in own.values() for band in prepared.bands}
    for row in connection.execute(select(b.hash, b.article_id).where(b.hash.in_(wanted))):
        holders.setdefault(row.hash, []).append(row.article_id)
    sharing: dict[int, list[int]] = {}
    for id, prepared in own.items():
        counts = Counter(other for band in prepared.bands for other in holders.get(band, ()))
        best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_CANDIDATES]
        sharing[id] = [other for other, _ in best]
        for band in prepared.bands:
            holders.setdefault(band, []).append(id)
    return sharing
