"""What is noted once: known again by its claims, whatever findings become of them."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Engine

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.finding import Finding, Kind, Member, Relation, Side, Status
from tasks.model.health import FAILING_RUNS
from tasks.model.notice import Matter, Notice, find_news
from tasks.storage.articles import save_batch
from tasks.storage.comparisons import save_relations
from tasks.storage.database import reading, writers_of, writing
from tasks.storage.findings import save_findings
from tasks.storage.notices import (
    drop_notices,
    find_waiting,
    load_marked,
    mark_sent,
    mark_told,
    note_findings,
    set_events,
)
from tasks.storage.purging import remove_articles
from tasks.storage.runs import start_run
from tasks.storage.schema import alembic_config, bring_up_to_date

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


def disputed(make: SimpleNamespace, *claim_ids: str, **given: Any) -> Finding:
    sides = (Side.FOR, *[Side.AGAINST] * (len(claim_ids) - 1))
    members = tuple(Member(claim_id=key, side=side) for key, side in zip(claim_ids, sides, strict=True))
    finding: Finding = make.finding(*claim_ids, members=members, **given)
    return finding


def note(engine: Engine, *findings: Finding, at: datetime = NOON) -> list[Notice]:
    with writing(engine) as session:
        note_findings(session, findings, at)
        return find_waiting(session)


def test_a_conflict_is_noted_once_however_often_it_is_found(engine: Engine, make: SimpleNamespace) -> None:
    first = note(engine, disputed(make, "a", "b"))
    again = note(engine, disputed(make, "a", "b", "c"), at=NOON + timedelta(days=1))

    assert [(one.matter, one.subject, one.noticed_at, one.alone) for one in first] == [
        (Matter.CONFLICT, "a", NOON, True)
    ]
    assert again == first


@pytest.mark.parametrize(
    ("after", "more"),
    [
        pytest.param([("0", "a", "b")], 0, id="an earlier claim gives another id"),
        pytest.param([("a", "b", "x", "y")], 0, id="merged with what is new"),
        pytest.param([("a", "z"), ("b", "y")], 0, id="split"),
        pytest.param([("x", "y")], 1, id="another matter"),
        pytest.param([("x", "y"), ("v", "w")], 2, id="two other matters"),
    ],
)
def test_it_is_known_again_by_its_claims(
    engine: Engine, make: SimpleNamespace, after: list[tuple[str, ...]], more: int
) -> None:
    note(engine, disputed(make, "a", "b"))

    assert len(note(engine, *(disputed(make, *claims) for claims in after))) == 1 + more


def test_purged_articles_take_along_by_what_it_would_be_known_again(engine: Engine, make: SimpleNamespace) -> None:
    articles = [make.article(f"Paper {name}.", url=f"https://{name}.example/1") for name in "ab"]
    claims = [make.claim(article, 0) for article in articles]
    with writing(engine) as session:
        start_run(session, "run", "watch-feeds", NOON, {})
        items = [make.extraction(article, claim) for article, claim in zip(articles, claims, strict=True)]
        save_batch(session, "run", items, [])
    [notice] = note(engine, disputed(make, *(claim.id for claim in claims)))
    with writing(engine) as session:
        set_events(session, {notice.id: "event"})
        mark_told(session, ["event"], NOON, NOON)
    left = []
    for article in articles:
        with writing(engine) as session:
            remove_articles(session, [article.id])
            left.append(load_marked(session, [notice.id]))

    assert left == [{notice.id: {claims[1].id}}, {}]


def test_what_joined_it_later_makes_no_news_when_it_leaves_again(engine: Engine, make: SimpleNamespace) -> None:
    note(engine, disputed(make, "a", "b"))
    note(engine, disputed(make, "a", "b", "c", "d"))

    assert len(note(engine, disputed(make, "a", "b"), disputed(make, "c", "d"))) == 1


def test_only_what_is_disputed_is_a_conflict(engine: Engine, make: SimpleNamespace) -> None:
    others = [disputed(make, status.value, status.value + "2", status=status) for status in Status]

    assert [one.subject for one in note(engine, *others)] == ["disputed"]


def test_a_source_that_changed_is_noted_apart_and_once(engine: Engine, make: SimpleNamespace) -> None:
    shift = make.pair("a", "b", Relation.COMPATIBLE, Kind.SHIFT)
    more = make.pair("a", "c", Relation.COMPATIBLE, Kind.SHIFT)
    outside = make.pair("a", "q", Relation.COMPATIBLE, Kind.SHIFT)
    first = note(engine, disputed(make, "a", "b", pairs=(shift, outside), status=Status.SHIFTED))
    again = note(engine, disputed(make, "a", "b", "c", pairs=(shift, more)))  # disputed by now as well

    assert [one.matter for one in first] == [Matter.REVERSAL]
    assert sorted(one.matter for one in again) == [Matter.CONFLICT, Matter.REVERSAL]


def test_two_sources_that_changed_are_two_pieces_of_news(make: SimpleNamespace) -> None:
    pairs = [("a", "b"), ("c", "d"), ("b", "e")]
    shifts = tuple(make.pair(*pair, Relation.COMPATIBLE, Kind.SHIFT) for pair in pairs)
    finding = disputed(make, "a", "b", "c", "d", "e", pairs=shifts, status=Status.SHIFTED)

    assert [sorted(news.claim_ids) for news in find_news(finding)] == [["a", "b", "e"], ["c", "d"]]


def test_a_notice_waits_until_the_server_is_known_to_have_it(engine: Engine, make: SimpleNamespace) -> None:
    [notice] = note(engine, disputed(make, "a", "b"))
    with writing(engine) as session:
        set_events(session, {notice.id: notice.id})
        mark_sent(session, [notice.id], NOON)
        mark_told(session, [], NOON, sent_before=NOON)  # not seen there, and not so old that it cannot be seen
        assert [one.told_in for one in find_waiting(session)] == [notice.id]
        mark_told(session, [notice.id], NOON, sent_before=NOON)
        assert find_waiting(session) == []
    assert note(engine, disputed(make, "a", "b")) == []  # told, and known all the same


def test_what_was_sent_long_ago_is_asked_for_no_longer(engine: Engine, make: SimpleNamespace) -> None:
    [notice] = note(engine, disputed(make, "a", "b"))
    with writing(engine) as session:
        set_events(session, {notice.id: notice.id})
        mark_told(session, [], NOON, sent_before=NOON + timedelta(days=9))
        assert len(find_waiting(session)) == 1  # begun, and never handed over
        mark_sent(session, [notice.id], NOON)
        mark_told(session, [], NOON, sent_before=NOON + timedelta(days=9))
        assert find_waiting(session) == []


def test_what_is_forgotten_is_new_when_it_returns(engine: Engine, make: SimpleNamespace) -> None:
    [notice] = note(engine, disputed(make, "a", "b"))
    with writing(engine) as session:
        drop_notices(session, [notice.id])
    [back] = note(engine, disputed(make, "a", "b"), at=NOON + timedelta(days=1))

    assert back.id != notice.id


def try_to_read(engine: Engine, make: SimpleNamespace, *runs: str) -> list[Matter]:
    """Run after run an outlet fails ("x"), gives a page of another language ("o") or an article ("a")."""
    for number, outcome in enumerate(runs):
        run, at = f"try-{number}", NOON + timedelta(hours=number)
        reason = SetAsideReason.LANGUAGE if outcome == "o" else SetAsideReason.FETCH_FAILED
        aside = SetAside(name=f"https://coast.example/{number}", reason=reason, detail="")
        article = make.article(f"Text {number}.", url=f"https://coast.example/{number}", retrieved_at=at)
        with writing(engine) as session:
            start_run(session, run, "watch-feeds", at, {})
            for _ in range(2):  # a batch that is stored again counts once
                save_batch(
                    session,
                    run,
                    [make.extraction(article)] if outcome == "a" else [],
                    [] if outcome == "a" else [aside],
                )
    with reading(engine) as session:
        return [notice.matter for notice in find_waiting(session)]


@pytest.mark.parametrize(
    ("runs", "noted"),
    [
        pytest.param("x" * (FAILING_RUNS - 1), [], id="not yet"),
        pytest.param("x" * FAILING_RUNS, [Matter.FAILING], id="often enough"),
        pytest.param("x" * FAILING_RUNS * 2, [Matter.FAILING], id="once, however long"),
        pytest.param("xxxaxxx", [], id="an article in between"),
        pytest.param("o" * FAILING_RUNS, [], id="another language is no failure"),
        pytest.param("x" * FAILING_RUNS + "a", [Matter.FAILING, Matter.RECOVERED], id="back again"),
        pytest.param(
            "x" * FAILING_RUNS + "a" + "x" * FAILING_RUNS,
            [Matter.FAILING, Matter.RECOVERED, Matter.FAILING],
            id="and gone again",
        ),
    ],
)
def test_an_outlet_fails_once_and_recovers_once(
    engine: Engine, make: SimpleNamespace, runs: str, noted: list[Matter]
) -> None:
    assert try_to_read(engine, make, *runs) == noted


def test_what_stood_before_alerts_began_is_only_told_together(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article()
    one, two = make.claim(article), make.claim(article, 10)
    pair = make.pair(one.id, two.id)
    shift = make.pair(one.id, two.id, Relation.COMPATIBLE, Kind.SHIFT)
    finding = disputed(make, one.id, two.id, pairs=(pair,))
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article, one, two)], [])
        save_relations(session, [shift], "1")
        save_findings(session, [finding], {one.id, two.id})
    with writers_of(engine).begin() as connection:
        command.downgrade(alembic_config(connection), "0004")
        assert not sa.inspect(connection).has_table("notices")
    bring_up_to_date(engine, writers_of(engine))

    with reading(engine) as session:
        waiting = find_waiting(session)
    assert {(notice.matter, notice.subject, notice.alone) for notice in waiting} == {
        (Matter.CONFLICT, finding.id, False),
        (Matter.REVERSAL, finding.id, False),
    }
    assert note(engine, finding) == waiting
