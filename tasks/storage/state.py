"""How a database stands, looked at without changing it: opening it the usual way brings it up to date."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tasks.model.errors import InputError
from tasks.storage.database import connect_only
from tasks.storage.faults import first_line
from tasks.storage.schema import HEAD, check_known, current_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The revision of the tables ("" where there are none), the newest run, and how far the database's clock is off."""

    revision: str
    newest_run_at: datetime | None = None
    seconds_ahead: float = 0.0

    @property
    def is_behind(self) -> bool:
        """Return whether an older version made the tables: the next command brings them up to date."""
        return self.revision not in {"", HEAD}


def state_of(url: str) -> State:
    """Return how a database stands; raise an InputError where it cannot be reached, or is too new."""
    engine = connect_only(url)
    try:
        with engine.connect() as connection:
            return look_at(connection)
    except DBAPIError as error:
        raise InputError(f"cannot open the database {engine.url.render_as_string()}: {first_line(error)}") from error
    finally:
        engine.dispose()


def look_at(connection: Connection) -> State:
    """Return how the database of a connection stands."""
    revision = current_revision(connection)
    if revision is None:
        return State(revision="", seconds_ahead=clock_of(connection))
    check_known(revision)
    newest: Any = connection.scalar(sa.select(sa.func.max(sa.column("started_at"))).select_from(sa.table("runs")))
    if isinstance(newest, str):  # SQLite keeps times as text, without their zone
        newest = datetime.fromisoformat(newest).replace(tzinfo=UTC)
    return State(revision=revision, newest_run_at=newest, seconds_ahead=clock_of(connection))


def clock_of(connection: Connection) -> float:
    """Return how many seconds the clock of the database is ahead of this machine's; SQLite has none of its own."""
    if connection.dialect.name != "postgresql":
        return 0.0
    theirs: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return (theirs - datetime.now(UTC)).total_seconds()
