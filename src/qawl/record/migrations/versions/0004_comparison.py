"""Comparison: which statements report one utterance; watchlists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "watchlists",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watchlists"),
        sa.UniqueConstraint("name", name="uq_watchlists_name"),
        comment="A person and a subject that are asked for again and again; kept when all else here is made anew.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "statement_groups",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False, comment="the public ID of its earliest statement"),
        sa.Column("first", sa.String(length=10)),
        sa.Column("last", sa.String(length=10)),
        sa.Column("statements", sa.Integer(), nullable=False, comment="two or more"),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column(
            "outlets",
            sa.Integer(),
            nullable=False,
            comment="that have one in an article which copies none of the others",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_statement_groups"),
        sa.UniqueConstraint("ref", name="uq_statement_groups_ref"),
        comment="Statements that report one utterance; made anew at will.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_statement_groups_outlets", "statement_groups", ["outlets"])
    op.create_index("ix_statement_groups_last", "statement_groups", ["last"])
    op.create_table(
        "compared",
        sa.Column("statement_id", _ID, autoincrement=False, nullable=False),
        sa.Column("group_id", _ID, comment="null: nobody else reports it"),
        sa.Column(
            "day",
            sa.Integer(),
            nullable=False,
            comment="on which it was said or published, 1 for 0001-01-01; 0: unknown",
        ),
        sa.Column("entity_id", _ID, comment="the one who speaks: entities.id then"),
        sa.Column("state", sa.String(length=6), comment="that it is or may speak for: as entities.country"),
        sa.Column("judgement_id", _ID, comment="the last judgement that held about it"),
        sa.Column(
            "unsettled", sa.Boolean(), comment="true: its links have changed since it was grouped; null: they have not"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name="fk_compared_statement_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["statement_groups.id"], name="fk_compared_group_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("statement_id", name="pk_compared"),
        comment="The statements that have been compared, with what was known of them then.",
    )
    op.create_index("ix_compared_group_id", "compared", ["group_id"])
    op.create_index("ix_compared_entity_id_day", "compared", ["entity_id", "day"])
    op.create_index("ix_compared_unsettled", "compared", ["unsettled"], sqlite_where=sa.text("unsettled IS NOT NULL"))
    op.create_index("ix_compared_state_day", "compared", ["state", "day"])
    op.create_table(
        "rare_words",
        sa.Column(
            "hash",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="64 bits of a word and the week",
        ),
        sa.Column("statement_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name="fk_rare_words_statement_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", "statement_id", name="pk_rare_words"),
        comment="The rarest words of statements and of speakers' names: where to look for the same of others.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rare_words_statement_id", "rare_words", ["statement_id"])
    op.create_table(
        "links",
        sa.Column("one_id", _ID, nullable=False),
        sa.Column("other_id", _ID, nullable=False),
        sa.Column(
            "likeness",
            sa.Float(),
            nullable=False,
            comment="how probable it is that both report one utterance, 0 to 1; -1: one negates it",
        ),
        sa.ForeignKeyConstraint(["one_id"], ["statements.id"], name="fk_links_one_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["statements.id"], name="fk_links_other_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_links"),
        comment="Statements that may report one utterance, each pair once, the lower number first.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_links_other_id", "links", ["other_id"])
    op.create_table(
        "comparison_state",
        sa.Column(
            "fingerprint", sa.String(length=40), nullable=False, comment="of what the statements were compared with"
        ),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_comparison_state"),
        comment="One row, or none before the first statement is compared.",
    )
