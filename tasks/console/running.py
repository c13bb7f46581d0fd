"""One run of a flow from a terminal: with Prefect's server if there is one, else in threads of this process.

Prefect is made ready and quiet, progress is shown, and an interruption ends the program at once.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from inspect import signature
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

from tasks.console.output import INTERRUPTION, progress_bar, write_error
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.model.errors import RashomonError
from tasks.settings import Runner, Settings, load_settings
from tasks.steps.progress import listening

if TYPE_CHECKING:
    from prefect.flows import Flow

R = TypeVar("R")

SHOW_CURSOR = "\x1b[?25h"


def run_flow(load: Callable[[], "Flow[..., R]"], *args: object, as_json: bool, verbose: bool) -> R:
    """Return what a flow gives; it is loaded here, since Prefect must not be imported before its settings stand."""
    set_prefect_defaults(verbose=verbose)
    # A temporary server starts as `python -m`, which would take a module of ours from the reader's folder instead.
    os.environ["PYTHONSAFEPATH"] = "1"
    with progress_bar(wanted=not (as_json or verbose)) as show, listening(show):
        show("start", 0, 1)
        with leaving_at_once():
            quiet_or_loud(verbose=verbose)
            settings = load_settings()
            if verbose:
                write_error(describe_place(settings))
            check_server(server_address())
            flow = load()
            alone = place_of_work(settings) is Place.THREADS
            return run_in_threads(flow, args, settings) if alone else flow(*args)


def run_in_threads(flow: "Flow[..., R]", args: Sequence[object], settings: Settings) -> R:
    """Return what the body of a flow gives, its verbs run as plain functions; Prefect's check of arguments holds."""
    from tasks.submitting import in_threads

    given = flow.validate_parameters(dict(signature(flow.fn).bind(*args).arguments))
    with in_threads(settings.workers):
        return flow.fn(**given)


class Place(StrEnum):
    """Where a flow runs."""

    SERVER = "server"
    TEMPORARY = "temporary"
    THREADS = "threads"


PLACES = {
    Place.SERVER: "the Prefect server {address}",
    Place.TEMPORARY: "a temporary Prefect server, started for each run",
    Place.THREADS: "no Prefect server: the run leaves no trace in Prefect",
}


def describe_place(settings: Settings) -> str:
    """Return in words where a flow runs."""
    return PLACES[place_of_work(settings)].format(address=server_address())


def place_of_work(settings: Settings) -> Place:
    """Return where a flow runs: processes and Dask are Prefect's task runners, and need a server in any case."""
    if server_address():
        return Place.SERVER
    return Place.THREADS if settings.task_runner is Runner.THREADS else Place.TEMPORARY


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """End the program at the first Ctrl-C or SIGTERM inside the block, without a word from Prefect.

    A terminal interrupts the temporary server as well. Prefect would go on asking it for some seconds, and print what
    it thinks of the silence. Nothing is lost: all is stored batch by batch, and a run may be killed at any point. Its
    record is closed by whoever looks next, since a database may not be asked from where a signal is handled.
    """
    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave(number: int, _frame: FrameType | None) -> None:
    """Stop the temporary server, if one runs, and end this process; a real server is told by Prefect itself."""
    if "prefect.settings" in sys.modules and server_address():
        raise KeyboardInterrupt
    if sys.stderr.isatty():
        sys.stderr.write(SHOW_CURSOR)
    write_error(INTERRUPTION)
    if "prefect.server.api.server" in sys.modules:
        from prefect.server.api.server import SubprocessASGIServer

        SubprocessASGIServer().stop()  # the one that is shared by the whole process
    os._exit(128 + number)  # as a shell tells of a program that a signal ended


def quiet_or_loud(*, verbose: bool) -> None:
    """Show each verb as it begins and ends, or keep off the terminal what comes back as an exception anyway."""
    import prefect.main  # noqa: F401  (sets up the handlers that get the filter)

    if verbose:
        logging.getLogger("rashomon").setLevel(logging.INFO)
        return
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: not record.name.startswith(("prefect.flow_runs", "prefect.task_runs")))


def server_address() -> str:
    """Return the address of the Prefect server that a flow would use, "" where a temporary one is started."""
    from prefect.settings import get_current_settings

    return get_current_settings().api.url or ""


def check_server(address: str) -> None:
    """Raise if a server is named that does not answer: a flow would say so at great length."""
    if not address:
        return
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        fault = client.api_healthcheck()
    if fault:
        raise RashomonError(f"the Prefect server {address} (PREFECT_API_URL) does not answer: {fault}")
