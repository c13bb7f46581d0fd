"""The command line's side of a terminal: progress, JSON lines, errors in one line, Prefect kept quiet."""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

from tasks.model.errors import InputError, RashomonError
from tasks.progress import Listener, listening

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130


def write_json(row: Mapping[str, Any], stream: TextIO | None = None) -> None:
    """Write one JSON line to the stream, standard output unless another is named."""
    print(json.dumps(row, ensure_ascii=False), file=stream or sys.stdout, flush=True)


def say(line: str) -> None:
    """Write one line to standard output."""
    print(line)  # noqa: T201


def write_error(message: str) -> None:
    """Write one line to standard error, with the name of the program before it."""
    print(f"rashomon: {message}", file=sys.stderr)  # noqa: T201


@contextmanager
def plain_errors() -> Iterator[None]:
    """End the program with one clear line and the right exit status where something raised on purpose comes out.

    Anything else is a bug of ours and keeps its traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a file name may hold bytes that are no UTF-8
    try:
        yield
    except InputError as error:
        write_error(str(error))
        sys.exit(WRONG_USE)
    except RashomonError as error:
        write_error(str(error))
        sys.exit(FAILED)
    except KeyboardInterrupt:
        write_error("interrupted; what is stored stays stored, and the same command goes on from there")
        sys.exit(INTERRUPTED)


@contextmanager
def progress_bar(*, wanted: bool) -> Iterator[Listener]:
    """Yield a listener that draws one bar for each stage on standard error, or does nothing where nobody looks."""
    if not (wanted and sys.stderr.isatty()):
        yield lambda stage, done, total: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    bars: dict[str, TaskID] = {}
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def show(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(stage, total=total)
            progress.update(bars[stage], completed=done, total=total)

        yield show


@contextmanager
def running_flow(*, as_json: bool, verbose: bool) -> Iterator[None]:
    """Prepare Prefect and the terminal for one flow run; Prefect must not be imported before."""
    from tasks.prefect_settings import set_prefect_defaults  # not above: `--help` passes through this module

    set_prefect_defaults(verbose=verbose)
    if not verbose:
        drop_repeated_errors()
    with progress_bar(wanted=not (as_json or verbose)) as show, listening(show):
        show("starting", 0, 1)
        if verbose:
            write_error(server_note())
        yield


def drop_repeated_errors() -> None:
    """Keep off the terminal what Prefect logs of a failing run: the same error comes back as an exception."""
    import prefect.main  # noqa: F401  (sets up the handlers that get the filter)

    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: not record.name.startswith(("prefect.flow_runs", "prefect.task_runs")))


def server_note() -> str:
    """Return which Prefect server the flow will use."""
    from prefect.settings import get_current_settings

    address = get_current_settings().api.url
    return (
        f"using the Prefect server {address}" if address else "starting a temporary Prefect server (about ten seconds)"
    )
