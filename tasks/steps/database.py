"""The databases of this process: each is opened, and brought up to date, once."""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from tasks.storage.database import Engine, open_database

_opening = Lock()  # two threads that open a new file at once are in each other's way: "database is locked"


def open_once(url: str) -> Engine:
    """Return the engine of a database URL, the same one at every call."""
    with _opening:
        return _open(url, Path.cwd())


@lru_cache(maxsize=8)
def _open(url: str, _folder: Path) -> Engine:  # a URL such as sqlite:///rashomon.db means another file in each folder
    return open_database(url)
