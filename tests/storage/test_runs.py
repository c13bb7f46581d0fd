"""Runs are noted once, and the newest one is found."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError

from tasks.model.run import Run
from tasks.storage.database import reading, writing
from tasks.storage.runs import finish_run, list_runs, load_run, start_run

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
FIRST = Run(id="run-1", flow="verify-articles", started_at=NOON, details={"model": "1"})


def test_a_run_from_start_to_finish(engine: Engine) -> None:
    with writing(engine) as session:
        assert load_run(session, "run-1") == FIRST
        finish_run(session, "run-1", "completed", NOON + timedelta(hours=1))
    with reading(engine) as session:
        run = load_run(session)
    assert run == Run(
        id="run-1",
        flow="verify-articles",
        started_at=NOON,
        finished_at=NOON + timedelta(hours=1),
        status="completed",
        details={"model": "1"},
    )


def test_a_run_that_is_tried_again_keeps_its_beginning(engine: Engine) -> None:
    with writing(engine) as session:
        finish_run(session, "run-1", "failed", NOON)
        start_run(session, "run-1", "verify-articles", NOON + timedelta(hours=2), {"model": "2"})
        assert load_run(session) == Run(id="run-1", flow="verify-articles", started_at=NOON, details={"model": "2"})


def test_the_newest_run_comes_first(engine: Engine) -> None:
    kyoto = timezone(timedelta(hours=9))
    with writing(engine) as session:
        start_run(session, "a", "watch-feeds", NOON - timedelta(days=1), {})
        start_run(session, "b", "watch-feeds", datetime(2025, 3, 4, 21, 30, tzinfo=kyoto), {})
    with reading(engine) as session:
        assert [run.id for run in list_runs(session)] == ["b", "run-1", "a"]
        newest = load_run(session)
        assert newest is not None
        assert newest.started_at == NOON + timedelta(minutes=30)
        assert newest.started_at.tzinfo is UTC
        assert load_run(session, "unknown") is None


def test_a_time_without_zone_is_refused(engine: Engine) -> None:
    naive = NOON.replace(tzinfo=None)
    with writing(engine) as session, pytest.raises(StatementError, match="no time zone"):
        start_run(session, "c", "watch-feeds", naive, {})


def test_run_wants_aware_times() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Run(id="c", flow="watch-feeds", started_at=NOON.replace(tzinfo=None))
