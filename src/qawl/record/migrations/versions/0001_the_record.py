"""The record as it began: articles, readings, statements, judgements, feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bands",
        sa.Column(
            "hash", sa.BigInteger(), nullable=False, comment="64 bits of one band of the article's MinHash signature"
        ),
        sa.Column("article_id", _ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("hash", "article_id", name="pk_bands"),
        comment="Where to look for near-copies: two articles that share a band are likely to be alike.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feeds",
        sa.Column("id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text(), comment="the Last-Modified that the server sent"),
        sa.Column("checked_at", sa.String(length=20)),
        sa.Column("next_at", sa.String(length=20), comment="not to be asked before"),
        sa.Column("failures", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("last_error", sa.Text()),
        sa.Column("seen", sa.JSON(), nullable=False, comment="hashes of the entries that were dealt with"),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("url", name="uq_feeds_url"),
        comment="The feeds that are followed, and when each is to be asked again.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "log",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log"),
        comment="What was done to the record as a whole: added, read again, forgotten, brought up to date.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outlets",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outlets"),
        sa.UniqueConstraint("name", name="uq_outlets_name"),
        comment="Who publishes: one row a name, as the inputs give it.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "articles",
        sa.Column("id", _ID, nullable=False),
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="the canonical address, else text: and the hash of the folded text",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="1, 2, …: the same key with other words is a new version"
        ),
        sa.Column("latest", sa.Boolean(), nullable=False, comment="no newer version of this key is known"),
        sa.Column("outlet_id", _ID),
        sa.Column("url", sa.Text(), comment="where it was found"),
        sa.Column("canonical_url", sa.Text(), comment="the address that the page gives itself"),
        sa.Column("source_id", sa.Text(), nullable=False, comment="the id that the input gave, or nothing"),
        sa.Column(
            "published", sa.Text(), comment="date or time of publication as given, ISO 8601, with its zone where known"
        ),
        sa.Column(
            "published_at",
            sa.String(length=20),
            comment="the same in UTC; a date alone counts from 00:00, no zone as UTC",
        ),
        sa.Column("day", sa.String(length=10), comment="the day of publication by the outlet's own clock"),
        sa.Column("headline_start", sa.Integer()),
        sa.Column("headline_end", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False, comment="as published; never changed, but for what is forgotten"),
        sa.Column(
            "text_hash",
            sa.String(length=32),
            nullable=False,
            comment="of the folded text, 128 bits in hexadecimal digits",
        ),
        sa.Column("words", sa.Integer(), nullable=False, comment="stretches between white space"),
        sa.Column("authors", sa.JSON(), nullable=False, comment="a list of names"),
        sa.Column("added_at", sa.String(length=20), nullable=False),
        sa.Column("forgotten_at", sa.String(length=20), comment="since when only the statements are left of the text"),
        sa.Column("copy_of", _ID, comment="the first article with the same folded text, where this is not the first"),
        sa.ForeignKeyConstraint(["copy_of"], ["articles.id"], name="fk_articles_copy_of", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlets.id"], name="fk_articles_outlet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("key", "version", name="uq_articles_key_version"),
        comment="Articles as published; each version of an article is a row.",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_articles_copy_of",
        "articles",
        ["copy_of"],
        sqlite_where=sa.text("copy_of IS NOT NULL"),
    )
    op.create_index("ix_articles_day", "articles", ["day"])
    op.create_index("ix_articles_outlet_id", "articles", ["outlet_id"])
    op.create_index("ix_articles_published_at", "articles", ["published_at"])
    op.create_index("ix_articles_source_id", "articles", ["source_id"])
    op.create_index("ix_articles_text_hash", "articles", ["text_hash"])

    op.create_table(
        "copies",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("other_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False, comment="same: the same folded text; near: much of it"),
        sa.Column("likeness", sa.Float(), nullable=False, comment="shared word sequences among all of both, 0 to 1"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_copies_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["articles.id"], name="fk_copies_other_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "other_id", name="pk_copies"),
        comment="Who ran the same text: the later article beside the earlier one.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copies_other_id", "copies", ["other_id"])

    op.create_table(
        "judgements",
        sa.Column("id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column(
            "ref", sa.String(length=10), nullable=False, comment="the public ID of the statement that was judged"
        ),
        sa.Column("cue_start", sa.Integer()),
        sa.Column("cue_end", sa.Integer()),
        sa.Column(
            "content", sa.JSON(), nullable=False, comment="its content as the reader had it: a list of [start, end]"
        ),
        sa.Column(
            "verdict",
            sa.String(length=6),
            nullable=False,
            comment="right, wrong, mended, or undone: takes another one back",
        ),
        sa.Column(
            "change",
            sa.JSON(),
            nullable=False,
            comment="what holds instead of the reading: speaker, speaker_type, act, content; of right: all of them",
        ),
        sa.Column("note", sa.Text()),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("undoes", _ID),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_judgements_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["undoes"], ["judgements.id"], name="fk_judgements_undoes", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
        comment="What people decided; rows are only ever added.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judgements_article_id", "judgements", ["article_id"])
    op.create_index("ix_judgements_ref", "judgements", ["ref"])
    op.create_index(
        "ix_judgements_undoes",
        "judgements",
        ["undoes"],
        sqlite_where=sa.text("undoes IS NOT NULL"),
    )

    op.create_table(
        "readings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("reader", sa.Text(), nullable=False, comment="the reader and its version"),
        sa.Column("read_at", sa.String(length=20), nullable=False),
        sa.Column(
            "outlet_share",
            sa.Float(),
            nullable=False,
            comment="share of the words that lie in nobody's statement, 0 to 1",
        ),
        sa.Column("current", sa.Boolean(), nullable=False, comment="the reading that is shown; one for each article"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_readings_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("article_id", "reader", name="uq_readings_article_id_reader"),
        comment="What a reader found in an article; older readings are kept.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "speakers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("reading_id", _ID, nullable=False),
        sa.Column("local_id", sa.Text(), nullable=False, comment="the speaker's id within the reading"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.Column("role", sa.Text()),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name="fk_speakers_reading_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_speakers"),
        comment="Those who speak, or are told something, in one article.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_speakers_reading_id", "speakers", ["reading_id"])

    op.create_table(
        "mentions",
        sa.Column("speaker_id", _ID, nullable=False),
        sa.Column(
            "position", sa.Integer(), autoincrement=False, nullable=False, comment="0, 1, … in the order of the text"
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name="fk_mentions_speaker_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("speaker_id", "position", name="pk_mentions"),
        comment="The places in the text that name a speaker.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statements",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False, comment="the public ID; the same in every reading"),
        sa.Column("reading_id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False, comment="that of the reading, so that search need not ask for it"),
        sa.Column("number", sa.Integer(), nullable=False, comment="0, 1, … in the order of the text"),
        sa.Column("cue_start", sa.Integer()),
        sa.Column("cue_end", sa.Integer()),
        sa.Column("source_start", sa.Integer()),
        sa.Column("source_end", sa.Integer()),
        sa.Column("speaker_id", _ID),
        sa.Column("addressee_id", _ID),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("act", sa.String(length=8), nullable=False),
        sa.Column("parent", sa.Integer(), comment="the number of the statement within which this one stands"),
        sa.Column("hedge_start", sa.Integer()),
        sa.Column("hedge_end", sa.Integer()),
        sa.Column("polarity", sa.String(length=8), nullable=False),
        sa.Column("setting_start", sa.Integer()),
        sa.Column("setting_end", sa.Integer()),
        sa.Column("said_start", sa.Integer()),
        sa.Column("said_end", sa.Integer()),
        sa.Column("said_on", sa.String(length=10), comment="the day on which it was said, where the text tells"),
        sa.Column("said_earlier", sa.Boolean(), comment="said before the rest; null: nothing of when it was said"),
        sa.Column(
            "confidence", sa.Float(), nullable=False, comment="how probable it is that all of it is right, 0 to 1"
        ),
        sa.ForeignKeyConstraint(
            ["addressee_id"], ["speakers.id"], name="fk_statements_addressee_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name="fk_statements_reading_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name="fk_statements_speaker_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
        sa.UniqueConstraint("reading_id", "ref", name="uq_statements_reading_id_ref"),
        comment="Somebody is reported to have expressed something (docs/statement.md).",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_statements_addressee_id",
        "statements",
        ["addressee_id"],
        sqlite_where=sa.text("addressee_id IS NOT NULL"),
    )
    op.create_index("ix_statements_ref", "statements", ["ref"])
    op.create_index("ix_statements_speaker_id", "statements", ["speaker_id"])

    op.create_table(
        "abouts",
        sa.Column("statement_id", _ID, nullable=False),
        sa.Column(
            "position", sa.Integer(), autoincrement=False, nullable=False, comment="0, 1, … in the order of the text"
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name="fk_abouts_statement_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", "position", name="pk_abouts"),
        comment="Persons, bodies, places and documents that a content names.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contents",
        sa.Column("statement_id", _ID, nullable=False),
        sa.Column(
            "piece", sa.Integer(), autoincrement=False, nullable=False, comment="0, 1, … in the order of the text"
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name="fk_contents_statement_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_id", "piece", name="pk_contents"),
        comment="What was said, in one piece or more.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shown",
        sa.Column("statement_id", _ID, autoincrement=False, nullable=False),
        sa.Column("judgement_id", _ID, nullable=False, comment="the last judgement that holds"),
        sa.Column(
            "verdict",
            sa.String(length=6),
            nullable=False,
            comment="right, wrong (the statement is not shown) or mended",
        ),
        sa.Column(
            "speaker_changed",
            sa.Boolean(),
            nullable=False,
            comment="the next three hold instead of the reading's speaker",
        ),
        sa.Column("speaker_id", _ID),
        sa.Column("speaker_name", sa.Text(), comment="null: nobody is named"),
        sa.Column("speaker_type", sa.String(length=12)),
        sa.Column("act", sa.String(length=8), comment="null: as read"),
        sa.Column("form", sa.String(length=8), comment="of the content that people gave; null: as read"),
        sa.Column("content", sa.JSON(none_as_null=True), comment="a list of [start, end]; null: as read"),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgements.id"], name="fk_shown_judgement_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name="fk_shown_speaker_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name="fk_shown_statement_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", name="pk_shown"),
        comment="What people's judgements come to, laid over the current readings; made anew from both at will.",
    )
    op.create_index("ix_shown_judgement_id", "shown", ["judgement_id"])
    op.create_index("ix_shown_speaker_id", "shown", ["speaker_id"])
