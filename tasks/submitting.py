"""Where the verbs run: with Prefect inside a flow run, in threads of this process where no server is at hand.

A flow's body and the chain are the same both ways: they submit verbs and get futures. Prefect's temporary server takes
ten seconds to start, and forgets most of what it was told, since its queue is dropped when it ends. So a command
that finds no server runs the flow's body as a plain function inside `in_threads`, and the verbs as the plain functions
that they are beneath their `@task`.
"""

import concurrent.futures
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from inspect import signature
from logging import getLogger
from time import perf_counter
from typing import Any, Protocol, TypeVar, cast

from prefect import futures
from prefect.tasks import Task
from prefect.utilities.annotations import quote

from tasks.model.errors import RashomonError

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

logger = getLogger("rashomon.run")

_pool: ContextVar[concurrent.futures.Executor | None] = ContextVar("rashomon_pool", default=None)


@contextmanager
def naming_dead_processes() -> Iterator[None]:
    """Say in one sentence that a process of a pool was killed, where Python tells of a broken pool at great length."""
    try:
        yield
    except BrokenProcessPool as error:
        raise RashomonError(
            "a process of this run was killed, by the system or by the article that it had in hand; what is stored "
            "stays stored: run it again, and such an article is set aside"
        ) from error


class Future(Protocol[R_co]):
    """What a verb will return, once it has run: Prefect's future and Python's own both are one."""

    def result(self) -> R_co:
        """Wait for the verb and return what it gave, or raise what it raised."""
        ...


@contextmanager
def in_threads(workers: int) -> Iterator[None]:
    """Run the verbs that are submitted inside the block in so many threads, without Prefect."""
    pool = concurrent.futures.ThreadPoolExecutor(workers, thread_name_prefix="verb")
    token = _pool.set(pool)
    try:
        yield
    finally:
        _pool.reset(token)
        pool.shutdown(cancel_futures=True)


def submit(verb: Task[..., R], *args: object, wait_for: Sequence[Future[Any]] = (), **kwargs: object) -> Future[R]:
    """Return the future of a verb; futures among its arguments, also in lists, become what they result in."""
    pool = _pool.get()
    if pool is None:
        return submit_to_prefect(verb, args, kwargs, wait_for)
    return pool.submit(copy_context().run, run_plainly, verb, args, kwargs, wait_for)


def as_completed(pending: Iterable[Future[R]]) -> Iterator[Future[R]]:
    """Yield the futures as their verbs end."""
    given = list(pending)
    if _pool.get() is None:
        return cast("Iterator[Future[R]]", futures.as_completed(cast("list[futures.PrefectFuture[R]]", given)))
    return cast(
        "Iterator[Future[R]]", concurrent.futures.as_completed(cast("list[concurrent.futures.Future[R]]", given))
    )


def submit_to_prefect(
    verb: Task[..., R], args: Sequence[object], kwargs: Mapping[str, object], wait_for: Sequence[Future[Any]]
) -> Future[R]:
    """Return the future of a task run.

    Only futures draw an arrow in Prefect's picture of the run. Left open, Prefect would look into the settings as well,
    and draw one wherever two tasks share a value, such as an empty tuple, of which Python keeps one only.
    """
    given = [arg if isinstance(arg, futures.PrefectFuture | list) else quote(arg) for arg in args]
    kept = {name: quote(arg) for name, arg in kwargs.items()}
    ahead = cast("Sequence[futures.PrefectFuture[Any]]", wait_for)
    return cast("Future[R]", verb.submit(*given, wait_for=ahead, return_state=False, **kept))


def run_plainly(
    verb: Task[..., R], args: Sequence[object], kwargs: Mapping[str, object], wait_for: Sequence[Future[Any]]
) -> R:
    """Return what a verb gives, once all that it waits for is there; what failed before it is raised again.

    A thread that waits here blocks no other: the pool takes verbs in the order in which they were submitted, so what a
    verb waits for has begun before it.
    """
    for one in wait_for:
        one.result()
    given = [settle(arg) for arg in args]
    name, began = name_of(verb, given, kwargs), perf_counter()
    logger.info("%s: begun", name)
    found = verb.fn(*given, **kwargs)
    logger.info("%s: done in %.2f s", name, perf_counter() - began)
    return found


def settle(arg: object) -> object:
    """Return an argument with results in the place of futures."""
    if isinstance(arg, concurrent.futures.Future):
        return arg.result()
    return [settle(one) for one in arg] if isinstance(arg, list) else arg


def name_of(verb: Task[..., Any], args: Sequence[object], kwargs: Mapping[str, object]) -> str:
    """Return the name that Prefect gives the run of a verb with these arguments."""
    if not isinstance(verb.task_run_name, str):
        return verb.name
    return verb.task_run_name.format(**signature(verb.fn).bind(*args, **kwargs).arguments)
