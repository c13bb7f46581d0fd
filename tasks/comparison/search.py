"""The search in numbers: which of many stored claims may form a pair with one of a block of new ones.

A portion of stored claims is multiplied with all new ones. A pair may be one where the cosine is high enough and one of
three things holds: the two are nearly one sentence, their articles tell one story, or they name somebody in common. The
last is known of few claims at first, so it is asked for those alone that come near (`to_ask`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tasks.comparison.candidates import COSINE, COSINE_WITHOUT_PARTY, Side
from tasks.comparison.embeddings import Vectors
from tasks.comparison.stories import means_of, near_means

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """New claims by what others can meet them through: whom they name, in which article they stand."""

    vectors: Vectors
    by_key: Mapping[str, Rows]  # the rows of the claims that have a key
    by_article: Mapping[str, Rows]
    means: Mapping[str, Vectors]  # of the claims' articles


def sought(new: Side, means: Mapping[str, Vectors]) -> Sought:
    """Return new claims by what others can meet them through; `means` holds those of their articles."""
    return Sought(
        vectors=new.vectors,
        by_key=rows_by(known.entity_ids for known in new.known),
        by_article=rows_by((known.article_id,) for known in new.known),
        means=means,
    )


def rows_by(words: Iterable[Iterable[str]]) -> dict[str, Rows]:
    """Return for each word the rows in which it stands."""
    found: dict[str, list[int]] = {}
    for row, some in enumerate(words):
        for word in some:
            found.setdefault(word, []).append(row)
    return {word: np.asarray(rows) for word, rows in found.items()}


class Portion:
    """Stored claims, all those of some articles, against the new ones."""

    def __init__(self, new: Sought, articles: Sequence[str], vectors: Vectors, compared: Sequence[bool]) -> None:
        """Take for each stored claim its article, its vector, and whether it may be compared with new ones."""
        self.means = means_of(articles, vectors)
        self._new = new
        scores = vectors @ new.vectors.T
        self._close = (scores >= COSINE) & np.asarray(compared)[:, None]
        self._allowed = scores >= COSINE_WITHOUT_PARTY
        places = rows_by((article,) for article in articles)
        near = [pair for pair in near_means(self.means, new.means) if pair[1] in new.by_article]
        self.of_a_story = {article for article, _ in near}  # articles that may tell the story of a new claim
        for article, other in [*near, *((one, one) for one in places.keys() & new.by_article.keys())]:
            self._allowed[np.ix_(places[article], new.by_article[other])] = True

    def to_ask(self) -> list[int]:
        """Return the rows that come near a new claim: of these it matters whom they name."""
        return _rows_with(self._close)

    def note_keys(self, row: int, keys: Iterable[str]) -> None:
        """Note that a claim has these keys of the new ones."""
        for key in keys:
            self._allowed[row, self._new.by_key[key]] = True

    def chosen(self) -> list[int]:
        """Return the rows that may form a pair with a new claim."""
        return _rows_with(self._close & self._allowed)


def _rows_with(marks: NDArray[np.bool_]) -> list[int]:
    """Return the rows that hold a mark."""
    found: list[int] = np.flatnonzero(marks.any(axis=1)).tolist()
    return found
