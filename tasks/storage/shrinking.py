"""Gives space back that purged rows leave: SQLite's file gets smaller, PostgreSQL uses the space again."""

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine

AT_ONCE: Final = 2_000  # pages of one step, some megabytes: a writer waits for a moment only
WHOLE_LIMIT: Final = 500_000_000  # bytes that VACUUM may write anew unasked, while writers wait: some seconds
INCREMENTAL: Final = 2  # what `PRAGMA auto_vacuum` says of a file that can shrink step by step


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunk:
    """How large the database was and is, in bytes, and what is to be known of it."""

    before: int
    after: int
    note: str = ""


def shrink(engine: Engine, *, whole: bool = False) -> Shrunk:
    """Give free space back, beside running writers, and return how large the database was and is.

    With `whole` the database is written anew, however large: writers wait until it is done, some in vain.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # the driver itself: SQLAlchemy would begin a transaction
            return shrink_sqlite(connection.connection.driver_connection, whole=whole)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return shrink_postgresql(connection, whole=whole)


def shrink_postgresql(connection: Connection, *, whole: bool) -> Shrunk:
    """Make the space of removed rows free for new ones; giving it to the system would lock the tables."""
    size = "SELECT pg_database_size(current_database())"
    before = connection.exec_driver_sql(size).scalar_one()
    connection.exec_driver_sql("VACUUM (FULL, ANALYZE)" if whole else "VACUUM (ANALYZE)")
    note = (
        "" if whole else "new articles use the space again; --vacuum gives it back to the system, while all work waits"
    )
    return Shrunk(before=before, after=connection.exec_driver_sql(size).scalar_one(), note=note)


def shrink_sqlite(driver: Any, *, whole: bool) -> Shrunk:
    """Cut free pages off the file: step by step, or by writing it anew where it was made without that choice."""
    before = size_of(driver)
    try:
        if whole or ask(driver, "auto_vacuum") != INCREMENTAL:
            note = write_anew(driver, whole=whole) if whole or ask(driver, "freelist_count") else ""
        else:
            note = cut_off(driver)
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError as error:  # a writer held its turn for long
        note = f"the file keeps its free space for now ({error}); new articles use it"
    return Shrunk(before=before, after=size_of(driver), note=note)


def ask(driver: sqlite3.Connection, name: str) -> int:
    """Return the number that a pragma of SQLite gives."""
    return int(driver.execute(f"PRAGMA {name}").fetchone()[0])


def size_of(driver: sqlite3.Connection) -> int:
    """Return how many bytes the database takes, what waits in its log included."""
    return ask(driver, "page_count") * ask(driver, "page_size")


def cut_off(driver: sqlite3.Connection) -> str:
    """Cut off the free pages, some at a time, so that writers get their turns between."""
    left = ask(driver, "freelist_count")
    while left:
        driver.execute(f"PRAGMA incremental_vacuum({AT_ONCE})").fetchall()
        if (now := ask(driver, "freelist_count")) >= left:
            break
        left = now
    return ""


def write_anew(driver: sqlite3.Connection, *, whole: bool) -> str:
    """Write the file anew, from then on able to shrink step by step, where there is room and writers need not wait."""
    size, file = size_of(driver), driver.execute("PRAGMA database_list").fetchone()[2]
    if size > WHOLE_LIMIT and not whole:
        return "the file keeps its free space, and new articles use it; stop the runs and use --vacuum to make it small"
    if file and shutil.disk_usage(Path(file).parent).free < size * 2:
        return f"the file keeps its free space: writing it anew takes {size * 2:,} bytes beside it"
    driver.execute("VACUUM")
    return ""
