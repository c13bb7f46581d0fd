from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from tasks.model.article import Article, DateSource, SetAsideReason, Sureness
from tasks.model.errors import UnreadableArticleError
from tasks.reading.inputs import Input, InputKind, find_inputs
from tasks.reading.item import ReadingLimits
from tasks.reading.page import Page
from tasks.reading.pdf import find_paragraphs, moment_of, parse_pdf
from tasks.reading.read import Fetch, read_each

Make = Callable[..., bytes]

PAGES = [
    [
        "Bay Post - 5 March - page 1",
        "Ferry left too early, passengers say",
        "The ferry company denied on Monday that its boat had left the quay too early, and",
        "that anybody had been left be-",
        "hind at the gate.",
        "Nobody warned us, said Ada Brandt, who was left behind with two children and with",
        "all her luggage.",
    ],
    [
        "Bay Post - 5 March - page 2",
        "Locked gates",
        "The harbour master said that the gate had been locked at nine, which is when the",
        "boat was due to leave.",
        "2",
    ],
]
INFO = "/Title (Ferry left too early, passengers say) /Author (Ada Brandt) /CreationDate (D:20240305101500Z)"


def test_a_pdf_in_a_folder(tmp_path: Path, now: datetime, no_fetch: Fetch, make_pdf: Make) -> None:
    (tmp_path / "ferry.pdf").write_bytes(make_pdf(PAGES, INFO))
    (item,) = find_inputs([str(tmp_path)], limits=ReadingLimits())
    assert isinstance(item, Input)
    (article,) = read_each(item, limits=ReadingLimits(), now=now, fetch=no_fetch)
    assert isinstance(article, Article)
    assert article.title == "Ferry left too early, passengers say"
    assert article.text.split("\n") == [
        (
            "The ferry company denied on Monday that its boat had left the quay too early, and that anybody had been "
            "left behind at the gate."
        ),
        "Nobody warned us, said Ada Brandt, who was left behind with two children and with all her luggage.",
        "Locked gates",
        "The harbour master said that the gate had been locked at nine, which is when the boat was due to leave.",
    ]
    assert [span.of(article.text) for span in article.headings] == ["Locked gates"]
    # When the file was made is a guess at when its text was published.
    assert (article.published_at, article.date_source) == (datetime(2024, 3, 5, tzinfo=UTC), DateSource.PAGE)
    note = article.note_on("published_at")
    assert note
    assert (note.place, note.sureness) == ("file", Sureness.GUESSED)
    assert any("page 1" in line for line in article.residue)


def test_a_pdf_from_the_network_whatever_the_server_calls_it(now: datetime, make_pdf: Make) -> None:
    url = "https://bay.example/ferry.pdf"
    page = Page(url_final=url, status=200, content_type="text/html", body=make_pdf(PAGES))
    item = Input(name=url, kind=InputKind.URL, url=url)
    (article,) = read_each(item, limits=ReadingLimits(), now=now, fetch=lambda _: page)
    assert isinstance(article, Article)
    assert (article.url, article.outlet, article.published_at) == (url, "bay.example", None)


def encrypted(raw: bytes) -> bytes:
    """Return the PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(raw)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        pytest.param(encrypted, SetAsideReason.UNSUPPORTED, "password", id="encrypted"),
        pytest.param(lambda raw: raw[:200], SetAsideReason.UNSUPPORTED, "damaged", id="cut off"),
        pytest.param(lambda _: b"%PDF-1.7 \x00", SetAsideReason.UNSUPPORTED, "damaged", id="nothing in it"),
    ],
)
def test_a_pdf_that_cannot_be_read(
    change: Callable[[bytes], bytes], reason: SetAsideReason, words: str, make_pdf: Make
) -> None:
    with pytest.raises(UnreadableArticleError, match=words) as caught:
        parse_pdf(change(make_pdf(PAGES)), max_pages=60)
    assert caught.value.reason is reason


def test_a_scan_and_a_book(make_pdf: Make) -> None:
    with pytest.raises(UnreadableArticleError, match="scanned") as scanned:
        parse_pdf(make_pdf([[], ["7"]]), max_pages=60)
    with pytest.raises(UnreadableArticleError, match=r"more pages than are read \(4\)") as book:
        parse_pdf(make_pdf(PAGES * 2), max_pages=3)
    assert (scanned.value.reason, book.value.reason) == (SetAsideReason.NO_ARTICLE, SetAsideReason.TOO_LARGE)


def test_a_pdf_that_takes_too_long_is_ended(make_pdf: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.reading.pdf.SECONDS", 0.01)
    with pytest.raises(UnreadableArticleError, match="seconds") as caught:
        parse_pdf(make_pdf(PAGES), max_pages=60)
    assert caught.value.reason is SetAsideReason.TOO_LARGE


def test_lines_of_a_column_become_paragraphs() -> None:
    lines = ["The boat had left the quay at nine, as", "it does.", "Locked gates", "He said so."]
    assert [line.text for line in find_paragraphs(lines)] == [
        "The boat had left the quay at nine, as it does.",
        "Locked gates",
        "He said so.",
    ]


@pytest.mark.parametrize(
    ("written", "day"), [("D:20240305101500+01'00'", 5), ("D:20241305", None), ("yesterday", None), ("", None)]
)
def test_moment_of(written: str, day: int | None) -> None:
    moment = moment_of(written)
    assert (moment.day if moment else None) == day
