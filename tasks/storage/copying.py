"""Copies whole tables from one database to another, of either kind, as one revision of the tables has them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from tasks.storage import change_tables, notice_tables, reading_tables  # noqa: F401  (they are copied as well)
from tasks.storage.columns import UTCDateTime
from tasks.storage.schema import VERSION_TABLE
from tasks.storage.tables import Base

ROWS, DOCUMENTS = 500, 20  # held at a time; the bytes of a document may be megabytes
HEAVY: Final = "raw_bytes"


def tables_of(connection: Connection) -> list[sa.Table]:
    """Return the tables of a database as they are there, those that others point at first.

    They are read from the database, since a backup may be older than this code. Their types are those that both kinds
    of database know, so that one table serves to read here and to write there.
    """
    found = sa.MetaData()
    found.reflect(connection, only=lambda name, _: name in Base.metadata.tables)
    for table in found.sorted_tables:
        for column in table.columns:
            column.type = common_type(column.type)
    return found.sorted_tables


def common_type(found: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    """Return the type that SQLite and PostgreSQL both have for this one."""
    if isinstance(found, sa.DateTime):
        return UTCDateTime()
    if isinstance(found, sa.JSON):
        return sa.JSON(none_as_null=True)
    return found.as_generic()


def copy_tables(source: Connection, target: Connection, tables: list[sa.Table]) -> dict[str, int]:
    """Copy all rows of the tables, some at a time, and return how many each has."""
    return {table.name: copy_table(source, target, table) for table in tables}


def copy_table(source: Connection, target: Connection, table: sa.Table) -> int:
    """Copy the rows of one table, and return how many there are."""
    count = 0
    for rows in portions(source, table):
        target.execute(sa.insert(table), rows)
        count += len(rows)
    return count


def portions(source: Connection, table: sa.Table) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the rows of a table in the order of their keys, a portion at a time."""
    size = DOCUMENTS if table.name == HEAVY else ROWS
    query = sa.select(table).order_by(*table.primary_key.columns)
    for rows in source.execute(query.execution_options(yield_per=size)).mappings().partitions():
        yield [dict(row) for row in rows]


def count_rows(connection: Connection, tables: list[sa.Table]) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables}


def has_rows(connection: Connection) -> bool:
    """Return whether anything of ours is stored in a database."""
    return sa.inspect(connection).has_table(VERSION_TABLE) and any(
        connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first()
        for table in tables_of(connection)
    )
