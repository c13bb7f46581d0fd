"""What feeds have shown is remembered, and what is still to be read is tried a bounded number of times."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from tasks.model.article import SetAsideReason
from tasks.storage.articles import save_batch
from tasks.storage.database import reading, writing
from tasks.storage.feeds import KEPT_FOR, TRIES, EntryNote, FeedState, find_due, load_feed, save_feed, save_tries

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
FEED, OTHER = "https://coast.example/feed.xml", "https://b.example/rss"
STATE = FeedState(etag='"a1"', last_modified="Tue, 04 Mar 2025 11:00:00 GMT", sha256="ab" * 32)
DAY = timedelta(days=1)


def note(key: str, stamp: str = "1", *, is_stored: bool = False) -> EntryNote:
    return EntryNote(key=key, stamp=stamp, said={"name": key}, is_stored=is_stored)


def show(engine: Engine, *notes: EntryNote, feed: str = FEED, at: datetime = NOON) -> None:
    with writing(engine) as session:
        save_feed(session, feed, STATE, notes, at)


def tried(engine: Engine, key: str, reason: SetAsideReason | None, at: datetime = NOON, article: str = "") -> None:
    with writing(engine) as session:
        save_tries(session, [(key, article, reason)], at)


def due(engine: Engine, *feeds: str, at: datetime = NOON) -> list[str]:
    with reading(engine) as session:
        return [said["name"] for said in find_due(session, feeds or [FEED], at)]


def test_what_a_feed_shows_is_to_be_read_until_its_article_is_stored(engine: Engine, make: SimpleNamespace) -> None:
    with reading(engine) as session:
        assert load_feed(session, FEED) == FeedState()
    show(engine, note("a"), note("b"), note("stored", is_stored=True))
    with reading(engine) as session:
        assert load_feed(session, FEED) == STATE
    assert due(engine) == ["a", "b"]
    assert due(engine, OTHER) == []
    article = make.article()
    tried(engine, "a", None, article=article.id)  # its article is not stored: nothing is done
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(article)], [])
        save_tries(session, [("b", article.id, None)], NOON)
    assert due(engine, at=NOON + 99 * DAY) == []


def test_the_same_feed_again_changes_no_row(engine: Engine, dump: Callable[[Engine], dict[str, list[str]]]) -> None:
    show(engine, note("a"), note("b", is_stored=True))
    before = dump(engine)
    show(engine, note("a"), note("b", is_stored=True), at=NOON + DAY)
    assert dump(engine) == before


def test_an_entry_that_is_told_otherwise_is_read_again(engine: Engine) -> None:
    show(engine, note("a", is_stored=True))
    show(engine, note("a", "2", is_stored=True), at=NOON + DAY)
    assert due(engine, at=NOON + DAY) == ["a"]


@pytest.mark.parametrize("reason", [*TRIES, SetAsideReason.REFUSED, SetAsideReason.NO_ARTICLE])
def test_a_page_that_fails_is_tried_again_later_and_given_up_at_last(engine: Engine, reason: SetAsideReason) -> None:
    show(engine, note("a"))
    now, waits = NOON, list[timedelta]()
    for _ in range(TRIES.get(reason, 1)):
        assert due(engine, at=now) == ["a"]
        tried(engine, "a", reason, now)
        assert due(engine, at=now) == []
        before = now
        while now < before + DAY and not due(engine, at=now):
            now += timedelta(minutes=5)
        waits.append(now - before)
    assert due(engine, at=NOON + 99 * DAY) == []
    assert waits[:-1] == sorted(waits[:-1])  # each time it waits longer
    show(engine, note("a"), at=NOON + DAY)
    assert due(engine, at=NOON + 99 * DAY) == []


def test_a_page_that_two_feeds_name_is_done_in_both(engine: Engine) -> None:
    show(engine, note("a"))
    show(engine, note("a"), feed=OTHER)
    tried(engine, "a", SetAsideReason.REFUSED)
    assert due(engine, FEED, OTHER) == []


def test_old_entries_that_are_done_are_forgotten(
    engine: Engine, dump: Callable[[Engine], dict[str, list[str]]]
) -> None:
    show(engine, note("shown", is_stored=True), note("gone", is_stored=True), note("open"))
    show(engine, note("shown", is_stored=True), at=NOON + KEPT_FOR)
    assert len(dump(engine)["feed_entries"]) == 3
    show(engine, note("shown", is_stored=True), at=NOON + KEPT_FOR + DAY)
    assert len(dump(engine)["feed_entries"]) == 2
    assert due(engine, at=NOON + 2 * KEPT_FOR) == ["open"]
