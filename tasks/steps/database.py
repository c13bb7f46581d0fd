"""The databases of this process: each is opened, and brought up to date, once."""

from functools import lru_cache
from pathlib import Path

from tasks.storage.database import Engine, open_database


def open_once(url: str) -> Engine:
    """Return the engine of a database URL, the same one at every call."""
    return _open(url, Path.cwd())


@lru_cache(maxsize=8)
def _open(url: str, _folder: Path) -> Engine:  # a URL such as sqlite:///rashomon.db means another file in each folder
    return open_database(url)
