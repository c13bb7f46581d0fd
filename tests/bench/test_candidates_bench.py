from collections.abc import Sequence

import numpy as np
import pytest

from bench.candidates import table


@pytest.mark.parametrize(
    ("cosines", "shares"),
    [
        pytest.param([0.9, 0.9], ["100.0%", "100.0%", "100.0%"], id="nearly one sentence"),
        pytest.param([0.41, 0.39], ["50.0%", "0.0%", "0.0%"], id="at the threshold"),
        pytest.param([0.1, -0.2], ["0.0%", "0.0%", "0.0%"], id="far apart"),
    ],
)
def test_shares_that_reach_each_threshold(cosines: Sequence[float], shares: list[str]) -> None:
    pairs = [{"corpus": "mine", "label": "agree"}] * 2
    _, line = table(pairs, np.array(cosines, dtype=np.float32), ["mine"])
    assert line.split() == ["mine", "agree", "2", *shares]
