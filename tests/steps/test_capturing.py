"""Whatever an article was read from is kept with it: files, lines, pasted texts, pages, the text in a feed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tasks import read
from tasks.model.errors import FetchError
from tasks.model.evidence import unpack
from tasks.read import find_all, read_all, read_pages
from tasks.reading.inputs import Input, InputKind
from tasks.reading.page import Page
from tasks.reading.read import read_each
from tasks.settings import Settings
from tasks.steps.batches import Reading

NOW = datetime(2025, 3, 4, 12, tzinfo=UTC)
TEXT = "The ferry company denied on Monday that its boat had left the quay too early.\n\nIt showed the log.\n"
SAID = (
    "The ferry company denied on Monday that its boat had left the quay too early, and its captain showed the log "
    "to reporters, who said that it was hard to read and that two pages seemed to be missing."
)
PAGE = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>{SAID}</p></article></body></html>"
URL = "https://bay.example/ferry"


def taken(*sources: str, text: str = "", settings: Settings | None = None) -> Reading:
    settings = settings or Settings()
    items = [item for item in find_all(sources, text, settings) if isinstance(item, Input)]
    return read_all("all", items, settings, NOW)


def check(reading: Reading, raw: bytes) -> None:
    """Assert that the one article of a reading is tied to these bytes."""
    (article,), (capture,) = reading.articles, reading.captures
    assert article.sha256 == capture.sha256 == sha256(raw).hexdigest()
    assert unpack(capture.packed, capture.sha256) == raw
    assert (capture.size, capture.fetched_at) == (len(raw), NOW)
    assert "trafilatura" in capture.parser


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.txt", TEXT.encode(), id="text"),
        pytest.param("a.html", PAGE.encode(), id="page"),
        pytest.param("a.jsonl", json.dumps({"text": TEXT, "url": URL}).encode() + b"\n", id="record"),
        pytest.param("b.jsonl", json.dumps({"html": PAGE}).encode(), id="record-of-a-page"),
    ],
)
def test_files_and_lines(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    check(taken(str(tmp_path)), content)


def test_a_pasted_text() -> None:
    check(taken(text=TEXT), TEXT.encode())


def test_a_file_that_changes_meanwhile_is_not_kept_under_the_wrong_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)

    def change_after(item: Input, **rest: object) -> object:
        found = list(read_each(item, **rest))  # type: ignore[arg-type]
        file.write_text("Another text.")
        return found

    monkeypatch.setattr(read, "read_each", change_after)
    reading = taken(str(file))
    assert (len(reading.articles), reading.captures) == (1, ())


def serve(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], Page]) -> None:
    class Server:
        fetch = staticmethod(answer)

    monkeypatch.setattr(read, "downloader", lambda _: Server)


def page_of(url: str) -> Page:
    headers = {"ETag": '"a1"', "Set-Cookie": "who=you", "Date": "x" * 9_000, "content-type": "text/html"}
    return Page(
        url_final=f"{url}?seen",
        status=200,
        content_type="text/html",
        body=PAGE.encode(),
        headers=headers,
        fetched_at=NOW,
    )


def test_a_page_with_the_answer_that_brought_it(monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, page_of)
    reading = taken(URL)
    check(reading, PAGE.encode())
    (capture,) = reading.captures
    assert (capture.url_final, capture.status) == (f"{URL}?seen", 200)
    assert capture.headers == {"etag": '"a1"', "date": "x" * 500, "content-type": "text/html"}


def test_without_keep_raw_the_hash_and_the_answer_alone_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, page_of)
    (capture,) = taken(URL, settings=Settings(keep_raw=False)).captures
    assert (capture.packed, capture.size, capture.status) == (b"", len(PAGE), 200)


def test_the_text_in_a_feed_where_the_page_fails_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_url: str) -> Page:
        raise FetchError("no answer")

    serve(monkeypatch, fail)
    raw = SAID.encode()
    item = Input(name=URL, kind=InputKind.URL, url=URL, text=SAID, sha256=sha256(raw).hexdigest())
    check(read_all("all", [item], Settings(), NOW), raw)
    check(read_pages.fn([item], "bay.example", Settings(), NOW), raw)
