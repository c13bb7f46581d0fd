"""A place to fail in: a Prefect server, workers, commands and a database, each a real process that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2

from bench.failing.record import Process, find_process
from tasks.console.prefect_settings import prefect_variables
from tasks.settings import ROOT

TROUBLE = Path(__file__).with_name("trouble")
PATIENCE = 180.0  # seconds; a first start makes a database, and the machine may be busy
AUTOMATIONS = "from tasks.serving.automations import apply_automations; apply_automations()"
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class NeverError(Exception):
    """What was waited for did not come."""


def wait_for(what: Callable[[], Any], name: str, patience: float = PATIENCE) -> Any:
    """Return the first true answer, and raise where there is none in time."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            if found := what():
                return found
        except (httpx2.HTTPError, OSError):
            pass
        time.sleep(0.2)
    raise NeverError(f"{name}: not within {patience:.0f} seconds")


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment() -> dict[str, str]:
    """Return the environment without anybody's settings."""
    mine = ("PREFECT_", "RASHOMON_", "TROUBLE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(mine)}


def hear_signals() -> None:
    """Undo what a shell does to its background children: Prefect turns SIGTERM into SIGINT, which would be ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(slots=True)
class Started:
    """A process of ours, in a session of its own so that all its children can be ended."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def pid(self) -> int:
        """Return its number."""
        return self.process.pid

    def wait(self) -> int:
        """Return its exit status."""
        return self.process.wait(PATIENCE)

    def send(self, number: int) -> None:
        """Send a signal to the process alone."""
        self.process.send_signal(number)

    def said(self) -> str:
        """Return what it wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def end(self) -> None:
        """End the process and all that it started."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(15)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


@dataclass(slots=True)
class House:
    """Everything that one case needs, in a folder of its own."""

    folder: Path
    articles: Path
    api: str = ""  # of the Prefect server, "" where there is none
    settings: dict[str, str] = field(default_factory=dict)
    started: list[Started] = field(default_factory=list)

    @property
    def database(self) -> str:
        """Return the address of the database."""
        return self.settings.get("RASHOMON_DATABASE_URL", f"sqlite:///{self.folder}/rashomon.db")

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of every process in this house."""
        ours = {
            "PYTHONPATH": f"{TROUBLE}{os.pathsep}{ROOT}",
            "PREFECT_HOME": str(self.folder / "prefect"),
            "DO_NOT_TRACK": "1",
            "RASHOMON_DATABASE_URL": self.database,
            "RASHOMON_REPORT_DIR": str(self.folder / "reports"),
            "RASHOMON_JUDGE": "lexical",  # what fails is not the judge, and the trained one takes its time
            "RASHOMON_BATCH_SIZE": "5",
            "RASHOMON_WORKERS": "1",
            "RASHOMON_TASK_RUNNER": "threads",
            "TROUBLE_FOLDER": str(self.folder),
        }
        server = {"PREFECT_API_URL": self.api} if self.api else {}
        return clean_environment() | prefect_variables() | ours | server | self.settings | more

    def start(self, *module: str, name: str, **more: str) -> Started:
        """Start a module as a program, with its arguments, and return it."""
        return self.start_python(("-m", *module), name, self.folder, more)

    def start_python(self, command: Sequence[str], name: str, cwd: Path, more: Mapping[str, str]) -> Started:
        """Start Python in a folder, and return the process."""
        log = self.folder / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, *command],
                env=self.environment(**more),
                cwd=cwd,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=hear_signals,  # noqa: PLW1509  (no thread of ours is at work when a process starts)
            )
        self.started.append(Started(process, log))
        return self.started[-1]

    def command(self, *arguments: str, **more: str) -> tuple[int, str]:
        """Run a command of the command line to its end; return its exit status, and what it wrote."""
        (self.folder / "command.log").unlink(missing_ok=True)
        running = self.start("rashomon", *arguments, name="command", **more)
        return running.wait(), running.said()

    def held(self) -> int:
        """Wait until the stage that is to be held is reached, and return the process that is in it."""
        sign = self.folder / "held"
        return int(wait_for(lambda: sign.read_text(encoding="utf-8"), "the stage that is held"))

    def release(self) -> None:
        """Let the stage that is held go on."""
        (self.folder / "held").unlink(missing_ok=True)

    def worker(self, **trouble: str) -> Started:
        """Start a worker, whose runs meet the trouble."""
        return self.start(
            "prefect", "worker", "start", "--pool", "local", "--type", "process", name="worker", **trouble
        )

    def request(self) -> str:
        """Ask for a run of the articles, as the run form does, and return its id."""
        deployment = wait_for(lambda: self.get("deployments/name/verify-articles/verify-articles"), "the deployment")
        # A server that is busy may be asked twice: by the key it knows that it is one run.
        asked = {"parameters": {"articles": {"files": [str(self.articles)]}}, "idempotency_key": str(uuid4())}
        made = wait_for(lambda: self.post(f"deployments/{deployment['id']}/create_flow_run", asked), "a run")
        return str(made["id"])

    def state(self, run: str) -> str:
        """Return the state that Prefect shows of a run."""
        return str(self.get(f"flow_runs/{run}")["state_type"])

    def message(self, run: str) -> str:
        """Return what Prefect says of the state of a run."""
        return str(self.get(f"flow_runs/{run}")["state"]["message"] or "")

    def ended(self, run: str, patience: float = PATIENCE) -> str:
        """Wait until Prefect shows that a run has ended, and return how."""
        return str(wait_for(lambda: (now := self.state(run)) in ENDED and now, "the end of the run", patience))

    def process_of(self, run: str) -> Process:
        """Return the process in which a run is at work."""
        return find_process(self.database, run)

    def get(self, path: str) -> Any:
        """Return an answer of the Prefect server."""
        return httpx2.get(f"{self.api}/{path}", timeout=30).raise_for_status().json()

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Return what the Prefect server answers to a request."""
        return httpx2.post(f"{self.api}/{path}", json=body, timeout=30).raise_for_status().json()

    def succeed(self, *arguments: str) -> None:
        """Run a command of the command line, and raise where it does not end well."""
        status, said = self.command(*arguments)
        if status:
            raise NeverError(f"rashomon {' '.join(arguments)} ended with {status}: {said}")

    def close(self) -> None:
        """End all that was started here."""
        for one in reversed(self.started):
            one.end()


@dataclass(slots=True)
class Server:
    """A Prefect server that may be killed and started again on the same port."""

    house: House
    port: int
    running: Started | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = ("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port))
        self.running = self.house.start(*command, name="server")
        wait_for(lambda: self.house.get("health") is True, "the Prefect server")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.process.wait(15)


@contextmanager
def prefect_server(folder: Path, articles: Path) -> Iterator[Server]:
    """Give a Prefect server on which the flows are deployed."""
    port = free_port()
    house = House(folder, articles, api=f"http://127.0.0.1:{port}/api")
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(house, port)
    try:
        server.start()
        for command in (("work-pool", "create", "local", "--type", "process"), ("--no-prompt", "deploy", "--all")):
            done = house.start_python(("-m", "prefect", *command), "deploy", ROOT, {})
            if done.wait():
                raise NeverError(done.said())
        applied = house.start_python(("-c", AUTOMATIONS), "automations", house.folder, {})
        if applied.wait():
            raise NeverError(applied.said())
        yield server
    finally:
        house.close()
