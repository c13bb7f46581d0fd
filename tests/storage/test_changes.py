"""What is new since the run before is noted once, at the end of a run, and told the same for ever."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Engine

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.change import Change, Since
from tasks.model.claim import Entity, EntityKind
from tasks.model.finding import Finding, Member, Side, Status
from tasks.model.health import FAILING_RUNS
from tasks.storage.articles import save_batch
from tasks.storage.change_tables import StandingRow
from tasks.storage.changes import load_since, note_changes
from tasks.storage.database import reading, writers_of, writing
from tasks.storage.findings import save_findings
from tasks.storage.runs import finish_run, start_run
from tasks.storage.schema import alembic_config, bring_up_to_date
from tasks.storage.standings import follow_purge

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
NAMES = ("Ada Holm", "Piet Arends", "Mira Solt", "Jonas Weir")


@pytest.fixture
def ids(engine: Engine, make: SimpleNamespace) -> list[str]:
    """Four stored claims, each of another person in another outlet, all of them seen by every run."""
    made = []
    with writing(engine) as session:
        for place, name in enumerate(NAMES):
            article = make.article(f"Text {place}.", url=f"https://{place}.example", outlet=f"Outlet {place}")
            who = (
                Entity(id="body:x", name="the body", kind=EntityKind.BODY),
                Entity(id=name, name=name, kind=EntityKind.PERSON),
            )
            made.append((article, make.claim(article, entities=who)))
        items = [make.extraction(article, claim) for article, claim in made]
        for number in range(1, 4):
            start_run(session, f"run-{number}", "verify-articles", NOON + timedelta(hours=number - 1), {})
            save_batch(session, f"run-{number}", items, [])
    return [claim.id for _, claim in made]


def stated(make: SimpleNamespace, *claim_ids: str, **given: Any) -> Finding:
    members = tuple(Member(claim_id=key, side=Side.FOR) for key in claim_ids)
    found: Finding = make.finding(*claim_ids, **({"members": members, "status": Status.SINGLE_ORIGIN} | given))
    return found


def end(engine: Engine, number: int, ids: list[str], *findings: Finding) -> Since:
    """Return what the report of a run says, which left these findings."""
    with writing(engine) as session:
        save_findings(session, findings, set(ids))
        note_changes(session, f"run-{number}")
        finish_run(session, f"run-{number}", "completed", NOON + timedelta(hours=number, minutes=5))
    return told(engine, number)


def told(engine: Engine, number: int) -> Since:
    with reading(engine) as session:
        since = load_since(session, f"run-{number}")
    assert since is not None
    return since


def test_the_first_run_has_nothing_to_be_compared_with(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    assert end(engine, 1, ids, stated(make, ids[0])) == Since(before=None)


def test_a_run_that_changes_nothing_says_so(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    end(engine, 1, ids, stated(make, ids[0]))

    assert end(engine, 2, ids, stated(make, ids[0])) == Since(before=NOON)


def test_what_is_not_noted_is_not_told(engine: Engine, ids: list[str]) -> None:
    assert ids
    with reading(engine) as session:
        assert load_since(session, "run-1") is None  # it did not end
        assert load_since(session, "unknown") is None


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param(([(0,)], [(0,), (1,)]), [(Change.NEW, 1, "", (), ())], id="new"),
        pytest.param(([(0,)], [(0, 1)]), [(Change.MORE, 0, "", (1,), (1,))], id="more"),
        pytest.param(([(0, 1)], [(0,)]), [], id="less is no news"),
        pytest.param(([(0,), (1,)], [(0, 1)]), [(Change.MERGED, 1, 0, (), ())], id="merged"),
        pytest.param(([(0,), (1,)], [(0, 1, 2)]), [(Change.MERGED, 1, 0, (), ()), (Change.MORE, 0, "", (2,), (2,))],
                     id="merged with more"),
        pytest.param(([(1,)], [(0, 1)]), [(Change.MORE, 0, "", (0,), (0,))], id="an earlier report came to it"),
        pytest.param(([(0,), (1,)], [(0,)]), [(Change.ENDED, 1, "", (), ())], id="ended"),
        pytest.param(([(0, 1)], [(0,), (1,)]), [(Change.NEW, 1, "", (), ())], id="split"),
    ],
)  # fmt: skip
def test_what_is_new_with_findings(
    engine: Engine,
    make: SimpleNamespace,
    ids: list[str],
    steps: tuple[list[tuple[int, ...]], ...],
    expected: list[tuple[Any, ...]],
) -> None:
    before, after = ([stated(make, *(ids[place] for place in places)) for places in step] for step in steps)
    end(engine, 1, ids, *before)
    since = end(engine, 2, ids, *after)

    found = {
        (
            one.change,
            ids.index(one.subject),
            ids.index(one.after) if one.change is Change.MERGED else "",
            tuple(NAMES.index(name) for name in one.sources),
            tuple(int(outlet[-1]) for outlet in one.outlets),
        )
        for one in since.differences
    }
    assert found == set(expected)


def test_a_status_that_changed_names_both(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    end(engine, 1, ids, stated(make, ids[0]))
    (one,) = end(engine, 2, ids, stated(make, ids[0], ids[1], status=Status.DISPUTED)).differences

    assert (one.change, one.before, one.after) == (Change.STATUS, "single-origin", "disputed")
    assert (one.sources, one.outlets) == ((NAMES[1],), ("Outlet 1",))


def test_an_old_run_tells_what_it_told(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    end(engine, 1, ids, stated(make, ids[1]))
    second = end(engine, 2, ids, stated(make, ids[1], ids[2]))
    third = end(engine, 3, ids, stated(make, ids[0], ids[1], ids[2], status=Status.SHIFTED))

    assert told(engine, 1) == Since(before=None)
    assert told(engine, 2) == second != third


def test_a_run_that_is_tried_again_keeps_what_was_new_with_it(
    engine: Engine, make: SimpleNamespace, ids: list[str]
) -> None:
    end(engine, 1, ids, stated(make, ids[0]))
    end(engine, 2, ids, stated(make, ids[0]), stated(make, ids[1]))
    again = end(engine, 2, ids, stated(make, ids[0]), stated(make, ids[1], ids[2]), stated(make, ids[3]))

    assert again.before == NOON
    assert {(one.change, one.subject) for one in again.differences} == {(Change.NEW, ids[1]), (Change.NEW, ids[3])}


def test_a_run_that_was_killed_is_not_what_others_are_compared_with(
    engine: Engine, make: SimpleNamespace, ids: list[str]
) -> None:
    end(engine, 1, ids, stated(make, ids[0]))
    with writing(engine) as session:
        save_findings(session, [stated(make, ids[0]), stated(make, ids[1])], set(ids))
        finish_run(session, "run-2", "interrupted", NOON)
    since = end(engine, 3, ids, stated(make, ids[0]), stated(make, ids[1]))

    assert since.before == NOON
    assert [(one.change, one.subject) for one in since.differences] == [(Change.NEW, ids[1])]


def test_an_edit_is_new_with_the_run_that_read_it(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    end(engine, 1, ids)
    later = make.article("Text 0, edited.", url="https://0.example", published_at=NOON + timedelta(days=9))
    with writing(engine) as session:
        for run_id in ("run-2", "run-3"):
            save_batch(session, run_id, [make.extraction(later)], [])
    second, third = (end(engine, number, ids) for number in (2, 3))

    assert [(one.change, one.subject, one.words) for one in second.differences] == [
        (Change.EDITED, later.id, later.title)
    ]
    assert third.differences == ()


def test_an_outlet_that_begins_to_fail_is_told_once(engine: Engine, ids: list[str]) -> None:
    end(engine, 1, ids)
    aside = SetAside(name="https://quiet.example/1", reason=SetAsideReason.FETCH_FAILED, detail="503")
    for number in range(2, FAILING_RUNS + 3):
        with writing(engine) as session:
            start_run(session, f"run-{number}", "watch-feeds", NOON + timedelta(hours=number), {})
            save_batch(session, f"run-{number}", [], [aside])
        end(engine, number, ids)
    found = [(number, one.change, one.words) for number in range(2, FAILING_RUNS + 3)
             for one in told(engine, number).differences]  # fmt: skip

    assert found == [(FAILING_RUNS + 1, Change.FAILING, "quiet.example")]


def test_what_a_purge_takes_is_no_news(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    end(engine, 1, ids, stated(make, ids[0], ids[1], status=Status.SEVERAL_ORIGINS), stated(make, ids[2]))
    with writing(engine) as session:
        save_findings(session, [stated(make, ids[1]), stated(make, ids[3])], set(ids))
        follow_purge(session, {ids[0], ids[2]}, {ids[1], ids[3]})
    since = end(engine, 2, ids, stated(make, ids[1]), stated(make, ids[3]))

    assert [(one.change, one.subject) for one in since.differences] == [(Change.NEW, ids[3])]  # no run had told of it


def test_what_stands_in_an_older_database_is_not_new(engine: Engine, make: SimpleNamespace, ids: list[str]) -> None:
    end(engine, 1, ids, stated(make, ids[0], ids[1]))
    with reading(engine) as session:
        before = [(row.finding_id, row.sources, row.outlets) for row in session.scalars(sa.select(StandingRow))]
    with writers_of(engine).begin() as connection:
        command.downgrade(alembic_config(connection), "0007")
    bring_up_to_date(engine, writers_of(engine))

    with reading(engine) as session:
        after = [(row.finding_id, row.sources, row.outlets) for row in session.scalars(sa.select(StandingRow))]
    assert after == before == [(ids[0], NAMES[:2], ("Outlet 0", "Outlet 1"))]
    assert end(engine, 2, ids, stated(make, ids[0], ids[1])).differences == ()
