"""A feed on a server, read run after run: what has not changed is not asked for, and nothing is lost or doubled."""

import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from tasks import read
from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.model.errors import FetchError
from tasks.read import find_watched
from tasks.reading.inputs import Input, InputKind
from tasks.reading.page import Page
from tasks.settings import Settings
from tasks.steps.remembering import from_json, to_json
from tests.steps.feed_run import FEED, Site, entries_of, five_pages, run_and_die, run_once, stored_texts

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'r.db'}", feeds=(FEED,))


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    made = Site(stories=["ferry", "mill"])
    monkeypatch.setattr(read, "downloader", lambda _: made)
    return made


def test_an_unchanged_feed_is_asked_for_and_nothing_else(
    site: Site, settings: Settings, dump_file: Callable[[str], list[str]]
) -> None:
    assert run_once(settings, NOON) == 2
    before = dump_file(settings.database_url)
    site.asked.clear()
    assert run_once(settings, NOON + timedelta(hours=1)) == 0
    assert site.asked == [(FEED, {"etag": '"2"', "modified": "then"})]
    assert dump_file(settings.database_url) == before


def test_a_server_that_knows_no_marks_sends_the_feed_and_no_page(
    site: Site, settings: Settings, dump_file: Callable[[str], list[str]]
) -> None:
    site.marks = False
    assert run_once(settings, NOON) == 2
    before = dump_file(settings.database_url)
    site.asked.clear()
    assert run_once(settings, NOON + timedelta(hours=1)) == 0
    assert site.asked == [(FEED, {})]
    assert dump_file(settings.database_url) == before


def test_what_is_new_in_a_feed_is_read_alone(site: Site, settings: Settings) -> None:
    run_once(settings, NOON)
    site.stories.append("school")
    site.asked.clear()
    assert run_once(settings, NOON) == 1
    assert [url for url, _ in site.asked] == [FEED, "https://bay.example/school"]


def test_an_edited_page_is_a_new_version(site: Site, settings: Settings) -> None:
    run_once(settings, NOON)
    site.titles["mill"] = "Mill, corrected"
    site.bodies["mill"] = "The mill said on Friday that it would close for a month, and its workers will be paid."
    assert run_once(settings, NOON + timedelta(hours=1)) == 1
    texts = stored_texts(settings)
    assert len(texts) == 3
    assert {version for text, version in texts.items() if "month" in text} == {2}


def test_a_page_that_fails_is_tried_again_while_the_feed_does_not_change(site: Site, settings: Settings) -> None:
    site.failing.add("https://bay.example/mill")
    assert run_once(settings, NOON) == 1
    assert run_once(settings, NOON + timedelta(minutes=5)) == 0  # its time has not come
    site.failing.clear()
    site.asked.clear()
    assert run_once(settings, NOON + timedelta(minutes=30)) == 1
    assert [url for url, _ in site.asked] == [FEED, "https://bay.example/mill"]
    assert len(stored_texts(settings)) == 2


def test_a_feed_that_fails_is_set_aside_and_what_is_left_of_it_is_read(site: Site, settings: Settings) -> None:
    site.failing.add("https://bay.example/mill")
    run_once(settings, NOON)
    site.failing = {FEED}
    found = list(find_watched(settings, NOON + timedelta(hours=1)))
    assert [item.reason for item in found if isinstance(item, SetAside)] == [SetAsideReason.FETCH_FAILED]
    assert entries_of(found) == ["https://bay.example/mill"]


def test_a_feed_without_entries_is_told_of_in_every_run(site: Site, settings: Settings) -> None:
    site.stories.clear()
    for _ in range(2):
        assert [item.reason for item in find_watched(settings, NOON)] == [SetAsideReason.NO_ARTICLE]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(Input(name="a", kind=InputKind.RECORD, text="One."), id="plain"),
        pytest.param(
            Input(
                name="https://bay.example/a",
                kind=InputKind.URL,
                url="https://bay.example/a",
                title="A",
                outlet="Bay Post",
                published_at=NOON,
                date_source=DateSource.FEED,
            ),
            id="full",
        ),
    ],
)
def test_an_entry_comes_back_as_it_was(item: Input) -> None:
    assert from_json(to_json(item)) == item
    assert from_json(to_json(item) | {"field_of_another_version": "x"}) == item
    assert from_json(to_json(replace(item, raw=b"line"))) == item


def test_what_the_downloader_raises_for_a_page_reaches_the_next_run(site: Site, settings: Settings) -> None:
    site.failing.add(FEED)
    with pytest.raises(FetchError):
        site.fetch(FEED)
    assert run_once(settings, NOON) == 0
    site.failing.clear()
    assert run_once(settings, NOON) == 2


def test_pages_are_whole() -> None:
    page = Site(stories=["ferry"]).fetch("https://bay.example/ferry")
    assert isinstance(page, Page)
    assert page.status == 200


@pytest.mark.parametrize("point", ["noted", "fetched", "first-batch", "in-transaction", "stored"])
def test_a_killed_run_loses_no_article_and_doubles_none(
    point: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real process is killed at the point; the server says "not modified" to the next run."""
    killed = get_context("fork").Process(target=run_and_die, args=(settings.database_url, point))
    killed.start()
    killed.join(timeout=120)
    assert killed.exitcode == -signal.SIGKILL
    monkeypatch.setattr(read, "downloader", lambda _: five_pages())
    left = {"noted": 5, "fetched": 5, "first-batch": 4, "in-transaction": 3, "stored": 0}
    assert run_once(settings, NOON + timedelta(minutes=1)) == left[point]
    assert sorted(stored_texts(settings).values()) == [1] * 5
    assert run_once(settings, NOON + timedelta(minutes=2)) == 0
