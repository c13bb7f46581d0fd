"""`rashomon serve` as an operator has it: from its start to its stop, with real runs, deaths and a next start."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tasks.console.prefect_settings import prefect_variables
from tasks.serving.deployments import read_deployments
from tests.serving.machine import PATIENCE, Api, clean_environment, free_port, wait_for

pytestmark = pytest.mark.server

MILL = "Minister Ana Petrov said on Friday that the mill released chlorine. Director Tom Reed denied it.\n\n"
STOPPED = "rashomon serve was stopped"


@dataclass(kw_only=True)
class Serve:
    """A working folder in which `rashomon serve` is started, and what is started at the moment."""

    folder: Path
    port: int
    reports_port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> Path:
        return self.folder.parent / "prefect"

    @property
    def api(self) -> Api:
        return Api(f"http://127.0.0.1:{self.port}/api")

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def command(self) -> list[str]:
        ports = ("--port", str(self.port), "--reports-port", str(self.reports_port))
        return [sys.executable, "-m", "rashomon", "serve", "--json", *ports]

    def start(self) -> None:
        """Start it in a session of its own, as a terminal would, with Ctrl-C switched off, as a script would."""
        with (self.folder / "out").open("wb") as out:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                env=clean_environment(self.home),
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # noqa: PLW1509  (no threads of ours)
            )
        wait_for(lambda: "ready" in self.events(), "the start", self.logs)

    def events(self) -> list[str]:
        return [str(row["event"]) for row in self.told()]

    def told(self) -> list[dict[str, Any]]:
        lines = (self.folder / "out").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def logs(self) -> str:
        logs = [self.folder / "out", *(self.folder / ".rashomon").glob("*.log")]
        return "\n".join(f"{path.name}\n{path.read_text(errors='replace')[-1500:]}" for path in logs)

    def start_long_run(self) -> str:
        """Return the id of a run that is at work and has enough to do."""
        run = self.api.start_reading(self.folder / "many")
        wait_for(lambda: self.api.get(f"flow_runs/{run}")["state_type"] == "RUNNING", "the run", self.logs)
        return run

    def stop(self, send: Callable[[], None]) -> int:
        """Return the exit status after a signal; nothing that was started may be left."""
        assert self.process is not None
        send()
        status = self.process.wait(PATIENCE)
        assert left_over(self.home) == []
        return status

    def state(self, run: str) -> tuple[str, str]:
        """Return state and message of a run as they are kept: there is no server to be asked any more."""
        query = (
            "select state.type, state.message from flow_run join flow_run_state state on state.id = flow_run.state_id "
            "where replace(flow_run.id, '-', '') = ?"
        )
        with sqlite3.connect(self.home / "prefect.db") as database:
            [found] = database.execute(query, (run.replace("-", ""),)).fetchall()
        return tuple(found)


def left_over(home: Path) -> list[str]:
    """Return the commands of living processes that were started for a Prefect folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"PREFECT_HOME={home}\0".encode() in (path / "environ").read_bytes():
                found.append((path / "cmdline").read_text().replace("\0", " "))
    return found


def child_process(*words: str) -> int:
    """Return the number of the process that has all these words in its command."""
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if set(words) <= set((path / "cmdline").read_text().split("\0")):
                return int(path.name)
    pytest.fail(f"nothing with {words} is at work")


def server_process(serve: Serve) -> int:
    return child_process("prefect", str(serve.port))


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    folder = tmp_path_factory.mktemp("serve") / "work"
    for name in ("inbox", "many"):
        (folder / name).mkdir(parents=True)
    (folder / "rashomon.toml").write_text('inbox = "inbox"\nbatch_size = 5\n')
    (folder / "inbox" / "mill.txt").write_text(MILL)
    for number in range(60):
        (folder / "many" / f"{number}.txt").write_text(f"Story {number} of the mill\n\n" + MILL * 20)
    made = Serve(folder=folder, port=free_port(), reports_port=free_port())
    try:
        made.start()
        yield made
    finally:
        if made.process is not None and made.process.poll() is None:
            made.process.terminate()
            made.process.wait(PATIENCE)


def test_what_the_file_says_is_served(serve: Serve) -> None:
    for wanted in read_deployments():
        found = serve.api.deployment(wanted["name"])
        limit = wanted.get("concurrency_limit", {})
        schedules = [(one["slug"], one["schedule"]["cron"], one["active"]) for one in found["schedules"]]

        assert {key: found[key] for key in ("description", "version", "tags")} == {
            key: wanted[key] for key in ("description", "version", "tags")
        }
        assert schedules == [(one["slug"], one["cron"], one["active"]) for one in wanted["schedules"]]
        assert found["parameters"] == wanted.get("parameters", {})
        assert (found["global_concurrency_limit"] or {}).get("limit") == limit.get("limit")
        assert (found["concurrency_options"] or {}).get("collision_strategy") == limit.get("collision_strategy")
        assert not found["paused"]


def test_the_places_are_told(serve: Serve) -> None:
    [told] = [row for row in serve.told() if row["event"] == "starting"]

    assert told["ui"] == f"http://127.0.0.1:{serve.port}"
    assert told["reports"] == f"http://127.0.0.1:{serve.reports_port}"
    assert {path.name for path in Path(told["logs"]).glob("*.log")} == {"server.log", "runner.log"}


def test_the_settings_of_the_project_reach_the_server(serve: Serve) -> None:
    found = serve.api.get("admin/settings")
    leaves = {f"PREFECT_{name}".upper(): value for name, value in flat(found)}
    wanted = prefect_variables()

    assert wanted
    assert {name: plain(leaves[name]) for name in wanted} == {name: plain(value) for name, value in wanted.items()}


def test_they_reach_the_runs_as_well(serve: Serve) -> None:
    runner = child_process("tasks.serving.runner", str(serve.folder / ".rashomon" / "ready"))
    lines = Path(f"/proc/{runner}/environ").read_text().split("\0")

    assert {f"{name}={value}" for name, value in prefect_variables().items()} <= set(lines)


def flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}_")
        else:
            yield f"{prefix}{key}", value


def plain(value: Any) -> Any:
    """Return a value as it is compared: a set has no order, one is as good as 1.0, and P30D are so many seconds."""
    text = ",".join(map(str, value)).lower() if isinstance(value, list) else str(value).lower()
    if days := re.fullmatch(r"p(\d+)d", text):
        return float(days[1]) * 86_400
    with suppress(ValueError):
        return float(text)
    return sorted(text.split(",")) if "," in text else text


def test_a_page_of_strangers_may_not_call_the_server(serve: Serve) -> None:
    """Prefect has no password by default, and would let every page that is open in a browser start a run."""

    def allowed(origin: str) -> str | None:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = httpx2.request("OPTIONS", f"{serve.api.address}/deployments/filter", headers=headers, timeout=30)
        return answer.headers.get("Access-Control-Allow-Origin")

    assert allowed("http://evil.example") is None
    assert allowed(f"http://localhost:{serve.port}") == f"http://localhost:{serve.port}"


def test_dead_runs_are_looked_for(serve: Serve) -> None:
    names = {one["name"]: one for one in serve.api.post("automations/filter")}

    assert any("heartbeat" in json.dumps(one["trigger"]) and one["enabled"] for one in names.values()), list(names)


def test_a_scheduled_run_really_runs_and_its_report_is_served(serve: Serve) -> None:
    deployment = serve.api.deployment("watch-feeds")
    [schedule] = deployment["schedules"]
    path = f"deployments/{deployment['id']}/schedules/{schedule['id']}"

    def scheduled(state: str) -> Any:
        runs = serve.api.post("flow_runs/filter", deployments={"name": {"any_": ["watch-feeds"]}})
        return [run for run in runs if run["auto_scheduled"] and run["state_type"] == state]

    # Changed while the server is about to make the runs of the old schedule, the new one has to wait for their hour.
    wait_for(lambda: scheduled("SCHEDULED"), "the runs of the schedule", serve.logs)
    serve.api.patch(path, schedule={"interval": 20})

    [run, *_] = wait_for(lambda: scheduled("COMPLETED"), "a scheduled run", serve.logs)
    serve.api.patch(path, active=False)  # as a person does in the UI

    artifacts = wait_for(
        lambda: serve.api.post("artifacts/filter", flow_runs={"id": {"any_": [run["id"]]}}), "artifacts", serve.logs
    )
    links = re.findall(rf"http://127.0.0.1:{serve.reports_port}/[\w.-]+", json.dumps(artifacts))
    assert links
    page = httpx2.get(links[0], timeout=30)
    assert page.status_code == 200
    assert "chlorine" in page.text


@pytest.mark.parametrize(
    ("elsewhere", "words"),
    [
        pytest.param(False, "at work in this folder already: process {pid}", id="the same folder"),
        pytest.param(True, "port {port} is taken by a Prefect server: to use that one, set PREFECT_API_URL", id="port"),
    ],
)
def test_a_second_start_is_refused(elsewhere: bool, words: str, serve: Serve, tmp_path: Path) -> None:
    folder, home = (tmp_path, tmp_path / "prefect") if elsewhere else (serve.folder, serve.home)
    environment = clean_environment(home)
    done = subprocess.run(
        serve.command(), cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )

    assert done.returncode == 2
    assert words.format(pid=serve.pid, port=serve.port) in done.stderr
    assert serve.api.get("health") is True


def test_a_server_that_is_killed_comes_back_and_the_run_goes_on(serve: Serve) -> None:
    run = serve.api.start_reading(serve.folder / "inbox")
    wait_for(lambda: serve.api.get(f"flow_runs/{run}")["state_type"] == "RUNNING", "the run", serve.logs)
    before = server_process(serve)
    os.kill(before, signal.SIGKILL)

    ended = wait_for(lambda: serve.api.ended(run), "the run", serve.logs)
    long_run = serve.start_long_run()
    serve.api.post(f"flow_runs/{long_run}/set_state", state={"type": "CANCELLING"})
    cancelled = wait_for(lambda: serve.api.ended(long_run), "the run that was cancelled", serve.logs)

    # Prefect's own runner hears of nothing that is cancelled after its server was away.
    assert cancelled["state_type"] == "CANCELLED", serve.logs()

    assert ended["state_type"] == "COMPLETED", serve.logs()
    assert server_process(serve) != before
    assert [row["what"] for row in serve.told() if row["event"] == "died"] == ["the Prefect server"]


def test_sigterm_in_mid_run_leaves_a_true_state_and_the_next_start_mends_what_nobody_could(serve: Serve) -> None:
    """A run that the runner does not know stands for one whose machine went down."""
    lost = serve.api.post(f"deployments/{serve.api.deployment('rebuild-report')['id']}/create_flow_run")["id"]
    serve.api.post(f"flow_runs/{lost}/set_state", state={"type": "RUNNING"}, force=True)
    run = serve.start_long_run()

    assert serve.stop(lambda: os.kill(serve.pid, signal.SIGTERM)) == 0
    assert serve.events()[-2:] == ["stopping", "stopped"]
    assert serve.state(run) == ("CANCELLED", STOPPED)

    serve.start()
    assert serve.api.get(f"flow_runs/{lost}")["state"]["message"].startswith("the process that ran this was killed")
    schedules = {one["name"]: one["schedules"] for one in serve.api.post("deployments/filter")}
    assert [one["active"] for one in schedules["watch-feeds"]] == [False]  # a person had it so
    assert [one["active"] for one in schedules["purge"]] == [False]


def test_ctrl_c_in_mid_run_does_the_same(serve: Serve) -> None:
    """A terminal sends it to the whole group."""
    run = serve.start_long_run()

    assert serve.stop(lambda: os.killpg(serve.pid, signal.SIGINT)) == 0
    assert serve.state(run) == ("CANCELLED", STOPPED)
    assert not (serve.folder / ".rashomon" / "serve.lock").read_text()
