"""`rashomon serve`: the server, the served flows and the report folder of one machine, from start to a clean stop.

Two children: a Prefect server, unless one is configured, and the runner of the flows. They are started in that order
and stopped in the other one, so that there is a server to tell how the runs at work ended. The reports are a thread.
"""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import FrameType

from tasks.serving.child import ALONE, BESIDE, Plan
from tasks.serving.keeping import Kept, Notice, Tell
from tasks.serving.place import FOLDER, only_one
from tasks.serving.ports import LOOPBACK, claim_port, is_healthy
from tasks.serving.reports import NAMES, serving_reports
from tasks.settings import ROOT, Settings

LOOK = 0.5  # seconds between two looks at the children
ORIGINS = "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"
OUTLIVES = 20  # seconds that a server stays when its parent was killed: the runner tells it how the runs ended
LINGERS = 60  # seconds for which the children of a serve that was killed may still hold its port


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be served: where the server is or is to be, and where the reports are."""

    server: str  # the address of a server that is configured; "": one is started
    home: Path  # Prefect's folder, with the database of its server
    port: int
    reports_port: int
    verbose: bool

    @property
    def api(self) -> str:
        """Return the address of the server's API."""
        return self.server or f"http://{LOOPBACK}:{self.port}/api"


def serve(wanted: Wanted, settings: Settings, tell: Tell) -> None:
    """Serve until SIGTERM or Ctrl-C; all that was started has ended when this returns or raises.

    Raises:
        InputError: a port is taken, or another serve is at work here.
        RashomonError: a child died several times in a row.
    """
    with ExitStack() as stack:
        killed = stack.enter_context(only_one(FOLDER, "rashomon serve is at work in this folder already"))
        if not wanted.server:
            said = f"the Prefect server of {wanted.home} is kept by a rashomon serve in another folder already"
            killed |= stack.enter_context(only_one(wanted.home, said))
            claim_port(wanted.port, "--port", patience=LINGERS if killed else 0)
        claim_port(wanted.reports_port, "--reports-port")
        stopping, hurry = stack.enter_context(stop_signals())
        reports = stack.enter_context(serving_reports(settings.report_dir, wanted.reports_port))
        tell(places(wanted, reports))
        keep(kept_children(wanted, child_environment(wanted, settings, reports), tell), wanted, (stopping, hurry), tell)
    tell(Notice(event="stopped", text="Stopped."))


@contextmanager
def stop_signals() -> Iterator[tuple[Event, Event]]:
    """Yield an event that the first SIGTERM, Ctrl-C or closed terminal sets, and one that the second sets."""
    stopping, hurry = Event(), Event()

    def note(_signal: int, _frame: FrameType | None) -> None:
        (hurry if stopping.is_set() else stopping).set()

    # A shell that starts us in the background may have Ctrl-C ignored; `nohup` means what it ignores.
    numbers = [signal.SIGTERM, signal.SIGINT]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    before = {number: signal.signal(number, note) for number in numbers}
    try:
        yield stopping, hurry
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def places(wanted: Wanted, reports: str) -> Notice:
    """Return where the UI, the reports and the logs are."""
    logs = FOLDER.absolute()
    ui = wanted.api.removesuffix("/api")
    return Notice(
        event="starting",
        text=f"Prefect UI: {ui}\nReports:    {reports}\nLogs:       {logs}/*.log\nCtrl-C stops all.",
        fields={"ui": ui, "api": wanted.api, "reports": reports, "logs": str(logs), "process": os.getpid()},
    )


def child_environment(wanted: Wanted, settings: Settings, reports: str) -> dict[str, str]:
    """Return the environment of the children: which server there is, and under which address reports are read."""
    ours = {
        "PREFECT_API_URL": wanted.api,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", "")))),
        "PYTHONSAFEPATH": "1",  # a module of ours must not be taken from the reader's folder
        "PYTHONUNBUFFERED": "1",
    }
    ours |= {} if settings.report_url else {"RASHOMON_REPORT_URL": reports}
    ours |= {} if wanted.server else {ORIGINS: os.environ.get(ORIGINS, own_origins(wanted.port))}
    return os.environ | ours


def own_origins(port: int) -> str:
    """Return from where a browser may call our server: its own UI. Prefect lets any page do so, and has no password."""
    return ",".join(f"http://{name}:{port}" for name in NAMES)


def kept_children(wanted: Wanted, environment: Mapping[str, str], tell: Tell) -> list[Kept]:
    """Return the children in the order in which they start."""
    ready = FOLDER.absolute() / "ready"
    ready.unlink(missing_ok=True)
    runner = Plan(
        name="the runner of the flows",
        module="tasks.serving.runner",
        arguments=(BESIDE if wanted.server else ALONE, str(ready)),
        environment=environment,
        log=FOLDER / "runner.log",
        patience=60,
    )
    if wanted.server:
        return [Kept(runner, tell)]
    server = Plan(
        name="the Prefect server",
        module="prefect",
        arguments=("server", "start", "--host", LOOPBACK, "--port", str(wanted.port)),
        environment=environment,
        log=FOLDER / "server.log",
        patience=15,
        outlives=OUTLIVES,
    )
    return [Kept(server, tell), Kept(runner, tell, ready=lambda: is_healthy(wanted.port))]


def keep(kept: list[Kept], wanted: Wanted, events: tuple[Event, Event], tell: Tell) -> None:
    """Watch over the children until it is time to stop, and stop them, the last one first."""
    (stopping, hurry), ready = events, FOLDER / "ready"
    try:
        while not stopping.wait(LOOK):
            for one in kept:
                one.look()
                if wanted.verbose:
                    one.pass_on()
            if ready.exists():
                ready.unlink()
                tell(Notice(event="ready", text="Ready: schedules are at work, and runs can be started in the UI."))
        tell(Notice(event="stopping", text="Stopping: runs at work are ended first; Ctrl-C again ends all at once."))
    finally:
        for one in reversed(kept):
            one.stop(hurry)
            if wanted.verbose:
                one.pass_on()
