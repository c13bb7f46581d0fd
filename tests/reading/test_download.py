import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Protocol

import pytest

from tasks.model.article import SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.download import Downloader
from tasks.reading.item import ReadingLimits
from tasks.reading.patience import LONGEST, retry_after
from tasks.reading.pdf import SECONDS

ROBOTS = "User-agent: *\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: Rashomon\nDisallow: /ours\n"


class Site(Protocol):
    """The server of conftest.py."""

    port: int
    asked: list[tuple[str, str]]
    headers: dict[str, str]
    most: int

    def url(self, path: str, host: str = ...) -> str: ...

    def say(
        self, path: str, body: str | bytes = ..., status: int = ..., delay: float = ..., **headers: str
    ) -> None: ...

    def paths(self) -> list[str]: ...


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Keep every test from waiting, and note for how long it would have."""
    found: list[float] = []
    monkeypatch.setattr("tasks.reading.hosts.sleep", found.append)
    monkeypatch.setattr("tasks.reading.download.sleep", found.append)
    return found


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
    assert monotonic() - started < 5  # each byte comes in time; all together do not
    assert site.paths().count("/a") == 3


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


def test_one_host_is_not_asked_twice_in_a_row(waited: list[float], site: Site) -> None:
    site.say("/robots.txt", "User-agent: *\nCrawl-delay: 3")
    site.say("/a", "a")
    # The address is allowed and the name is not, as for a host of the public internet.
    downloader = make()
    downloader.fetch(site.url("/a", host="127.1"))
    downloader.fetch(site.url("/a", host="127.1"))
    assert [round(seconds) for seconds in waited] == [3]


def test_the_reader_says_who_it_is(site: Site) -> None:
    site.say("/a", "a")
    make().fetch(site.url("/a"))
    assert all(agent.startswith("Rashomon/") for _, agent in site.asked)


def test_what_may_pass_is_tried_again_and_what_will_not_is_not(site: Site, waited: list[float]) -> None:
    site.say("/gone", status=404)
    site.say("/busy", status=503)
    site.say("/never", status=501)
    for path in ("/gone", "/never"):
        with pytest.raises(UnreadableArticleError):
            make().fetch(site.url(path))
    assert waited == []
    with pytest.raises(FetchError):
        make().fetch(site.url("/busy"))
    assert [site.paths().count(path) for path in ("/gone", "/never", "/busy")] == [1, 1, 3]
    first, second = waited
    assert 0.5 <= first <= 1.5
    assert 1 <= second <= 3


def test_a_page_that_comes_at_the_last_try(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.say("/a", status=503)

    def mend(_: float) -> None:
        if site.paths().count("/a") == 2:
            site.say("/a", "there")

    monkeypatch.setattr("tasks.reading.download.sleep", mend)
    assert make().fetch(site.url("/a")).body == b"there"


def test_a_short_wait_is_kept_and_a_long_one_is_not_waited_for(site: Site, waited: list[float]) -> None:
    site.say("/short", status=429, retry_after="7")
    site.say("/long", status=429, retry_after="9000")
    downloader = make()
    with pytest.raises(FetchError, match="try after 7 seconds"):
        downloader.fetch(site.url("/short"))
    assert [round(seconds) for seconds in waited if seconds > 5] == [7, 7]
    waited.clear()
    with pytest.raises(FetchError, match="asked to be left alone: it is not asked for another 2 hours"):
        make().fetch(site.url("/long"))
    assert site.paths().count("/long") == 1
    assert max(waited) < 2


def test_a_host_that_wants_to_be_left_alone_is_asked_nothing_else(site: Site) -> None:
    site.say("/a", status=503, retry_after="Fri, 01 Jan 2100 00:00:00 GMT")
    site.say("/b", "b")
    downloader = make()
    for path in ("/a", "/b"):
        with pytest.raises(FetchError, match="left alone"):
            downloader.fetch(site.url(path))
    assert "/b" not in site.paths()


def test_a_host_that_fails_again_and_again_is_left_alone_for_a_while(site: Site) -> None:
    for number in range(3):
        site.say(f"/{number}", status=500)
    downloader = make()
    for number in range(3):
        with pytest.raises(FetchError):
            downloader.fetch(site.url(f"/{number}"))
    assert [path for path in site.paths() if path != "/robots.txt"] == ["/0"] * 3 + ["/1"] * 3


def test_one_request_at_a_time_goes_to_one_host(site: Site) -> None:
    for number in range(4):
        site.say(f"/{number}", b"x" * 20, delay=0.01)
    downloader = make()
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda number: downloader.fetch(site.url(f"/{number}")), range(4)))
    assert all(page.body == b"x" * 20 for page in pages)
    assert site.most == 1
    assert site.paths().count("/robots.txt") == 1


def test_a_page_that_has_not_changed_comes_without_its_body(site: Site) -> None:
    site.say("/a", status=304)
    page = make().fetch(site.url("/a"), etag='"abc"', modified="Tue, 05 Mar 2024 10:00:00 GMT")
    assert page.unchanged
    assert (page.status, page.body) == (304, b"")
    with pytest.raises(UnreadableArticleError, match="304"):
        make().fetch(site.url("/a"))


def test_conditions_are_sent_and_cannot_break_the_request(site: Site) -> None:
    site.say("/a", "a", etag='W/"1"', last_modified="Tue, 05 Mar 2024 10:00:00 GMT")
    page = make().fetch(site.url("/a"), etag='"abc"', modified="a\r\nx: y")
    assert site.headers["if-none-match"] == '"abc"'
    assert "if-modified-since" not in site.headers
    assert "x" not in site.headers
    assert not page.unchanged
    assert (page.headers["etag"], page.headers["last-modified"]) == ('W/"1"', "Tue, 05 Mar 2024 10:00:00 GMT")


def test_a_page_keeps_the_headers_that_matter_and_no_other(site: Site) -> None:
    link = '<https://bay.example/ferry>; rel="canonical", </style.css>; rel=preload'
    site.say("/a", "a", link=link, set_cookie="who=you", content_language="en", x_long="a" * 5000)
    before = datetime.now(UTC)
    page = make().fetch(site.url("/a"))
    assert set(page.headers) == {"content-type", "content-language", "link"}
    assert page.linked == "https://bay.example/ferry"
    assert before <= page.fetched_at <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        pytest.param(b"<html><p>He left.</p></html>", "image/png", None, id="a page called a picture"),
        pytest.param(b"%PDF-1.4 ...", "application/octet-stream", None, id="a PDF called bytes"),
        pytest.param(b"\x89PNG\r\n" + b"\x00" * 3000, "text/html", SetAsideReason.BINARY, id="a picture called a page"),
        pytest.param(b"<svg></svg>", "image/svg+xml", SetAsideReason.UNSUPPORTED, id="a drawing"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 3000, "application/zip", SetAsideReason.BINARY, id="an archive"),
    ],
)
def test_what_a_server_calls_its_content_is_not_believed(
    site: Site, body: bytes, kind: str, reason: SetAsideReason | None
) -> None:
    site.say("/a", body, content_type=kind)
    if reason is None:
        assert make().fetch(site.url("/a")).body == body
    else:
        with pytest.raises(UnreadableArticleError) as caught:
            make().fetch(site.url("/a"))
        assert caught.value.reason is reason


def test_a_length_that_lies_either_way(site: Site) -> None:
    site.say("/long", "a" * 100, content_length="40")
    site.say("/short", "a" * 100, content_length="4000")
    site.say("/huge", "a" * 100, content_length="10000000000")
    assert make().fetch(site.url("/long")).body == b"a" * 40
    with pytest.raises(FetchError):
        make().fetch(site.url("/short"))
    with pytest.raises(UnreadableArticleError, match="longer than"):
        make().fetch(site.url("/huge"))


def test_a_proxy_is_used_where_it_is_named_and_never_for_private_addresses(site: Site) -> None:
    site.say("http://bay.example/a", "through the proxy")
    proxied = make(proxy=f"http://reader:secret@127.0.0.1:{site.port}", allow_hosts=frozenset())
    assert proxied.fetch("http://bay.example/a").body == b"through the proxy"
    assert site.headers["proxy-authorization"].startswith("Basic ")
    with pytest.raises(UnreadableArticleError, match="private or local"):
        proxied.fetch("http://127.0.0.1/a")
    assert "secret" not in repr(proxied.limits)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("-5", 0),
        ("9" * 12, LONGEST),
        ("9" * 13, 0),
        ("Tue, 05 Mar 2024 10:01:00 GMT", 60),
        ("Tue, 05 Mar 2024 09:00:00 GMT", 0),
        ("soon", 0),
        ("²", 0),
        ("", 0),
    ],
)
def test_retry_after(said: str, seconds: float) -> None:
    assert retry_after(said, datetime(2024, 3, 5, 10, tzinfo=UTC)) == seconds


def test_the_limits_of_one_address_lie_within_a_minute() -> None:
    assert ReadingLimits().total_seconds + SECONDS <= 60
