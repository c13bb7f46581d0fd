"""Which labels tell one matter from two."""

import pytest

from training.relations.fit_kinship import of_one_matter
from training.relations.labels import label_of

SIDE = {"article": "0", "content": [[0, 9]]}


@pytest.mark.parametrize(
    ("label", "kind", "expected"),
    [
        pytest.param("agree", "", True, id="agree"),
        pytest.param("conflict", "denial", True, id="conflict"),
        pytest.param("compatible", "decline", True, id="one declines to speak of it"),
        pytest.param("compatible", "compatible-numbers", True, id="numbers that can both hold"),
        pytest.param("compatible", "different-time", None, id="another time may be another matter"),
        pytest.param("unrelated", "", False, id="unrelated"),
    ],
)
def test_what_a_label_tells_of_the_matter(label: str, kind: str, expected: bool | None) -> None:
    row = {"story": "ferry", "part": "kept", "stratum": "none", "left": SIDE, "right": SIDE}
    assert of_one_matter(label_of({**row, "label": label, "kind": kind, "doubt": False, "bad": False})) is expected
