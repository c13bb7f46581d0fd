"""Copies: which stored articles repeat one another; the one that was there first is the original."""

from collections.abc import Collection

from tasks.comparison.copies import is_copy
from tasks.comparison.setting import setting_of
from tasks.model.article import Article
from tasks.storage.articles import load_articles
from tasks.storage.copies import find_copy_candidates, load_shingles, set_copy
from tasks.storage.database import Session

NEAREST = 20  # articles looked at for each new one; a text that is carried more often finds the rest through them


def note_copies(session: Session, article_ids: Collection[str]) -> None:
    """Note for each of the articles which others it repeats, or which repeat it."""
    for article_id in sorted(article_ids):
        shingles = load_shingles(session, article_id)
        near = find_copy_candidates(session, article_id, shingles, NEAREST)
        copies = [one.article_id for one in near if is_copy(one.shared, min(one.total, len(shingles)))]
        if copies:
            first, *later = sorted(load_articles(session, ids=[article_id, *copies]), key=age)
            for article in later:
                set_copy(session, article.id, first.id)


def age(article: Article) -> tuple[object, ...]:
    """Return what puts the article that was there first before those that repeat it."""
    return setting_of(article).seen_at, article.version, article.id
