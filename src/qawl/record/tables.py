"""The tables of the record, the same on SQLite and PostgreSQL.

Offsets count code points of `articles.text` and are half-open. What stands in an article is stored as offsets alone;
its words are slices of the text. Points in time are UTC text of the form ``2024-03-05T17:35:43Z``, so that they sort.

The migrations make these tables; a test holds the two together.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

#: The table in which the migrations note how far a database has come.
VERSION_TABLE: Final = "record_version"

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows in INTEGER only; there it has 64 bits as well.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", _Id, primary_key=True, doc="a number that is never given twice")


def _of(name: str, column: str, **how: Any) -> Column[int]:
    """A column that points to another table's row and goes with it."""
    return Column(name, _Id, ForeignKey(column, ondelete="CASCADE"), nullable=False, **how)


def _span(name: str, doc: str) -> tuple[Column[int | None], Column[int | None]]:
    return Column(f"{name}_start", Integer, doc=doc), Column(f"{name}_end", Integer)


def _place() -> tuple[Column[int], Column[int]]:
    return Column("start", Integer, nullable=False, doc="its place"), Column("end", Integer, nullable=False)


def _index_of_few(table: str, column: str) -> Index:
    """An index of a column that mostly is null: in SQLite over the rows where it is not. (To say the same of PostgreSQL
    would load its dialect, which takes a tenth of the time in which `qawl show` has to be done.)"""
    return Index(f"ix_{table}_{column}", column, sqlite_where=text(f"{column} IS NOT NULL"))


outlets: Final = Table(
    "outlets",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True, doc="as the input gives it"),
    sqlite_autoincrement=True,
    comment="Who publishes: one row a name, as the inputs give it.",
)

articles: Final = Table(
    "articles",
    metadata,
    _id(),
    Column("key", Text, nullable=False, comment="the canonical address, else text: and the hash of the folded text"),
    Column("version", Integer, nullable=False, comment="1, 2, …: the same key with other words is a new version"),
    Column("latest", Boolean, nullable=False, comment="no newer version of this key is known"),
    Column("outlet_id", _Id, ForeignKey("outlets.id")),
    Column("url", Text, comment="where it was found"),
    Column("canonical_url", Text, comment="the address that the page gives itself"),
    Column("source_id", Text, nullable=False, comment="the id that the input gave, or nothing"),
    Column("published", Text, comment="date or time of publication as given, ISO 8601, with its zone where known"),
    Column("published_at", String(20), comment="the same in UTC; a date alone counts from 00:00, no zone as UTC"),
    Column("day", String(10), comment="the day of publication by the outlet's own clock"),
    *_span("headline", "the headline"),
    Column("text", Text, nullable=False, comment="as published; never changed, but for what is forgotten"),
    Column("text_hash", String(32), nullable=False, comment="of the folded text, 128 bits in hexadecimal digits"),
    Column("words", Integer, nullable=False, comment="stretches between white space"),
    Column("authors", JSON, nullable=False, comment="a list of names"),
    Column("added_at", String(20), nullable=False, doc="when this version was added"),
    Column("forgotten_at", String(20), comment="since when only the statements are left of the text"),
    Column(
        "copy_of",
        _Id,
        ForeignKey("articles.id", ondelete="SET NULL"),
        comment="the first article with the same folded text, where this is not the first",
    ),
    UniqueConstraint("key", "version"),
    Index(None, "text_hash"),
    Index(None, "published_at"),
    Index(None, "day"),
    Index(None, "outlet_id"),
    Index(None, "source_id"),
    _index_of_few("articles", "copy_of"),
    sqlite_autoincrement=True,
    comment="Articles as published; each version of an article is a row.",
)

bands: Final = Table(
    "bands",
    metadata,
    Column("hash", BigInteger, primary_key=True, comment="64 bits of one band of the article's MinHash signature"),
    # No foreign key: it would need an index as large as the table. Who deletes an article deletes its bands, which
    # follow from its text.
    Column("article_id", _Id, primary_key=True, autoincrement=False, doc="the article"),
    sqlite_with_rowid=False,
    comment="Where to look for near-copies: two articles that share a band are likely to be alike.",
)

copies: Final = Table(
    "copies",
    metadata,
    _of("article_id", "articles.id", primary_key=True),
    _of("other_id", "articles.id", primary_key=True, index=True),
    Column("kind", String(4), nullable=False, comment="same: the same folded text; near: much of it"),
    Column("likeness", Float, nullable=False, comment="shared word sequences among all of both, 0 to 1"),
    sqlite_with_rowid=False,
    comment="Who ran the same text: the later article beside the earlier one.",
)

readings: Final = Table(
    "readings",
    metadata,
    _id(),
    _of("article_id", "articles.id"),
    Column("reader", Text, nullable=False, comment="the reader and its version"),
    Column("read_at", String(20), nullable=False, doc="when"),
    Column("outlet_share", Float, nullable=False, comment="share of the words that lie in nobody's statement, 0 to 1"),
    Column("current", Boolean, nullable=False, comment="the reading that is shown; one for each article"),
    UniqueConstraint("article_id", "reader"),
    sqlite_autoincrement=True,
    comment="What a reader found in an article; older readings are kept.",
)

speakers: Final = Table(
    "speakers",
    metadata,
    _id(),
    _of("reading_id", "readings.id", index=True),
    Column("local_id", Text, nullable=False, comment="the speaker's id within the reading"),
    Column("name", Text, nullable=False, doc="the fullest name that the article gives, else the fullest description"),
    Column("type", String(12), nullable=False, doc="person, organization, group, place, document or unnamed"),
    Column("role", Text, doc="the office or title, as the article gives it"),
    sqlite_autoincrement=True,
    comment="Those who speak, or are told something, in one article.",
)

mentions: Final = Table(
    "mentions",
    metadata,
    _of("speaker_id", "speakers.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="0, 1, … in the order of the text"),
    *_place(),
    sqlite_with_rowid=False,
    comment="The places in the text that name a speaker.",
)

statements: Final = Table(
    "statements",
    metadata,
    _id(),
    Column("ref", String(10), nullable=False, index=True, comment="the public ID; the same in every reading"),
    _of("reading_id", "readings.id"),
    # No foreign key here either: the reading's is enough, and an index less to keep.
    Column("article_id", _Id, nullable=False, comment="that of the reading, so that search need not ask for it"),
    Column("number", Integer, nullable=False, comment="0, 1, … in the order of the text"),
    *_span("cue", "the word that reports"),
    *_span("source", "the noun phrase beside it that names who speaks"),
    Column("speaker_id", _Id, ForeignKey("speakers.id", ondelete="CASCADE"), index=True),
    Column("addressee_id", _Id, ForeignKey("speakers.id", ondelete="CASCADE")),
    Column("form", String(8), nullable=False, doc="direct, mixed or indirect"),
    Column("kind", String(6), nullable=False, doc="clause or phrase"),
    Column("act", String(8), nullable=False, doc="assert, deny, announce and so on (docs/statement.md)"),
    Column("parent", Integer, comment="the number of the statement within which this one stands"),
    *_span("hedge", "what puts it in doubt"),
    Column("polarity", String(8), nullable=False, doc="positive or negative"),
    *_span("setting", "where or on what occasion it was said"),
    *_span("said", "the expression of the time at which it was said"),
    Column("said_on", String(10), comment="the day on which it was said, where the text tells"),
    Column("said_earlier", Boolean, comment="said before the rest; null: nothing of when it was said"),
    Column("confidence", Float, nullable=False, comment="how probable it is that all of it is right, 0 to 1"),
    UniqueConstraint("reading_id", "ref"),
    Index(None, "confidence", "id"),
    _index_of_few("statements", "addressee_id"),
    sqlite_autoincrement=True,
    comment="Somebody is reported to have expressed something (docs/statement.md).",
)

contents: Final = Table(
    "contents",
    metadata,
    _of("statement_id", "statements.id", primary_key=True),
    Column("piece", Integer, primary_key=True, autoincrement=False, comment="0, 1, … in the order of the text"),
    *_place(),
    sqlite_with_rowid=False,
    comment="What was said, in one piece or more.",
)

abouts: Final = Table(
    "abouts",
    metadata,
    _of("statement_id", "statements.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="0, 1, … in the order of the text"),
    *_place(),
    Column("type", String(12), nullable=False, doc="person, organization, group, place, document or unnamed"),
    sqlite_with_rowid=False,
    comment="Persons, bodies, places and documents that a content names.",
)

judgements: Final = Table(
    "judgements",
    metadata,
    _id(),
    _of("article_id", "articles.id", index=True),
    Column("ref", String(10), nullable=False, index=True, comment="the public ID of the statement that was judged"),
    *_span("cue", "its cue as the reader had it"),
    Column("content", JSON, nullable=False, comment="its content as the reader had it: a list of [start, end]"),
    Column("verdict", String(6), nullable=False, comment="right, wrong, mended, or undone: takes another one back"),
    Column(
        "change",
        JSON,
        nullable=False,
        comment="what holds instead of the reading: speaker, speaker_type, act, content; of right: all of them",
    ),
    Column("note", Text, doc="why, in the person's own words"),
    Column("who", Text, nullable=False, doc="who decided"),
    Column("made_at", String(20), nullable=False, doc="when"),
    Column("undoes", _Id, ForeignKey("judgements.id", ondelete="CASCADE")),
    _index_of_few("judgements", "undoes"),
    sqlite_autoincrement=True,
    comment="What people decided; rows are only ever added.",
)

shown: Final = Table(
    "shown",
    metadata,
    Column("statement_id", _Id, ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column(
        "judgement_id",
        _Id,
        ForeignKey("judgements.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="the last judgement that holds",
    ),
    Column("verdict", String(6), nullable=False, comment="right, wrong (the statement is not shown) or mended"),
    Column("speaker_changed", Boolean, nullable=False, comment="the next three hold instead of the reading's speaker"),
    Column("speaker_id", _Id, ForeignKey("speakers.id", ondelete="SET NULL"), index=True),
    Column("speaker_name", Text, comment="null: nobody is named"),
    Column("speaker_type", String(12), doc="person, organization and so on"),
    Column("act", String(8), comment="null: as read"),
    Column("form", String(8), comment="of the content that people gave; null: as read"),
    Column("content", JSON(none_as_null=True), comment="a list of [start, end]; null: as read"),
    comment="What people's judgements come to, laid over the current readings; made anew from both at will.",
)

log: Final = Table(
    "log",
    metadata,
    _id(),
    Column("at", String(20), nullable=False, doc="when"),
    Column("who", Text, nullable=False, doc="who did it"),
    Column("action", String(20), nullable=False, doc="add, reread, forget, rebuild, upgrade and so on"),
    Column("detail", JSON, nullable=False, doc="how much, of what"),
    sqlite_autoincrement=True,
    comment="What was done to the record as a whole: added, read again, forgotten, brought up to date.",
)

feeds: Final = Table(
    "feeds",
    metadata,
    _id(),
    Column("url", Text, nullable=False, unique=True, doc="its address"),
    Column("title", Text, doc="as the feed gives it"),
    Column("etag", Text, doc="what the server sent, to be asked with the next time"),
    Column("modified", Text, comment="the Last-Modified that the server sent"),
    Column("checked_at", String(20), doc="when it was asked last"),
    Column("next_at", String(20), comment="not to be asked before"),
    Column("failures", Integer, nullable=False, comment="in a row"),
    Column("last_error", Text, doc="what went wrong the last time"),
    Column("seen", JSON, nullable=False, comment="hashes of the entries that were dealt with"),
    sqlite_autoincrement=True,
    comment="The feeds that are followed, and when each is to be asked again.",
)

statement_index: Final = Table(
    "statement_index",
    metadata,
    Column(
        "place",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="where it comes among all results: later is higher (qawl.record.search.index)",
    ),
    _of("statement_id", "statements.id", index=True),
    Column("view", String(7), nullable=False, comment="both, machine (as read) or shown (as judged)"),
    Column("mended", JSON(none_as_null=True), comment="of the view shown: what holds instead of the reading"),
    Column("digest", BigInteger, nullable=False, comment="of the words that stand in statement_words"),
    # These stand here for counting: a question over thousands of results need not look for each of them elsewhere.
    Column("act", String(8), nullable=False, server_default="", comment="as it is in this view"),
    Column("form", String(8), nullable=False, server_default="", comment="as it is in this view"),
    Column("outlet_id", _Id, comment="that of the article"),
    comment="What search knows: one row for each row of statement_words, the full-text index of either engine.",
)

search_state: Final = Table(
    "search_state",
    metadata,
    Column("fingerprint", String(16), primary_key=True, comment="of the analysis with which the index was made"),
    comment="One row, or none before the first statement is indexed.",
)

known: Final = Table(
    "known",
    metadata,
    _id(),
    Column("identifier", Text, nullable=False, unique=True, comment="the id that the source gives, such as Q42"),
    Column("source", String(10), nullable=False, comment="wikidata or ftm (FollowTheMoney)"),
    Column("kind", String(12), nullable=False, doc="person, organization, group or place"),
    Column("name", Text, nullable=False, doc="the label, Arabic where there is one"),
    Column("names", JSON, nullable=False, comment="all other labels and aliases that are Arabic"),
    Column("country", String(6), comment="ISO 3166: alpha-2, or the code of a part such as GB-SCT"),
    Column("terms", JSON, nullable=False, comment="offices: a list of {title, of, first, last}"),
    Column(
        "identifiers", JSON, nullable=False, comment="the ids that others give: an object by the name of the source"
    ),
    Column("given", JSON, nullable=False, comment="the other names, as they came, to be given back"),
    Column("imported_at", String(20), nullable=False, doc="when"),
    sqlite_autoincrement=True,
    comment="People and bodies known from other people's data; kept when all else here is made anew.",
)

identity_judgements: Final = Table(
    "identity_judgements",
    metadata,
    Column("id", _Id, primary_key=True, comment="one numbering with the judgements about statements"),
    Column("verdict", String(9), nullable=False, comment="same, different, or undone: takes another one back"),
    *(
        column
        for side in ("one", "other")
        for column in (
            Column(f"{side}_key", Text, index=True, comment="the article's key; null: a known one is meant"),
            Column(f"{side}_hash", String(32), comment="the article's text_hash"),
            *_span(side, "the first place that names whom it means"),
            Column(f"{side}_kind", String(12), nullable=False, doc="person, organization and so on"),
            Column(f"{side}_name", Text, nullable=False, doc="the name there"),
            Column(f"{side}_known", Text, comment="of one known from other data: known.identifier"),
        )
    ),
    Column("note", Text, doc="why, in the person's own words"),
    Column("who", Text, nullable=False, doc="who decided"),
    Column("made_at", String(20), nullable=False, doc="when"),
    # It points to a row of this table.
    Column("undoes", _Id, ForeignKey("identity_judgements.id", ondelete="CASCADE")),
    _index_of_few("identity_judgements", "undoes"),
    sqlite_autoincrement=True,
    comment="What people decided about who is who; rows are only ever added.",
)

earlier_refs: Final = Table(
    "earlier_refs",
    metadata,
    Column("anchor", BigInteger, primary_key=True, autoincrement=False, comment="of an ID that was given once"),
    Column("leads_to", BigInteger, nullable=False, index=True, comment="appearances.anchor of another of that entity"),
    sqlite_with_rowid=False,
    comment="Where the IDs of entities lead whose appearance a later reading or version does not have.",
)

forms: Final = Table(
    "forms",
    metadata,
    _id(),
    Column("digest", BigInteger, nullable=False, unique=True, comment="of kind, name, aliases and role"),
    Column("kind", String(12), nullable=False, doc="person, organization, group, place or document"),
    Column("name", Text, nullable=False, doc="the fullest name that an article has"),
    Column("aliases", JSON, nullable=False, comment="the other names there: a list"),
    Column("role", Text, doc="the office or title, as written"),
    Column("rank", String(6), nullable=False, comment="full, short or office (qawl.people.appearance)"),
    Column("wanted", Text, comment="the key under which those are found whom it may mean"),
    _index_of_few("forms", "wanted"),
    sqlite_autoincrement=True,
    comment="How somebody appears: each combination of names and role is a row, however many articles have it.",
)

form_keys: Final = Table(
    "form_keys",
    metadata,
    Column("key", Text, primary_key=True, comment="forms that may be one share a key"),
    Column("offered", Boolean, primary_key=True, comment="the key of a short name or an office; else of a full name"),
    _of("form_id", "forms.id", primary_key=True, index=True),
    sqlite_with_rowid=False,
    comment="Where to look for the others (qawl.people.appearance.Keys).",
)

names: Final = Table(
    "names",
    metadata,
    Column("name", Text, primary_key=True, comment="folded"),
    _of("form_id", "forms.id", primary_key=True, index=True),
    sqlite_with_rowid=False,
    comment="To find an entity by any of its names.",
)

entities: Final = Table(
    "entities",
    metadata,
    _id(),
    Column("anchor", BigInteger, nullable=False, index=True, comment="that of its earliest appearance; its public ID"),
    Column("kind", String(12), nullable=False, doc="person, organization, group, place, document or office"),
    Column("name", Text, nullable=False, doc="its fullest usual name"),
    Column("romanised", Text, doc="the name in Latin letters"),
    Column("country", String(6), comment="ISO 3166: alpha-2, or the code of a part such as GB-SCT"),
    Column("known_id", _Id, ForeignKey("known.id", ondelete="SET NULL")),
    Column("statements", Integer, nullable=False, comment="that it makes"),
    Column("articles", Integer, nullable=False, comment="in which it appears"),
    Column("first", String(10), doc="the day of publication of the first of them"),
    Column("last", String(10), doc="of the last"),
    Index(None, "statements"),
    Index(None, "first"),
    _index_of_few("entities", "known_id"),
    sqlite_autoincrement=True,
    comment="Persons, bodies, states, groups and documents across articles; made anew at will.",
)

appearances: Final = Table(
    "appearances",
    metadata,
    _id(),
    Column("reading_id", _Id, ForeignKey("readings.id", ondelete="CASCADE"), index=True),
    Column("known_id", _Id, ForeignKey("known.id", ondelete="CASCADE"), comment="instead of the reading"),
    _of("form_id", "forms.id", index=True),
    Column("speaker_id", _Id, ForeignKey("speakers.id", ondelete="CASCADE"), comment="null: only spoken about"),
    *_span("name", "the first place that names it; null: named by a judgement, or known"),
    Column("anchor", BigInteger, nullable=False, index=True, comment="names it in every record: 50 bits"),
    Column(
        "cluster", _Id, index=True, comment="the id of one of those that were found to be one; null: not resolved yet"
    ),
    Column("entity_id", _Id, ForeignKey("entities.id", ondelete="SET NULL"), index=True),
    Column("sureness", Float, comment="that it belongs to this entity, 0 to 1"),
    _index_of_few("appearances", "known_id"),
    _index_of_few("appearances", "speaker_id"),
    sqlite_autoincrement=True,
    comment="Somebody in one article, as a speaker or spoken about, and who that is.",
)

parties: Final = Table(
    "parties",
    metadata,
    _of("statement_id", "statements.id", primary_key=True),
    Column("part", String(9), primary_key=True, comment="speaker, addressee or about"),
    _of("appearance_id", "appearances.id", primary_key=True),
    Index(None, "appearance_id", "part"),
    sqlite_with_rowid=False,
    comment="Who has which part in a statement as it is shown.",
)

offices: Final = Table(
    "offices",
    metadata,
    _of("entity_id", "entities.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="0, 1, … the most frequent first"),
    Column("title", Text, nullable=False, doc="the office in its usual form"),
    Column("of", Text, comment="the state (ISO 3166) or body"),
    Column("first", String(10), doc="the first day of publication that gives it"),
    Column("last", String(10), doc="the last"),
    Column("count", Integer, nullable=False, comment="articles that give it"),
    sqlite_with_rowid=False,
    comment="Offices that articles give an entity, with the days between which they do.",
)

relations: Final = Table(
    "relations",
    metadata,
    _of("entity_id", "entities.id", primary_key=True),
    Column("kind", String(11), primary_key=True, comment="state_of, capital_of, body_of, office_of, national_of"),
    Column("of", String(6), primary_key=True, comment="the state: ISO 3166, as in entities.country"),
    Index(None, "of"),
    sqlite_with_rowid=False,
    comment="What an entity is to a state; entities of one state are related.",
)

doubts: Final = Table(
    "doubts",
    metadata,
    _of("one_id", "appearances.id", primary_key=True),
    _of("other_id", "appearances.id", primary_key=True, index=True),
    Column("score", Float, nullable=False, comment="0: different, 1: the same"),
    Column("reasons", JSON, nullable=False, comment="what speaks for it and against it: a list"),
    sqlite_with_rowid=False,
    comment="Pairs of which the resolver is not sure, each by one appearance of either entity.",
)

resolved: Final = Table(
    "resolved",
    metadata,
    _of("reading_id", "readings.id", primary_key=True, autoincrement=False),
    Column("names", JSON, nullable=False, comment="the folded names of all that appear there"),
    comment="The current readings of latest versions whose appearances are in the table.",
)

unresolved: Final = Table(
    "unresolved",
    metadata,
    Column("step", Integer, primary_key=True, autoincrement=False, comment="1 to 4 (qawl.people.updating)"),
    Column("key", Text, primary_key=True, doc="what has to be worked out anew: a key, or an entity"),
    sqlite_with_rowid=False,
    comment="What is left to do; empty when all is up to date.",
)

people_state: Final = Table(
    "people_state",
    metadata,
    Column("fingerprint", String(40), primary_key=True, comment="of the resolver with which entities were made"),
    comment="One row, or none before the first appearance.",
)

watchlists: Final = Table(
    "watchlists",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True, doc="what it is called"),
    Column("person", Text, nullable=False, doc="whose statements, as the question was put"),
    Column("about", Text, nullable=False, doc="on what, as the question was put"),
    Column("made_at", String(20), nullable=False, doc="when"),
    Column("who", Text, nullable=False, doc="who made it"),
    sqlite_autoincrement=True,
    comment="A person and a subject that are asked for again and again; kept when all else here is made anew.",
)

saved_searches: Final = Table(
    "saved_searches",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True, doc="what it is called"),
    Column("query", Text, nullable=False, doc="the words that are looked for"),
    Column("filters", JSON, nullable=False, comment="what else is asked for: an object by the name of the filter"),
    Column("made_at", String(20), nullable=False, doc="when"),
    Column("who", Text, nullable=False, doc="who made it"),
    sqlite_autoincrement=True,
    comment="Searches that are asked again and again; kept.",
)

statement_groups: Final = Table(
    "statement_groups",
    metadata,
    _id(),
    Column("ref", String(10), nullable=False, unique=True, comment="the public ID of its earliest statement"),
    Column("first", String(10), doc="the first day on which one of them was said, as far as the articles tell"),
    Column("last", String(10), doc="the last"),
    Column("statements", Integer, nullable=False, comment="two or more"),
    Column("articles", Integer, nullable=False, doc="that have one"),
    Column("outlets", Integer, nullable=False, comment="that have one in an article which copies none of the others"),
    Index(None, "outlets"),
    Index(None, "last"),
    sqlite_autoincrement=True,
    comment="Statements that report one utterance; made anew at will.",
)

compared: Final = Table(
    "compared",
    metadata,
    Column("statement_id", _Id, ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column(
        "group_id",
        _Id,
        ForeignKey("statement_groups.id", ondelete="SET NULL"),
        index=True,
        comment="null: nobody else reports it",
    ),
    Column("day", Integer, nullable=False, comment="on which it was said or published, 1 for 0001-01-01; 0: unknown"),
    Column("entity_id", _Id, comment="the one who speaks: entities.id then"),
    Column("state", String(6), comment="that it is or may speak for: as entities.country"),
    Column("judgement_id", _Id, comment="the last judgement that held about it"),
    Column("unsettled", Boolean, comment="true: its links have changed since it was grouped; null: they have not"),
    _index_of_few("compared", "unsettled"),
    Index(None, "entity_id", "day"),
    Index(None, "state", "day"),
    Index(None, "day"),
    comment="The statements that have been compared, with what was known of them then.",
)

rare_words: Final = Table(
    "rare_words",
    metadata,
    Column(
        "hash",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="64 bits of a word and the week",
    ),
    _of("statement_id", "statements.id", primary_key=True, index=True),
    sqlite_with_rowid=False,
    comment="The rarest words of statements and of speakers' names: where to look for the same of others.",
)

links: Final = Table(
    "links",
    metadata,
    _of("one_id", "statements.id", primary_key=True),
    _of("other_id", "statements.id", primary_key=True, index=True),
    Column(
        "likeness",
        Float,
        nullable=False,
        comment="how probable it is that both report one utterance, 0 to 1; -1: one negates it",
    ),
    # For those few of which one negates the other.
    Index("ix_links_likeness", "likeness", sqlite_where=text("likeness < 0")),
    sqlite_with_rowid=False,
    comment="Statements that may report one utterance, each pair once, the lower number first.",
)

comparison_state: Final = Table(
    "comparison_state",
    metadata,
    Column("fingerprint", String(40), primary_key=True, comment="of what the statements were compared with"),
    comment="One row, or none before the first statement is compared.",
)

accounts: Final = Table(
    "accounts",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True, doc="with which somebody signs in, and decides"),
    Column("password", Text, nullable=False, comment="its Argon2 hash"),
    Column("role", String(6), nullable=False, comment="reader, editor or admin"),
    Column("made_at", String(20), nullable=False, doc="when"),
    Column("closed_at", String(20), comment="since then it is no longer let in"),
    sqlite_autoincrement=True,
    comment="Who may use the desk; kept.",
)

sessions: Final = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of what the browser keeps"),
    _of("account_id", "accounts.id", index=True),
    Column("made_at", String(20), nullable=False, doc="when"),
    Column("ends_at", String(20), nullable=False, doc="when it has to be opened anew"),
    comment="Browsers that are signed in.",
)

api_tokens: Final = Table(
    "api_tokens",
    metadata,
    _id(),
    _of("account_id", "accounts.id", index=True),
    Column("name", Text, nullable=False, doc="what it is for"),
    Column("digest", String(64), nullable=False, unique=True, comment="SHA-256 of the token, which is shown once"),
    Column("role", String(6), nullable=False, comment="at most that of the account"),
    Column("made_at", String(20), nullable=False, doc="when"),
    Column("used_at", String(20), doc="when it was last used, to the hour"),
    Column("closed_at", String(20), comment="since then it is no longer let in"),
    sqlite_autoincrement=True,
    comment="With which programs use the desk.",
)

alerts: Final = Table(
    "alerts",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True, doc="what it is called"),
    Column("of", String(9), nullable=False, comment="search or watchlist"),
    Column("asked", Text, nullable=False, comment="the name of the saved search or of the watchlist"),
    Column("by", String(7), nullable=False, comment="webhook or email"),
    Column("target", Text, nullable=False, doc="the address that it is sent to"),
    Column("secret", Text, comment="with which a webhook is signed"),
    Column("who", Text, nullable=False, doc="who made it"),
    Column("made_at", String(20), nullable=False, doc="when"),
    Column("asked_at", String(20), doc="when it last was asked"),
    Column("sent_at", String(20), doc="when it last had something to send, and sent it"),
    Column("failures", Integer, nullable=False, server_default="0", comment="in a row"),
    Column("last_error", Text, doc="why it could not be sent"),
    Column("taken_until", String(20), comment="somebody is about to send it, until then at most"),
    sqlite_autoincrement=True,
    comment="Saved searches and watchlists of which somebody wants to be told; kept.",
)

told: Final = Table(
    "told",
    metadata,
    _of("alert_id", "alerts.id", primary_key=True, autoincrement=False),
    Column("ref", String(10), primary_key=True, comment="the public ID of a statement"),
    sqlite_with_rowid=False,
    comment="What an alert has told of already.",
)
