"""Brings the tables to the shape that this version of the code knows, whoever asks first.

`alembic_version`, Alembic's own name for its table, is left alone: Prefect uses it, and both may share a database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tasks.model.errors import InputError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0008"  # of the newest file in migrations/versions; a test compares them
VERSION_TABLE: Final = "rashomon_alembic_version"
MIGRATIONS: Final = Path(__file__).parent / "migrations"
MIGRATION_TURN: Final = 7_266_831  # a number of our own: PostgreSQL's advisory locks are named by numbers
_alembic = Lock()  # Alembic keeps its context in module globals: one upgrade at a time in a process


def bring_up_to_date(engine: Engine, writers: Engine) -> None:
    """Upgrade the tables where they are behind; `writers` is the engine whose transactions begin as writers."""
    with engine.connect() as connection:
        if current_revision(connection) == HEAD:
            return
    with migrating(writers) as connection:
        take_turn(connection, MIGRATION_TURN)
        migrate(connection, HEAD)


@contextmanager
def migrating(writers: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that may change tables; it alone does so in this process."""
    with _alembic, writers.connect() as connection:
        set_foreign_keys(connection, on=False)  # on SQLite, rebuilding a table would empty those that point at it
        try:
            with connection.begin():
                yield connection
        finally:
            set_foreign_keys(connection, on=True)


def migrate(connection: Connection, revision: str) -> None:
    """Run the migrations up to a revision, or down to `base`, if another process has not run them meanwhile."""
    found = current_revision(connection)
    if found == revision:
        return
    from alembic import command  # here, because Alembic takes a while to import and is seldom needed

    if found is not None:
        check_known(found)
    config = alembic_config(connection)
    (command.downgrade if revision == "base" else command.upgrade)(config, revision)


def check_known(revision: str) -> None:
    """Raise an InputError if a newer version of the code made the tables."""
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if revision not in known:
        raise InputError(f"the database was written by a newer Rashomon (revision {revision}); update this one")


def current_revision(connection: Connection) -> str | None:
    """Return the revision of the database, or None where it has no tables of ours."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    versions = sa.table(VERSION_TABLE, sa.column("version_num", sa.Text))
    return connection.scalar(sa.select(versions.c.version_num))


def alembic_config(connection: Connection | None = None) -> "Config":
    """Return Alembic's configuration, made here so that it does not depend on the working folder."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def take_turn(connection: Connection, key: int) -> None:
    """Wait until no other transaction holds the turn; on SQLite, BEGIN IMMEDIATE has waited already."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """Switch SQLite's foreign keys, past SQLAlchemy, which would begin a transaction first and so change nothing."""
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
