"""The few statements that SQLite and PostgreSQL write differently, and the writing of many rows at once."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from tasks.storage.tables import Base


def among(session: Session, column: InstrumentedAttribute[Any], values: Collection[Any]) -> sa.ColumnElement[bool]:
    """Return the condition that the column holds one of the values.

    The values travel as one parameter: both databases limit the number of parameters, and one statement serves any
    number of values.
    """
    ordered = sorted(values)
    if session.get_bind().dialect.name == "sqlite":
        each = sa.func.json_each(json.dumps(ordered)).table_valued("value")
        return column.in_(sa.select(each.c.value))
    return column == sa.any_(sa.literal(ordered, postgresql.ARRAY(column.type)))


def insert(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that can be told what to do when the row is there already."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def write(session: Session, statement: sa.Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run the statement for each row; several times quicker than one statement that lists all rows."""
    if rows:
        session.connection().execute(statement, rows)


def write_new(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the rows that are not there yet."""
    write(session, insert(session, table).on_conflict_do_nothing(), rows)


def write_over(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]], *, keep: Collection[str]
) -> None:
    """Write the rows; where one is there, its columns become the new ones, but for its key and those to keep."""
    statement = insert(session, table)
    key = [column.name for column in sa.inspect(table).primary_key]
    changed = {name: value for name, value in statement.excluded.items() if name not in {*key, *keep}}
    write(session, statement.on_conflict_do_update(index_elements=key, set_=changed), rows)
