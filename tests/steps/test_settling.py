"""A run whose process has gone is noted as interrupted by whoever looks next; what a run said itself stays."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.model.run import CANCELLED, COMPLETED, INTERRUPTED, RUNNING
from tasks.settings import ROOT, Settings
from tasks.steps import settling
from tasks.steps.database import open_once
from tasks.steps.settling import PROCESS, began, is_gone, settle, settle_gone, this_machine, this_process
from tasks.storage.database import reading, writing
from tasks.storage.runs import finish_run, list_runs, start_run

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
DIE = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from tests.steps.test_settling import begin
from tasks.settings import Settings
begin(Settings(database_url=sys.argv[1]), "killed")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'r.db'}")


def begin(settings: Settings, run: str, process: str | None = None) -> None:
    with writing(open_once(settings.database_url)) as session:
        start_run(session, run, "verify-articles", NOON, {PROCESS: this_process() if process is None else process})


def states(settings: Settings) -> dict[str, str]:
    with reading(open_once(settings.database_url)) as session:
        return {run.id: run.status for run in list_runs(session)}


def test_a_killed_run_is_settled_and_one_at_work_is_not(settings: Settings) -> None:
    begin(settings, "at-work")
    done = subprocess.run([sys.executable, "-c", DIE, settings.database_url], check=False)
    assert done.returncode == -9
    assert states(settings) == {"at-work": RUNNING, "killed": RUNNING}

    assert settle_gone(settings) == ["killed"]
    assert states(settings) == {"at-work": RUNNING, "killed": INTERRUPTED}
    with reading(open_once(settings.database_url)) as session:
        [killed] = [run for run in list_runs(session) if run.id == "killed"]
    assert killed.finished_at is not None
    assert settle_gone(settings) == []


def test_a_number_that_another_process_has_now_is_no_sign_of_life() -> None:
    assert not is_gone(this_process())
    assert is_gone(f"{this_machine()} {os.getpid()} 1")


def test_a_process_that_ended_and_was_not_fetched_has_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        process = f"{this_machine()} {child.pid} {began(child.pid)}"
        assert not is_gone(process)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and stays as a zombie

        assert is_gone(process)


@pytest.mark.parametrize(
    ("process", "gone"),
    [
        pytest.param("elsewhere.1/aa/7 12 34", False, id="another machine"),
        pytest.param("here.1/bb/7 12 34", True, id="this machine before it was started anew"),
        pytest.param("here.1/aa/8 12 34", False, id="another container on this machine"),
        pytest.param("", False, id="a run of an older Rashomon"),
    ],
)
def test_what_is_known_of_processes_elsewhere(process: str, gone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "this_machine", lambda: "here.1/aa/7")

    assert is_gone(process) is gone


def test_what_a_run_said_itself_stays_but_a_person_may_have_ended_it(settings: Settings) -> None:
    for run in ("done", "stopped"):
        begin(settings, run)
    with writing(open_once(settings.database_url)) as session:
        finish_run(session, "done", COMPLETED, NOON)
    assert settle(["done", "stopped"], settings) == ["stopped"]
    assert settle(["done", "stopped"], settings, CANCELLED) == ["stopped"]
    assert settle(["done", "stopped"], settings) == []

    assert states(settings) == {"done": COMPLETED, "stopped": CANCELLED}
