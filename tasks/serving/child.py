"""One child process of `rashomon serve`: started in a session of its own, its words in a log file, stopped for sure."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

MAX_LOG = 10_000_000  # bytes; then the log begins anew, and the one before stays beside it
LAST_LINES = 12
ALONE, BESIDE = "alone", "beside-others"  # how the runner is told whether others may be on its server


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a child is called, what it runs, and how long it may take to stop."""

    name: str
    module: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    patience: float  # seconds that it gets to stop
    outlives: float = 0.0  # seconds that it waits where its parent was killed

    @property
    def command(self) -> list[str]:
        """Return the whole command; Python must not take a module from the reader's folder."""
        hearing = ("-P", "-m", "tasks.serving.hearing", str(self.outlives))
        return [sys.executable, *hearing, self.module, *self.arguments]


class Child:
    """A running child; a terminal's Ctrl-C does not reach it, so that its parent can stop all in the right order."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        roll_log(plan.log)
        self.read_to = plan.log.stat().st_size if plan.log.exists() else 0
        with plan.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  (a command of our own)
                plan.command,
                env=plan.environment,
                stdin=subprocess.PIPE,  # closed by our end, however we end: see tasks/serving/hearing.py
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def status(self) -> int | None:
        """Return the exit status, None while it runs."""
        return self.process.poll()

    def ask_to_stop(self) -> None:
        """Ask the child itself to stop; it stops what it started."""
        if self.status is None:
            self.process.terminate()

    def wait(self, seconds: float) -> bool:
        """Return whether the child has ended within so many seconds."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return self.status is not None

    def end(self) -> None:
        """End the child, if it still runs, and whatever it has left behind."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()

    def pass_on(self, stream: TextIO) -> None:
        """Copy to a stream what the child has logged since the last time."""
        with self.plan.log.open("rb") as log:
            log.seek(self.read_to)
            new = log.read()
        self.read_to += len(new)
        stream.write(new.decode("utf-8", errors="replace"))
        stream.flush()


def roll_log(path: Path) -> None:
    """Move a log that has grown too long out of the way."""
    if path.exists() and path.stat().st_size > MAX_LOG:
        path.replace(path.with_suffix(".1.log"))


def last_lines(path: Path) -> str:
    """Return the last lines of a log, indented."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    return "\n".join(f"    {line}" for line in lines[-LAST_LINES:])
