from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tasks.comparison.camps import places_of, same_being, tokens_of
from tasks.comparison.stake_words import load_stake_words, read_stake_words
from tasks.comparison.stakes import find_stakes
from tasks.model.claim import Act, Claim, Entity, EntityKind, Proposition
from tasks.model.finding import Stake

Make = Callable[..., Claim]
Say = tuple[str, str, dict[str, Any]]  # source, name of what it says, more of the claim

MATTERS: dict[str, tuple[str, str, str, str, dict[str, Any]]] = {
    "beating": ("Police beat Emil Dast", "beat", "", "Police > Emil Dast", {}),
    "beaten": ("Emil Dast was badly beaten by Police", "beat", "", "Emil Dast, Police >", {}),
    "copying": ("Vela of copying its engine", "copy", "engine", "> Vela", {}),
    "ferries": ("Alto lent two ferries to Vela", "lend", "ferry", "Alto > Vela", {}),
    "complaint": ("Alto refused two ferries to Vela", "refuse", "ferry", "Alto > Vela", {}),
    "watching": ("Police saw Vela carry the crates", "see carry", "crate", "Police > Vela", {}),
    "in town": ("Vela burned waste in Lorvania", "burn", "waste", "Vela, Lorvania >", {}),
    "at the depot": ("No inspector set foot in Orvane's depot", "set", "foot depot", "", {"negated": True}),
    "call": ("Police had a call about smoke", "have", "call smoke", "Police >", {}),
    "wanting": ("Vela wants to sell crates", "want sell", "crate", "Vela >", {}),
    "aware": ("Police were not aware of Vela moving crates", "move", "crate", "Police > Vela", {}),
    "north": ("Vela sank a ferry in the north of Lorvania", "sink", "ferry", "Vela > Lorvania", {}),
    "his men": ("Vela robbed a thief who hid their crates", "rob hide", "thief crate", "Vela >", {"core": "robbed"}),
    "story": ("A war story in which Emil Dast sank", "war", "story", "Emil Dast", {}),
    "company": ("The company poisoned the river", "poison", "company river", "", {}),
    "for the company": ("A clerk stole from the company", "steal", "clerk company", "", {}),
    "two firms": ("The company poisoned a well of Vela", "poison", "company well", "Vela >", {}),
    "at his place": ("More children in Emil Dast's country leave school", "leave", "child country school", "", {}),
    "side clause": (
        "Vela carried the crates, and Alto has the papers",
        "carry have",
        "crate paper",
        "Vela, Alto >",
        {},
    ),
    "sanctions": ("Sanctions against Vela broke the treaty", "sanction break", "treaty", "> Vela", {}),
    "boat": ("A Kestrian boat fired at the pier", "fire", "boat pier", "", {}),
    "ruling": ("The wall was built in May", "build", "wall", "", {}),
    "Alto wins": ("Alto won the tender", "win", "tender", "Alto >", {}),
    "Vela wins": ("Vela won the tender", "win", "tender", "Vela >", {}),
    "shells": ("North Korea sends shells to Russia", "send", "shell", "North Korea > Russia", {}),
}

CASES = [
    pytest.param([("Police", "beating", {"act": Act.DENY}), ("Emil Dast", "beating", {})],
                 [Stake.PARTY, Stake.OPPONENT], id="who-acts-and-who-is-acted-upon"),
    pytest.param([("Emil Dast", "beaten", {}), ("Police", "beaten", {"act": Act.DENY})],
                 [Stake.OPPONENT, Stake.PARTY], id="turned-round-whatever-role-was-found"),
    pytest.param([("Ilse Karran", "beating", {})], [Stake.THIRD_PARTY], id="neither"),
    pytest.param([("Emil Dast, Police", "beating", {})], [Stake.PARTY], id="a-person-counts-for-the-body"),
    pytest.param([("Nadia Sorel, Vela", "ferries", {}), ("Nadia Sorel", "ferries", {"article": "b"})],
                 [Stake.PARTY, Stake.PARTY], id="also-where-another-claim-names-the-body"),
    pytest.param([("Alto", "copying", {"act": Act.ACCUSE}), ("Vela", "copying", {"act": Act.DENY})],
                 [Stake.OPPONENT, Stake.PARTY], id="accused-of-it-and-touched-by-it"),
    pytest.param([("Alto", "ferries", {}), ("Vela", "ferries", {})],
                 [Stake.PARTY, Stake.PARTY], id="both-have-a-share"),
    pytest.param([("Vela", "complaint", {"act": Act.ACCUSE})], [Stake.OPPONENT], id="touched-and-accusing"),
    pytest.param([("Police", "watching", {}), ("Vela", "watching", {"act": Act.DENY})],
                 [Stake.THIRD_PARTY, Stake.PARTY], id="who-sees-it-takes-no-part"),
    pytest.param([("Police", "call", {})], [Stake.THIRD_PARTY], id="who-has-news-of-it-takes-no-part"),
    pytest.param([("Police", "aware", {})], [Stake.THIRD_PARTY], id="who-is-aware-of-it-takes-no-part"),
    pytest.param([("Vela", "wanting", {})], [Stake.PARTY], id="who-wants-to-do-it"),
    pytest.param([("Lorvania", "north", {})], [Stake.THIRD_PARTY], id="a-part-of-a-place"),
    pytest.param([("Emil Dast", "his men", {})], [Stake.THIRD_PARTY], id="their-crates-are-not-the-source's"),
    pytest.param([("Emil Dast", "story", {"act": Act.RETRACT})], [Stake.PARTY], id="takes-back-what-names-him"),
    pytest.param([("Nadia Sorel, Orvane", "company", {"act": Act.DENY})], [Stake.PARTY], id="the-company-is-its-own"),
    pytest.param([("Nadia Sorel, Orvane", "for the company", {})], [Stake.OPPONENT], id="its-own-company-suffers"),
    pytest.param([("Nadia Sorel, Orvane", "two firms", {})], [Stake.THIRD_PARTY], id="which-company-is-not-known"),
    pytest.param([("Nadia Sorel", "company", {})], [Stake.THIRD_PARTY], id="a-company-of-somebody"),
    pytest.param([("Emil Dast", "at his place", {})], [Stake.THIRD_PARTY], id="in-his-country"),
    pytest.param([("Lorvania", "in town", {})], [Stake.THIRD_PARTY], id="a-place"),
    pytest.param([("Orvane", "at the depot", {})], [Stake.PARTY], id="at-what-is-its-own"),
    pytest.param([("Alto", "side clause", {})], [Stake.THIRD_PARTY], id="in-a-clause-of-its-own"),
    pytest.param([("Vela", "sanctions", {})], [Stake.OPPONENT], id="aimed-at"),
    pytest.param([("Kestria", "boat", {"act": Act.DENY})], [Stake.PARTY], id="an-adjective-made-from-the-name"),
    pytest.param([("Lorvania", "ruling", {}), ("Kestria", "ruling", {"act": Act.DENY})],
                 [Stake.THIRD_PARTY, Stake.THIRD_PARTY], id="a-matter-that-names-nobody"),
    pytest.param([("Lorvania", "ruling", {"act": Act.ALLEGE}), ("Kestria", "ruling", {"act": Act.DENY})],
                 [Stake.THIRD_PARTY, Stake.PARTY], id="a-denied-accusation-that-names-nobody"),
    pytest.param([("Alto", "Alto wins", {}), ("Vela", "Vela wins", {})],
                 [Stake.PARTY, Stake.OPPONENT], id="only-one-can-win"),
    pytest.param([("officials", "beating", {})], [Stake.UNKNOWN], id="nobody-named"),
    pytest.param([("", "beating", {})], [Stake.UNKNOWN], id="the-outlet"),
    pytest.param([("Emil Dast", "beating", {"resolved": False})], [Stake.UNKNOWN], id="he"),
    pytest.param([("officials, Lorvania", "in town", {})], [Stake.THIRD_PARTY], id="officials-of-a-state"),
]  # fmt: skip


@pytest.mark.parametrize(("says", "expected"), CASES)
def test_stakes(
    says: list[Say], expected: list[Stake], make_claim: Make, make_proposition: Callable[..., Proposition]
) -> None:
    claims = [make(make_claim, make_proposition, say, place) for place, say in enumerate(says)]
    found = find_stakes(claims)
    assert [found[claim.id].stake for claim in claims] == expected, [found[claim.id].reason for claim in claims]
    assert all(holding.reason for holding in found.values())


def make(make_claim: Make, make_proposition: Callable[..., Proposition], say: Say, place: int) -> Claim:
    source, matter, more = say
    statement, events, things, parties, flags = MATTERS[matter]
    content = make_proposition(statement, events, things, parties, **flags)
    return make_claim(source, content, place=20 * place, **more)


def test_an_adversary_from_the_table_is_an_opponent(
    make_claim: Make, make_proposition: Callable[..., Proposition]
) -> None:
    north, south, far = (
        Entity(id=f"state:{code}", name=name, kind=EntityKind.STATE)
        for code, name in (("KP", "North Korea"), ("KR", "South Korea"), ("NO", "Norway"))
    )
    content = make_proposition("North Korea sends grain to Norway", "send", "grain", "North Korea > Norway")
    claims = [make_claim(name, content, place=20 * place) for place, name in enumerate(("A B", "C D"))]
    for claim, entity in zip(claims, (south, far), strict=True):
        object.__setattr__(claim, "entities", (entity,))
    for party, entity in zip(content.parties, (north, far), strict=True):
        object.__setattr__(party, "entity", entity)
    found = [find_stakes(claims)[claim.id] for claim in claims]
    assert [holding.stake for holding in found] == [Stake.OPPONENT, Stake.PARTY]
    assert found[0].reason == "South Korea is listed as an adversary of North Korea"


@pytest.mark.parametrize(
    ("name", "stake"),
    [
        pytest.param("Norway's coast guard", Stake.PARTY, id="of-a-state"),
        pytest.param("Zembla's coast guard", Stake.THIRD_PARTY, id="of-somebody-who-is-not-known"),
        pytest.param("Oslo police", Stake.UNKNOWN, id="of-a-capital"),
        pytest.param("a coast guard", Stake.UNKNOWN, id="of-nobody"),
        pytest.param("Norway's fishermen", Stake.UNKNOWN, id="no-organ"),
    ],
)
def test_what_acts_for_a_state_counts_for_it(
    name: str, stake: Stake, make_claim: Make, make_proposition: Callable[..., Proposition]
) -> None:
    claim = make_claim("x", make_proposition("A Norwegian boat fired at the pier", "fire", "boat pier"))
    object.__setattr__(claim, "entities", (Entity(id="group:x", name=name, kind=EntityKind.GROUP),))
    assert find_stakes([claim])[claim.id].stake is stake


@pytest.mark.parametrize(
    ("name", "kind", "text", "places"),
    [
        pytest.param("Kestria", EntityKind.BODY, "A Kestrian boat off Kestria's shore", [(1, 2), (4, 5)], id="owner"),
        pytest.param("Ilse Karran", EntityKind.PERSON, "Karran met Karra", [(0, 1)], id="surname"),
        pytest.param("The Vela Works", EntityKind.BODY, "He left Vela Works", [(2, 4)], id="no-article"),
        pytest.param("Orvane Chemicals", EntityKind.BODY, "Orvane denied it", [(0, 1)], id="short-name"),
        pytest.param("World Court", EntityKind.BODY, "The world denied it", [], id="no-name-alone"),
        pytest.param("Syrian company", EntityKind.BODY, "The Syrian jet", [], id="an-adjective-of-a-state"),
        pytest.param("relief group", EntityKind.BODY, "Relief for the group", [], id="a-description"),
        pytest.param("Alto", EntityKind.BODY, "The altogether tall altar", [], id="no-longer-word"),
    ],
)  # fmt: skip
def test_where_a_text_names_somebody(name: str, kind: EntityKind, text: str, places: list[tuple[int, int]]) -> None:
    assert places_of(Entity(id="x", name=name, kind=kind), tokens_of(text)) == places


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param(("Orvane", EntityKind.PERSON), ("Orvane Chemicals", EntityKind.BODY), True, id="mistaken-kind"),
        pytest.param(("Georgia", EntityKind.PERSON), ("Georgia", EntityKind.STATE), False, id="a-person-and-a-state"),
        pytest.param(("workers", EntityKind.GROUP), ("workers", EntityKind.BODY), False, id="a-group"),
    ],
)
def test_one_being(left: tuple[str, EntityKind], right: tuple[str, EntityKind], same: bool) -> None:
    one, other = (Entity(id=f"{kind}:{name}", name=name, kind=kind) for name, kind in (left, right))
    assert same_being(one, other) is same
    assert same_being(other, one) is same


def test_the_table_of_adversaries_counts_both_ways_and_names_ids() -> None:
    pairs = load_stake_words().adversaries
    assert pairs == {(other, one) for one, other in pairs}
    text = 'hostile=[]\nexclusive=[]\nthings=[]\nperceiving=[]\norgans=[]\n[adversaries]\npairs=[["Rome", "state:FR"]]'
    with pytest.raises(ValueError, match="pairs of two ids"):
        read_stake_words(text)


def test_a_denial_of_the_accused_names_for_whom_a_person_speaks(
    make_claim: Make, matters: Mapping[str, Proposition]
) -> None:
    claim = make_claim("Ilse Karran, Russia", matters["arms deals"], Act.DENY)
    assert find_stakes([claim])[claim.id].reason == "Ilse Karran speaks for Russia, and the matter is what Russia does"
