"""Marked articles: JSON lines {"id", "text", "attributions": [{"source", "cue", "content", "kind"}]}, with offsets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.attribution.matching import Attribution, Text
from tasks.model.article import Article, DateSource
from tasks.model.errors import InputError

VALIDATION = 106  # the last articles of a file: those that training keeps aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One marked article."""

    name: str
    text: Text
    marked: tuple[Attribution, ...]

    @property
    def article(self) -> Article:
        """Return an article that holds the text untouched."""
        kept: dict[str, Any] = dict.fromkeys(("path", "outlet", "title", "sha256"), "")
        now = datetime.now(UTC)
        return Article(
            url=f"bench:{self.name}", published_at=None, date_source=DateSource.NONE, retrieved_at=now, language="en",
            text=self.text.text, **kept,
        )  # fmt: skip


def read_samples(path: Path) -> list[Sample]:
    """Return the articles of a file that have a text; InputError where it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name the marked articles, as in make ... DATA=FILE") from error
    rows = [json.loads(line) for line in lines if line.strip()]
    return [sample_of(row) for row in rows if row["text"].strip()]


def sample_of(row: dict[str, Any]) -> Sample:
    """Return one line of a file as an article with its marks."""
    text = Text(row["text"])
    marked = tuple(
        text.attribution(one.get("source") or (), one.get("cue") or (), one["content"], speech=one.get("kind"))
        for one in row["attributions"]
    )
    return Sample(name=str(row["id"]), text=text, marked=marked)


def choose(samples: Sequence[Sample], skip: int | None, take: int | None) -> range:
    """Return which articles to measure on: those asked for, else the validation part, else a short file whole."""
    if skip is None and take is None:
        return range(len(samples))[-VALIDATION:]
    begin = skip or 0
    return range(len(samples))[begin : None if take is None else begin + take]
