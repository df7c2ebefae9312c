"""What the pages of the desk look for: what was said on some days, who is new in them, what negates another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_compared_day", "compared", ["day"])
    op.create_index("ix_entities_first", "entities", ["first"])
    op.create_index("ix_links_likeness", "links", ["likeness"], sqlite_where=sa.text("likeness < 0"))
