from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tasks.model.article import DateSource, SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.html import page_address, parse_page, title_of
from tasks.reading.markup import decode_page, fragment_text


def test_a_page_with_broken_tags_and_a_script(make_page: Callable[..., str], now: datetime) -> None:
    draft = parse_page(make_page(), now=now, min_words=25)
    texts = [line.text for line in draft.lines]
    assert draft.title == "Ferry left too early, passengers say"
    assert draft.outlet == "Bay Post"
    assert draft.url == "https://bay.example/ferry"
    assert draft.published_at == datetime(2024, 3, 5, 19, 40, tzinfo=UTC)
    assert draft.date_source is DateSource.METADATA
    assert [line.text for line in draft.lines if line.heading][-1] == "What the passengers say"
    assert "“Nobody warned us,” said Ada Brandt, who was left behind with two children and all her luggage." in texts
    assert not any("script" in text or "Home" in text or "rights reserved" in text for text in texts)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        pytest.param("Published on 5 March 2024", DateSource.PAGE, id="only in the text"),
        pytest.param('<time datetime="2024-03-05">Tuesday</time>', DateSource.METADATA, id="declared"),
        pytest.param("Published on Tuesday", DateSource.NONE, id="no date at all"),
    ],
)
def test_a_guessed_date_is_told_from_a_declared_one(line: str, source: DateSource, now: datetime) -> None:
    prose = " It was said at length, and nobody at the quay denied it then.</p>"
    body = "".join(f"<p>{word}{prose}" for word in ("One", "Two", "Three"))
    page = f"<html><head><title>Ferry</title></head><body><article><p>{line}</p>{body}</article></body></html>"
    draft = parse_page(page, now=now, min_words=25)
    assert draft.date_source is source
    assert (draft.published_at is None) is (source is DateSource.NONE)


@pytest.mark.parametrize("page", ["", "<html></html>", "<html><body><script>x()</script></body></html>"])
def test_a_page_without_an_article(page: str, now: datetime) -> None:
    with pytest.raises(UnreadableArticleError, match="no article"):
        parse_page(page, now=now, min_words=25)


def test_a_page_of_endless_tags_is_not_even_tried(now: datetime) -> None:
    with pytest.raises(UnreadableArticleError, match="tags"):
        parse_page("<b><p>" * 100_000, now=now, min_words=1)


def test_a_page_that_breaks_the_library_has_its_reason(now: datetime) -> None:
    with pytest.raises(UnreadableArticleError, match="AssertionError") as caught:
        parse_page("<svg><html>", now=now, min_words=1)
    assert caught.value.reason is SetAsideReason.FAILED


@pytest.mark.parametrize("unit", ["<div>", "<b><p>", "<table><tr><td>", "<!--", "<a href='", "&#x;", "<ul><li>"])
def test_hostile_markup_ends(unit: str, now: datetime) -> None:
    try:
        draft = parse_page(f"<html><body>{unit * 3000}The ferry left at nine.", now=now, min_words=1)
    except UnreadableArticleError:
        return
    assert all(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("declared", "fetched", "address"),
    [
        pytest.param(
            "https://bay.example/ferry", "https://www.bay.example/f?id=1", "https://bay.example/ferry", id="canonical"
        ),
        pytest.param(
            "https://other.example/ferry", "https://bay.example/f", "https://bay.example/f", id="another site"
        ),
        pytest.param("https://bay.example/", "https://bay.example/f", "https://bay.example/f", id="home page"),
        pytest.param("", "https://bay.example/f", "https://bay.example/f", id="none"),
        pytest.param("https://bay.example/ferry", "", "https://bay.example/ferry", id="saved page"),
    ],
)
def test_page_address(declared: str, fetched: str, address: str) -> None:
    assert page_address(declared, fetched) == address


def test_title_without_outlet() -> None:
    assert title_of("Ferry - Bay Post", "Bay Post") == "Ferry"
    assert title_of("Ferry - the end", "Bay Post") == "Ferry - the end"


TEXT = "“Nobody’s café,” she said"


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        pytest.param(TEXT.encode(), "", id="nothing declared"),
        pytest.param(TEXT.encode("cp1252"), "iso-8859-1", id="by the server"),
        pytest.param(b'<meta charset="windows-1252">' + TEXT.encode("cp1252"), "", id="by the page"),
        pytest.param(
            b"<meta http-equiv='Content-Type' content='text/html; charset=utf-8'>" + TEXT.encode(), "", id="the old way"
        ),
        pytest.param(TEXT.encode("utf-16"), "", id="by its mark"),
        pytest.param(TEXT.encode("cp1252"), "", id="not UTF-8 and nothing declared"),
        pytest.param(b'<meta charset="hex">' + TEXT.encode(), "rot13", id="no encoding of text"),
    ],
)
def test_decode_page(body: bytes, declared: str) -> None:
    assert decode_page(body, declared).endswith(TEXT)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("no markup", "no markup"),
        ("<p>One</p><p>Two <b>bold</b></p>", "One\nTwo bold"),
        ("One<br/>Two &amp; three", "One\nTwo & three"),
        ("<script>x()</script><p>One", "One"),
    ],
)
def test_fragment_text(markup: str, text: str) -> None:
    assert fragment_text(markup) == text
