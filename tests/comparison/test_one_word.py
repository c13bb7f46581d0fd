import pytest

from bench.probing import Probe, read_probes
from tasks.comparison.apart import find_apart

# How many of 100 pairs structure alone tells apart, by half and kind; a figure moves down only by a decision.
FOUND = {("kept", "nationality"): 93, ("kept", "kind"): 96}


@pytest.mark.parametrize("probe", [pytest.param(one, id=f"{one.kind}-{one.half}") for one in read_probes("one_word")])
def test_one_word_changed(probe: Probe) -> None:
    found = 100 * sum(find_apart(*pair) is not None for pair in probe.pairs) // len(probe.pairs)
    assert found == (FOUND.get((probe.half, probe.kind), 100) if probe.expected == "conflict" else 0)
