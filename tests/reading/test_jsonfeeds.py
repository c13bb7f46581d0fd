import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.reading.feeds import find_entries
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.sniff import Form, form_of

LONG = "The ferry company denied on Monday that its boat had left the quay too early. " * 3
LIMITS = ReadingLimits()


def feed(*items: Any, **fields: Any) -> bytes:
    """Return a JSON feed, as its readers print it: over many lines."""
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Bay Post", **fields, "items": items}, indent=2
    ).encode()


def test_an_item_with_all_its_fields() -> None:
    body = feed(
        {
            "id": "1",
            "url": "https://bay.example/ferry?utm_source=json",
            "title": "Ferry left early",
            "content_html": f"<p>{LONG}</p><script>steal()</script>",
            "date_published": "2024-03-05T10:00:00-05:00",
            "date_modified": "2024-03-06T08:00:00Z",
            "authors": [{"name": "Ada Brandt"}, {"name": "Jo Lund"}, {"url": "https://bay.example/x"}],
        },
        language="en-GB",
    )
    (offline,) = find_entries(body, "feed.json", limits=LIMITS)
    (online,) = find_entries(body, "feed.json", url="https://bay.example/feed.json", limits=LIMITS)
    assert isinstance(offline, Input)
    assert isinstance(online, Input)
    assert (offline.kind, online.kind) == (InputKind.RECORD, InputKind.URL)
    assert (online.url, online.title, online.outlet) == ("https://bay.example/ferry", "Ferry left early", "Bay Post")
    assert (online.author, online.language) == ("Ada Brandt, Jo Lund", "en-GB")
    assert online.published_at == datetime(2024, 3, 5, 15, tzinfo=UTC)
    assert online.modified_at == datetime(2024, 3, 6, 8, tzinfo=UTC)
    assert online.date_source is DateSource.FEED
    assert "steal" not in online.text


def test_version_one_has_one_author_and_plain_text() -> None:
    item = {"url": "https://bay.example/a", "content_text": "Short.", "author": {"name": "Ada Brandt"}}
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "title": "", "items": [item]}).encode()
    (found,) = find_entries(body, "feed.json", limits=LIMITS)
    assert isinstance(found, Input)
    assert (found.kind, found.author, found.outlet) == (InputKind.URL, "Ada Brandt", "bay.example")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(feed(), id="no items"),
        pytest.param(feed()[:-4], id="cut off"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1", "items": {"a": 1}}', id="items are no list"),
        pytest.param(b"{" * 100_000, id="deep"),
    ],
)
def test_a_feed_without_items_is_set_aside(body: bytes) -> None:
    (found,) = find_entries(body, "feed.json", limits=LIMITS)
    assert isinstance(found, SetAside)
    assert found.reason is SetAsideReason.NO_ARTICLE


def test_odd_items_are_set_aside_one_by_one() -> None:
    odd: list[Any] = [None, 3, {}, {"url": "javascript:x"}, {"url": "https://u:secret@bay.example/a"}]
    good = {"url": "https://bay.example/a"}
    found = list(find_entries(feed(*odd, good), "f", url="https://bay.example/f", limits=LIMITS))
    assert [isinstance(item, SetAside) for item in found] == [True] * 5 + [False]
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("head", "form"),
    [
        pytest.param(feed({"url": "https://bay.example/a"}), Form.FEED, id="many lines"),
        pytest.param(rb'{"title":"x","version":"https:\/\/jsonfeed.org\/version\/1","items":[]}', Form.FEED, id="one"),
        pytest.param(b'{"text": "see https://jsonfeed.org/version/1"}', Form.RECORDS, id="a record that names it"),
    ],
)
def test_a_json_feed_is_told_by_its_version(head: bytes, form: Form) -> None:
    assert form_of(head) is form
