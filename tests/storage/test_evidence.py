"""What articles were read from: kept once, tied to the text by its hash, stored with the article or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tasks.model.article import Article
from tasks.model.errors import EvidenceError
from tasks.model.evidence import Capture, pack
from tasks.model.run import Extraction
from tasks.storage.articles import save_batch
from tasks.storage.database import reading, writers_of, writing
from tasks.storage.evidence import check_evidence, load_captures, load_raw
from tasks.storage.tables import CaptureRow, RawRow

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
RAW = b"<html>The port opens.</html>"
Dump = Callable[[Engine], dict[str, list[str]]]


def capture_of(raw: bytes, **given: Any) -> Capture:
    fields = {
        "sha256": sha256(raw).hexdigest(),
        "size": len(raw),
        "fetched_at": NOON,
        "parser": "reading-1",
        "packed": pack(raw),
        "url_final": "https://coast.example/port?page=1",
        "status": 200,
        "headers": {"etag": '"a1"'},
    }
    return Capture(**{**fields, **given})


def read_from(make: SimpleNamespace, raw: bytes, text: str = "The port opens.", **given: Any) -> Extraction:
    article: Article = make.article(text, sha256=sha256(raw).hexdigest(), **given)
    made: Extraction = replace(make.extraction(article), capture=capture_of(raw))
    return made


def save(engine: Engine, *items: Extraction) -> None:
    with writing(engine) as session:
        save_batch(session, "run-1", items, [])


def rows_in(engine: Engine, table: type[Any]) -> int:
    with reading(engine) as session:
        return len(session.scalars(sa.select(table)).all())


def test_the_bytes_come_back_with_how_they_came(engine: Engine, make: SimpleNamespace) -> None:
    item = read_from(make, RAW)
    save(engine, item)
    with reading(engine) as session:
        assert load_raw(session, item.article.sha256) == RAW
        assert load_raw(session, "ab" * 32) is None
        assert load_captures(session, [item.article.id]) == {item.article.id: capture_of(RAW, packed=b"")}


def test_two_articles_of_the_same_bytes_keep_them_once(engine: Engine, make: SimpleNamespace) -> None:
    save(engine, read_from(make, RAW), read_from(make, RAW, url="https://other.example/port"))
    assert (rows_in(engine, RawRow), rows_in(engine, CaptureRow)) == (1, 2)


def test_bytes_that_are_not_wanted_are_not_kept_and_the_rest_is(engine: Engine, make: SimpleNamespace) -> None:
    item = read_from(make, RAW)
    save(engine, replace(item, capture=capture_of(RAW, packed=b"")))
    assert (rows_in(engine, RawRow), rows_in(engine, CaptureRow)) == (0, 1)
    save(engine, replace(item, claims=None))  # the setting is on again
    assert rows_in(engine, RawRow) == 1


def test_the_same_text_from_other_bytes_changes_no_row(engine: Engine, make: SimpleNamespace, dump: Dump) -> None:
    save(engine, read_from(make, RAW))
    before = dump(engine)
    save(engine, read_from(make, RAW))
    save(engine, read_from(make, RAW + b"<!-- another advertisement -->"))
    save(engine, replace(read_from(make, RAW + b"<!-- a third -->"), claims=None))
    assert dump(engine) == before


def test_a_text_that_is_read_anew_from_other_bytes_names_those(engine: Engine, make: SimpleNamespace) -> None:
    other = RAW + b"<!-- another advertisement -->"
    save(engine, read_from(make, RAW))
    save(engine, replace(read_from(make, other), component_version="2"))
    with reading(engine) as session:
        assert load_raw(session, sha256(other).hexdigest()) == other
        assert load_raw(session, sha256(RAW).hexdigest()) is None
        assert check_evidence(session).faults == ()


def test_a_transaction_that_fails_keeps_no_half(engine: Engine, make: SimpleNamespace, dump: Dump) -> None:
    before = dump(engine)

    def fail() -> None:
        with writing(engine) as session:
            save_batch(session, "run-1", [read_from(make, RAW)], [])
            raise KeyError("power cut")

    with pytest.raises(KeyError):
        fail()
    assert dump(engine) == before


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        pytest.param(
            "UPDATE articles SET text = 'It closes.' WHERE sha256 <> ''", "its text is not the one", id="text"
        ),
        pytest.param("UPDATE raw_bytes SET packed = :other", "their hash is another", id="other-bytes"),
        pytest.param("UPDATE raw_bytes SET packed = :broken", "cannot be unpacked", id="broken-bytes"),
        pytest.param("UPDATE articles SET sha256 = 'ffff'", "their hash is another", id="hash"),
    ],
)
def test_the_check_finds_what_was_changed(engine: Engine, make: SimpleNamespace, damage: str, fault: str) -> None:
    item = read_from(make, RAW)
    save(engine, item, make.extraction(make.article("Without bytes.", url="https://b.example")))
    with reading(engine) as session:
        found = check_evidence(session)
        assert (found.articles, found.with_bytes, found.faults) == (2, 1, ())
    values = {"other": pack(b"other"), "broken": b"broken"}
    with writers_of(engine).begin() as connection:
        connection.execute(sa.text(damage), {name: value for name, value in values.items() if f":{name}" in damage})
    with reading(engine) as session:
        assert fault in check_evidence(session).faults[0]
        assert check_evidence(session, limit=0).faults == ()
        if "raw_bytes" in damage:
            with pytest.raises(EvidenceError, match=fault):
                load_raw(session, item.article.sha256)
