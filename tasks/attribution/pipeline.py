"""Articles -> claims, in batches; one article that fails does so alone."""

from collections.abc import Iterable, Iterator

from spacy.language import Language

from tasks.attribution.assembly import find_claims
from tasks.attribution.parsing import load_pipeline, parse_texts
from tasks.model.article import Article, SetAsideReason
from tasks.model.claim import Claim
from tasks.model.errors import UnreadableArticleError

COMPONENT = "rashomon.attribution.rules"
VERSION = "1"  # a new one replaces every claim of an article on its next run

__all__ = ["COMPONENT", "VERSION", "extract_articles", "load_pipeline"]


def extract_articles(
    articles: Iterable[Article], nlp: Language
) -> Iterator[tuple[Article, tuple[Claim, ...] | UnreadableArticleError]]:
    """Yield every article with its claims, or with the error that befell it alone."""
    listed = list(articles)
    for article, paragraphs in zip(listed, parse_texts(((a.text, a.headings) for a in listed), nlp), strict=True):
        try:
            yield article, find_claims(article, paragraphs)
        except Exception as error:  # noqa: BLE001  a fault on one article must not cost its batch
            detail = f"{type(error).__name__}: {error}"
            yield article, UnreadableArticleError(SetAsideReason.FAILED, detail)
