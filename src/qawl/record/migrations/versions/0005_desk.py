"""The desk: accounts, sessions, API tokens; alerts and what they have told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False, comment="its Argon2 hash"),
        sa.Column("role", sa.String(length=6), nullable=False, comment="reader, editor or admin"),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("closed_at", sa.String(length=20), comment="since then it is no longer let in"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
        comment="Who may use the desk; kept.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of what the browser keeps"),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("ends_at", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
        comment="Browsers that are signed in.",
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_table(
        "api_tokens",
        sa.Column("id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the token, which is shown once"),
        sa.Column("role", sa.String(length=6), nullable=False, comment="at most that of the account"),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("used_at", sa.String(length=20)),
        sa.Column("closed_at", sa.String(length=20), comment="since then it is no longer let in"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_api_tokens_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("digest", name="uq_api_tokens_digest"),
        comment="With which programs use the desk.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_api_tokens_account_id", "api_tokens", ["account_id"])
    op.create_table(
        "alerts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("of", sa.String(length=9), nullable=False, comment="search or watchlist"),
        sa.Column("asked", sa.Text(), nullable=False, comment="the name of the saved search or of the watchlist"),
        sa.Column("by", sa.String(length=7), nullable=False, comment="webhook or email"),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), comment="with which a webhook is signed"),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.String(length=20)),
        sa.Column("sent_at", sa.String(length=20)),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0", comment="in a row"),
        sa.Column("last_error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("name", name="uq_alerts_name"),
        comment="Saved searches and watchlists of which somebody wants to be told; kept.",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "told",
        sa.Column("alert_id", _ID, nullable=False, autoincrement=False),
        sa.Column("ref", sa.String(length=10), nullable=False, comment="the public ID of a statement"),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_told_alert_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("alert_id", "ref", name="pk_told"),
        comment="What an alert has told of already.",
        sqlite_with_rowid=False,
    )
