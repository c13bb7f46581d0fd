import pytest

from bench.bcubed import bcubed
from bench.matters import single_links
from tasks.model.finding import Kind, RelatedPair, Relation


@pytest.mark.parametrize(
    ("found", "marked", "precision", "recall"),
    [
        pytest.param({"a": 1, "b": 1}, {"a": "x", "b": "x"}, 1.0, 1.0, id="the-same"),
        pytest.param({}, {"a": "x", "b": "x"}, 1.0, 0.5, id="nobody-in-a-group"),
        pytest.param({"a": 1, "b": 1}, {"a": "x", "b": "y"}, 0.5, 1.0, id="two-in-one"),
        pytest.param({"a": 1, "b": 1, "c": 1}, {"a": "x", "b": "x", "c": "y"}, 5 / 9, 1.0, id="one-too-many"),
        pytest.param({"a": 1, "z": 1}, {"a": "x"}, 1.0, 1.0, id="what-nobody-marked-does-not-count"),
        pytest.param({}, {}, 0.0, 0.0, id="nothing"),
    ],
)
def test_bcubed(found: dict[str, int], marked: dict[str, str], precision: float, recall: float) -> None:
    score = bcubed(found, marked)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))
    assert score.items == len(marked)
    assert score.f1 <= max(precision, recall)


def test_single_links_join_whatever_is_connected() -> None:
    def pair(left: str, right: str, relation: Relation = Relation.AGREE) -> RelatedPair:
        return RelatedPair(left=left, right=right, relation=relation, kind=Kind.NONE, confidence=0.8, reasons=())

    links = [pair("a", "b"), pair("b", "c"), pair("d", "e"), pair("e", "f", Relation.UNSURE)]
    assert single_links(links) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d"}
