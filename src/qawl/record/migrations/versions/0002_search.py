"""Search: the index of the statements' words, FTS5 or a GIN index over text search vectors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "statement_index",
        sa.Column(
            "place",
            _ID,
            autoincrement=False,
            nullable=False,
            comment="where it comes among all results: later is higher (qawl.record.search.index)",
        ),
        sa.Column("statement_id", _ID, nullable=False),
        sa.Column("view", sa.String(length=7), nullable=False, comment="both, machine (as read) or shown (as judged)"),
        sa.Column(
            "mended",
            sa.JSON(none_as_null=True),
            comment="of the view shown: what holds instead of the reading",
        ),
        sa.Column("digest", sa.BigInteger(), nullable=False, comment="of the words that stand in statement_words"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name="fk_statement_index_statement_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place", name="pk_statement_index"),
        comment="What search knows: one row for each row of statement_words, the full-text index of either engine.",
    )
    op.create_index("ix_statement_index_statement_id", "statement_index", ["statement_id"])
    op.create_table(
        "search_state",
        sa.Column(
            "fingerprint",
            sa.String(length=16),
            nullable=False,
            comment="of the analysis with which the index was made",
        ),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_search_state"),
        comment="One row, or none before the first statement is indexed.",
    )
    # The words are ours (qawl.record.search.analysis): neither engine is to split or fold them further. The index keeps
    # no copy of them; what is taken out of it is worked out again from the text.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE statement_words USING fts5("
            "own, around, keys, content='', columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute("CREATE TABLE statement_words (place bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_statement_words_words ON statement_words USING gin (words)")
        # Estimates of how often a word occurs decide between the two indexes: they are worth many samples.
        op.execute("ALTER TABLE statement_words ALTER COLUMN words SET STATISTICS 1000")
