import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.model.article import Article, DateSource, SetAside, SetAsideReason, Sureness
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.inputs import Input, InputKind, ReadingLimits, find_inputs, text_input
from tasks.reading.page import FeedFoundError, Page
from tasks.reading.read import read_each, read_input

Fetch = Callable[[str], Page]
URL = "https://bay.example/ferry"


def page(body: bytes, content_type: str = "text/html", charset: str = "") -> Fetch:
    """Return what fetches this page whatever is asked for."""
    return lambda url: Page(url_final=url, status=200, content_type=content_type, body=body, charset=charset)


def failing(error: Exception) -> Fetch:
    """Return what fails to fetch."""

    def fetch(_: str) -> Page:
        raise error

    return fetch


def test_a_folder_of_odd_files(
    tmp_path: Path, now: datetime, no_fetch: Fetch, article_text: str, make_page: Callable[..., str]
) -> None:
    limits = ReadingLimits()
    files = {
        "good.txt": article_text.encode(),
        "quotes.txt": "„We waited‘, she said; «we waited» … he said: ``no''.".encode(),
        "page.html": make_page().encode(),
        "bare.html": b"<html><script>x('<p>a b c d e f.</p>')</script><nav>Home</nav></html>",
        "empty.txt": b"",
        "white.txt": b" \n\t\n",
        "latin.txt": "Le café était fermé, a déclaré le maire de la ville.".encode("latin-1"),
        "spanish.txt": ("La compañía negó el lunes que su barco hubiera salido demasiado temprano. " * 3).encode(),
        "menu.txt": b"Home\nNews\nSport\nContact us\n",
    }
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    found = [
        result
        for item in find_inputs([str(tmp_path)], limits=limits)
        for result in (
            [item] if isinstance(item, SetAside) else read_each(item, limits=limits, now=now, fetch=no_fetch)
        )
    ]
    assert len(found) == len(files)
    reasons = {item.name.rsplit("/", 1)[-1]: item.reason for item in found if isinstance(item, SetAside)}
    assert reasons == {
        "bare.html": SetAsideReason.NO_ARTICLE,
        "empty.txt": SetAsideReason.EMPTY,
        "latin.txt": SetAsideReason.ENCODING,
        "menu.txt": SetAsideReason.NO_ARTICLE,
        "spanish.txt": SetAsideReason.LANGUAGE,
        "white.txt": SetAsideReason.EMPTY,
    }
    assert all(item.detail for item in found if isinstance(item, SetAside))


def test_a_text_file(tmp_path: Path, limits: ReadingLimits, now: datetime, no_fetch: Fetch, article_text: str) -> None:
    raw = (
        b"Title: Ferry left early\nURL: https://bay.example/f?utm_source=x\nPublished: 2024-03-05\n\n"
        + article_text.encode()
    )
    (tmp_path / "ferry.txt").write_bytes(raw)
    (item,) = find_inputs([str(tmp_path / "ferry.txt")], limits=limits)
    assert isinstance(item, Input)
    article = read_input(item, limits=limits, now=now, fetch=no_fetch)
    assert (article.title, article.url, article.outlet) == ("Ferry left early", "https://bay.example/f", "bay.example")
    assert article.path == (tmp_path / "ferry.txt").as_posix()
    assert article.published_at == datetime(2024, 3, 5, tzinfo=UTC)
    assert article.date_source is DateSource.HEADER
    assert article.sha256 == sha256(raw).hexdigest()
    assert article.text.split("\n") == article_text.strip().split("\n\n")
    assert (article.language, article.retrieved_at) == ("en", now)


def test_a_file_without_header_is_named_by_its_first_line_and_its_file(
    tmp_path: Path, limits: ReadingLimits, now: datetime, no_fetch: Fetch, article_text: str
) -> None:
    path = tmp_path / "ferry.txt"
    item = Input(name="ferry", kind=InputKind.FILE, path=str(path))
    path.write_text(article_text, encoding="utf-8")
    article = read_input(item, limits=limits, now=now, fetch=no_fetch)
    assert article.title == article_text.splitlines()[0]
    assert (article.outlet, article.published_at, article.date_source) == ("ferry.txt", None, DateSource.NONE)
    path.write_text("Ferry left early\n\n" + article_text, encoding="utf-8")
    again = read_input(item, limits=limits, now=now, fetch=no_fetch)
    assert (again.title, again.text) == ("Ferry left early", article.text)


def test_a_file_that_is_gone_or_has_grown(tmp_path: Path, now: datetime, no_fetch: Fetch) -> None:
    item = Input(name="a", kind=InputKind.FILE, path=str(tmp_path / "a.txt"))
    (gone,) = read_each(item, limits=ReadingLimits(), now=now, fetch=no_fetch)
    (tmp_path / "a.txt").write_text("He left. " * 10)
    (grown,) = read_each(item, limits=ReadingLimits(max_file_bytes=20), now=now, fetch=no_fetch)
    assert isinstance(gone, SetAside)
    assert isinstance(grown, SetAside)
    assert (gone.reason, grown.reason) == (SetAsideReason.NOT_FOUND, SetAsideReason.TOO_LARGE)


def test_a_page_from_the_network(limits: ReadingLimits, now: datetime, make_page: Callable[..., str]) -> None:
    body = make_page("https://elsewhere.example/other").encode()
    article = read_input(Input(name=URL, kind=InputKind.URL, url=URL), limits=limits, now=now, fetch=page(body))
    assert (article.url, article.path, article.outlet) == (URL, "", "Bay Post")
    assert article.title == "Ferry left too early, passengers say"
    assert [span.of(article.text) for span in article.headings] == ["What the passengers say"]
    assert article.title not in article.text
    assert article.sha256 == sha256(body).hexdigest()


def test_each_field_tells_where_it_came_from(
    limits: ReadingLimits, now: datetime, make_page: Callable[..., str]
) -> None:
    moment = datetime(2024, 3, 5, 8, tzinfo=UTC)
    item = Input(
        name=URL, kind=InputKind.URL, url=URL, title="Ferry left early", author="Jo Lund", published_at=moment,
        date_source=DateSource.FEED, told_by="feed",
    )  # fmt: skip
    alone = read_input(
        Input(name=URL, kind=InputKind.URL, url=URL), limits=limits, now=now, fetch=page(make_page().encode())
    )
    fed = read_input(item, limits=limits, now=now, fetch=page(make_page().encode()))
    notes = [{note.field: (note.place, note.sureness) for note in article.field_notes} for article in (alone, fed)]
    declared = Sureness.DECLARED
    assert notes[0]["title"] == notes[0]["published_at"] == ("json-ld", declared)
    assert (notes[0]["site_name"], notes[0]["language"]) == (("meta", declared), ("html", declared))
    assert notes[1]["title"] == notes[1]["published_at"] == notes[1]["author"] == ("feed", declared)
    assert (fed.author, fed.site_name, fed.published_at) == ("Jo Lund", "Bay Post", moment)


def test_the_server_names_what_the_page_does_not(limits: ReadingLimits, now: datetime, article_text: str) -> None:
    headers = {"link": '<https://bay.example/ferry-left>; rel="canonical"', "content-language": "en"}
    answer = Page(url_final=URL, status=200, content_type="text/plain", body=article_text.encode(), headers=headers)
    article = read_input(Input(name=URL, kind=InputKind.URL, url=URL), limits=limits, now=now, fetch=lambda _: answer)
    assert article.url == "https://bay.example/ferry-left"


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        pytest.param(b"", "text/html", SetAsideReason.EMPTY, id="empty"),
        pytest.param(b"%PDF-1.7 \x00", "text/html", SetAsideReason.UNSUPPORTED, id="damaged PDF called HTML"),
        pytest.param(b'{"a": 1}', "application/json", SetAsideReason.UNSUPPORTED, id="JSON"),
        pytest.param(b"body { color: red }", "text/css", SetAsideReason.UNSUPPORTED, id="style sheet"),
        pytest.param(
            b"<html><p>Please enable JavaScript to read this.</p>", "text/html", SetAsideReason.NO_ARTICLE, id="stub"
        ),
    ],
)
def test_a_page_without_an_article(
    body: bytes, content_type: str, reason: SetAsideReason, limits: ReadingLimits, now: datetime
) -> None:
    with pytest.raises(UnreadableArticleError) as caught:
        read_input(Input(name=URL, kind=InputKind.URL, url=URL), limits=limits, now=now, fetch=page(body, content_type))
    assert caught.value.reason is reason


def test_plain_text_from_the_network(limits: ReadingLimits, now: datetime, article_text: str) -> None:
    body = ("url: https://elsewhere.example/a\n\n" + article_text).encode("utf-16")
    article = read_input(
        Input(name=URL, kind=InputKind.URL, url=URL), limits=limits, now=now, fetch=page(body, "text/plain")
    )
    assert (article.url, article.outlet) == (URL, "bay.example")
    assert article.text.startswith("The ferry company denied")


def test_the_text_in_a_feed_serves_where_the_page_is_refused(
    limits: ReadingLimits, now: datetime, article_text: str
) -> None:
    item = Input(name=URL, kind=InputKind.URL, url=URL, text=article_text, title="Ferry", outlet="Bay Post")
    refused = failing(UnreadableArticleError(SetAsideReason.REFUSED, "robots"))
    article = read_input(item, limits=limits, now=now, fetch=refused)
    assert (article.url, article.title, article.outlet) == (URL, "Ferry", "Bay Post")
    with pytest.raises(FetchError):  # what may pass is tried again first
        read_input(item, limits=limits, now=now, fetch=failing(FetchError("later")))


def test_an_address_that_turns_out_to_be_a_feed(
    limits: ReadingLimits, now: datetime, make_page: Callable[..., str]
) -> None:
    entry = "<item><title>Ferry</title><link>https://bay.example/{0}</link></item>"
    feed = (
        f"<rss version='2.0'><channel><title>Bay</title>{entry.format('a')}{entry.format('b')}</channel></rss>".encode()
    )

    def fetch(url: str) -> Page:
        if url.endswith("/b"):
            raise FetchError("https://bay.example/b: no answer")
        body = feed if url == URL else make_page("").encode()
        return Page(url_final=url, status=200, content_type="", body=body)

    item = Input(name=URL, kind=InputKind.URL, url=URL)
    article, failed = read_each(item, limits=limits, now=now, fetch=fetch)
    assert isinstance(article, Article)
    assert (article.url, article.title) == ("https://bay.example/a", "Ferry")
    assert isinstance(failed, SetAside)
    assert (failed.name, failed.reason) == ("https://bay.example/b", SetAsideReason.FETCH_FAILED)
    with pytest.raises(FeedFoundError) as caught:
        read_input(item, limits=limits, now=now, fetch=fetch)
    assert pickle.loads(pickle.dumps(caught.value)).page.body == feed  # noqa: S301 - our own bytes


def test_a_pasted_text_may_be_very_short(limits: ReadingLimits, now: datetime, no_fetch: Fetch) -> None:
    article = read_input(text_input("The ferry company denies it all"), limits=limits, now=now, fetch=no_fetch)
    assert (article.text, article.outlet, article.path) == ("The ferry company denies it all", "pasted text", "")


def test_a_pasted_page(limits: ReadingLimits, now: datetime, no_fetch: Fetch, make_page: Callable[..., str]) -> None:
    article = read_input(text_input(make_page()), limits=limits, now=now, fetch=no_fetch)
    assert article.outlet == "Bay Post"
    assert "<" not in article.text


@given(st.text(max_size=400) | st.binary(max_size=400).map(lambda raw: raw.decode("latin-1")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_an_article_or_a_reason(text: str) -> None:
    now = datetime(2024, 6, 1, tzinfo=UTC)
    for result in read_each(text_input(text), limits=ReadingLimits(), now=now, fetch=failing(FetchError("no network"))):
        if isinstance(result, Article):
            assert all(span.end <= len(result.text) for span in result.headings)
            assert all(line.strip() for line in result.text.split("\n"))
            assert result.title
            result.text.encode("utf-8")
        else:
            assert result.detail


@pytest.mark.parametrize("text", ["He left the quay at nine.\n\n" * 21_000, "He left the quay at nine. " * 21_000])
def test_a_book_is_no_article(text: str, limits: ReadingLimits, now: datetime, no_fetch: Fetch) -> None:
    with pytest.raises(UnreadableArticleError, match="too long for an article") as caught:
        read_input(text_input(text), limits=limits, now=now, fetch=no_fetch)
    assert caught.value.reason is SetAsideReason.TOO_LARGE
