"""The doctor and a real Prefect server: each common mistake is made, found, and told with what to do."""

import base64
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx2
import pytest

from tasks.console import doctor_server
from tasks.console.checks import Check, Verdict
from tasks.console.doctor_server import FLOWS, check_prefect, is_silent
from tasks.console.prefect_settings import prefect_variables
from tasks.settings import ROOT

PATIENCE = 180  # seconds; a first start makes its database
BUSY = 503
SECRET = "desk:a-secret-of-ours"  # noqa: S105  (of a server that lives for a minute)

pytestmark = [
    pytest.mark.server,
    pytest.mark.filterwarnings("ignore:.*<socket:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]


class Server:
    """A running Prefect server that asks for a password."""

    def __init__(self, api: str) -> None:
        self.api = api
        self.headers = {"Authorization": "Basic " + base64.b64encode(SECRET.encode()).decode()}

    def post(self, path: str, **body: Any) -> Any:
        for _ in range(20):  # its own database is SQLite, and may be busy with what it does in the background
            answer = httpx2.post(f"{self.api}/{path}", json=body, headers=self.headers, timeout=30)
            if answer.status_code != BUSY:
                break
            time.sleep(0.5)
        return answer.raise_for_status().json() if answer.content else None

    def patch(self, path: str, **body: Any) -> None:
        httpx2.patch(f"{self.api}/{path}", json=body, headers=self.headers, timeout=30).raise_for_status()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home, port = tmp_path_factory.mktemp("prefect"), free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    given = clean | prefect_variables() | {"PREFECT_HOME": str(home), "DO_NOT_TRACK": "1"}
    given |= {"PREFECT_SERVER_API_AUTH_STRING": SECRET}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "log").open("w") as log:
        running = subprocess.Popen(command, env=given, cwd=ROOT, stdout=log, stderr=log)
    made = Server(f"http://127.0.0.1:{port}/api")
    try:
        wait_for(lambda: httpx2.get(f"{made.api}/health", headers=made.headers, timeout=30).status_code == 200)
        yield made
    finally:
        running.terminate()
        running.wait(60)


def wait_for(what: Callable[[], Any]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if what():
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.5)
    pytest.fail(f"not within {PATIENCE} seconds")


@contextmanager
def pointing_at(address: str, secret: str = SECRET) -> Iterator[None]:
    from prefect.settings import (
        PREFECT_API_AUTH_STRING,
        PREFECT_API_URL,
        PREFECT_CLIENT_MAX_RETRIES,
        temporary_settings,
    )

    given = {PREFECT_API_URL: address, PREFECT_API_AUTH_STRING: secret, PREFECT_CLIENT_MAX_RETRIES: 0}
    with temporary_settings(given):
        yield


def look(address: str, secret: str = SECRET) -> dict[str, Check]:
    """Return the checks by name, the worst of each name."""
    with pointing_at(address, secret):
        found = sorted(check_prefect(address), key=lambda check: check.verdict is Verdict.FAULT)
        return {check.name: check for check in found}


def test_without_a_server_there_is_nothing_to_look_at() -> None:
    assert list(check_prefect("")) == []


def test_a_server_that_does_not_answer_is_told_with_what_to_do() -> None:
    address = f"http://127.0.0.1:{free_port()}/api"
    (check,) = look(address).values()
    assert (check.verdict, "does not answer" in check.found) == (Verdict.FAULT, True)
    assert "rashomon serve" in check.advice


def test_an_address_without_api_is_told_as_such(server: Server) -> None:
    address = server.api.removesuffix("/api")
    (check,) = look(address).values()
    assert check.verdict is Verdict.FAULT
    assert check.advice.endswith(f"PREFECT_API_URL={address}/api")


@pytest.mark.parametrize("secret", ["", "desk:another"])
def test_a_password_that_is_missing_or_wrong_is_told_and_not_shown(secret: str, server: Server) -> None:
    (check,) = look(server.api, secret).values()
    assert check.verdict is Verdict.FAULT
    assert "401" in check.found
    assert "PREFECT_API_AUTH_STRING" in check.advice
    assert SECRET not in check.line


def test_our_settings_have_reached_a_server_that_was_started_with_them(server: Server) -> None:
    from prefect.settings import PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE, temporary_settings

    assert "server's settings" not in look(server.api)
    with temporary_settings({PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE: 7}):
        check = look(server.api)["server's settings"]
    assert check.verdict is Verdict.NOTE
    assert "1 of" in check.found
    assert "TASK_RUN_RECORDER_BATCH_SIZE" in check.found


def test_each_of_our_settings_is_known_by_its_variable() -> None:
    from prefect.settings import get_current_settings

    held = get_current_settings().model_dump(mode="json")
    ours = [name for name in prefect_variables() if name.startswith(doctor_server.OUR_SIGN)]
    assert len(ours) > 5
    assert [name for name in ours if doctor_server.value_of(held, name) is None] == []


def test_another_version_of_prefect_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prefect.__version__", "3.1.0")
    assert look(server.api)["server's version"].verdict is Verdict.FAULT


def test_heartbeats_that_are_off_are_told(server: Server) -> None:
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        assert look(server.api)["heartbeats"].verdict is Verdict.NOTE
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: 30}):
        assert "heartbeats" not in look(server.api)


def test_deployments_workers_and_pauses(server: Server) -> None:
    """From nothing deployed to a worker online: each step is told until it is done."""
    assert look(server.api)["deployments"].verdict is Verdict.NOTE  # none at all

    server.post("work_pools/", name="local", type="process")
    made = {}
    for name in FLOWS:
        flow = server.post("flows/", name=name)["id"]
        made[name] = server.post("deployments/", name=name, flow_id=flow, work_pool_name="local")["id"]
    found = look(server.api)
    assert "deployments" not in found
    assert found["workers"].verdict is Verdict.FAULT
    assert found["workers"].advice == "prefect worker start --pool local --type process"

    server.post("work_pools/local/workers/heartbeat", name="desk")
    assert "workers" not in look(server.api)

    server.patch(f"deployments/{made[FLOWS[0]]}", paused=True)
    check = look(server.api)["deployments"]
    assert (check.verdict, check.found) == (Verdict.NOTE, f"paused: {FLOWS[0]}")


def test_late_runs_pile_up(server: Server) -> None:
    flow = server.post("flows/", name="watch-feeds")["id"]
    for expected in (Verdict.NOTE, Verdict.NOTE, Verdict.FAULT):
        server.post("flow_runs/", flow_id=flow, state={"type": "SCHEDULED", "name": "Late"})
        assert look(server.api)["late runs"].verdict is expected


def test_a_run_without_a_sign_of_life_is_dead(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.client.orchestration import get_client

    flow = server.post("flows/", name="watch-feeds")["id"]
    run = server.post("flow_runs/", flow_id=flow, name="lost-one", state={"type": "RUNNING", "name": "Running"})
    later = datetime.now(UTC) + doctor_server.SILENT + timedelta(seconds=5)
    with pointing_at(server.api), get_client(sync_client=True) as client:

        def silence_is(expected: bool) -> bool:
            return is_silent(client, run, later) is expected

        assert not is_silent(client, run, later)  # it never gave any: heartbeats may be off
        for number, seconds in enumerate((0, 20)):
            beat = {
                "event": doctor_server.HEARTBEAT,
                "occurred": (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(),
                "resource": {"prefect.resource.id": f"prefect.flow-run.{run['id']}"},
                "id": f"00000000-0000-4000-8000-00000000000{number}",
            }
            httpx2.post(f"{server.api}/events", json=[beat], headers=server.headers, timeout=30).raise_for_status()
            silent = seconds == 0
            wait_for(partial(silence_is, silent))  # events are kept by a service of the server
    assert "dead runs" not in look(server.api)  # the last sign is new
    monkeypatch.setattr(doctor_server, "SILENT", timedelta(seconds=-60))  # as if a minute had gone by
    check = look(server.api)["dead runs"]
    assert check.verdict is Verdict.FAULT
    assert "lost-one" in check.found


def test_what_ends_dead_runs_is_missed_until_it_is_there(server: Server) -> None:
    assert look(server.api)["automations"].verdict is Verdict.NOTE
    trigger = {
        "type": "event",
        "posture": "Proactive",
        "after": [doctor_server.HEARTBEAT],
        "expect": [doctor_server.HEARTBEAT, "prefect.flow-run.Completed"],
        "match": {"prefect.resource.id": "prefect.flow-run.*"},
        "for_each": ["prefect.resource.id"],
        "threshold": 1,
        "within": 100,
    }
    action = {"type": "change-flow-run-state", "state": "CRASHED", "name": "Crashed", "message": "No sign of life."}
    server.post("automations/", name="dead", trigger=trigger, actions=[action], enabled=True)
    assert "automations" not in look(server.api)
