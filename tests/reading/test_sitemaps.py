import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.model.article import DateSource, SetAside, SetAsideReason
from tasks.reading.feeds import find_entries
from tasks.reading.inputs import find_inputs
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.sitemaps import MAX_SITEMAPS
from tasks.reading.sniff import Form, form_of

LIMITS = ReadingLimits()
NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://bay.example/old</loc><lastmod>2024-02-01</lastmod></url>
<url><loc> https://bay.example/ferry </loc><lastmod>2024-03-06T09:00:00Z</lastmod>
<news:news><news:publication><news:name>Bay Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-03-05T10:00:00-05:00</news:publication_date><news:title>Ferry &amp; gate</news:title>
</news:news>
<image:image><image:loc>https://bay.example/a.png</image:loc><image:title>A quay</image:title></image:image></url>
<url><loc>https://u:secret@bay.example/x</loc></url><url><loc>ftp://bay.example/y</loc></url><url/>
</urlset>"""
INDEX = (
    b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    + b"".join(
        b"<sitemap><loc>https://bay.example/%02d.xml</loc><lastmod>2024-01-%02d</lastmod></sitemap>" % (n, n)
        for n in range(1, 26)
    )
    + b"</sitemapindex>"
)


def test_a_news_sitemap_tells_what_a_feed_does_and_the_newest_comes_first() -> None:
    found = list(find_entries(NEWS, "news.xml", limits=LIMITS))
    first, old = [item for item in found if isinstance(item, Input)]
    assert (first.kind, first.url, old.url) == (InputKind.URL, "https://bay.example/ferry", "https://bay.example/old")
    assert (first.title, first.outlet, first.language) == ("Ferry & gate", "Bay Post", "en")
    assert (first.published_at, first.date_source) == (datetime(2024, 3, 5, 15, tzinfo=UTC), DateSource.FEED)
    assert first.modified_at == datetime(2024, 3, 6, 9, tzinfo=UTC)
    # The day of a change is none of publication.
    assert (old.published_at, old.date_source) == (None, DateSource.NONE)
    assert old.modified_at == datetime(2024, 2, 1, tzinfo=UTC)


def test_addresses_that_nobody_may_ask_for_are_set_aside() -> None:
    found = [item for item in find_entries(NEWS, "news.xml", limits=LIMITS) if isinstance(item, SetAside)]
    assert [item.reason for item in found] == [SetAsideReason.REFUSED] * 2
    assert "secret" not in repr(found)


def test_an_index_gives_its_newest_sitemaps_alone() -> None:
    *sitemaps, note = find_entries(INDEX, "index.xml", limits=LIMITS)
    assert [item.name for item in sitemaps[:2]] == ["https://bay.example/25.xml", "https://bay.example/24.xml"]
    assert len(sitemaps) == MAX_SITEMAPS
    assert isinstance(note, SetAside)
    assert note.reason is SetAsideReason.TOO_LARGE


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<urlset></urlset>", id="empty"),
        pytest.param(b"<urlset><url><loc>", id="cut off"),
        pytest.param(b"<urlset><url><loc>&#xD800;", id="half a character"),
        pytest.param(
            b"<!DOCTYPE u [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><urlset><url><loc>&x;</loc></url></urlset>",
            id="entity from a file",
        ),
        pytest.param(
            b"<!DOCTYPE u [<!ENTITY a 'aaaaaaaaaa'>"
            + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
            + b"]><urlset><url><loc>&j;</loc></url></urlset>",
            id="billion laughs",
        ),
    ],
)
def test_a_sitemap_without_addresses_is_set_aside(body: bytes) -> None:
    found = list(find_entries(body, "s.xml", limits=LIMITS))
    assert [item.reason for item in found if isinstance(item, SetAside)] == [SetAsideReason.NO_ARTICLE]
    assert form_of(body) is Form.FEED


def test_a_long_sitemap_is_cut_and_says_so() -> None:
    body = b"<urlset>" + b"".join(b"<url><loc>https://bay.example/%d</loc></url>" % n for n in range(30)) + b"</urlset>"
    *found, note = find_entries(body, "s.xml", limits=ReadingLimits(max_entries=10))
    assert len(found) == 10
    assert isinstance(note, SetAside)
    assert "first 10" in note.detail


def test_a_packed_sitemap_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "news.xml.gz").write_bytes(gzip.compress(NEWS))
    (tmp_path / "bomb.xml.gz").write_bytes(gzip.compress(b"<urlset>" + b" " * 30_000_000))
    (tmp_path / "other.gz").write_bytes(gzip.compress(b"He left."))
    found = list(find_inputs([str(tmp_path)], limits=LIMITS))
    reasons = {item.name.rsplit("/", 1)[-1]: item.reason for item in found if isinstance(item, SetAside)}
    assert reasons["bomb.xml.gz"] is SetAsideReason.TOO_LARGE
    assert reasons["other.gz"] is SetAsideReason.BINARY
    assert next(item.url for item in found if isinstance(item, Input)) == "https://bay.example/ferry"
