"""Outlets by their hosts: what they brought, what failed, each counted once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.health import OutletHealth, trouble_of
from tasks.storage.articles import save_batch
from tasks.storage.database import reading, writing
from tasks.storage.health import load_health
from tasks.storage.runs import start_run

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)


def failure(name: str, reason: SetAsideReason = SetAsideReason.FETCH_FAILED) -> SetAside:
    return SetAside(name=name, reason=reason, detail="no answer")


def health(engine: Engine) -> dict[str, OutletHealth]:
    with reading(engine) as session:
        return {one.name: one for one in load_health(session)}


def test_each_outcome_counts_once(
    engine: Engine, make: SimpleNamespace, dump: Callable[[Engine], dict[str, list[str]]]
) -> None:
    articles = [make.article("x" * 100), make.article("y" * 50, url="https://www.coast.example/b", retrieved_at=LATER)]
    asides = [
        failure("https://coast.example/c"),
        failure("https://coast.example/d", SetAsideReason.NO_ARTICLE),
        failure("https://coast.example/e", SetAsideReason.LANGUAGE),
        failure("https://quiet.example/feed"),
        failure("notes/empty.txt", SetAsideReason.EMPTY),
    ]
    for _ in range(2):
        with writing(engine) as session:
            save_batch(session, "run-1", [make.extraction(one) for one in articles], asides)
    found = health(engine)
    assert set(found) == {"Coast Herald", "quiet.example"}  # nobody knows whose file it was
    assert found["Coast Herald"] == OutletHealth(
        name="Coast Herald",
        host="coast.example",
        fetched=2,
        failed=1,
        empty=1,
        other=1,
        characters=150,
        last_success_at=LATER,
        last_failure_at=NOON,
        last_reason=found["Coast Herald"].last_reason,
        failing_runs=1,
        troubled_at=NOON,
    )
    assert found["Coast Herald"].average == 75
    assert (found["quiet.example"].fetched, found["quiet.example"].average) == (0, 0)
    before = dump(engine)
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(one) for one in articles], asides)
    assert dump(engine) == before


def test_another_run_that_fails_counts_again(engine: Engine) -> None:
    for number in (1, 2):
        with writing(engine) as session:
            start_run(session, f"run-{number}", "watch-feeds", NOON + timedelta(hours=number), {})
            save_batch(session, f"run-{number}", [], [failure("https://quiet.example/feed")])
    found = health(engine)["quiet.example"]
    assert (found.failed, found.last_failure_at, found.last_reason) == (2, LATER, "fetch-failed")


def test_an_outlet_without_an_address_goes_by_its_name(engine: Engine, make: SimpleNamespace) -> None:
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(make.article(url="", path="a.txt"))], [])
    assert [(one.name, one.host) for one in health(engine).values()] == [("Coast Herald", "")]


@pytest.mark.parametrize("reason", list(SetAsideReason))
def test_every_reason_counts_somewhere(reason: SetAsideReason) -> None:
    assert trouble_of(reason) in {"failed", "empty", "other"}
