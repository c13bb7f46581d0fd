import gzip
from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from tasks.model.article import Article, SetAside, SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.listings import feed_of, find_listed
from tasks.reading.page import Page
from tasks.reading.read import read_each

SITE = "https://bay.example"
LIMITS = ReadingLimits()
RSS = b"<rss version='2.0'><channel><title>Bay</title><item><link>https://bay.example/a</link></item></channel></rss>"


def sitemap(*addresses: str) -> bytes:
    return ("<urlset>" + "".join(f"<url><loc>{address}</loc></url>" for address in addresses) + "</urlset>").encode()


def index(*addresses: str) -> bytes:
    listed = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex>{listed}</sitemapindex>".encode()


def site(pages: Mapping[str, bytes], asked: list[str] | None = None) -> Callable[[str], Page]:
    """Return what fetches the pages of a site; another page is not found."""

    def fetch(url: str) -> Page:
        if asked is not None:
            asked.append(url)
        path = url.removeprefix(SITE)
        if path == "/broken.xml":
            raise FetchError("no answer")
        if path not in pages:
            raise UnreadableArticleError(SetAsideReason.NOT_FOUND, "no such page")
        return Page(url_final=url, status=200, content_type="", body=pages[path])

    return fetch


def names(found: list[Input | SetAside]) -> list[str]:
    return [item.name.removeprefix(SITE) for item in found]


def test_an_index_is_opened_and_a_broken_sitemap_stops_no_other() -> None:
    pages = {
        "/index.xml": index(f"{SITE}/one.xml", f"{SITE}/broken.xml", f"{SITE}/gone.xml", f"{SITE}/two.xml.gz"),
        "/one.xml": sitemap(f"{SITE}/a", f"{SITE}/b"),
        "/two.xml.gz": gzip.compress(sitemap(f"{SITE}/c")),
    }
    found = list(find_listed(f"{SITE}/index.xml", limits=LIMITS, fetch=site(pages)))
    assert names(found) == ["/a", "/b", "/broken.xml", "/gone.xml", "/c"]
    reasons = [item.reason for item in found if isinstance(item, SetAside)]
    assert reasons == [SetAsideReason.FETCH_FAILED, SetAsideReason.NOT_FOUND]


def test_an_index_of_itself_ends() -> None:
    asked: list[str] = []
    pages = {"/index.xml": index(f"{SITE}/index.xml", f"{SITE}/index.xml")}
    found = list(find_listed(f"{SITE}/index.xml", limits=LIMITS, fetch=site(pages, asked)))
    assert {item.reason for item in found if isinstance(item, SetAside)} == {SetAsideReason.TOO_LARGE}
    assert len(asked) == 1 + 2 + 4


def test_lists_in_a_list_hold_no_more_than_one_may() -> None:
    pages = {f"/{n}.xml": sitemap(*(f"{SITE}/{n}-{m}" for m in range(10))) for n in range(10)}
    pages["/index.xml"] = index(*(f"{SITE}/{n}.xml" for n in range(10)))
    limits = ReadingLimits(max_entries=25)
    asked: list[str] = []
    *found, note = find_listed(f"{SITE}/index.xml", limits=limits, fetch=site(pages, asked))
    assert len(found) == 25
    assert isinstance(note, SetAside)
    assert note.reason is SetAsideReason.TOO_LARGE
    assert len(asked) < 6  # the rest is not even asked for


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        pytest.param('<link rel="alternate" type="application/rss+xml" href="/rss">', f"{SITE}/rss", id="declared"),
        pytest.param(
            '<link rel="alternate" type="application/feed+json; charset=utf-8" href="feed.json">',
            f"{SITE}/news/feed.json",
            id="JSON",
        ),
        pytest.param('<p>Our feed has moved <a href="/feed/">here</a>', f"{SITE}/feed/", id="a link by its name"),
        pytest.param('<a href="/about">About</a>', "", id="no feed"),
        pytest.param(
            '<link rel="alternate" type="application/atom+xml" href="https://u:secret@bay.example/f">', "", id="secret"
        ),
        pytest.param('<link rel="alternate" type="text/html" hreflang="fr" href="/fr">', "", id="a translation"),
    ],
)
def test_feed_of(page: str, feed: str) -> None:
    body = f"<html><head></head><body>{page}</body></html>".encode()
    assert feed_of(Page(url_final=f"{SITE}/news/", status=200, content_type="text/html", body=body)) == feed


HOME = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>%s</body></html>'


def test_a_feed_setting_may_name_the_home_page() -> None:
    found = list(find_listed(SITE, limits=LIMITS, fetch=site({"": HOME % b"Bay Post", "/rss": RSS})))
    assert names(found) == ["/a"]


def test_a_list_that_has_not_changed_lists_nothing() -> None:
    pages = {"/index.xml": index(f"{SITE}/one.xml"), "/one.xml": sitemap(f"{SITE}/a")}
    whole = site(pages)

    def fetch(url: str) -> Page:
        return Page(url_final=url, status=304, content_type="", body=b"") if url.endswith("one.xml") else whole(url)

    assert list(find_listed(f"{SITE}/index.xml", limits=LIMITS, fetch=fetch)) == []
    assert list(find_listed(f"{SITE}/one.xml", limits=LIMITS, fetch=fetch)) == []


def test_a_page_that_only_points_to_its_feed_is_followed_and_an_article_that_failed_is_not(
    now: datetime, make_page: Callable[..., str]
) -> None:
    pages = {
        "/news": HOME % b"<p>Subscribe to our feed.</p>",
        "/story": HOME % (b"<ul>" + b"<li><a href='/x'>Ten walks along the coast</a></li>" * 30 + b"</ul>"),
        "/rss": RSS,
        "/a": make_page("").encode(),
    }
    found = []
    for path in ("/news", "/story"):
        item = Input(name=path, kind=InputKind.URL, url=SITE + path)
        found += list(read_each(item, limits=LIMITS, now=now, fetch=site(pages)))
    article, failed = found
    assert isinstance(article, Article)
    assert article.url == f"{SITE}/a"
    assert isinstance(failed, SetAside)
    assert failed.reason is SetAsideReason.NO_ARTICLE
    assert f"{SITE}/rss" in failed.detail
