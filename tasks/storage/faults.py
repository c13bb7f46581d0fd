"""What databases say when they are lost, locked or full, as one error that says what to do; bugs stay as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from tasks.model.errors import DatabaseError

# Names of SQLite's results and classes of PostgreSQL's states, by how they begin: what to do, and whether it may pass.
SQLITE: Final = {
    "SQLITE_FULL": ("free some space and start again; what is stored stays", False),
    "SQLITE_IOERR": ("look after the disk and its space, and start again; what is stored stays", False),
    "SQLITE_READONLY": ("let this user write to the file and its folder", False),
    "SQLITE_CANTOPEN": ("see that the folder is there, may be written to and has space", False),
    "SQLITE_CORRUPT": ("the file is damaged: put a backup in its place", False),
    "SQLITE_NOTADB": ("this is no database: name another file", False),
    "SQLITE_BUSY": ("another program holds it: end that one and start again", True),
    "SQLITE_LOCKED": ("another program holds it: end that one and start again", True),
}
POSTGRESQL: Final = {
    "53": ("the server has no space or no connection left: make some and start again; what is stored stays", False),
    "57": ("the server was stopped: start again when it is back; what is stored stays", True),
    "08": ("the connection was lost: start again when it is back; what is stored stays", True),
    "40": ("the server gave the turn to another transaction: start again", True),
    "25006": ("the server takes no writes: is it a standby?", True),
    "": ("the connection was lost: start again when the server is back; what is stored stays", True),
}


@contextmanager
def told_plainly(engine: Engine) -> Iterator[None]:
    """Raise a DatabaseError where the database is lost, locked or full; a mistake in a statement stays a bug."""
    try:
        yield
    except DBAPIError as error:
        advice = advice_for(error)
        if advice is None:
            raise
        place = engine.url.render_as_string(hide_password=True)
        raise DatabaseError(f"the database {place}: {first_line(error)}; {advice[0]}", passing=advice[1]) from error


def advice_for(error: DBAPIError) -> tuple[str, bool] | None:
    """Return what to do about an error of a driver, and whether it may pass; None where it is no fault of these."""
    result = getattr(error.orig, "sqlite_errorname", None)
    if result is not None:
        return next((advice for name, advice in SQLITE.items() if str(result).startswith(name)), None)
    if type(error.orig).__module__.startswith("sqlite3"):  # a cursor of a connection that is gone
        return None
    state = getattr(error.orig, "sqlstate", None) or ""
    if not state:  # the driver speaks for itself
        return POSTGRESQL[""] if isinstance(error, OperationalError | InterfaceError) else None
    return next((advice for name, advice in POSTGRESQL.items() if name and state.startswith(name)), None)


def first_line(error: DBAPIError) -> str:
    """Return what the driver said, without SQLAlchemy's additions."""
    return str(error.orig).strip().split("\n", 1)[0]
