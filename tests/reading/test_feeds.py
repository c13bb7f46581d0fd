from datetime import UTC, datetime

import pytest

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.reading.feeds import find_entries
from tasks.reading.item import Input, InputKind, ReadingLimits

LONG = "The ferry company denied on Monday that its boat had left the quay too early. " * 3
FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Bay Post</title>
<item><title>Ferry &amp;amp; gate</title><link>https://bay.example/ferry?utm_source=rss</link>
<pubDate>Tue, 05 Mar 2024 10:00:00 -0500</pubDate>
<description>&lt;p&gt;{LONG}&lt;/p&gt;&lt;script&gt;steal()&lt;/script&gt;&lt;p&gt;More.&lt;/p&gt;</description></item>
<item><title>Brief</title><link>https://bay.example/brief</link><description>Short.</description></item>
<item><title>Nothing</title></item>
</channel></rss>""".encode()
LIMITS = ReadingLimits()


def test_a_feed_file_is_read_from_itself_where_it_holds_enough() -> None:
    long, brief, nothing = find_entries(FEED, "feed.xml", limits=LIMITS)
    assert isinstance(long, Input)
    assert long.kind is InputKind.RECORD
    assert (long.name, long.url, long.outlet) == ("feed.xml#1", "https://bay.example/ferry", "Bay Post")
    assert long.published_at == datetime(2024, 3, 5, 15, tzinfo=UTC)
    assert long.date_source is DateSource.FEED
    assert long.text.split("\n")[-1] == "More."
    assert "steal" not in long.text
    assert isinstance(brief, Input)
    assert brief.kind is InputKind.URL
    assert isinstance(nothing, SetAside)


def test_entries_of_a_feed_from_the_network_are_pages() -> None:
    found = [
        item
        for item in find_entries(FEED, "f", url="https://bay.example/rss", limits=LIMITS)
        if isinstance(item, Input)
    ]
    assert [item.kind for item in found] == [InputKind.URL, InputKind.URL]
    assert [item.path for item in found] == ["", ""]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<rss version='2.0'><channel></channel></rss>", id="empty"),
        pytest.param(b"<rss><channel><item><title>cut o", id="cut off"),
        pytest.param(b"/etc/hostname", id="a path is no address to open"),
        pytest.param(
            b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss><channel><title>&x;</title></channel></rss>",
            id="entity",
        ),
        pytest.param(b"<html><a>&#xD800;", id="half a character"),
    ],
)
def test_a_feed_without_entries_is_set_aside(body: bytes) -> None:
    found = list(find_entries(body, "feed.xml", limits=LIMITS))
    assert [item.reason for item in found if isinstance(item, SetAside)] == [SetAsideReason.NO_ARTICLE]
