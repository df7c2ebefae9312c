"""What Alembic runs for every command: the migrations over the connection that it is given, in its transaction."""

from __future__ import annotations

from alembic import context

from qawl.record.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
