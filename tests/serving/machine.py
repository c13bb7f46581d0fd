"""What tests with a real Prefect server share: a clean environment, free ports, questions to its API, patience."""

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tasks.console.prefect_settings import prefect_variables
from tasks.settings import ROOT

PATIENCE = 180  # seconds; a first start makes its database
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def clean_environment(home: Path, **variables: str) -> dict[str, str]:
    """Return an environment without the settings of whoever runs the tests, with a Prefect folder of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    ours = {"PREFECT_HOME": str(home), "DO_NOT_TRACK": "1", "PYTHONPATH": str(ROOT)}
    return clean | prefect_variables() | ours | variables


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], Any], name: str, log: Callable[[], str] = str) -> Any:
    """Return what a question is answered with, as soon as it is one that counts."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if found := what():
                return found
        except httpx2.HTTPError:
            pass
        time.sleep(0.5)
    pytest.fail(f"{name}: not within {PATIENCE} seconds\n{log()[-3000:]}")


def hear_interrupts() -> None:
    """Undo what a shell does to its background children: Prefect turns SIGTERM into SIGINT, which would be ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Api:
    """Prefect's API, asked plainly."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get(self, path: str) -> Any:
        return self.ask("GET", path)

    def post(self, path: str, **body: Any) -> Any:
        return self.ask("POST", path, body)

    def patch(self, path: str, **body: Any) -> Any:
        return self.ask("PATCH", path, body)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Return the answer; where SQLite is locked for the moment the server says 503, and may be asked again."""
        for _ in range(10):
            answer = httpx2.request(method, f"{self.address}/{path}", json=body, timeout=60)
            if answer.status_code != 503:
                break
            time.sleep(1)
        return answer.raise_for_status().json() if answer.content else None

    def deployment(self, name: str) -> Any:
        flow = {"purge": "purge-stored"}.get(name, name)
        return self.get(f"deployments/name/{flow}/{name}")

    def start_reading(self, *paths: Path) -> str:
        """Return the id of a run that is to read files now, as the run form of the UI starts it."""
        deployment = self.deployment("verify-articles")
        parameters = {"articles": {"files": [str(path) for path in paths]}}
        made = self.post(f"deployments/{deployment['id']}/create_flow_run", parameters=parameters)
        return str(made["id"])

    def ended(self, run_id: str) -> Any:
        """Return a run that has ended, None before."""
        found = self.get(f"flow_runs/{run_id}")
        return found if found["state_type"] in ENDED else None
