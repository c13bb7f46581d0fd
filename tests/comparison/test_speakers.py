from collections.abc import Callable, Mapping

import pytest

from tasks.comparison.speakers import does_what, is_joint, same_source
from tasks.model.claim import Act, Claim, Proposition

Make = Callable[..., Claim]


@pytest.mark.parametrize(
    ("source", "act", "sentence"),
    [
        pytest.param("Kremlin, Russia", Act.DENY, "Kremlin denies it", id="a-body-and-its-state"),
        pytest.param("North Korea, Russia", Act.DENY, "North Korea and Russia deny it", id="two-states"),
        pytest.param("Ilse Karran, Union", Act.RETRACT, "Ilse Karran takes it back", id="a-person-for-a-body"),
        pytest.param("", Act.ASSERT, "the outlet itself says so", id="outlet"),
        pytest.param("officials", Act.ALLEGE, "officials allege it", id="group"),
        pytest.param("Ministry", Act.DECLINE, "Ministry declines to speak about it", id="declines"),
        pytest.param("Ministry", Act.URGE, "Ministry urges it", id="urges"),
        pytest.param("Ministry", Act.PROMISE, "Ministry promises it", id="promises"),
        pytest.param("Ministry", Act.ATTITUDE, "Ministry takes a view of it", id="attitude"),
        pytest.param("Ministry", Act.HEDGE, "Ministry holds it likely or possible", id="hedges"),
        pytest.param("Ministry", Act.JUDGE, "Ministry judges it, and so takes it for granted", id="judges"),
    ],
)
def test_who_does_what(
    source: str, act: Act, sentence: str, make_claim: Make, matters: Mapping[str, Proposition]
) -> None:
    assert does_what(make_claim(source, matters["arms deals"], act)) == sentence


def test_a_negated_assertion_says_that_it_is_not_so(
    make_claim: Make, make_proposition: Callable[..., Proposition]
) -> None:
    assert does_what(make_claim("Union", make_proposition("x", negated=True))) == "Union says that it is not so"


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param("Kremlin, Russia", "North Korea, Russia", True, id="a-state-in-both"),
        pytest.param("Ilse Karran, Union", "Emil Dast, Union", False, id="two-persons-of-one-body"),
        pytest.param("officials", "officials", False, id="groups-are-not-the-same-people"),
        pytest.param("", "", False, id="outlets"),
    ],
)
def test_one_source(left: str, right: str, same: bool, make_claim: Make, matters: Mapping[str, Proposition]) -> None:
    one, other = (make_claim(name, matters["arms deals"]) for name in (left, right))
    assert same_source(one, other) is same


def test_an_unresolved_source_is_nobody_in_particular(make_claim: Make, matters: Mapping[str, Proposition]) -> None:
    he = make_claim("Ilse Karran", matters["arms deals"], resolved=False)
    assert not same_source(he, he)
    assert not is_joint(he)
