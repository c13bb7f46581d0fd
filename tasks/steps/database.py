"""The databases of this process: each is opened, and brought up to date, once."""

from pathlib import Path
from threading import Lock

from tasks.storage.database import Engine, open_database

MANY = 8  # a process has one, the tests hundreds

_opening = Lock()  # two threads that open a new file at once are in each other's way: "database is locked"
# By folder too: a URL such as sqlite:///rashomon.db means another file in each. The oldest comes first.
_opened: dict[tuple[str, Path], Engine] = {}


def open_once(url: str) -> Engine:
    """Return the engine of a database URL, the same one at every call."""
    with _opening:
        here = url, Path.cwd()
        if here not in _opened:
            _opened[here] = open_database(url)
            if len(_opened) > MANY:
                _opened.pop(next(iter(_opened))).dispose()  # dropped alone, it would leave its connections open
        return _opened[here]
