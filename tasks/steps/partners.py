"""Partners: which stored articles new claims are to be compared with, without loading all that is stored.

An article comes in for one of three reasons, the same for which comparison looks at a pair: it names somebody whom the
new claims name, it tells the same story as one of their articles, or one of its claims is nearly theirs word for word.
The last two are seen from the vectors alone, which are read for the whole time window: some microseconds for each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from tasks.comparison.candidates import COSINE_WITHOUT_PARTY
from tasks.comparison.embeddings import MODEL, Vectors, unpack
from tasks.comparison.stories import ONE_STORY
from tasks.model.claim import Claim
from tasks.storage.candidates import load_candidates
from tasks.storage.database import Session

ROWS = 200  # new claims multiplied at a time: bounds the memory


def find_partners(
    session: Session, block: Sequence[Claim], vectors: Vectors, since: datetime, until: datetime
) -> set[str]:
    """Return the stored articles of the time window that may speak of the same things as a block of claims."""
    naming = load_candidates(session, party_ids=entities_of(block), since=since, until=until, embedding_model=MODEL)
    rows = load_candidates(session, party_ids=None, since=since, until=until, embedding_model=MODEL)
    articles = [row.article_id for row in rows]
    stored = unpack([row.embedding for row in rows])
    near = {articles[place] for place in find_near(vectors, stored)}
    return near | {row.article_id for row in naming} | set(find_same_story(block, vectors, articles, stored))


def find_near(new: Vectors, stored: Vectors) -> Iterator[int]:
    """Yield the place of each stored claim that is nearly a new one."""
    for start in range(0, len(new), ROWS):
        nearest = (stored @ new[start : start + ROWS].T).max(axis=1)
        yield from (nearest >= COSINE_WITHOUT_PARTY).nonzero()[0].tolist()


def find_same_story(
    block: Sequence[Claim], vectors: Vectors, articles: Sequence[str], stored: Vectors
) -> Iterator[str]:
    """Yield each stored article whose claims, on the whole, are near those of an article in the block."""
    new = means_of([claim.article_id for claim in block], vectors)
    for article, mean in means_of(articles, stored).items():
        if any(float(mean @ other) >= ONE_STORY for other in new.values()):
            yield article


def means_of(articles: Iterable[str], vectors: Vectors) -> Mapping[str, Vectors]:
    """Return for each article the mean of its vectors, scaled to length 1."""
    places: dict[str, list[int]] = {}
    for place, article in enumerate(articles):
        places.setdefault(article, []).append(place)
    means = {article: vectors[found].mean(axis=0) for article, found in places.items()}
    return {article: mean / max(float(mean @ mean) ** 0.5, 1e-9) for article, mean in means.items()}


def entities_of(claims: Iterable[Claim]) -> set[str]:
    """Return who makes the claims and who is spoken of in them."""
    claims = list(claims)
    sources = {entity.id for claim in claims for entity in claim.entities}
    return sources | {party.entity.id for claim in claims for party in claim.proposition.parties}
