"""Reading again: only what needs it, with the older readings kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from content import content
from invented import articles
from sqlalchemy import Engine
from sqlalchemy import text as sql

from qawl.article import Article
from qawl.reading.reader import read
from qawl.record import rereading
from qawl.record.checking import check
from qawl.record.engine import open_record, write
from qawl.record.forgetting import Chosen, forget
from qawl.record.rereading import Reread, reader, reread, to_be_read
from qawl.record.writing import add
from qawl.statement import Reading


def read_again(engine: Engine, *, everything: bool = False, jobs: int = 1) -> list[Reread]:
    done: list[Reread] = []
    reread(engine, done.append, everything=everything, jobs=jobs)
    return done


def older(what: Article | str) -> Reading:
    """What an older reader would have found: the first statement alone."""
    found = read(what)
    return replace(found, statements=tuple(replace(s, parent=None) for s in found.statements[:1]), reader="qawl 0")


@pytest.fixture
def old(record: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A record of 60 articles as an older reader read them."""
    monkeypatch.setattr("qawl.record.writing.read", older)
    add(record, articles(60), lambda outcome: None)
    monkeypatch.undo()
    return record


def test_nothing_to_read_again(record: Engine) -> None:
    add(record, articles(5), lambda outcome: None)
    before = content(record)
    assert read_again(record) == []
    assert len(read_again(record, everything=True)) == 5
    assert content(record) == before


def test_what_the_database_refuses_keeps_its_older_reading(old: Engine) -> None:
    last = len(content(old))
    write(old, lambda c: c.execute(sql("CREATE UNIQUE INDEX once ON readings (article_id)")))
    done = read_again(old)
    assert len(done) == to_be_read(old) == 60
    assert all(one.reason.startswith("the database refuses it: ") for one in done)
    assert len(content(old)) == last
    assert list(check(old)) == []


def test_a_newer_reader(old: Engine, tmp_path: object) -> None:
    assert to_be_read(old) == 60
    before = content(old)
    assert len(read_again(old, jobs=2)) == 60
    assert to_be_read(old) == 0
    fresh = open_record(f"{tmp_path}/fresh.db", create=True)
    add(fresh, articles(60), lambda outcome: None)
    wanted = content(fresh)
    fresh.dispose()
    found = content(old)
    for name, entry in found.items():
        assert entry["readings"][reader()] == wanted[name]["readings"][reader()]
        was, refs, reading = before[name]["readings"]["qawl 0"]
        assert was
        assert entry["readings"]["qawl 0"] == (False, refs, reading)
        assert set(refs) <= set(entry["readings"][reader()][1])
    assert list(check(old)) == []


def test_it_goes_on_where_it_stopped(old: Engine) -> None:
    def stops(done: Reread) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reread(old, stops)
    assert to_be_read(old) == 10  # one batch is done
    assert list(check(old)) == []
    assert len(read_again(old)) == 10


def test_what_cannot_be_read_keeps_its_reading(old: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(what: Article | str) -> Reading:
        if isinstance(what, Article) and what.id == "1-3":
            raise RecursionError("too deep")
        return read(what)

    monkeypatch.setattr(rereading, "read", breaks)
    done = read_again(old)
    assert [d.reason for d in done if d.reason] == ["internal error, please report it: RecursionError: too deep"]
    assert to_be_read(old) == 1
    assert list(check(old)) == []


def test_what_was_forgotten_is_not_read_again(old: Engine) -> None:
    forget(old, Chosen((1, 2)), who="هدى", keep_statements=True)
    before = content(old)
    assert len(read_again(old)) == 58
    found = content(old)
    kept = [name for name, entry in before.items() if entry["article"]["id"] in ("1-0", "1-1")]
    assert all(found[name] == before[name] for name in kept)
