import socket
from dataclasses import replace
from time import monotonic
from typing import Any, Protocol

import pytest

from tasks.model.article import SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.download import Downloader
from tasks.reading.item import ReadingLimits

ROBOTS = "User-agent: *\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: Rashomon\nDisallow: /ours\n"


class Site(Protocol):
    """The server of conftest.py."""

    port: int
    asked: list[tuple[str, str]]

    def url(self, path: str, host: str = ...) -> str: ...

    def say(
        self, path: str, body: str | bytes = ..., status: int = ..., delay: float = ..., **headers: str
    ) -> None: ...

    def paths(self) -> list[str]: ...


def make(**changes: Any) -> Downloader:
    """Return a downloader that may ask this machine."""
    return Downloader(replace(ReadingLimits(allow_hosts=frozenset({"127.0.0.1"})), **changes))


def test_a_page_comes_with_its_address_and_type(site: Site) -> None:
    site.say("/a", status=302, location="/b?c=1")
    site.say("/b?c=1", "café", content_type="Text/HTML; charset=UTF-8")
    page = make().fetch(site.url("/a"))
    assert (page.url_final, page.status, page.content_type) == (site.url("/b?c=1"), 200, "text/html")
    assert (page.body, page.charset) == ("café".encode(), "utf-8")


def test_robots_txt_is_kept_and_asked_once(site: Site) -> None:
    site.say("/robots.txt", ROBOTS)
    site.say("/private/a", "a")
    downloader = make()
    with pytest.raises(UnreadableArticleError, match=r"robots\.txt") as caught:
        downloader.fetch(site.url("/ours/a"))
    assert caught.value.reason is SetAsideReason.REFUSED
    assert downloader.fetch(site.url("/private/a")).body == b"a"  # the rule for everybody is not ours
    assert site.paths() == ["/robots.txt", "/private/a"]


def test_a_redirect_into_what_robots_txt_keeps_private(site: Site) -> None:
    site.say("/robots.txt", "User-agent: *\nDisallow: /private")
    site.say("/a", status=301, location="/private/a")
    with pytest.raises(UnreadableArticleError, match=r"robots\.txt"):
        make().fetch(site.url("/a"))
    assert "/private/a" not in site.paths()


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False), (429, False)])
def test_a_robots_txt_that_is_not_there(site: Site, status: int, fetched: bool) -> None:
    site.say("/robots.txt", "Disallow: /", status=status)
    site.say("/a", "a")
    if fetched:
        assert make().fetch(site.url("/a")).body == b"a"
    else:
        with pytest.raises(FetchError, match=str(status)):
            make().fetch(site.url("/a"))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "0.0.0.0", "[::ffff:7f00:1]", "2130706433"])  # noqa: S104
def test_a_redirect_to_a_private_address_is_refused(site: Site, host: str) -> None:
    site.say("/a", status=302, location=f"http://{host}:{site.port}/b")
    site.say("/b", "secret")
    with pytest.raises(UnreadableArticleError, match="private or local"):
        make(allow_hosts=frozenset({"localhost"})).fetch(site.url("/a", host="localhost"))
    assert "/a" in site.paths()
    assert "/b" not in site.paths()


@pytest.mark.parametrize("target", ["file:///etc/hostname", "http://user:secret@127.0.0.1/", "gopher://127.0.0.1/"])
def test_a_redirect_to_what_is_no_page_is_refused(site: Site, target: str) -> None:
    site.say("/a", status=302, location=target)
    with pytest.raises(UnreadableArticleError) as caught:
        make().fetch(site.url("/a"))
    assert caught.value.reason is SetAsideReason.REFUSED
    assert "secret" not in str(caught.value)


def test_redirects_in_a_circle_end(site: Site) -> None:
    site.say("/a", status=302, location="/a")
    with pytest.raises(UnreadableArticleError, match="redirects"):
        make().fetch(site.url("/a"))
    assert site.paths().count("/a") == 6


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, SetAsideReason.NOT_FOUND),
        (410, SetAsideReason.NOT_FOUND),
        (401, SetAsideReason.REFUSED),
        (403, SetAsideReason.REFUSED),
    ],
)
def test_a_status_that_will_not_pass(site: Site, status: int, reason: SetAsideReason) -> None:
    site.say("/a", "no", status=status)
    with pytest.raises(UnreadableArticleError, match=str(status)) as caught:
        make().fetch(site.url("/a"))
    assert caught.value.reason is reason


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_a_status_that_may_pass(site: Site, status: int) -> None:
    site.say("/a", "later", status=status, retry_after="7")
    with pytest.raises(FetchError, match="try after 7"):
        make().fetch(site.url("/a"))


def test_a_small_answer_that_inflates_is_stopped(site: Site, bomb: bytes) -> None:
    site.say("/a", bomb, content_encoding="gzip")
    with pytest.raises(UnreadableArticleError, match="longer than") as caught:
        make(max_page_bytes=100_000).fetch(site.url("/a"))
    assert caught.value.reason is SetAsideReason.TOO_LARGE


def test_a_slow_answer_ends_at_the_deadline(site: Site) -> None:
    site.say("/a", b"x" * 1000, delay=0.02)
    started = monotonic()
    with pytest.raises(FetchError, match="within"):
        make(timeout_seconds=0.4).fetch(site.url("/a"))
    assert monotonic() - started < 3  # each byte comes in time; all together do not


def test_what_is_no_text_is_not_even_loaded(site: Site) -> None:
    site.say("/a", b"\x89PNG", content_type="image/png")
    with pytest.raises(UnreadableArticleError, match="image/png") as caught:
        make().fetch(site.url("/a"))
    assert caught.value.reason is SetAsideReason.UNSUPPORTED


def test_a_server_that_is_not_there_may_come_back() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError):
            make().fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/a")


def test_damaged_compression_may_pass(site: Site) -> None:
    site.say("/a", b"this is not gzip", content_encoding="gzip")
    with pytest.raises(FetchError):
        make().fetch(site.url("/a"))


def test_one_host_is_not_asked_twice_in_a_row(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    site.say("/robots.txt", "User-agent: *\nCrawl-delay: 3")
    site.say("/a", "a")
    waited: list[float] = []
    monkeypatch.setattr("tasks.reading.download.sleep", waited.append)
    # The address is allowed and the name is not, as for a host of the public internet.
    downloader = make()
    downloader.fetch(site.url("/a", host="127.1"))
    downloader.fetch(site.url("/a", host="127.1"))
    assert [round(seconds) for seconds in waited] == [3]


def test_the_reader_says_who_it_is(site: Site) -> None:
    site.say("/a", "a")
    make().fetch(site.url("/a"))
    assert all(agent.startswith("Rashomon/") for _, agent in site.asked)
