"""The whole of Prefect as an operator runs it: a server, a deployment of every flow, a worker started elsewhere."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tasks.settings import ROOT
from tests.serving.machine import Api, clean_environment, free_port, hear_interrupts, wait_for

pytestmark = pytest.mark.server


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running Prefect server and the environment in which its commands run."""

    api: Api
    home: Path
    environment: dict[str, str]

    def prefect(self, *arguments: str, cwd: Path = ROOT) -> str:
        command = [sys.executable, "-m", "prefect", *arguments]
        done = subprocess.run(command, env=self.environment, cwd=cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def deploy(self) -> None:
        self.prefect("--no-prompt", "deploy", "--all")

    def serve(self, folder: Path) -> subprocess.Popen[str]:
        """Start `rashomon serve`, which is to use this server."""
        command = [sys.executable, "-m", "rashomon", "serve", "--json", "--reports-port", str(free_port())]
        return subprocess.Popen(
            command, cwd=folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def log(self, name: str) -> str:
        return (self.home / name).read_text(encoding="utf-8", errors="replace")


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
    environment = clean_environment(
        home,
        PREFECT_API_URL=f"http://127.0.0.1:{port}/api",
        RASHOMON_DATABASE_URL=f"sqlite:///{home}/rashomon.db",
        RASHOMON_REPORT_DIR=str(home / "reports"),
        RASHOMON_INBOX=str(home),
    )
    made = Server(api=Api(environment["PREFECT_API_URL"]), home=home, environment=environment)
    start = ("server", "start", "--host", "127.0.0.1", "--port", str(port))
    with process(*start, log=home / "server.log", cwd=home, environment=environment):
        wait_for(lambda: made.api.get("health") is True, "the server", lambda: made.log("server.log"))
        made.prefect("work-pool", "create", "local", "--type", "process")
        made.deploy()
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
    deployed = {one["name"]: one for one in server.api.post("deployments/filter")}

    assert set(deployed) == {"verify-articles", "watch-feeds", "rebuild-report", "purge"}
    fields = deployed["verify-articles"]["parameter_openapi_schema"]
    assert fields["definitions"]["Articles"]["properties"]["files"]["title"] == "Files and folders"
    assert fields["definitions"]["VerifyOptions"]["properties"]["batch_size"]["title"] == "Articles in a batch"


def test_the_schedule_really_makes_runs(server: Server) -> None:
    """With a newer SQLAlchemy all else looks healthy and this alone fails: see the pin in pyproject.toml."""

    def scheduled() -> list[Any]:
        query = {"state": {"type": {"any_": ["SCHEDULED"]}}}
        return list(
            server.api.post("flow_runs/filter", flow_runs=query, deployments={"name": {"any_": ["watch-feeds"]}})
        )

    runs = wait_for(scheduled, "a scheduled run", lambda: server.log("server.log"))

    assert all(run["auto_scheduled"] for run in runs)


def test_serve_uses_the_server_that_is_configured_and_leaves_it_at_work(server: Server, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Minister Ana Petrov said on Friday that the dam had been opened.\n")
    with server.serve(tmp_path) as serving:
        run = server.api.start_reading(tmp_path / "one.txt")
        found = wait_for(lambda: server.api.ended(run), "the run", lambda: runner_log(tmp_path))
        serving.terminate()
        told, _ = serving.communicate(timeout=120)

    assert found["state_type"] == "COMPLETED", told
    assert serving.returncode == 0, told
    assert server.api.get("health") is True
    assert not (tmp_path / ".rashomon" / "server.log").exists()
    assert not any(one["paused"] for one in server.api.post("deployments/filter"))


def runner_log(folder: Path) -> str:
    return (folder / ".rashomon" / "runner.log").read_text(encoding="utf-8", errors="replace")


def test_a_worker_in_another_folder_runs_the_flow(server: Server, tmp_path: Path) -> None:
    server.deploy()  # what was served is given back to the work pool
    (tmp_path / "one.txt").write_text("Minister Ana Petrov said on Friday that the mill released chlorine.\n")
    (tmp_path / "two.txt").write_text("The mill denied on Saturday that it released chlorine.\n")
    run = server.api.start_reading(tmp_path / "one.txt", tmp_path / "two.txt")

    start = ("worker", "start", "--pool", "local", "--type", "process")
    with process(*start, log=server.home / "worker.log", cwd=tmp_path, environment=server.environment):
        found = wait_for(lambda: server.api.ended(run), "the run", lambda: server.log("worker.log"))
        with server.serve(tmp_path) as serving:  # it would take the deployments from the worker
            told, _ = serving.communicate(timeout=120)

    assert found["state_type"] == "COMPLETED", server.log("worker.log")
    assert serving.returncode == 1
    assert "a worker of the work pool 'local' serves the deployment" in told
    assert found["name"].endswith("one.txt and 1 more")

    def drawn() -> Any:  # the server records tasks a little after they have run
        graph = server.api.get(f"flow_runs/{run}/graph-v2")
        return graph if len(graph["nodes"]) == len(TASKS) else None

    graph = wait_for(drawn, "the graph of the run", lambda: server.log("worker.log"))
    assert order_of(graph) == TASKS
    report = (server.home / "reports" / "index.html").read_text(encoding="utf-8")
    assert "chlorine" in report
