"""One flow run from a terminal: Prefect made ready and quiet, progress shown, an interruption that ends at once."""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tasks.console.output import INTERRUPTED, INTERRUPTION, progress_bar, write_error
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.model.errors import RashomonError
from tasks.steps.progress import listening

SHOW_CURSOR = "\x1b[?25h"


@contextmanager
def running_flow(*, as_json: bool, verbose: bool) -> Iterator[None]:
    """Prepare Prefect and the terminal for one flow run; Prefect must not be imported before."""
    set_prefect_defaults(verbose=verbose)
    # The temporary server starts as `python -m`, which would take a module of ours from the reader's folder instead.
    os.environ["PYTHONSAFEPATH"] = "1"
    with progress_bar(wanted=not (as_json or verbose)) as show, listening(show):
        show("start", 0, 1)
        with leaving_at_once():
            if not verbose:
                drop_repeated_errors()
            address = server_address()
            if verbose:
                write_error(server_note(address))
            check_server(address)
            yield


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """End the program at the first Ctrl-C inside the block, without a word from Prefect.

    A terminal interrupts the temporary server as well. Prefect would go on asking it for some seconds, and print what
    it thinks of the silence. Nothing is lost: all is stored batch by batch, and a run may be killed at any point.
    """
    before = signal.signal(signal.SIGINT, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def leave(_signal: int, _frame: FrameType | None) -> None:
    """Stop the temporary server, if one runs, and end this process; a real server is told by Prefect itself."""
    if "prefect.settings" in sys.modules and server_address():
        raise KeyboardInterrupt
    if sys.stderr.isatty():
        sys.stderr.write(SHOW_CURSOR)
    write_error(INTERRUPTION)
    if "prefect.server.api.server" in sys.modules:
        from prefect.server.api.server import SubprocessASGIServer

        SubprocessASGIServer().stop()  # the one that is shared by the whole process
    os._exit(INTERRUPTED)


def drop_repeated_errors() -> None:
    """Keep off the terminal what Prefect logs of a failing run: the same error comes back as an exception."""
    import prefect.main  # noqa: F401  (sets up the handlers that get the filter)

    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: not record.name.startswith(("prefect.flow_runs", "prefect.task_runs")))


def server_address() -> str:
    """Return the address of the Prefect server that a flow would use, "" where a temporary one is started."""
    from prefect.settings import get_current_settings

    return get_current_settings().api.url or ""


def server_note(address: str) -> str:
    """Return in words which Prefect server a flow would use."""
    return f"the Prefect server {address}" if address else "a temporary Prefect server, started for each run"


def check_server(address: str) -> None:
    """Raise if a server is named that does not answer: a flow would say so at great length."""
    if not address:
        return
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        fault = client.api_healthcheck()
    if fault:
        raise RashomonError(f"the Prefect server {address} (PREFECT_API_URL) does not answer: {fault}")
