import json
import re
import tomllib
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"


class ArticleText(HTMLParser):
    """Collects what stands inside <article>, so that the marks do not hang on the reader that they will measure."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.inside = self.inside or tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "article"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)


def example_text(name: str) -> str:
    path, _, record = name.partition("#")
    raw = (EXAMPLES / path).read_text(encoding="utf-8")
    if path.endswith(".html"):
        parser = ArticleText()
        parser.feed(raw)
        raw = "".join(parser.parts)
    elif record:
        raw = str(json.loads(raw.splitlines()[int(record) - 1])["text"])
    elif raw.startswith("title:"):
        raw = raw.split("\n\n", 1)[1]
    return re.sub(r"[^\S\n]+", " ", raw)


@pytest.fixture(scope="session")
def story() -> dict[str, Any]:
    return tomllib.loads((HERE / "harbour.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def texts(story: Mapping[str, Any]) -> dict[str, str]:
    return {name: example_text(article["file"]) for name, article in story["articles"].items()}


@pytest.fixture(scope="session")
def marks(story: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    rows = [row | {"article": name} for name, article in story["articles"].items() for row in article["claims"]]
    by_key = {row["key"]: row for row in rows}
    assert len(by_key) == len(rows), "two marks have one key"
    return by_key


@pytest.fixture(scope="session")
def example_files() -> list[str]:
    names = [path.name for path in sorted(EXAMPLES.iterdir()) if path.name != "README.md"]
    assert names, "there are no examples"
    return names
