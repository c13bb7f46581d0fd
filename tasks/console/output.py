"""The command line's side of a terminal: lines, JSON lines, errors in one line, progress."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

from tasks.model.errors import InputError, RashomonError
from tasks.steps.progress import Listener

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130
INTERRUPTION = "interrupted; what is stored stays stored, and the same command goes on from there"


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
        write_error(INTERRUPTION)
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
                for earlier in progress.tasks:
                    progress.update(earlier.id, completed=earlier.total)  # a stage ends where the next begins
                bars[stage] = progress.add_task(stage, total=total)
            progress.update(bars[stage], completed=done, total=total)

        yield show
