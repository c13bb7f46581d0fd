"""What Alembic runs for each upgrade: on the connection that `tasks.storage.schema` hands over, never on its own."""

from alembic import context

from tasks.storage import change_tables, notice_tables, reading_tables  # noqa: F401  (their tables belong to the metadata)
from tasks.storage.schema import VERSION_TABLE
from tasks.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,  # SQLite changes a column only by building its table again
)
with context.begin_transaction():
    context.run_migrations()
