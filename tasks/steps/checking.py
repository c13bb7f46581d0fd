"""A statement against articles: extraction and comparison joined, nothing stored; free of Prefect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tasks.comparison.checking.check import Checked, Checker
from tasks.comparison.checking.stance import TABLE, WORDS_TABLE, load_weights
from tasks.comparison.checking.stated import Statement, framed, read_statement
from tasks.comparison.embeddings import load_embedder
from tasks.comparison.pairs import LEXICAL, load_judge
from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.settings import Settings
from tasks.steps.safely import extract_claims

AT_ONCE = 20  # articles that are extracted and judged together: progress is told between


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedArticle:
    """One article with what it does with the statement, or with the error that extraction met."""

    article: Article
    found: Checked | Exception


@lru_cache(maxsize=1)
def load_checker(judge: str) -> Checker:
    """Return the one checker of this process, with the judge of this name and the table that goes with its kind."""
    return Checker(load_embedder(), load_judge(judge), load_weights(WORDS_TABLE if judge == LEXICAL else TABLE))


def check_articles(text: str, articles: Sequence[Article], settings: Settings) -> Iterator[CheckedArticle]:
    """Yield each article with its stance towards a statement, in their order."""
    if not articles:
        return
    statement = understand(text, articles[0], settings)
    for start in range(0, len(articles), AT_ONCE):
        outcomes = list(extract_claims(articles[start : start + AT_ONCE], settings))
        read = [(article, claims) for article, claims in outcomes if not isinstance(claims, Exception)]
        texts = [(article.text, claims, article.outlet) for article, claims in read]
        found = iter(load_checker(settings.judge).check(statement, texts))
        for article, claims in outcomes:
            yield CheckedArticle(article=article, found=claims if isinstance(claims, Exception) else next(found))


def understand(text: str, pattern: Article, settings: Settings) -> Statement:
    """Return a statement as the extraction reads it; dates in it are meant as in the article that is its pattern."""
    asked = replace(pattern, url="", path="statement", outlet="", title="", text=framed(text), headings=(), residue=())
    claims: tuple[Claim, ...] = ()
    for _, found in extract_claims([asked], settings):
        claims = claims if isinstance(found, Exception) else found
    return read_statement(text, claims)
