import pytest

from tasks.comparison.apart import find_apart
from tests.comparison.probes import halves, read_probe

CONFLICT = "conflict"
# How many of 100 pairs are told apart by structure alone; a figure moves down only by a decision.
FOUND = {"tuned": 100}
FOUND_KEPT = {"cardinal": 100, "ordinal": 100, "country": 100, "nationality": 93, "antonym": 100, "kind": 96}


@pytest.mark.parametrize(("label", "kind", "half"), list(halves("one_word")))
def test_one_word_changed(label: str, kind: str, half: str) -> None:
    pairs = read_probe("one_word")[label][kind][half]
    found = 100 * sum(find_apart(*pair) is not None for pair in pairs) // len(pairs)
    expected = FOUND.get(half, FOUND_KEPT.get(kind, 0)) if label == CONFLICT else 0
    assert found == expected
