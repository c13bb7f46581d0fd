"""Two claims on opposite sides that need not be about one thing: structure says so, and asks."""

from collections.abc import Callable
from typing import Any

import pytest

from tasks.comparison.held import Held
from tasks.comparison.verdict import compare_held
from tasks.model.claim import Act, Proposition
from tasks.model.finding import Relation

COSINE = 0.75
ENVOY = ("Jonas Wedrin met the envoy of Alto in Kestria", "meet", "envoy", "Jonas Wedrin, Alto, Kestria")
CASES: list[Any] = [
    pytest.param(
        ("Jonas Wedrin met the envoy of Alto in Kestria", "meet", "envoy", "Jonas Wedrin, Alto, Kestria"),
        ENVOY, Act.DENY, Relation.CONFLICT, "", id="nothing-speaks-against-it",
    ),
    pytest.param(
        ("If Jonas Wedrin met the envoy of Alto, the Court will act", "meet act", "envoy", "Jonas Wedrin, Alto"),
        ENVOY, Act.DENY, Relation.UNSURE, "suppose or ask", id="only-supposed",
    ),
    pytest.param(
        ("Asked if Jonas Wedrin met the envoy of Alto, the Court smiled", "ask meet", "envoy", "Jonas Wedrin, Alto"),
        ENVOY, Act.DENY, Relation.UNSURE, "suppose or ask", id="only-asked",
    ),
    pytest.param(
        ("Jonas Wedrin met the envoy of Alto rather than the envoy of Vela", "meet", "envoy", "Jonas Wedrin, Alto"),
        ENVOY, Act.DENY, Relation.UNSURE, "negation of their own", id="rather-than",
    ),
    pytest.param(
        ("Mira Tal met the envoy of Alto in Kestria", "meet", "envoy", "Mira Tal, Alto, Kestria"),
        ENVOY, Act.DENY, Relation.UNSURE, "does not name Jonas Wedrin", id="another-person",
    ),
    pytest.param(
        ("The envoy of Alto was met in Kestria", "meet", "envoy", ""),
        ENVOY, Act.DENY, Relation.CONFLICT, "", id="nobody-is-named",
    ),
    pytest.param(
        ("A friend of the late Jonas Wedrin was shot in Kestria", "shoot", "friend", "Kestria > Jonas Wedrin"),
        ("Jonas Wedrin was shot in Kestria", "shoot", "", "Kestria > Jonas Wedrin"),
        Act.DENY, Relation.UNSURE, "somebody near: friend of the late Jonas Wedrin", id="a-friend-of-his",
    ),
    pytest.param(
        ("An aide to al-Wedrin was shot in Kestria", "shoot", "aide", "Kestria > Jonas Wedrin"),
        ("Jonas Wedrin was shot in Kestria", "shoot", "", "Kestria > Jonas Wedrin"),
        Act.DENY, Relation.UNSURE, "somebody near: aide to al-Wedrin", id="an-aide-of-his",
    ),
    pytest.param(
        ("Alto opened a mill in Kestria", "open", "mill", "Alto, Kestria"),
        ("Alto opened a mill in Lorvania", "open", "mill", "Alto, Lorvania"),
        Act.DENY, Relation.UNSURE, "two places: Lorvania, Kestria", id="two-states",
    ),
    pytest.param(
        ("Alto attacked the port", "attack", "port", "Alto > "),
        ("Alto was attacked in the port", "attack", "port", " > Alto"),
        Act.DENY, Relation.UNSURE, "has it done to it", id="doer-and-sufferer",
    ),
    pytest.param(
        ("The woman was detained at the border of Kestria", "detain", "woman border", "Kestria", {"core": "detained"}),
        ("The woman detained in Kestria is the widow of Jonas Wedrin", "detain", "woman widow", "Kestria, Jonas Wedrin",
         {"core": "is widow Jonas Wedrin"}),
        Act.DENY, Relation.UNSURE, "does not name Jonas Wedrin", id="who-she-is",
    ),
    pytest.param(
        ("The blast in the harbour of Kestria shook the silo", "blast shake", "harbour silo", "Kestria"),
        ("The blast in the harbour of Kestria beside the silo was caused by a leak", "blast", "harbour silo leak",
         "Kestria"),
        Act.DENY, Relation.UNSURE, "not in the other claim: caused by a leak", id="what-caused-it",
    ),
    pytest.param(
        ("A leak made the blast in the harbour of Kestria", "blast make", "leak harbour", "Kestria"),
        ("The blast in the harbour of Kestria was caused by a leak", "blast", "leak harbour", "Kestria"),
        Act.DENY, Relation.CONFLICT, "", id="the-cause-in-both",
    ),
    pytest.param(
        ("Alto sold coal to Lorvania", "sell", "coal", "Alto, Lorvania"),
        ("The bogus sale of coal by Alto to Lorvania", "sell", "bogus coal", "Alto, Lorvania"),
        Act.DENY, Relation.UNSURE, "untrue themselves", id="a-hoax-denied",
    ),
    pytest.param(
        ("Jonas Wedrin was arrested at the border of Kestria", "arrest", "border", "Jonas Wedrin, Kestria"),
        ("The arrest of Jonas Wedrin at the border of Kestria is a hoax", "arrest", "border hoax",
         "Jonas Wedrin, Kestria", {"negated": True, "core": "arrest hoax"}),
        Act.ASSERT, Relation.CONFLICT, "", id="called-a-hoax",
    ),
    pytest.param(
        ("It is unclear whether Alto sold the coal to Lorvania", "sell", "unclear coal", "Alto, Lorvania"),
        ("It is not clear whether Alto sold the coal to Lorvania", "sell", "clear coal", "Alto, Lorvania",
         {"negated": True, "core": "sold coal"}),
        Act.ASSERT, Relation.AGREE, "", id="unclear-and-not-clear",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "refused", "act", "relation", "doubt"), CASES)
def test_what_is_denied_must_be_what_is_said(  # noqa: PLR0917
    said: tuple[Any, ...],
    refused: tuple[Any, ...],
    act: Act,
    relation: Relation,
    doubt: str,
    make_proposition: Callable[..., Proposition],
) -> None:
    sides = []
    for case in (said, refused):
        *words, last = (*case, {}) if not isinstance(case[-1], dict) else case
        sides.append(make_proposition(*words, **last))
    one, other = Held(proposition=sides[0]), Held(proposition=sides[1], act=act)
    for pair in ((one, other), (other, one)):
        found = compare_held(*pair, COSINE)
        assert found is not None
        assert found.relation is relation
        assert doubt in found.reasons[-1] if doubt else found.relation is not Relation.UNSURE


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        pytest.param("849 crates of 2,526", "849 crates", Relation.UNSURE, id="a-number-in-both"),
        pytest.param("849 crates", "731 crates", Relation.CONFLICT, id="two-numbers"),
        pytest.param("2,000 crates", "2,084 crates", Relation.COMPATIBLE, id="rounded-to-one-figure"),
        pytest.param("2,000 crates", "2,190 crates", Relation.CONFLICT, id="too-far-to-be-rounded"),
        pytest.param("In 2014 849 crates", "In 2014 731 crates", Relation.CONFLICT, id="a-year-is-no-number-in-both"),
    ],
)
def test_numbers_that_differ(
    left: str, right: str, relation: Relation, make_proposition: Callable[..., Proposition]
) -> None:
    def told(text: str) -> Proposition:
        number = text.removeprefix("In 2014 ").split()[-2 if "of" not in text else -1].replace(",", "")
        statement = f"The court of Kestria threw out {text}"
        return make_proposition(statement, "throw", "court", "Kestria", numbers=(f"{number} crate",))

    found = compare_held(Held(proposition=told(left)), Held(proposition=told(right)), 0.9)
    assert found is not None
    assert found.relation is relation
