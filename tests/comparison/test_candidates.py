from collections.abc import Callable, Mapping

import numpy as np
import pytest

from tasks.comparison.candidates import BLOCK, candidates_of, find_pairs
from tasks.comparison.embeddings import DIMENSIONS, Embedder, Vectors
from tasks.comparison.stories import Stories
from tasks.model.claim import Claim, Proposition

Make = Callable[..., Claim]


def found(claims: list[Claim], vectors: Vectors, roots: Mapping[str, str] | None = None) -> list[tuple[int, int]]:
    candidates = candidates_of(claims, roots or {})
    pairs = find_pairs(candidates, vectors, candidates, vectors, stories=Stories(claims, vectors))
    return [(one, other) for one, other, _ in pairs]


@pytest.fixture
def one_direction() -> Callable[[int], Vectors]:
    """Return vectors that all point the same way: only the structure keeps claims apart."""

    def build(rows: int) -> Vectors:
        vectors = np.zeros((rows, DIMENSIONS), dtype=np.float32)
        vectors[:, 0] = 1.0
        return vectors

    return build


def test_a_party_or_a_source_in_common(
    make_claim: Make, make_proposition: Callable[..., Proposition], embedder: Embedder
) -> None:
    texts = ("Alto closed its plant", "The plant of Alto was closed", "Vela closed its plant")
    claims = [
        make_claim("Union", make_proposition(text, "close", "plant", party), article=str(place))
        for place, (text, party) in enumerate(zip(texts, ("Alto", "Alto", "Vela"), strict=True))
    ]
    claims.append(
        make_claim("Alto", make_proposition("We have closed the plant", "close", "plant", "Court"), article="9")
    )
    claims[2] = make_claim("Emil Dast", claims[2].proposition, article="2")
    assert found(claims, embedder.embed([claim.proposition.statement for claim in claims])) == [(0, 1), (0, 3), (1, 3)]


@pytest.mark.parametrize(
    ("left", "right", "together"),
    [
        pytest.param("Union", "Ministry", True, id="two-sources"),
        pytest.param("Union", "Union", False, id="one-source"),
        pytest.param("Union", "", False, id="source-and-outlet"),
    ],
)
def test_within_one_article(
    left: str,
    right: str,
    together: bool,
    *,
    make_claim: Make,
    matters: Mapping[str, Proposition],
    one_direction: Callable[[int], Vectors],
) -> None:
    claims = [make_claim(name, matters["arms deals"], place=at * 20) for at, name in enumerate((left, right))]
    assert bool(found(claims, one_direction(2))) is together


def test_claims_that_name_nobody_meet_within_one_story(
    make_claim: Make, make_proposition: Callable[..., Proposition], one_direction: Callable[[int], Vectors]
) -> None:
    nobody = make_proposition("Nine people were killed", "kill", "", numbers=("9 person",))
    setting = make_proposition("A depot in Lorvania burned", "burn", "depot", "Lorvania")
    claims = [
        make_claim("Emil Dast", nobody, article="a"),
        make_claim("Nadia Sorel", nobody, article="b"),
        make_claim("Rosa Templin", nobody, article="c"),
        make_claim("", setting, article="a", place=40),
        make_claim("", setting, article="b", place=40),
    ]
    vectors = one_direction(5) * np.float32(0.8)  # near, but not nearly one sentence
    vectors[:, 1] = 0.6
    vectors[2, 0], vectors[2, 1] = 0.1, 0.99
    pairs = found(claims, vectors)
    assert (0, 1) in pairs
    assert not any(2 in pair for pair in pairs if set(pair) & {3, 4})


def test_blocks_make_no_difference(
    make_claim: Make, matters: Mapping[str, Proposition], one_direction: Callable[[int], Vectors]
) -> None:
    claims = [make_claim("", matters["arms deals"], article=str(place)) for place in range(BLOCK + 3)]
    pairs = found(claims, one_direction(len(claims)))
    assert len(pairs) == len(set(pairs)) == len(claims) * (len(claims) - 1) // 2
