"""Every format of the export says what the record shows, in the form that its readers expect."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld as pyld
from sqlalchemy import Engine, select

from qawl import samples
from qawl.article import Article
from qawl.record import tables
from qawl.record.engine import open_record, snapshot
from qawl.record.export import annotation, brat, jsonld, parquet
from qawl.record.export import csv as csv_format
from qawl.record.export.entries import Entry, Selection, entries
from qawl.record.export.table import Row
from qawl.record.judgements import Mend, judge
from qawl.record.search.find import Filters
from qawl.record.search.query import parse
from qawl.record.writing import add

#: The words of schema.org that the export uses, as its own context maps them: kept here, for tests have no network.
SCHEMA_ORG = {
    "@context": {
        "@vocab": "http://schema.org/",
        "schema": "http://schema.org/",
        "id": "@id",
        "type": "@type",
        **{name: {"@type": "@id"} for name in ("url", "additionalType", "isPartOf", "appearance", "author")},
        **{name: {"@type": "schema:Date"} for name in ("datePublished", "dateCreated")},
    }
}
#: The same of http://www.w3.org/ns/anno.jsonld.
ANNO = {
    "@context": {
        "oa": "http://www.w3.org/ns/oa#",
        "as": "http://www.w3.org/ns/activitystreams#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": "@id",
        "type": "@type",
        "Annotation": "oa:Annotation",
        "AnnotationPage": "as:OrderedCollectionPage",
        "TextualBody": "oa:TextualBody",
        "Software": "as:Application",
        "TextPositionSelector": "oa:TextPositionSelector",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "identifying": "oa:identifying",
        "tagging": "oa:tagging",
        "assessing": "oa:assessing",
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "generator": {"@id": "as:generator", "@type": "@id"},
        "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
        "value": {"@id": "rdf:value"},
        "language": {"@id": "dc:language"},
        "name": {"@id": "foaf:name"},
        "exact": {"@id": "oa:exact"},
        "prefix": {"@id": "oa:prefix"},
        "suffix": {"@id": "oa:suffix"},
        "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
        "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    }
}
LOCAL = {jsonld.CONTEXT: SCHEMA_ORG, annotation.CONTEXT: ANNO}


def load_document(url: str, options: Any) -> dict[str, Any]:
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": LOCAL[url]}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_record(str(tmp_path_factory.mktemp("export") / "qawl.db"), create=True)
    bridge = Article(
        "قالت ليلى الحمداني: «الجسر\u00a0آمن تماما».\nوالطريق مفتوح.",
        id="bridge",
        outlet="=قناة السهل",
        url="https://sahl.example/a?b=1",
        authors=("@سلمى", "هند"),
    )
    add(engine, [*samples.load(), bridge], lambda _: None)
    with snapshot(engine) as connection:
        s, a = tables.statements.c, tables.articles.c
        query = select(s.ref).join(tables.articles, a.id == s.article_id).where(a.source_id == "sample-1")
        refs = connection.scalars(query.order_by(s.number)).all()
    judge(engine, refs[0], "wrong", who="سلمى")
    judge(engine, refs[1], "mended", who="سلمى", mend=Mend(speaker="صفوان القمبري", act="warn"))
    with snapshot(engine) as connection:
        query = select(s.ref).join(tables.articles, a.id == s.article_id).where(a.source_id == "bridge")
        (ref,) = connection.scalars(query).all()
    spans = ((bridge.text.index("الجسر"), bridge.text.index("مفتوح") + len("مفتوح")),)
    judge(engine, ref, "mended", who="سلمى", mend=Mend(content=spans))  # over the end of a line
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def shown(record: Engine) -> list[Entry]:
    with snapshot(record) as connection:
        return list(entries(connection, Selection()))


def select_entries(record: Engine, selection: Selection) -> list[Entry]:
    with snapshot(record) as connection:
        return list(entries(connection, selection))


def test_what_is_exported_is_what_is_shown(record: Engine, shown: list[Entry]) -> None:
    assert [entry.article.id for entry in shown] == [*(f"sample-{n}" for n in range(1, 7)), "bridge"]
    first = shown[0].statements
    machine = select_entries(record, Selection(machine=True))[0].statements
    assert len(first) == len(machine) - 1  # the wrong one is gone
    mended = first[0]
    assert mended.verdict == "mended"
    assert mended.statement.speaker is not None
    assert (mended.statement.speaker.name, mended.statement.act) == ("صفوان القمبري", "warn")
    assert mended.statement.speaker in shown[0].speakers
    assert machine[1].statement.speaker != mended.statement.speaker


def test_a_selection_takes_what_a_search_finds(record: Engine) -> None:
    found = select_entries(record, Selection(filters=Filters(speaker="القمبري")))
    assert [[s.ref for s in entry.statements] for entry in found] == [[found[0].statements[0].ref]]
    found = select_entries(record, Selection(parse("الجسر"), Filters(outlet="السهل")))
    assert [entry.article.id for entry in found] == ["bridge"]
    assert select_entries(record, Selection(parse("كوكب"))) == []


def test_csv_reads_back(shown: list[Entry]) -> None:
    text = "".join(csv_format.lines(shown))
    assert text.startswith("\ufeffid,speaker,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    flat = [(entry, one) for entry in shown for one in entry.statements]
    assert len(rows) == len(flat)
    for row, (entry, one) in zip(rows, flat, strict=True):
        assert row["id"] == one.ref
        assert row["text"].removeprefix("'") == one.statement.text
        assert float(row["confidence"]) == one.statement.confidence
        starts, ends = (list(map(int, row[name].removeprefix("'").split("; "))) for name in ("starts", "ends"))
        pieces = [entry.article.text[start:end] for start, end in zip(starts, ends, strict=True)]
        assert " … ".join(pieces) == one.statement.text
    last = rows[-1]
    assert (last["outlet"], last["authors"]) == ("'=قناة السهل", "'@سلمى; هند")
    assert "\n" in last["text"]


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@a", " =1", "\t=1", "\u200f=1", "＝1", "\n=1", "|x", "%0A"])
def test_no_cell_is_a_formula(bad: str) -> None:
    assert csv_format.guarded(bad) == "'" + bad


@given(st.text(max_size=20))
def test_cells_keep_their_text_behind_the_guard(text: str) -> None:
    guarded = csv_format.guarded(text)
    assert guarded in (text, "'" + text)
    assert guarded.strip()[:1] not in tuple("=+-@|%")


def test_parquet_reads_back(shown: list[Entry], tmp_path: Path) -> None:
    path = tmp_path / "statements.parquet"
    with path.open("wb") as file:
        count = parquet.write(shown, file)
    table = pq.read_table(path)
    assert table.schema.equals(parquet.SCHEMA)
    assert table.schema.names == list(Row._fields)
    rows = table.to_pylist()
    flat = [(entry, one) for entry in shown for one in entry.statements]
    assert len(rows) == count == len(flat)
    for row, (entry, one) in zip(rows, flat, strict=True):
        assert (row["id"], row["text"], row["confidence"]) == (one.ref, one.statement.text, one.statement.confidence)
        assert row["starts"] == [piece.start for piece in one.statement.content]
        assert row["authors"] == list(entry.article.authors)
    assert rows[-1]["outlet"] == "=قناة السهل"


def test_parquet_of_nothing_has_its_columns(tmp_path: Path) -> None:
    with (tmp_path / "none.parquet").open("wb") as file:
        assert parquet.write([], file) == 0
    assert pq.read_table(tmp_path / "none.parquet").schema.names == list(Row._fields)


def test_json_ld_is_understood(shown: list[Entry]) -> None:
    text = "".join(jsonld.parts(shown))
    document = json.loads(text)
    expanded = pyld.expand(document, {"documentLoader": load_document})
    kinds = {kind.removeprefix("http://schema.org/") for node in expanded for kind in node["@type"]}
    assert {"NewsArticle", "Quotation", "Claim", "Person", "Organization"} <= kinds
    ids = [node["@id"] for node in expanded]
    assert len(ids) == len(set(ids))
    # Every name is one of schema.org's: none was dropped, none stands without a meaning.
    assert all(key.startswith(("@", "http://schema.org/")) for node in expanded for key in node)
    assert len(expanded) == len(document["@graph"])
    known = {node["@id"] for node in expanded}
    for node in expanded:
        for link in ("isPartOf", "appearance", "author", "spokenByCharacter", "isBasedOn"):
            for target in node.get(f"http://schema.org/{link}", ()):
                if "@id" in target and "urn:qawl:article:" in target["@id"]:
                    assert target["@id"] in known
    triples = pyld.to_rdf(document, {"documentLoader": load_document, "format": "application/n-quads"})
    assert triples.count("<http://schema.org/text>") == sum(len(entry.statements) for entry in shown)


def test_json_ld_tells_quotations_from_claims(shown: list[Entry]) -> None:
    bridge = shown[-1]
    article, *others = jsonld.nodes(bridge)
    assert article["publisher"] == {"@type": "Organization", "name": "=قناة السهل"}
    assert article["url"] == "https://sahl.example/a?b=1"
    # Mended over the end of the quotation: no longer the speaker's own words as a whole.
    claim = next(node for node in others if node.get("text") == "الجسر\u00a0آمن تماما».\nوالطريق مفتوح")
    assert claim["@type"] == "Claim"
    speaker = next(node for node in others if node["@id"] == claim["author"]["@id"])
    assert (speaker["@type"], speaker["name"]) == ("Person", "ليلى الحمداني")
    direct = [(entry, one) for entry in shown for one in entry.statements if one.statement.form == "direct"]
    assert direct
    for entry, one in direct:
        quotation = next(node for node in jsonld.nodes(entry) if node.get("identifier") == one.ref)
        assert (quotation["@type"], quotation["text"]) == ("Quotation", one.statement.text)
        if one.statement.speaker is not None and one.statement.speaker.type != "document":
            assert "spokenByCharacter" in quotation
    claims = [node for entry in shown for node in jsonld.nodes(entry) if node["@type"] == "Claim"]
    assert all(node["appearance"]["@id"].startswith("urn:qawl:article:") for node in claims)


def test_annotations_are_understood(shown: list[Entry]) -> None:
    document = json.loads("".join(annotation.parts(shown)))
    (page,) = pyld.expand(document, {"documentLoader": load_document})
    (items,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(items["@list"]) == sum(len(entry.statements) for entry in shown)
    for item in items["@list"]:
        assert item["@type"] == ["http://www.w3.org/ns/oa#Annotation"]
        assert item["http://www.w3.org/ns/oa#motivatedBy"] == [{"@id": "http://www.w3.org/ns/oa#identifying"}]


def test_annotations_find_the_passage_again(shown: list[Entry]) -> None:
    for entry in shown:
        text = entry.article.text
        for one in entry.statements:
            value = annotation.annotation(entry, one)
            targets = value["target"] if isinstance(value["target"], list) else [value["target"]]
            assert len(targets) == len(one.statement.content)
            for target, piece in zip(targets, one.statement.content, strict=True):
                position, quote = target["selector"]
                assert text[position["start"] : position["end"]] == quote["exact"] == piece.text
                around = quote["prefix"] + quote["exact"] + quote["suffix"]
                assert around in text
                # In a page that has changed before the passage, the words still find it.
                later = "تحديث: " + text
                assert later.index(around) + len(quote["prefix"]) == piece.start + len("تحديث: ")
    assert shown[-1].article.url == annotation.annotation(shown[-1], shown[-1].statements[0])["target"]["source"]


def test_brat_counts_as_we_do(shown: list[Entry], tmp_path: Path) -> None:
    assert brat.write(shown, tmp_path / "brat") == len(shown)
    assert (tmp_path / "brat" / "annotation.conf").read_text("utf-8").startswith("[entities]")
    for entry in shown:
        text = (tmp_path / "brat" / f"{entry.name}.txt").read_bytes().decode()
        assert text == entry.article.text
        names: dict[str, str] = {}
        contents: list[str] = []
        relations = 0
        for line in (tmp_path / "brat" / f"{entry.name}.ann").read_text("utf-8").splitlines():
            name, what, *rest = line.split("\t")
            assert name == "*" or name not in names
            if name[0] == "T":
                kind, places = what.split(" ", 1)
                spans = [tuple(map(int, place.split())) for place in places.split(";")]
                assert " ".join(text[start:end] for start, end in spans) == rest[0]
                assert not any("\n" in text[start:end] for start, end in spans)
                assert f"\n{kind}\n" in brat.CONFIGURATION
                names[name] = kind
                if kind == "Content":
                    contents.append(rest[0])
            elif name[0] == "R":
                relation, one, two = what.split(" ")
                assert f"\n{relation}\t" in brat.CONFIGURATION
                assert one.removeprefix("Arg1:") in names
                assert two.removeprefix("Arg2:") in names
                relations += 1
            elif name[0] == "A":
                assert f"\n{what.split(' ')[0]}\t" in brat.CONFIGURATION
                assert what.split(" ")[1] in names
        assert relations
        assert contents == [" ".join(one.statement.text.replace(" … ", " ").split("\n")) for one in entry.statements]
