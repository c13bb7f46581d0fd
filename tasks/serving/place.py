"""The hidden folder `.rashomon` beside rashomon.toml: the lock that keeps a second serve out, and the logs."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.model.errors import InputError

FOLDER = Path(".rashomon")
LOCK = "serve.lock"


@contextmanager
def only_one(folder: Path, what: str) -> Iterator[bool]:
    """Hold the lock of a folder; yield whether the one before ended without taking its leave.

    Raises:
        InputError: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+") as lock:
        lock.seek(0)
        before = lock.read()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InputError(f"{what}: process {before.strip() or 'unknown'} does so; kill it to stop that") from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield bool(before.strip())
        lock.truncate(0)
