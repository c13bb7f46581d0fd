import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tasks.comparison.compare import compare_new, look_at
from tasks.comparison.embeddings import Embedder
from tasks.comparison.held import Verdict
from tasks.comparison.judge import Judgement, Label
from tasks.comparison.looked import Looked, features_of_pair
from tasks.comparison.pairs import LEXICAL
from tasks.comparison.weighing import Outcome, Weigher, load_table, load_weigher, settle, weigher_version
from tasks.model.claim import Act, Claim, Proposition
from tasks.model.errors import InputError
from tasks.model.finding import Kind, Relation

Make = Callable[..., Claim]


class Fixed:
    """A judge that reads the same in every pair, and remembers what it was asked."""

    def __init__(self, agree: float, conflict: float) -> None:
        self.told = {Label.AGREE: agree, Label.CONFLICT: conflict, Label.NEUTRAL: 1.0 - agree - conflict}
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]], cosines: Sequence[float] | None = None) -> list[Judgement]:
        assert cosines is None or len(cosines) == len(pairs)
        self.asked += pairs
        return [Judgement(probabilities=self.told) for _ in pairs]


def chances(agree: float, conflict: float, compatible: float = 0.0) -> dict[Outcome, float]:
    rest = 1.0 - agree - conflict - compatible
    return {Outcome.AGREE: agree, Outcome.CONFLICT: conflict, Outcome.COMPATIBLE: compatible, Outcome.NONE: rest}


@pytest.fixture
def denial(make_claim: Make, matters: Mapping[str, Proposition]) -> Looked:
    said = make_claim("South Korea", matters["trading weapons"], article="a")
    denied = make_claim("Kremlin, Russia", matters["arms deals"], Act.DENY, article="b")
    looked = look_at(said, denied, 0.6)
    assert looked is not None
    return looked


@pytest.mark.parametrize(
    ("conflict", "expected"),
    [(0.8, Relation.CONFLICT), (0.7, Relation.CONFLICT), (0.6, Relation.UNSURE), (0.4, Relation.UNSURE), (0.2, None)],
)
def test_a_conflict_is_confirmed_doubted_or_let_go(denial: Looked, conflict: float, expected: Relation | None) -> None:
    found = settle(denial.verdict, chances(0.1, conflict))
    assert (None if found is None else found.relation) == expected
    if found is not None:
        assert found.kind is Kind.DENIAL
        assert found.confidence == conflict
        assert ("sure" in found.reasons[-1]) == (expected is Relation.UNSURE)


@pytest.mark.parametrize(
    ("agree", "conflict", "expected"),
    [(0.7, 0.1, Relation.AGREE), (0.1, 0.9, Relation.UNSURE), (0.1, 0.2, None)],
)
def test_what_is_open_can_turn_out_to_agree_but_never_to_conflict(
    agree: float, conflict: float, expected: Relation | None
) -> None:
    proposed = Verdict(relation=Relation.UNSURE, kind=Kind.NEGATION, confidence=0.5, reasons=("a doubt",))
    found = settle(proposed, chances(agree, conflict))
    assert (None if found is None else found.relation) == expected
    assert found is None or found.confidence == max(agree, conflict)


@pytest.mark.parametrize("kind", [Kind.ROLE, Kind.TIME])
def test_what_had_no_labels_is_left_to_structure(kind: Kind) -> None:
    proposed = Verdict(relation=Relation.CONFLICT, kind=kind, confidence=0.8, reasons=("a reason",))
    assert settle(proposed, chances(0.9, 0.0)) is proposed


def test_a_near_conflict_is_as_sure_as_it_is_related(make_claim: Make, matters: Mapping[str, Proposition]) -> None:
    silent = make_claim("Russia", matters["arms deals"], Act.DECLINE, article="a")
    looked = look_at(silent, make_claim("Ukraine", matters["transfer of arms"], article="b"), 0.8)
    assert looked is not None
    found = settle(looked.verdict, chances(0.1, 0.2, 0.4))
    assert found is not None
    assert (found.relation, found.confidence) == (Relation.COMPATIBLE, 0.7)


def test_a_denial_turns_what_was_read(denial: Looked) -> None:
    judged = Fixed(agree=0.7, conflict=0.1).judge([denial.texts])[0]
    values = features_of_pair(denial, judged)
    assert values["read: apart"] > values["read: alike"]
    assert values["proposed: conflict"] == values["opposite positions"] == 1.0


def test_the_table_that_ships_fits_the_features(denial: Looked) -> None:
    table, judged = load_table(), Fixed(agree=0.8, conflict=0.1).judge([denial.texts])[0]
    assert set(table.weights.rows) == set(features_of_pair(denial, judged))
    assert set(table.weights.outcomes) == set(Outcome)


def test_without_a_trained_judge_structure_decides() -> None:
    assert load_weigher(LEXICAL) is None
    assert weigher_version(LEXICAL) == LEXICAL


def test_the_judge_is_asked_only_where_it_may_tell(
    make_claim: Make, matters: Mapping[str, Proposition], embedder: Embedder
) -> None:
    claims = [
        make_claim("South Korea", matters["trading weapons"], article="a"),
        make_claim("Russia", matters["arms deals"], Act.DENY, article="b"),
        make_claim("Ukraine", matters["aid to Gaza"], article="c"),
    ]
    vectors = embedder.embed([claim.proposition.statement for claim in claims])
    judge = Fixed(agree=0.9, conflict=0.05)  # the words agree, and one of the sources denies them
    found = compare_new(claims, vectors, weigher=Weigher(judge, load_table()))
    assert len(judge.asked) == 1
    assert [pair.relation for pair in found] == [Relation.CONFLICT]
    assert 0.0 < found[0].confidence <= 1.0


@pytest.mark.parametrize("text", ["{", "{}", json.dumps({"version": "x", "bias": {"agree": 0.0}})])
def test_a_damaged_table_says_so(text: str, tmp_path: Path) -> None:
    file = tmp_path / "relations.json"
    file.write_text(text)
    with pytest.raises(InputError, match="training/relations"):
        load_table(file)
