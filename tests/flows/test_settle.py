"""What Prefect knows of how a run ended goes into our record, and what we know of a dead process goes to Prefect."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, StateType
from prefect.states import Cancelled, Crashed, Running

from tasks.model.run import CANCELLED, FAILED, INTERRUPTED, RUNNING
from tasks.settings import Settings
from tasks.settle import settle_all, settle_record, status_of
from tasks.steps.database import open_once
from tasks.steps.settling import PROCESS, this_machine, this_process
from tasks.storage.database import reading, writing
from tasks.storage.runs import load_run, start_run

pytestmark = pytest.mark.usefixtures("prefect_server")

ELSEWHERE = "elsewhere.1/aa/7 12 34"


@flow
def harbour() -> None: ...


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("RASHOMON_DATABASE_URL", f"sqlite:///{tmp_path / 'r.db'}")
    return Settings()


def begin(settings: Settings, state: State[Any], process: str) -> str:
    """Begin a run in our record, in this process, which Prefect knows in a state."""
    with get_client(sync_client=True) as client:
        run = str(client.create_flow_run(harbour, state=state).id)
    with writing(open_once(settings.database_url)) as session:
        start_run(session, run, "verify-articles", datetime.now(UTC), {PROCESS: process})
    return run


def state_of(run: str) -> str:
    with get_client(sync_client=True) as client:
        found = client.read_flow_run(run)  # type: ignore[arg-type]
    return str(found.state_type.value) if found.state_type else ""


def record_of(settings: Settings, run: str) -> str:
    with reading(open_once(settings.database_url)) as session:
        found = load_run(session, run)
    return found.status if found else ""


@pytest.mark.parametrize(
    ("state", "record"),
    [
        pytest.param(Crashed(), INTERRUPTED, id="crashed"),
        pytest.param(Cancelled(), CANCELLED, id="cancelled"),
        pytest.param(Running(), RUNNING, id="at work"),
    ],
)
def test_a_run_of_another_machine_ends_as_prefect_says(state: State[Any], record: str, settings: Settings) -> None:
    run = begin(settings, state, ELSEWHERE)
    settle_all(settings)

    assert record_of(settings, run) == record


def test_prefect_is_told_of_a_run_whose_process_has_gone(settings: Settings) -> None:
    dead, alive = (begin(settings, Running(), one) for one in (f"{this_machine()} 1 1", this_process()))
    settle_all(settings)

    assert (state_of(dead), record_of(settings, dead)) == ("CRASHED", INTERRUPTED)
    assert (state_of(alive), record_of(settings, alive)) == ("RUNNING", RUNNING)


def test_the_hook_closes_the_record_and_never_what_a_run_said_itself(settings: Settings) -> None:
    run = begin(settings, Running(), this_process())
    with get_client(sync_client=True) as client:
        found = client.read_flow_run(run)  # type: ignore[arg-type]
    settle_record(flow=harbour, flow_run=found, state=Crashed())
    assert record_of(settings, run) == INTERRUPTED
    settle_record(flow=harbour, flow_run=found, state=Cancelled())
    assert record_of(settings, run) == CANCELLED
    settle_record(flow=harbour, flow_run=found, state=Crashed())

    assert record_of(settings, run) == CANCELLED


def test_every_end_has_its_word() -> None:
    ends = (StateType.FAILED, StateType.CRASHED, StateType.CANCELLING, StateType.COMPLETED)

    assert [status_of(end) for end in ends] == [FAILED, INTERRUPTED, CANCELLED, INTERRUPTED]
