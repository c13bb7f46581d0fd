"""Runs whose process has gone: their record would say `running` for ever; free of Prefect.

A run notes in its details where it runs: the machine, and a process with the moment it began, since numbers of
processes come again. Whoever looks next on the same machine sees whether that process is still there. A run of another
machine is left alone here: only Prefect knows of it (`tasks/settle.py`).
"""

import os
import socket
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tasks.model.run import INTERRUPTED, Run
from tasks.settings import Settings
from tasks.steps.database import open_once
from tasks.steps.patiently import patiently
from tasks.storage.database import reading, writing
from tasks.storage.runs import find_running, settle_run

PROCESS = "process"  # the key of a run's details under which stands where it runs
TICKS = 20  # which word after the name in Linux' /proc/PID/stat tells when the process began
DEAD = "dead"  # ended, and not yet fetched by the process that started it


@cache
def this_machine() -> str:
    """Return the name of this machine since it was started; two containers on one machine are two."""
    name = f"{socket.gethostname()}.{read_text(Path('/etc/machine-id'))[:8]}"
    return f"{name}/{read_text(Path('/proc/sys/kernel/random/boot_id'))[:8]}/{namespace()}"


def namespace() -> str:
    """Return in which numbering of processes this one lives, "" where the system knows only one."""
    try:
        return Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:
        return ""


def this_process() -> str:
    """Return this process in a way that no other one will ever be written."""
    return f"{this_machine()} {os.getpid()} {began(os.getpid())}"


def began(pid: int) -> str:
    """Return when a process began, in ticks since the start of the machine; "" where the system does not tell."""
    after_name = read_text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    if len(after_name) < TICKS:
        return ""
    return DEAD if after_name[0] in {"Z", "X"} else after_name[TICKS - 1]


def read_text(path: Path) -> str:
    """Return what a file holds, "" where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def is_gone(process: str) -> bool:
    """Return whether a process of this machine is surely no more; of another machine nothing is sure."""
    machine, _, rest = process.partition(" ")
    pid, _, start = rest.partition(" ")
    if not pid.isdigit():
        return False
    if machine != this_machine():
        return is_older_start(machine)
    now = began(int(pid))
    return now != start if now and start else not is_alive(int(pid))


def is_older_start(machine: str) -> bool:
    """Return whether this is the same machine before it was started anew: all its processes are gone."""
    theirs, ours = machine.split("/"), this_machine().split("/")
    return theirs[0] == ours[0] and len(theirs) == len(ours) and bool(theirs[1]) and theirs[1] != ours[1]


def is_alive(pid: int) -> bool:
    """Return whether there is a process with this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def settle_gone(settings: Settings) -> list[str]:
    """Note every run of this machine whose process has gone as interrupted, and return their ids."""
    engine = open_once(settings.database_url)
    with reading(engine) as session:
        gone = [run.id for run in find_running(session) if is_gone(run.details.get(PROCESS, ""))]
    return settle(gone, settings)


@patiently
def settle(run_ids: Iterable[str], settings: Settings, status: str = INTERRUPTED) -> list[str]:
    """Note how runs ended that could not say it themselves, and return those for which it was news."""
    ids = list(run_ids)
    if not ids:
        return []
    with writing(open_once(settings.database_url)) as session:
        return [run_id for run_id in ids if settle_run(session, run_id, status, datetime.now(UTC))]


def find_unsettled(settings: Settings) -> list[Run]:
    """Return the runs that are noted as running, and of which nobody here can say whether they are."""
    with reading(open_once(settings.database_url)) as session:
        return [run for run in find_running(session) if not run.details.get(PROCESS, "").startswith(this_machine())]
