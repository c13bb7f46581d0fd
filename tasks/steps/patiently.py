"""A transaction is tried again where the database was lost or locked; free of Prefect.

Prefect's own retries would repeat a whole verb, know nothing of why it failed, and be missing where no flow runs. A
transaction is stored whole or not at all, and storing the same again changes nothing: so it may be repeated, also
where the connection was lost in the very moment of its commit.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from tasks.model.errors import DatabaseError

P = ParamSpec("P")
R = TypeVar("R")

# A minute in all: a server that is restarted is back in seconds, one that is replaced by its standby in half a minute.
WAITS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


def patiently(work: Callable[P, R]) -> Callable[P, R]:
    """Return a function of one transaction that is called again where the database was lost and may come back."""

    @wraps(work)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        for wait in WAITS:
            try:
                return work(*args, **kwargs)
            except DatabaseError as error:
                if not error.passing:
                    raise
                time.sleep(wait)
        return work(*args, **kwargs)

    return wrapped
