"""One SQLite file that holds all that is stored, and a database of either kind made from it.

A backup is itself a database: `sqlite:///FILE` opens it. It is read under one snapshot, table by table, while runs may
write; restored in one transaction, so that a restore that is killed leaves the database as empty as it was.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from tasks.model.errors import DatabaseError, InputError, RashomonError
from tasks.storage.copying import copy_tables, count_rows, has_rows, tables_of
from tasks.storage.database import WRITING_TURN, connect_only, has_file, read_url, reading, writers_of
from tasks.storage.faults import first_line
from tasks.storage.schema import (
    HEAD,
    MIGRATION_TURN,
    check_known,
    current_revision,
    migrate,
    migrating,
    take_turn,
)

FAULTS: Final = (sqlite3.Error, DBAPIError, DatabaseError)  # what a file or a server may answer with
NOTE: Final = sa.Table(
    "rashomon_backup",
    sa.MetaData(),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("made_from", sa.Text, nullable=False),  # which kind of database
    sa.Column("made_by", sa.Text, nullable=False),  # which version of Rashomon
    sa.Column("counts", sa.Text, nullable=False),  # rows of each table, as JSON
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What was copied: the revision of the tables, and how many rows each has."""

    revision: str
    counts: Mapping[str, int]


def back_up(url: str, file: Path, *, force: bool) -> Copied:
    """Write all that a database holds into a new file, check it, and return what it holds.

    The database is left as it is: one that is behind this code is not brought up to date by it.
    """
    check_source(url)
    check_target(file, force=force)
    passing = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        copied = write_file(url, passing)
        check_file(passing, copied)
        check_target(file, force=force)
        passing.replace(file)
    except (OSError, *FAULTS) as error:
        raise RashomonError(f"no backup was written to {file}: {told(error)}") from error
    finally:
        passing.unlink(missing_ok=True)
    return copied


def check_source(url: str) -> None:
    """Raise an InputError where there is no database file: opening it would make one."""
    place = read_url(url)
    if has_file(place) and place.get_backend_name() == "sqlite" and not Path(str(place.database)).exists():
        raise InputError(f"there is no database {place.database}: nothing to back up")


def check_target(file: Path, *, force: bool) -> None:
    """Raise an InputError where a backup cannot be written, or would take the place of something."""
    if not file.absolute().parent.is_dir():
        raise InputError(f"the folder of the backup does not exist: {file.absolute().parent}")
    if file.is_dir():
        raise InputError(f"{file} is a folder: name a file")
    if file.exists() and not force:
        raise InputError(f"{file} exists already: name another file, or say --force to write over it")


def write_file(url: str, passing: Path) -> Copied:
    """Copy everything into a file that nobody knows yet, and return what was copied."""
    with opened(connect_only(url)) as engine, reading(engine) as session, opened(plain_file(passing)) as made:
        source = session.connection()
        revision = current_revision(source)
        if revision is None:
            raise InputError("the database holds nothing of Rashomon: there is nothing to back up")
        check_known(revision)
        with migrating(made) as target:
            migrate(target, revision)
            counts = copy_tables(source, target, tables_of(source))
            NOTE.create(target)
            target.execute(sa.insert(NOTE), note_of(engine, counts))
    return Copied(revision=revision, counts=counts)


def note_of(engine: Engine, counts: Mapping[str, int]) -> dict[str, str]:
    """Return what a backup says of itself."""
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "made_from": engine.dialect.name,
        "made_by": version("rashomon"),
        "counts": json.dumps(counts),
    }


def plain_file(file: Path, *, made: bool = False) -> Engine:
    """Return an engine on a backup: one that is being written in one go, or one that is read and never changed."""

    def connect() -> sqlite3.Connection:
        driver = sqlite3.connect(f"{file.absolute().as_uri()}?mode={'ro' if made else 'rwc'}", uri=True)
        driver.execute("PRAGMA synchronous=OFF")  # it is written through to the disk when all of it is there
        return driver

    return sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool, hide_parameters=True)


@contextmanager
def opened(engine: Engine) -> Iterator[Engine]:
    """Give an engine, and close it."""
    try:
        yield engine
    finally:
        engine.dispose()


def check_file(file: Path, expected: Copied) -> None:
    """See that a file that was just written is whole, and have it written through to the disk."""
    found = read_backup(file)
    if found != expected:
        raise RashomonError(f"the backup does not hold what was written: {dict(found.counts)}")
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def read_backup(file: Path) -> Copied:
    """Return what a backup holds; raise an InputError where it is none, damaged, or too new."""
    if not file.is_file():
        raise InputError(f"{file}: there is no such file")
    try:
        with opened(plain_file(file, made=True)) as engine, reading(engine) as session:
            return look_into(file, session.connection())
    except FAULTS as error:
        raise InputError(f"{file} is damaged, or no backup: {told(error)}") from error


def look_into(file: Path, connection: Connection) -> Copied:
    """Return what an open backup holds, after checking that it is whole."""
    revision = current_revision(connection)
    if revision is None:
        raise InputError(f"{file} is no backup: it holds no tables of Rashomon")
    check_known(revision)
    state = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    if state != "ok" or connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise InputError(f"{file} is damaged: {state if state != 'ok' else 'rows point at rows that are missing'}")
    counts = count_rows(connection, tables_of(connection))
    if sa.inspect(connection).has_table(NOTE.name):
        noted = json.loads(connection.scalar(sa.select(NOTE.c.counts)) or "{}")
        if noted != counts:
            raise InputError(f"{file} is not complete: it should hold {noted}, and holds {counts}")
    return Copied(revision=revision, counts=counts)


def restore(file: Path, url: str) -> Copied:
    """Fill an empty database from a backup, bring it up to date, and return what it holds."""
    backup = read_backup(file)
    try:
        with (
            opened(plain_file(file, made=True)) as source,
            opened(connect_only(url)) as engine,
            reading(source) as session,
        ):
            fill(engine, session.connection(), backup)
    except FAULTS as error:
        raise RashomonError(f"nothing was restored: {told(error)}") from error
    return backup


def fill(engine: Engine, source: Connection, backup: Copied) -> None:
    """Copy a backup into a database that holds nothing, all of it or none."""
    with migrating(writers_of(engine)) as target:
        take_turn(target, MIGRATION_TURN)
        take_turn(target, WRITING_TURN)
        if has_rows(target):
            raise InputError("the database is not empty: restore into a new one, or move the old one away")
        if current_revision(target) not in {None, backup.revision}:
            migrate(target, "base")
        migrate(target, backup.revision)
        counts = copy_tables(source, target, tables_of(source))
        if counts != backup.counts or count_rows(target, tables_of(target)) != counts:
            raise RashomonError(f"nothing was restored: {counts} rows came over, and the backup holds {backup.counts}")
        migrate(target, HEAD)


def told(error: Exception) -> str:
    """Return what went wrong, without the statement that it met."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    return first_line(cause) if isinstance(cause, DBAPIError) else str(error)
