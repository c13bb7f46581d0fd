from pathlib import Path

import pytest

from flows.watch_feeds import watch_feeds
from tasks.model.article import SetAsideReason
from tasks.model.errors import InputError
from tasks.settings import load_settings
from tasks.steps.material import load_everything

pytestmark = pytest.mark.usefixtures("prefect_server", "workspace")


def test_feeds_and_inbox_are_read_together(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_FEEDS", str(feed))
    monkeypatch.setenv("RASHOMON_INBOX", "articles")
    outcome = watch_feeds()

    assert (outcome.articles, outcome.set_asides) == (5, 1)
    assert Path(outcome.report).is_file()


def test_only_what_is_new_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_INBOX", "articles")
    watch_feeds()
    Path("articles/later.txt").write_text("The mill said on Monday that it would close for a week.\n")
    later, nothing = watch_feeds(), watch_feeds()

    assert (later.articles, nothing.articles, nothing.report) == (1, 0, "")
    assert nothing.summary == "Nothing new."


def test_a_feed_that_cannot_be_fetched_is_set_aside_and_the_inbox_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_FEEDS", "http://127.0.0.1:9/feed.xml")  # a private address, which nobody allowed
    monkeypatch.setenv("RASHOMON_INBOX", "articles")
    outcome = watch_feeds()
    reasons = {item.name: item.reason for item in load_everything(load_settings()).set_asides}

    assert outcome.articles == 3
    assert reasons["http://127.0.0.1:9/feed.xml"] is SetAsideReason.REFUSED


def test_with_nothing_to_watch_the_run_says_what_to_set() -> None:
    with pytest.raises(InputError, match="RASHOMON_FEEDS"):
        watch_feeds()
