"""Stories of our own: what `check` says of each outlet's article beside what a reader says."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.comparison.checking.check import Checked
from tasks.comparison.checking.leaning import is_negated
from tasks.model.article import Article, DateSource
from tasks.settings import Settings
from tasks.steps.checking import check_articles
from training.check.made import make_articles

STORIES = tomllib.loads(Path(__file__).with_name("stances.toml").read_text(encoding="utf-8"))["story"]
GAPS = {
    "the same dam, another matter": "the first table hears one name in common",
    "the release of the accused, by quotations": "a title does not tie the speaker to the outlet",
    "the release of the accuser": "documents count as somebody else's word",
    "false is said of something else": "words of refusal are counted whatever they are said of",
    "no hoax": "a refusal that is taken back is not understood",
}


def article(number: int, row: dict[str, str]) -> Article:
    return Article(
        url="",
        path=str(number),
        outlet=row.get("outlet", ""),
        title="",
        published_at=None,
        date_source=DateSource.NONE,
        retrieved_at=datetime(2025, 3, 4, tzinfo=UTC),
        language="en",
        sha256="",
        text=row["text"].strip(),
    )


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return {name: checked.stance.value for name, checked in tell_all()}


def tell_all() -> Iterator[tuple[str, Checked]]:
    for story in STORIES:
        articles = [article(number, row) for number, row in enumerate(story["article"])]
        found = check_articles(story["statement"], articles, Settings(judge="judge"))
        for row, one in zip(story["article"], found, strict=True):
            assert isinstance(one.found, Checked)
            yield row["name"], one.found


def rows() -> Iterator[Any]:
    for row in (row for story in STORIES for row in story["article"]):
        marks = [pytest.mark.xfail(reason=GAPS[row["name"]], strict=True)] if row["name"] in GAPS else []
        yield pytest.param(row["name"], row["stance"], id=row["name"], marks=marks)


@pytest.mark.parametrize(("name", "stance"), list(rows()))
def test_each_article_has_the_stance_that_a_reader_gives_it(name: str, stance: str, told: dict[str, str]) -> None:
    assert told[name] == stance


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        pytest.param("The dam did not crack", True, id="a verb"),
        pytest.param("The dam never once cracked", True, id="with a word between, in another form"),
        pytest.param("Not a word was said, and the dam cracked", False, id="in another clause"),
        pytest.param("No fewer than two dams cracked", False, id="a negation that turns nothing"),
        pytest.param("The dam cracked", False, id="none"),
    ],
)
def test_a_negation_must_reach_what_is_told(text: str, *, negated: bool) -> None:
    assert is_negated(text, frozenset({"crack"})) is negated


def test_what_is_fitted_on_is_not_what_is_tested() -> None:
    tested = {row["text"].strip() for story in STORIES for row in story["article"]}
    assert tested.isdisjoint(one.text for one in make_articles())
