from collections.abc import Callable
from datetime import date

import pytest

from tasks.comparison.concepts import concepts_of, cover, names_apart
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.signals import (
    different_times,
    join_names,
    numbers_apart,
    numbers_meet,
    pair_up,
    same_parties,
    same_predicates,
    similar_content,
    swapped_objects,
    swapped_roles,
)
from tasks.model.claim import Proposition

Make = Callable[..., Proposition]
LEXICON = load_lexicon()


def test_concepts_leave_out_names_of_parties_and_light_words(make_proposition: Make) -> None:
    content = make_proposition(
        "Russia has got Russian military equipment", "get", "russia russian military equipment", "Russia"
    )
    (concept,) = concepts_of(content, LEXICON)
    assert (concept.word, concept.event) == ("military equipment", False)
    assert "weapons" in concept.names


def test_the_head_phrase_weighs_double(make_proposition: Make) -> None:
    content = make_proposition("supplying weapons by sea", "supply", "weapon sea", core="supplying weapons")
    partner = make_proposition("trades arms", "trade", "arm")
    met = cover(concepts_of(content, LEXICON), concepts_of(partner, LEXICON))
    assert met.share == pytest.approx(4 / 5)
    assert [one.word for one, _ in met.events] == ["supply"]
    assert cover((), concepts_of(partner, LEXICON)).share == 0.0


def test_names_of_two_places(make_proposition: Make) -> None:
    glasgow, leith, nowhere = (
        concepts_of(make_proposition(f"a fire in {place} today", "fire", place.casefold()), LEXICON)
        for place in ("Glasgow", "Leith", "town")
    )
    assert names_apart(glasgow, leith)
    assert not names_apart(glasgow, nowhere)
    assert not names_apart(glasgow, glasgow)


@pytest.mark.parametrize(
    ("left", "right", "strength", "reason"),
    [
        pytest.param("Russia, Ukraine", "Ukraine, G7", 0.5, "both speak of Ukraine", id="one-of-two"),
        pytest.param("Russia", "Ukraine", 0.0, "", id="nobody"),
        pytest.param("Russia", "", 0.5, "", id="unknown"),
        pytest.param("Russia", "Russia, Ukraine, G7", 1.0, "both speak of Russia", id="whole-of-the-shorter"),
    ],
)
def test_parties(left: str, right: str, strength: float, reason: str, make_proposition: Make) -> None:
    one, other = make_proposition("x", parties=left), make_proposition("y", parties=right)
    signal = same_parties(pair_up(one, other, 0.5, LEXICON))
    assert (signal.strength, signal.reason) == (strength, reason)


@pytest.mark.parametrize(
    ("day", "apart"),
    [
        pytest.param(date(2024, 5, 2), False, id="same-day"),
        pytest.param(date(2024, 5, 3), False, id="next-day"),
        pytest.param(date(2024, 5, 9), True, id="next-week"),
        pytest.param(None, False, id="unknown"),
    ],
)
def test_times(day: date | None, apart: bool, make_proposition: Make) -> None:
    one, other = make_proposition("x", when=date(2024, 5, 2)), make_proposition("y", when=day)
    signal = different_times(pair_up(one, other, 0.5, LEXICON))
    assert bool(signal.strength) is apart is bool(signal.reason)


def test_predicates_of_one_class_are_told(make_proposition: Make) -> None:
    one, other = make_proposition("x", "supply", "weapon"), make_proposition("y", "trade", "weapon")
    signal = same_predicates(pair_up(one, other, 0.5, LEXICON))
    assert (signal.strength, signal.reason) == (1.0, "same kind of event: supply, trade")


def test_roles_and_objects_change_places(make_proposition: Make) -> None:
    one = make_proposition("Alto sued Vela", "sue", "", "Alto > Vela")
    other = make_proposition("Vela sued Alto", "sue", "", "Vela > Alto")
    assert swapped_roles(pair_up(one, other, 0.9, LEXICON)).strength == 1.0
    assert swapped_roles(pair_up(one, one, 0.9, LEXICON)).strength == 0.0
    gives = make_proposition("Alto trades weapons for grain", "trade", "weapon grain", "Alto")
    takes = make_proposition("Alto swaps grain for arms", "swap", "grain arm", "Alto")
    assert swapped_objects(pair_up(gives, takes, 0.9, LEXICON)).strength == 1.0
    assert swapped_objects(pair_up(gives, gives, 0.9, LEXICON)).strength == 0.0


def test_numbers_bring_their_reason(make_proposition: Make) -> None:
    twelve, thirty = (make_proposition("x", numbers=(f"{number} person",)) for number in (12, 30))
    apart, same = pair_up(twelve, thirty, 0.5, LEXICON), pair_up(twelve, twelve, 0.5, LEXICON)
    assert "12 against 30" in numbers_apart(apart).reason
    assert numbers_meet(apart).strength == numbers_apart(same).strength == 0.0
    assert numbers_meet(same).reason == "the same number: 12"


@pytest.mark.parametrize(("cosine", "strength"), [(0.1, 0.0), (0.55, 0.5), (0.95, 1.0)])
def test_similarity(cosine: float, strength: float, make_proposition: Make) -> None:
    pairing = pair_up(make_proposition("x"), make_proposition("y"), cosine, LEXICON)
    assert similar_content(pairing).strength == pytest.approx(strength)


@pytest.mark.parametrize(
    ("names", "phrase"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_make_a_phrase(names: list[str], phrase: str) -> None:
    assert join_names(names) == phrase
