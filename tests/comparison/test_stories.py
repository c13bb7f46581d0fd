from collections.abc import Callable

import numpy as np
import pytest

from tasks.comparison.embeddings import DIMENSIONS, Vectors
from tasks.comparison.stories import Stories, means_of, near_means
from tasks.model.claim import Claim, Proposition


def direction(cosine: float) -> Vectors:
    """Return a unit vector at this cosine to the first axis."""
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[:2] = cosine, (1 - cosine**2) ** 0.5
    return vector


@pytest.mark.parametrize(
    ("party", "cosine", "same"),
    [
        pytest.param("Orvane", 0.7, True, id="near, one name in common"),
        pytest.param("Orvane", 0.5, False, id="one name in common, not near"),
        pytest.param("Alto", 0.7, False, id="near, no name in common"),
        pytest.param("dockers", 0.7, False, id="near, unnamed people"),
    ],
)
def test_articles_that_join_later_are_judged_like_those_known_from_the_start(
    make_claim: Callable[..., Claim],
    make_proposition: Callable[..., Proposition],
    *,
    party: str,
    cosine: float,
    same: bool,
) -> None:
    known = make_claim("", make_proposition("A depot burned", "burn", "depot", "Orvane, dockers"), article="a")
    later = make_claim("", make_proposition("A depot stands", "stand", "depot", party), article="b")
    vectors = np.stack([direction(1.0), direction(cosine)])
    joined = Stories([known], vectors[:1]).joined([later], means_of(["b"], vectors[1:]))

    assert Stories([known, later], vectors).same("a", "b") is same
    assert joined.same("a", "b") is same
    assert joined.same("b", "b")


def test_of_an_article_that_is_known_what_is_known_counts(
    make_claim: Callable[..., Claim], make_proposition: Callable[..., Proposition]
) -> None:
    known = make_claim("", make_proposition("A depot burned", "burn", "depot", "Orvane"), article="a")
    stories = Stories([known], direction(1.0)[None])
    joined = stories.joined([], {"a": direction(0.0)})

    assert float(joined.means["a"][0]) == 1.0
    assert joined.named["a"] == stories.named["a"]


def test_near_means_are_those_of_one_story() -> None:
    left = {"a": direction(1.0), "b": direction(0.0)}

    assert near_means(left, {"c": direction(0.65)}) == [("a", "c"), ("b", "c")]
    assert near_means(left, {"c": direction(0.95)}) == [("a", "c")]
    assert near_means(left, {}) == []
