"""The whole of Prefect as an operator runs it: a server, a deployment of every flow, a worker started elsewhere."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tasks.console.prefect_settings import prefect_variables
from tasks.settings import ROOT

pytestmark = pytest.mark.server

PATIENCE = 180  # seconds; a first start makes its database


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running Prefect server and the environment in which its commands run."""

    api: str
    home: Path
    environment: dict[str, str]

    def prefect(self, *arguments: str, cwd: Path = ROOT) -> str:
        command = [sys.executable, "-m", "prefect", *arguments]
        done = subprocess.run(command, env=self.environment, cwd=cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def post(self, path: str, **body: Any) -> Any:
        return httpx2.post(f"{self.api}/{path}", json=body, timeout=30).raise_for_status().json()

    def get(self, path: str) -> Any:
        return httpx2.get(f"{self.api}/{path}", timeout=30).raise_for_status().json()

    def log(self, name: str) -> str:
        return (self.home / name).read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], Any], name: str, log: Callable[[], str]) -> Any:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if found := what():
                return found
        except httpx2.HTTPError:
            pass
        time.sleep(1)
    pytest.fail(f"{name}: not within {PATIENCE} seconds\n{log()[-3000:]}")


def hear_interrupts() -> None:
    """Undo what a shell does to its background children: Prefect turns SIGTERM into SIGINT, which would be ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def process(*arguments: str, log: Path, cwd: Path, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "prefect", *arguments]
    with (
        log.open("w") as output,
        subprocess.Popen(
            command,
            env=environment,
            cwd=cwd,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=hear_interrupts,  # noqa: PLW1509  (no threads of ours are alive here)
        ) as running,
    ):
        try:
            yield
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            try:
                running.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home, port = tmp_path_factory.mktemp("prefect"), free_port()
    api = f"http://127.0.0.1:{port}/api"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    environment = clean | prefect_variables() | {"PREFECT_HOME": str(home), "PREFECT_API_URL": api, "DO_NOT_TRACK": "1"}
    environment |= {
        "RASHOMON_DATABASE_URL": f"sqlite:///{home}/rashomon.db",
        "RASHOMON_REPORT_DIR": str(home / "reports"),
        "RASHOMON_INBOX": str(home),
    }
    made = Server(api=api, home=home, environment=environment)
    start = ("server", "start", "--host", "127.0.0.1", "--port", str(port))
    with process(*start, log=home / "server.log", cwd=home, environment=environment):
        wait_for(lambda: made.get("health") is True, "the server", lambda: made.log("server.log"))
        made.prefect("work-pool", "create", "local", "--type", "process")
        made.prefect("--no-prompt", "deploy", "--all")
        yield made


TASKS = ["find-inputs", "read-1-to-2", "extract-1-to-2", "store-1-to-2", "compare", "publish"]


def order_of(graph: dict[str, Any]) -> list[str]:
    """Return the names of the tasks along the arrows that the UI draws."""
    nodes = dict(graph["nodes"])
    [node] = [node for node in nodes.values() if not node["parents"]]
    names = [node["label"]]
    while node["children"]:
        [child] = {child["id"] for child in node["children"]}
        node = nodes[child]
        names.append(node["label"])
    return names


def test_every_flow_is_deployed(server: Server) -> None:
    deployed = {one["name"]: one for one in server.post("deployments/filter")}

    assert set(deployed) == {"verify-articles", "watch-feeds", "rebuild-report", "purge-stored"}
    fields = deployed["verify-articles"]["parameter_openapi_schema"]
    assert "Files, folders" in fields["properties"]["sources"]["description"]
    assert fields["definitions"]["VerifyOptions"]["properties"]["batch_size"]["title"] == "Articles in a batch"


def test_the_schedule_really_makes_runs(server: Server) -> None:
    """With a newer SQLAlchemy all else looks healthy and this alone fails: see the pin in pyproject.toml."""

    def scheduled() -> list[Any]:
        query = {"state": {"type": {"any_": ["SCHEDULED"]}}}
        return list(server.post("flow_runs/filter", flow_runs=query, deployments={"name": {"any_": ["watch-feeds"]}}))

    runs = wait_for(scheduled, "a scheduled run", lambda: server.log("server.log"))

    assert all(run["auto_scheduled"] for run in runs)


def test_a_worker_in_another_folder_runs_the_flow(server: Server, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Minister Ana Petrov said on Friday that the mill released chlorine.\n")
    (tmp_path / "two.txt").write_text("The mill denied on Saturday that it released chlorine.\n")
    deployment = server.get("deployments/name/verify-articles/verify-articles")
    sources = [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]
    run = server.post(f"deployments/{deployment['id']}/create_flow_run", parameters={"sources": sources})

    def ended() -> Any:
        found = server.get(f"flow_runs/{run['id']}")
        return found if found["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None

    start = ("worker", "start", "--pool", "local", "--type", "process")
    with process(*start, log=server.home / "worker.log", cwd=tmp_path, environment=server.environment):
        found = wait_for(ended, "the run", lambda: server.log("worker.log"))

    assert found["state_type"] == "COMPLETED", server.log("worker.log")
    assert found["name"].endswith("one.txt and 1 more")

    def drawn() -> Any:  # the server records tasks a little after they have run
        graph = server.get(f"flow_runs/{run['id']}/graph-v2")
        return graph if len(graph["nodes"]) == len(TASKS) else None

    graph = wait_for(drawn, "the graph of the run", lambda: server.log("worker.log"))
    assert order_of(graph) == TASKS
    report = (server.home / "reports" / "index.html").read_text(encoding="utf-8")
    assert "chlorine" in report
