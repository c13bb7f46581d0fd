"""Whatever bytes come, every parser gives what it promises, or the named reason; never another exception.

Bounded in the suite; RASHOMON_LONG=1 tries 25 times as many, for minutes.
"""

import gzip
import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.model.article import Article, DateSource, SetAside
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.feeds import find_entries
from tasks.reading.frontmatter import split_front_matter
from tasks.reading.header import split_header
from tasks.reading.html import parse_page
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.jsonld import find_article
from tasks.reading.listings import feed_of
from tasks.reading.markdown import draft_of_markdown
from tasks.reading.markup import decode_page, fragment_text
from tasks.reading.moments import parse_moment
from tasks.reading.page import Page
from tasks.reading.patience import LONGEST, retry_after
from tasks.reading.pdf import find_paragraphs, running_lines
from tasks.reading.pdf_worker import told
from tasks.reading.plaintext import parse_text
from tasks.reading.read import read_each
from tasks.reading.records import find_records
from tasks.reading.sniff import form_of
from tasks.reading.urls import canonical_url, check_url, without_credentials

TIMES = 25 if os.environ.get("RASHOMON_LONG", "") not in {"", "0"} else 1
NOW = datetime(2024, 6, 1, tzinfo=UTC)
LIMITS = ReadingLimits()

WORDS = ("The ferry left.", "“We waited,” she said.", "Dornhal, Nov 9: He denied it.", "Ads", "2024-03-05", "é", "")
TAGS = [
    *"""\
<html>
<head>
</head>
<body>
<article>
<h1>
</h1>
<p>
</p>
<div class='clock'>
<td>
<time datetime='2024-03-05'>
<time pubdate>
</time>
<a href='/x.rss'>
<!--
-->
<script>
</script>
<script type='application/ld+json'>
{"@type": "NewsArticle", "author": [{"name": 1}], "datePublished": "x"}
<link rel=canonical href='http://[::1'>
<meta property='article:published_time' content='9999-12-31T23:59:59-23:59'>
<meta charset=utf-16>
<title>
</title>
&#0;
&#xD800;
<svg>
<![CDATA[
]]>
<p""".splitlines(),
    "\x00",
    "\x0b",
]
FEED_TAGS = """\
<rss version='2.0'>
<channel>
<item>
</item>
<title>
</title>
<link>http://[bay.example/a</link>
<link>https://u:secret@bay.example/a</link>
<pubDate>
</pubDate>
Tue, 99 Mar 2024 10:00:00 -9999
<feed>
<entry>
<updated>0000-00-00</updated>
<urlset>
<url>
<loc>
</loc>
https://bay.example/a
<lastmod>
<sitemapindex>
<sitemap>
<!DOCTYPE r [<!ENTITY a 'b'>]>
&a;
<?xml version='1.0' encoding='x'?>
<!--
<content:encoded>
<news:publication_date>2024</news:publication_date>
<author>a@bay.example (Ada)</author>""".splitlines()
MARKS = [
    *"""\
```
`
[a](b
![
**
<b""".splitlines(),
    "# ",
    "---\n",
    "+++\n",
    "title: x\n",
    "- ",
    "> ",
    "1. ",
    "|a|b|\n|-|-|\n",
    "    ",
    "\n",
    "\n\n",
]


def made_of(*pieces: str) -> st.SearchStrategy[str]:
    """Return texts that are made of pieces and of anything."""
    return st.lists(st.sampled_from((*pieces, *WORDS)) | st.text(max_size=12), max_size=40).map("".join)


def often(number: int) -> settings:
    """Return how often a test is tried."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(max_examples=number * TIMES, suppress_health_check=checks, deadline=None)


def no_network(url: str) -> Page:
    """Fail as a network does that is not there."""
    raise FetchError(f"{url}: no network")


def check(result: Article | SetAside) -> None:
    """Assert what the rest of the house relies on."""
    if isinstance(result, SetAside):
        assert result.detail
        assert "secret" not in result.name + result.detail
        return
    assert all(span.end <= len(result.text) for span in result.headings)
    assert (result.published_at is None) is (result.date_source is DateSource.NONE)
    assert {note.field for note in result.field_notes} >= ({"published_at"} if result.published_at else set())
    assert "secret" not in result.url
    f"{result.text}{result.title}{result.author}{result.dateline}{result.site_name}".encode()


@given(made_of(*TAGS))
@often(40)
def test_pages(page: str) -> None:
    try:
        draft = parse_page(page, url="https://bay.example/a", now=NOW, min_words=1)
    except UnreadableArticleError:
        return
    assert all(line.text for line in draft.lines)


@given(made_of(*TAGS, *FEED_TAGS) | made_of(*MARKS), st.sampled_from(["", "text/html", "text/xml", "text/markdown"]))
@often(40)
def test_whatever_the_network_gives(body: str, kind: str) -> None:
    raw = body.encode("utf-8", "surrogatepass")
    page = Page(url_final="https://bay.example/a", status=200, content_type=kind, body=raw)
    asked: list[str] = []

    def fetch(url: str) -> Page:
        asked.append(url)
        return page if len(asked) < 5 else no_network(url)

    item = Input(name="https://bay.example/a", kind=InputKind.URL, url="https://bay.example/a")
    try:
        for result in read_each(item, limits=LIMITS, now=NOW, fetch=fetch):
            check(result)
    except FetchError:
        return


@given(made_of(*FEED_TAGS).map(str.encode) | st.binary(max_size=300), st.sampled_from(["", "https://bay.example/rss"]))
@often(60)
def test_feeds_and_sitemaps(body: bytes, url: str) -> None:
    for root in (b"", b"<rss>", b"<urlset>", b"<sitemapindex>"):
        for found in find_entries(root + body, "feed", url=url, limits=LIMITS):
            assert "secret" not in repr(found)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["https://bay.example/a"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["items", "url", "title", "authors", "author", "name", "@type", "@graph", "@id", "date_published"]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(JSON, JSON)
@often(60)
def test_json_feeds_records_and_metadata(value: object, item: object) -> None:
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item, value], "title": value})
    list(find_entries(feed.encode(), "feed", url="https://bay.example/f", limits=LIMITS))
    list(find_records([json.dumps(value).encode(), feed.encode()[:-5]], "records", LIMITS))
    found = find_article(
        [json.dumps({"@type": "Article", "author": item, "headline": value}), json.dumps(value)], ["x"]
    )
    assert all(isinstance(text, str) for text in found.values())


@given(made_of(*MARKS))
@often(60)
def test_markdown_and_text(text: str) -> None:
    for parse in (draft_of_markdown, lambda one: parse_text(one.encode("utf-8", "surrogatepass"))):
        try:
            draft = parse(text)
        except UnreadableArticleError:
            continue
        assert all(line.text for line in draft.lines)
    fields, body = split_front_matter(text)
    assert body in text or fields
    split_header(text)


@given(st.binary(max_size=600), st.text(max_size=12))
@often(60)
def test_bytes(raw: bytes, label: str) -> None:
    form_of(raw)
    decode_page(raw, label).encode("utf-8", "surrogatepass")
    fragment_text(decode_page(raw, label))
    feed_of(Page(url_final="https://bay.example/", status=200, content_type="", body=raw))
    with suppress(UnreadableArticleError):
        parse_text(raw)


@given(
    st.text(max_size=60)
    | made_of("http://", "https://", "u:secret@", "[", "]", ":", "/", "..", "%", "?", "#", "@", "\\")
)
@often(100)
def test_addresses(url: str) -> None:
    assert "@" not in canonical_url(url).partition("/")[0]
    with suppress(ValueError):
        assert "@" not in urlsplit(without_credentials(url)).netloc
    with suppress(UnreadableArticleError):
        assert "secret" not in check_url(url) or "@" not in urlsplit(url).netloc


@given(st.text(max_size=80) | st.datetimes().map(str) | st.integers().map(str))
@often(60)
def test_moments_and_waits(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or moment.tzinfo is not None
    assert 0 <= retry_after(text, NOW) <= LONGEST


@given(st.lists(st.lists(st.text(max_size=30), max_size=8), max_size=4))
@often(40)
def test_lines_of_a_pdf(pages: list[list[str]]) -> None:
    running_lines(pages)
    list(find_paragraphs([line for page in pages for line in page if line]))


@given(data=st.data())
@often(15)
def test_damaged_pdfs(data: st.DataObject, make_pdf: Callable[..., bytes]) -> None:
    raw = bytearray(make_pdf([["The ferry left at nine.", "So it was said."]], "/Title (Ferry)"))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    assert set(told(bytes(raw), 5)) & {"pages", "trouble"}


@pytest.mark.parametrize("cut", [0, 5, 11, 20])
def test_packed_sitemaps_that_are_cut_off(cut: int) -> None:
    raw = gzip.compress(b"<urlset><url><loc>https://bay.example/a</loc></url></urlset>")[:cut]
    page = Page(url_final="https://bay.example/s.xml.gz", status=200, content_type="", body=raw)
    item = Input(name="s", kind=InputKind.URL, url="https://bay.example/s.xml.gz")
    for result in read_each(item, limits=LIMITS, now=NOW, fetch=lambda _: page):
        check(result)
