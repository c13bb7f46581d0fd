"""Opens the database that a URL names, and gives the two kinds of transaction: writing and reading."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from tasks.model.errors import InputError
from tasks.storage.faults import first_line, told_plainly
from tasks.storage.schema import bring_up_to_date, take_turn

__all__ = ["Engine", "Session", "open_database", "reading", "writing"]  # verbs name sessions without SQLAlchemy

WRITES: Final = "rashomon_writes"  # marks the engine whose transactions begin as writers
WRITING_TURN: Final = 7_266_832
BUSY_MS: Final = 60_000  # a comparison holds its turn for seconds, and SQLite's queue is not a fair one
HIDING: Final[dict[str, Any]] = {"hide_parameters": True}  # an error tells the statement, never the text in it
# A new file is able to shrink step by step; in an old one the choice waits for the next VACUUM.
PRAGMAS: Final = (f"busy_timeout={BUSY_MS}", "auto_vacuum=INCREMENTAL", "foreign_keys=ON", "synchronous=NORMAL")
# A process has at most so many threads at work (the setting `workers`) and one that runs the flow. Who waits for the
# turn to write holds a connection meanwhile.
CONNECTIONS: Final = 65
# What each connection to PostgreSQL is told. A machine that vanishes in the middle of a transaction keeps the turn to
# write until the server misses it: by itself after two hours, so after a minute. And who holds it and falls asleep
# loses it after ten; the longest block of a comparison takes seconds.
SERVER_SIDE: Final = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "10min",
}
# The same from our side: a server that vanishes is an error after a minute, and not a run that waits for ever.
CLIENT_SIDE: Final = {
    "application_name": "rashomon",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}


def open_database(url: str) -> Engine:
    """Return an engine whose tables are up to date; they are made where there are none."""
    engine = connect_only(url)
    try:
        bring_up_to_date(engine, writers_of(engine))
    except DBAPIError as error:
        engine.dispose()
        raise InputError(f"cannot open the database {engine.url.render_as_string()}: {first_line(error)}") from error
    return engine


def connect_only(url: str) -> Engine:
    """Return an engine on a database as it is; its tables may be missing, behind or ahead."""
    place = read_url(url)
    try:
        return sqlite_engine(place) if place.get_backend_name() == "sqlite" else postgresql_engine(place)
    except ModuleNotFoundError as error:
        raise InputError(
            f"PostgreSQL needs the package {error.name}: install Rashomon with its extra `postgresql`"
        ) from error


def read_url(url: str) -> URL:
    """Return the parsed URL, with the driver that we ship for PostgreSQL and an absolute path for SQLite."""
    try:
        place = sa.make_url(url)
    except ArgumentError as error:
        raise InputError("the database URL cannot be read; write sqlite:///FILE or postgresql://HOST/NAME") from error
    match place.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return place.set(database=check_file(str(place.database))) if has_file(place) else place
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return place.set(drivername="postgresql+psycopg")
        case other:
            raise InputError(
                f"no database of the kind {other!r} is supported: use sqlite:///FILE or postgresql://HOST/NAME"
            )


def has_file(place: URL) -> bool:
    """Return whether a SQLite URL names a plain file, not memory and not one of SQLite's own `file:` addresses."""
    return place.database not in {None, "", ":memory:"} and not str(place.database).startswith("file:")


def check_file(name: str) -> str:
    """Return the absolute path of a database file whose folder exists."""
    path = Path(name).absolute()
    if not path.parent.is_dir():
        raise InputError(f"the folder of the database does not exist: {path.parent}")
    if path.is_dir():
        raise InputError(f"the database is a folder, not a file: {path}")
    return str(path)


def sqlite_engine(place: URL) -> Engine:
    """Return an engine for SQLite whose transactions are real ones, reads included."""
    if place.database in {None, "", ":memory:"}:  # lives as long as its one connection
        engine = sa.create_engine(place, poolclass=StaticPool, connect_args={"check_same_thread": False}, **HIDING)
    else:
        engine = sa.create_engine(place, **HIDING)
    sa.event.listen(engine, "connect", set_up_connection)
    sa.event.listen(engine, "begin", begin_transaction)
    return engine


def postgresql_engine(place: URL) -> Engine:
    """Return an engine for PostgreSQL, whose connections are looked at before use: a server may have been restarted.

    What the URL itself says of the connection (`?application_name=...`) holds.
    """
    engine = sa.create_engine(
        place,
        connect_args={name: value for name, value in CLIENT_SIDE.items() if name not in place.query},
        pool_pre_ping=True,
        pool_recycle=1_800,  # seconds; firewalls forget a connection that is silent for an hour
        pool_size=5,
        max_overflow=CONNECTIONS - 5,
        pool_timeout=BUSY_MS / 1_000,
        **HIDING,
    )
    sa.event.listen(engine, "connect", tell_server)
    return engine


def tell_server(driver: Any, record: Any) -> None:  # noqa: ARG001
    """Tell a new connection how long the server waits for us; not in the address, which pgbouncer would refuse."""
    for name, value in SERVER_SIDE.items():
        driver.execute("SELECT set_config(%s, %s, false)", (name, value))
    driver.commit()


def set_up_connection(driver: sqlite3.Connection, record: Any) -> None:  # noqa: ARG001
    """Set the pragmas, and keep Python's driver from beginning transactions by its own rules."""
    driver.isolation_level = None
    for pragma in PRAGMAS:
        driver.execute(f"PRAGMA {pragma}")
    keep_log_ahead(driver)


def keep_log_ahead(driver: sqlite3.Connection) -> None:
    """Let readers and a writer no longer wait for each other; the file remembers it.

    SQLite does not wait for its turn here, so of two processes that make one file at once, one has to try again.
    """
    until = monotonic() + BUSY_MS / 1_000
    while driver.execute("PRAGMA journal_mode").fetchone() == ("delete",):
        try:
            driver.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if monotonic() > until:
                raise
            sleep(0.02)


def begin_transaction(connection: Connection) -> None:
    """Begin a writer as one: if it read first and asked for the lock later, SQLite would refuse it at once."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writers_of(engine: Engine) -> Engine:
    """Return the same engine, marked so that its transactions begin as writers."""
    return engine.execution_options(**{WRITES: True})


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session for one transaction that is stored whole or not at all; writers take turns."""
    with told_plainly(engine), Session(writers_of(engine)) as session, session.begin():
        take_turn(session.connection(), WRITING_TURN)
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session that sees the database as it was at its first query, whatever is written meanwhile."""
    with told_plainly(engine), Session(engine) as session, session.begin():
        if engine.dialect.name == "postgresql":  # SQLite's transactions do this by themselves
            session.connection(execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})
        yield session
