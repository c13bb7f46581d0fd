"""Kinship: what belongs under one statement, whether or not it can be told how it stands to it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.comparison.compare import look_at
from tasks.comparison.kinship import LIKELY, kin_pair, kinship_of, load_table
from tasks.model.claim import Act, Claim, Proposition
from tasks.model.errors import InputError
from tasks.model.finding import Kind, Relation

Make = Callable[..., Claim]
Say = Callable[..., Proposition]

Alike = Callable[[tuple[str, ...], tuple[str, ...], float], float]


@pytest.fixture
def alike(make_claim: Make, make_proposition: Say) -> Alike:
    def kinship(one: tuple[str, ...], other: tuple[str, ...], cosine: float) -> float:
        left = make_claim("Nadia Sorel", make_proposition(*one), article="a")
        looked = look_at(left, make_claim("Police", make_proposition(*other), article="b"), cosine)
        assert looked is not None
        return kinship_of(looked)

    return kinship


ROWS = [
    pytest.param(
        ("The bridge over the Velm was closed after the flood", "close", "bridge flood", "Lorvania"),
        ("The flood has closed the bridge over the Velm to lorries", "close", "flood bridge lorry", "Lorvania"),
        0.75,
        True,
        id="the same told again",
    ),
    pytest.param(
        ("The bridge over the Velm was closed after the flood", "close", "bridge flood", "Lorvania"),
        ("Farmers along the Velm asked for fodder", "ask", "farmer fodder", "Lorvania"),
        0.45,
        False,
        id="one topic, two matters",
    ),
    pytest.param(("The couple", "", "couple", ""), ("The couple", "", "couple", ""), 1.0, False, id="says too little"),
]


@pytest.mark.parametrize(("one", "other", "cosine", "expected"), ROWS)
def test_one_matter_is_told_from_two(
    one: tuple[str, ...], other: tuple[str, ...], cosine: float, *, expected: bool, alike: Alike
) -> None:
    assert (alike(one, other, cosine) >= LIKELY) is expected


def test_what_a_source_feels_is_kin_to_nothing(make_claim: Make, make_proposition: Say) -> None:
    told = make_proposition("The council reopened the harbour road", "reopen", "harbour road", "Union")
    looked = look_at(
        make_claim("Nadia Sorel", told, Act.ATTITUDE, article="a"), make_claim("Police", told, article="b"), 1.0
    )
    assert looked is not None
    assert kinship_of(looked) == 0.0


def test_a_pair_of_kin_says_why_and_claims_no_more(make_claim: Make, make_proposition: Say) -> None:
    told = make_proposition("The council reopened the harbour road", "reopen", "harbour road", "Union")
    looked = look_at(make_claim("Nadia Sorel", told, article="a"), make_claim("Police", told, article="b"), 0.9)
    assert looked is not None
    pair = kin_pair(looked, 0.7)
    assert pair is not None
    assert (pair.relation, pair.kind, pair.kinship) == (Relation.UNSURE, Kind.SAME_MATTER, 0.7)
    assert "both speak of Union" in pair.reasons
    assert kin_pair(looked, LIKELY - 0.01) is None


def test_a_damaged_table_says_what_makes_it(tmp_path: Path) -> None:
    broken = tmp_path / "kinship.json"
    broken.write_text('{"bias": {}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"kinship\.json cannot be read .*training/relations makes them"):
        load_table(broken)
