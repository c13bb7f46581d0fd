"""Our own record of a run, as anybody may read it: how it stands, and in which process it is at work."""

import os
import signal
from dataclasses import dataclass

from tasks.model.run import Run
from tasks.steps.database import open_once
from tasks.steps.settling import PROCESS
from tasks.storage.database import reading
from tasks.storage.runs import list_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process that somebody else started."""

    pid: int

    def send(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)


def runs_of(database: str) -> dict[str, Run]:
    """Return the record of every run by its id."""
    with reading(open_once(database)) as session:
        return {run.id: run for run in list_runs(session)}


def find_process(database: str, run: str) -> Process:
    """Return the process that a run noted as its own."""
    return Process(pid=int(runs_of(database)[run].details[PROCESS].split(" ")[1]))
