"""Articles -> claims, in batches; one article that fails does so alone."""

import threading
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language

from tasks.attribution.assembly import find_claims
from tasks.attribution.parsing import make_parser, parse_texts
from tasks.attribution.tagger import component
from tasks.attribution.tagger.weights import RULES
from tasks.model.article import Article, SetAsideReason
from tasks.model.claim import Claim
from tasks.model.errors import UnreadableArticleError

COMPONENT = "rashomon.attribution"
VERSION = "6"  # a new one replaces every claim of an article on its next run
WEIGHTS = "attribution"
UNKNOWN = "und"  # too short to tell its language
ZONE = 50  # articles after which spaCy forgets the words that were new
_LOADING = threading.Lock()


@cache
def _load(model: str, weights: str) -> Language:
    nlp = make_parser(model)
    if weights != RULES:
        nlp.add_pipe(component.NAME, config={"weights": weights})
    return nlp


def load_pipeline(model: str, weights: str = WEIGHTS) -> Language:
    """Return spaCy's pipeline with the trained extractor at its end, loaded once in a process.

    OSError where the model is not installed, InputError where there are no such weights.
    """
    with _LOADING:
        return _load(model, weights)


def extract_articles(
    articles: Iterable[Article], nlp: Language
) -> Iterator[tuple[Article, tuple[Claim, ...] | UnreadableArticleError]]:
    """Yield every article with its claims, or with the error that befell it alone."""
    listed = list(articles)
    for start in range(0, len(listed), ZONE):
        yield from _extract(listed[start : start + ZONE], nlp)


def check_read(article: Article, nlp: Language) -> None:
    """Raise where an article is in another language than the model reads: its claims would be guesses."""
    if article.language not in {nlp.lang, UNKNOWN, ""}:
        detail = f"its language is {article.language!r}, and the installed language model reads {nlp.lang!r} alone"
        raise UnreadableArticleError(SetAsideReason.LANGUAGE, detail)


def _extract(
    articles: list[Article], nlp: Language
) -> list[tuple[Article, tuple[Claim, ...] | UnreadableArticleError]]:
    outcomes: list[tuple[Article, tuple[Claim, ...] | UnreadableArticleError]] = []
    # New words are forgotten with the zone, so nothing of spaCy's may leave it; without it a year of names stays.
    with nlp.memory_zone():
        texts = ((article.text, article.headings) for article in articles)
        for article, paragraphs in zip(articles, parse_texts(texts, nlp), strict=True):
            try:
                check_read(article, nlp)
                outcomes.append((article, find_claims(article, paragraphs)))
            except UnreadableArticleError as error:
                outcomes.append((article, error))
            except Exception as error:  # noqa: BLE001  a fault on one article must not cost its batch
                detail = f"{type(error).__name__}: {error}"
                outcomes.append((article, UnreadableArticleError(SetAsideReason.FAILED, detail)))
    return outcomes
