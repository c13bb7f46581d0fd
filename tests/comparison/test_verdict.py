from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from tasks.comparison.verdict import Held, compare_held, compare_propositions
from tasks.model.claim import Act, Proposition
from tasks.model.finding import Kind, Relation

Cosine = Callable[[Proposition, Proposition], float]
DENIALS = ("evidence of arms", "arms deals")


def outcome(left: Held, right: Held, cosine: float) -> tuple[Relation, Kind] | None:
    verdict = compare_held(left, right, cosine)
    assert verdict is None or (verdict.reasons and 0.0 < verdict.confidence <= 1.0)
    return None if verdict is None else (verdict.relation, verdict.kind)


@pytest.mark.parametrize("denial", DENIALS)
@pytest.mark.parametrize(
    ("matter", "act"),
    [
        pytest.param("trading weapons", Act.ASSERT, id="assertion"),
        pytest.param("providing equipment", Act.ASSERT, id="quotation"),
        pytest.param("transfer of arms", Act.JUDGE, id="judgement"),
    ],
)
def test_a_denial_conflicts_with_what_it_denies(
    denial: str, matter: str, act: Act, matters: Mapping[str, Proposition], cosine_of: Cosine
) -> None:
    denied, said = Held(proposition=matters[denial], act=Act.DENY), Held(proposition=matters[matter], act=act)
    cosine = cosine_of(denied.proposition, said.proposition)
    kind = Kind.EVIDENCE if denied.proposition.evidence else Kind.DENIAL
    assert outcome(denied, said, cosine) == (Relation.CONFLICT, kind)
    assert outcome(said, denied, cosine) == (Relation.CONFLICT, kind)


@pytest.mark.parametrize("denial", DENIALS)
@pytest.mark.parametrize(
    "matter",
    [
        "aid to Gaza",
        "closer cooperation",
        "technical assistance",
        "military ties",
        "resolutions",
        "missile launches",
        "2022 meeting",
    ],
)
def test_a_denial_leaves_neighbouring_matters_alone(
    denial: str, matter: str, matters: Mapping[str, Proposition], cosine_of: Cosine
) -> None:
    denied, said = Held(proposition=matters[denial], act=Act.DENY), Held(proposition=matters[matter])
    found = outcome(denied, said, cosine_of(denied.proposition, said.proposition))
    assert found is None or found[0] is not Relation.CONFLICT


def test_denials_of_a_thing_and_of_its_evidence_agree(matters: Mapping[str, Proposition], cosine_of: Cosine) -> None:
    one, other = (Held(proposition=matters[name], act=Act.DENY) for name in DENIALS)
    verdict = compare_held(one, other, cosine_of(one.proposition, other.proposition))
    assert verdict is not None
    assert verdict.relation is Relation.AGREE
    assert any("evidence" in reason for reason in verdict.reasons)


@pytest.mark.parametrize("act", [Act.URGE, Act.PROMISE])
def test_what_is_urged_or_promised_never_conflicts(
    act: Act, matters: Mapping[str, Proposition], cosine_of: Cosine
) -> None:
    wanted, denied = (
        Held(proposition=matters["transfer of arms"], act=act),
        Held(proposition=matters["arms deals"], act=Act.DENY),
    )
    found = outcome(wanted, denied, cosine_of(wanted.proposition, denied.proposition))
    assert found == (Relation.COMPATIBLE, Kind.FORECAST)


def test_who_declines_stands_beside_the_matter(matters: Mapping[str, Proposition], cosine_of: Cosine) -> None:
    silent, said = (
        Held(proposition=matters["arms deals"], act=Act.DECLINE),
        Held(proposition=matters["transfer of arms"]),
    )
    found = outcome(silent, said, cosine_of(silent.proposition, said.proposition))
    assert found == (Relation.COMPATIBLE, Kind.NONE)


def test_a_wish_is_not_compared(matters: Mapping[str, Proposition]) -> None:
    wish, denied = (
        Held(proposition=matters["arms deals"], act=Act.ATTITUDE),
        Held(proposition=matters["arms deals"], act=Act.DENY),
    )
    assert outcome(wish, denied, 1.0) is None


def test_an_exchange_the_other_way_round_is_no_plain_agreement(
    matters: Mapping[str, Proposition], cosine_of: Cosine
) -> None:
    one, other = matters["trading weapons"], matters["exchanging technology"]
    verdict = compare_propositions(one, other, cosine_of(one, other))
    assert verdict is not None
    assert (verdict.relation, verdict.kind) == (Relation.UNSURE, Kind.ROLE)


CASES: list[Any] = [
    pytest.param(
        ("The minister took bribes from Alto", "take bribe", "minister", "Alto"),
        ("The minister took bribes from Alto", "take bribe", "minister", "Alto", {"negated": True}),
        (Relation.CONFLICT, Kind.NEGATION),
        id="negation",
    ),
    pytest.param(
        ("The ties of Lorvania and Kestria are growing", "grow tie", "", "Lorvania, Kestria"),
        ("The growing ties of Lorvania and Kestria are in the interest of Ukraine", "grow tie", "interest",
         "Lorvania, Kestria, Ukraine", {"negated": True}),
        None,
        id="negation-of-something-else",
    ),
    pytest.param(
        ("12 people were killed in the blast in Lorvania", "kill blast", "", "Lorvania", {"numbers": ("12 person",)}),
        ("30 people died in the explosion in Lorvania", "die explosion", "", "Lorvania", {"numbers": ("30 person",)}),
        (Relation.CONFLICT, Kind.NUMBER),
        id="numbers-apart",
    ),
    pytest.param(
        ("At least 10,000 soldiers were sent to Russia", "send", "", "Russia", {"numbers": ("10000+ soldier",)}),
        ("About 11,000 soldiers were sent to Russia", "send", "", "Russia", {"numbers": ("~11000 soldier",)}),
        (Relation.COMPATIBLE, Kind.COMPATIBLE_NUMBERS),
        id="numbers-that-both-hold",
    ),
    pytest.param(
        ("14 people were killed in Lorvania", "kill", "", "Lorvania", {"numbers": ("14 person",)}),
        ("14 people died in Lorvania", "die", "", "Lorvania", {"numbers": ("14 person",)}),
        (Relation.AGREE, Kind.NONE),
        id="same-number",
    ),
    pytest.param(
        ("12 people were killed in floods in Lorvania", "kill flood", "", "Lorvania",
         {"numbers": ("12 person",), "when": date(2019, 5, 2)}),
        ("30 people were killed in floods in Lorvania", "kill flood", "", "Lorvania",
         {"numbers": ("30 person",), "when": date(2024, 6, 8)}),
        (Relation.COMPATIBLE, Kind.DIFFERENT_TIME),
        id="numbers-of-two-years",
    ),
    pytest.param(
        ("The profit of Nordbank rose in the second quarter", "rise", "profit quarter", "Nordbank"),
        ("The profit of Nordbank fell in the second quarter", "fall", "profit quarter", "Nordbank"),
        (Relation.CONFLICT, Kind.OPPOSITE),
        id="opposites",
    ),
    pytest.param(
        ("The profit of Nordbank rose in the second quarter", "rise", "profit quarter", "Nordbank"),
        ("The wages at Vela fell in the third quarter", "fall", "wage quarter", "Vela"),
        None,
        id="opposites-of-others",
    ),
    pytest.param(
        ("Police arrested the mayor in Lorvania", "arrest", "mayor", "Police, Lorvania"),
        ("Police released the mayor in Lorvania", "release", "mayor", "Police, Lorvania"),
        None,
        id="one-follows-the-other",
    ),
    pytest.param(
        ("Alto will acquire Vela", "acquire", "", "Alto > Vela"),
        ("Vela will acquire Alto", "acquire", "", "Vela > Alto"),
        (Relation.CONFLICT, Kind.ROLE),
        id="who-buys-whom",
    ),
    pytest.param(
        ("Lorvania attacked Kestria at the border", "attack", "border", "Lorvania > Kestria"),
        ("Kestria attacked Lorvania at the border", "attack", "border", "Kestria > Lorvania"),
        (Relation.UNSURE, Kind.ROLE),
        id="both-may-attack",
    ),
    pytest.param(
        ("The Court convicted Jonas Wedrin of fraud", "convict", "fraud", "Court > Jonas Wedrin"),
        ("The Court acquitted Jonas Wedrin of fraud", "acquit", "fraud", "Court > Jonas Wedrin"),
        (Relation.CONFLICT, Kind.OPPOSITE),
        id="court",
    ),
    pytest.param(
        ("The vaccine protects children", "protect", "vaccine child", "Vela"),
        ("The vaccine protects children", "protect", "vaccine child", "Vela", {"forecast": True}),
        None,
        id="what-is-and-what-will-be",
    ),
    pytest.param(
        ("Kestria will hold elections in May", "hold election", "", "Kestria", {"forecast": True}),
        ("Kestria holds elections in May", "hold election", "", "Kestria", {"negated": True}),
        (Relation.COMPATIBLE, Kind.FORECAST),
        id="forecast-against-report",
    ),
    pytest.param(
        ("Alto opened a factory in Lorvania", "open", "factory", "Alto, Lorvania"),
        ("Vela sued the union over wages", "sue", "union wage", "Vela"),
        None,
        id="unrelated",
    ),
    pytest.param(
        ("A restaurant opened in Amsterdam for Kestria", "open", "restaurant amsterdam", "Kestria"),
        ("A restaurant opened in Glasgow for Kestria", "open", "restaurant glasgow", "Kestria", {"negated": True}),
        None,
        id="two-places",
    ),
    pytest.param(
        ("The story of the golden eel of Lorvania is bogus", "", "story eel bogus", "Lorvania"),
        ("The story of the eel of Lorvania is a hoax", "", "story eel hoax", "Lorvania", {"negated": True}),
        (Relation.AGREE, Kind.NONE),
        id="both-call-it-untrue",
    ),
    pytest.param(
        ("Alto will stop selling coal in Lorvania", "stop sell", "coal", "Alto, Lorvania"),
        ("Alto will no longer sell coal in Lorvania", "sell", "coal", "Alto, Lorvania", {"negated": True}),
        (Relation.AGREE, Kind.NONE),
        id="stops-and-no-longer",
    ),
    pytest.param(
        ("Alto sells coal in Lorvania", "sell", "coal", "Alto, Lorvania"),
        ("Alto no longer sells coal in Lorvania", "sell", "coal", "Alto, Lorvania", {"negated": True}),
        (Relation.CONFLICT, Kind.NEGATION),
        id="sells-and-no-longer",
    ),
    pytest.param(
        ("Jonas Wedrin owns a fortune in Lorvania", "own", "fortune", "Jonas Wedrin, Lorvania"),
        ("Jonas Wedrin owns a fortune of 72 million crowns in Lorvania", "own", "fortune", "Jonas Wedrin, Lorvania",
         {"numbers": ("72000000 crown",), "negated": True}),
        (Relation.UNSURE, Kind.NEGATION),
        id="only-the-number-may-be-denied",
    ),
    pytest.param(
        ("Jonas Wedrin, an old man, left the harbour of Lorvania", "leave", "man harbour", "Jonas Wedrin, Lorvania"),
        ("Jonas Wedrin and a woman he knew left the harbour of Lorvania", "leave", "woman harbour",
         "Jonas Wedrin, Lorvania"),
        None,
        id="opposite-words-in-two-places",
    ),
    pytest.param(
        ("Alto hired a man in Lorvania", "hire", "man", "Alto, Lorvania"),
        ("Alto hired a woman in Lorvania", "hire", "woman", "Alto, Lorvania"),
        None,
        id="two-people-are-no-contradiction",
    ),
    pytest.param(
        ("The Ministry buried Jonas Wedrin in May", "bury", "", "Ministry, Jonas Wedrin", {"when": date(2024, 5, 2)}),
        ("The Ministry buried Jonas Wedrin in June", "bury", "", "Ministry, Jonas Wedrin", {"when": date(2024, 6, 9)}),
        (Relation.CONFLICT, Kind.TIME),
        id="one-event-dated-twice",
    ),
    pytest.param(
        ("Kestria shelled the port of Lorvania", "shell", "port", "Kestria > Lorvania", {"when": date(2024, 5, 2)}),
        ("Kestria shelled the port of Lorvania", "shell", "port", "Kestria > Lorvania", {"when": date(2024, 6, 9)}),
        (Relation.COMPATIBLE, Kind.DIFFERENT_TIME),
        id="what-may-happen-twice",
    ),
    pytest.param(
        ("90 people died in the floods nationwide, Kestria says", "die flood", "nationwide", "Kestria",
         {"numbers": ("90 person",)}),
        ("14 people died in the floods in one district of Kestria", "die flood", "district", "Kestria",
         {"numbers": ("14 person",)}),
        (Relation.COMPATIBLE, Kind.DIFFERENT_SCOPE),
        id="the-whole-and-a-part",
    ),
    pytest.param(
        ("12 people were killed in the clashes in Tarvona", "kill clash", "tarvona", "Police",
         {"numbers": ("12 person",)}),
        ("30 people were killed in the clashes in Belmere", "kill clash", "belmere", "Police",
         {"numbers": ("30 person",)}),
        (Relation.COMPATIBLE, Kind.DIFFERENT_SCOPE),
        id="counted-in-two-places",
    ),
    pytest.param(
        ("12 people were killed in the clashes in Tarvona", "kill clash", "tarvona", "Kestria",
         {"numbers": ("12 person",)}),
        ("30 people were killed in the clashes in Kestria", "kill clash", "", "Kestria",
         {"numbers": ("30 person",)}),
        (Relation.CONFLICT, Kind.NUMBER),
        id="a-town-and-its-state",
    ),
]  # fmt: skip


def read(case: tuple[Any, ...], make: Callable[..., Proposition]) -> Proposition:
    *words, last = (*case, {}) if not isinstance(case[-1], dict) else case
    return make(*words, **last)


@pytest.mark.parametrize(("left", "right", "expected"), CASES)
def test_two_assertions(
    left: tuple[Any, ...],
    right: tuple[Any, ...],
    expected: tuple[Relation, Kind] | None,
    make_proposition: Callable[..., Proposition],
    cosine_of: Cosine,
) -> None:
    one, other = read(left, make_proposition), read(right, make_proposition)
    cosine = cosine_of(one, other)
    assert outcome(Held(proposition=one), Held(proposition=other), cosine) == expected
    assert outcome(Held(proposition=other), Held(proposition=one), cosine) == expected


def test_a_negation_among_the_words_of_the_holder_leaves_it_unsure(
    make_proposition: Callable[..., Proposition], cosine_of: Cosine
) -> None:
    framed = make_proposition("Alto said it had never heard that Alto bribed the minister", "bribe", "minister", "Alto")
    denied = make_proposition("Alto bribed the minister", "bribe", "minister", "Alto")
    found = outcome(Held(proposition=framed), Held(proposition=denied, act=Act.DENY), cosine_of(framed, denied))
    assert found == (Relation.UNSURE, Kind.DENIAL)


def test_the_word_hoax_among_the_words_of_the_holder_leaves_it_unsure(
    make_proposition: Callable[..., Proposition], cosine_of: Cosine
) -> None:
    told = make_proposition("The site says Alto bribed the minister, and that is bogus", "bribe", "minister", "Alto")
    denied = make_proposition("Alto bribed the minister", "bribe", "minister", "Alto")
    found = outcome(Held(proposition=told), Held(proposition=denied, act=Act.DENY), cosine_of(told, denied))
    assert found == (Relation.UNSURE, Kind.DENIAL)


def test_more_numbers_of_one_unit_leave_it_unsure(
    make_proposition: Callable[..., Proposition], cosine_of: Cosine
) -> None:
    both = make_proposition(
        "12 people were killed and 40 hurt in Lorvania", "kill hurt", "", "Lorvania", numbers=("12 person", "40 person")
    )
    one = make_proposition("14 people were killed in Lorvania", "kill", "", "Lorvania", numbers=("14 person",))
    found = outcome(Held(proposition=both), Held(proposition=one), cosine_of(both, one))
    assert found == (Relation.UNSURE, Kind.NUMBER)


def test_a_negation_of_distant_words_leaves_it_unsure(make_proposition: Callable[..., Proposition]) -> None:
    words = ("Fighters were killed in the strikes on Kestria", "kill strike", "fighter", "Kestria")
    said, negated = Held(proposition=make_proposition(*words)), Held(proposition=make_proposition(*words, negated=True))
    assert outcome(said, negated, 0.50) == (Relation.UNSURE, Kind.NEGATION)
    assert outcome(said, negated, 0.60) == (Relation.CONFLICT, Kind.NEGATION)


def test_too_little_is_said_to_be_about_one_thing(make_proposition: Callable[..., Proposition]) -> None:
    hoax = Held(proposition=make_proposition("It is a hoax", "", "hoax"))
    assert compare_held(hoax, hoax, 1.0) is None
