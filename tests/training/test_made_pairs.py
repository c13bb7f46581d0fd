"""What is made of a sentence, and how the pair is labelled: tables of sentences of our own, parsed once."""

import json
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from training.stance.made import write_pairs
from training.stance.making import denial, modality, names, negation, numbers, rephrase, roles, words
from training.stance.making.bases import UNCLEAR
from training.stance.making.choosing import DRAWN, SHARES, choose_pairs, without_repeats
from training.stance.making.choosing import Made as MadeBundle
from training.stance.making.clause import question, sentence, swap_voice, with_verb
from training.stance.making.frames import FRAMES, SLOTS, draw_bases, fill, make_base
from training.stance.making.inflect import gerund, participle, past, plural, third
from training.stance.making.pairs import AGREE, CLAIMS, CONFLICT, HEADLINES, NEUTRAL, OWN, Base, Maker, Pair, conflict
from training.stance.making.parsing import find_clause, load_parser

Triple = tuple[str, str, str]


def drawn_from(seed: int) -> Random:
    return Random(seed)  # noqa: S311  no secret is made


def base_of(text: str, *, headline: bool = False) -> Base:
    doc = load_parser()(text)
    origin = HEADLINES if headline else CLAIMS
    return Base(text=text, origin=origin, topic="one", clause=find_clause(doc), doc=doc)


def made(maker: Maker, base: Base, *, runs: int = 60) -> set[Triple]:
    """Return all that a kind makes of a sentence over many seeds."""
    pairs = (pair for seed in range(runs) for bundle in maker(base, drawn_from(seed)) for pair in bundle)
    return {(pair.premise, pair.hypothesis, pair.label) for pair in pairs}


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("carry", ("carries", "carried", "carried", "carrying")),
        ("stop", ("stops", "stopped", "stopped", "stopping")),
        ("visit", ("visits", "visited", "visited", "visiting")),
        ("admit", ("admits", "admitted", "admitted", "admitting")),
        ("take", ("takes", "took", "taken", "taking")),
        ("lie", ("lies", "lied", "lied", "lying")),
        ("free", ("frees", "freed", "freed", "freeing")),
        ("go", ("goes", "went", "gone", "going")),
        ("call off", ("calls off", "called off", "called off", "calling off")),
        ("be", ("is", "was", "been", "being")),
    ],
)
def test_bends_verbs(lemma: str, forms: tuple[str, ...]) -> None:
    assert (third(lemma), past(lemma), participle(lemma), gerund(lemma)) == forms


@pytest.mark.parametrize(
    ("noun", "many"), [("city", "cities"), ("man", "men"), ("church", "churches"), ("day", "days")]
)
def test_bends_nouns(noun: str, many: str) -> None:
    assert plural(noun) == many


@pytest.mark.parametrize(
    ("text", "negated", "asked"),
    [
        ("The board closed the mill", "The board did not close the mill", "Did the board close the mill?"),
        ("The miller sells boats", "The miller does not sell boats", "Does the miller sell boats?"),
        ("The vets have seen the goat", "The vets have not seen the goat", "Have the vets seen the goat?"),
        ("The mayor is ill", "The mayor is not ill", "Is the mayor ill?"),
        ("The bridge will be rebuilt", "The bridge will not be rebuilt", "Will the bridge be rebuilt?"),
        ("The bakers were not paid", "The bakers were paid", "Were the bakers paid?"),
        ("The miller didn't sell the mill", "The miller sold the mill", "Did the miller sell the mill?"),
        ("In May, the dam burst", "In May, the dam did not burst", "In May, did the dam burst?"),
    ],
)  # fmt: skip
def test_takes_a_sentence_apart_and_turns_it(text: str, negated: str, asked: str) -> None:
    clause = base_of(text).clause
    assert clause is not None
    assert sentence(replace(clause, negated=not clause.negated)) == negated
    assert question(clause) == asked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A bad day for bakers", id="no verb"),
        pytest.param("The board met and the mill was sold", id="two clauses"),
        pytest.param("The board closed the mill but", id="cut off"),
    ],
)
def test_leaves_other_sentences_whole(text: str) -> None:
    assert base_of(text).clause is None


@pytest.mark.parametrize(
    ("text", "passive", "failed"),
    [
        ("The council sold the land", "The land was sold by the council", "The council failed to sell the land"),
        ("Rita Moss sold the boats", "The boats were sold by Rita Moss", "Rita Moss failed to sell the boats"),
    ],
)  # fmt: skip
def test_turns_the_voice(text: str, passive: str, failed: str) -> None:
    clause = base_of(text).clause
    assert clause is not None
    turned = swap_voice(clause)
    assert turned is not None
    assert sentence(turned) == passive
    assert with_verb(clause, "failed to") == failed


@pytest.mark.parametrize(
    ("maker", "text", "expected"),
    [
        pytest.param(
            negation.make_negation,
            "The board closed the mill",
            {
                ("The board closed the mill", "The board did not close the mill", CONFLICT),
                ("The board didn't close the mill", "It is not true that the board closed the mill", AGREE),
                ("The board closed the mill", "It is false that the board did not close the mill", AGREE),
            },
            id="negation, single and double",
        ),
        pytest.param(
            negation.make_implicative,
            "The company rebuilt the mill",
            {
                ("The company failed to rebuild the mill", "The company rebuilt the mill", CONFLICT),
                ("The company refused to rebuild the mill", "The company did not rebuild the mill", AGREE),
                ("The company managed to rebuild the mill", "The company rebuilt the mill", AGREE),
                ("The company came close to rebuilding the mill", "The company rebuilt the mill", CONFLICT),
            },
            id="verbs that mean a negation",
        ),
        pytest.param(
            negation.make_no_object,
            "The mayor made a promise",
            {("The mayor made a promise", "The mayor made no promise", CONFLICT)},
            id="no object",
        ),
        pytest.param(
            denial.make_gerund,
            "Rita Moss forged the letter",
            {
                ("Rita Moss denied forging the letter", "Rita Moss forged the letter", CONFLICT),
                ("Rita Moss denied forging the letter", "Rita Moss did not forge the letter", AGREE),
                ("Rita Moss admitted forging the letter", "Rita Moss forged the letter", AGREE),
                ("Rita Moss was suspected of forging the letter", "Rita Moss forged the letter", NEUTRAL),
            },
            id="denied and admitted",
        ),
        pytest.param(
            modality.make_modality,
            "The council sold the land",
            {
                ("The council will sell the land", "The council sold the land", NEUTRAL),
                ("The council will sell the land", "The council will not sell the land", CONFLICT),
            },
            id="to come",
        ),
        pytest.param(
            modality.make_tense,
            "The council sold the land",
            {
                ("The council has sold the land", "The council sold the land", AGREE),
                ("The council has sold the land", "The council has yet to sell the land", CONFLICT),
            },
            id="has and has yet to",
        ),
        pytest.param(
            numbers.make_number,
            "The flood killed 40 people",
            {
                ("The flood killed forty people", "The flood killed 40 people", AGREE),
                ("The flood killed 40 people", "The flood killed dozens of people", AGREE),
            },
            id="words for figures",
        ),
        pytest.param(
            numbers.make_date,
            "The mill closed on Monday",
            {
                ("The mill closed on Monday", "The mill closed on Friday", CONFLICT),
                ("The mill closed on Monday", "The mill closed", AGREE),
            },
            id="another day",
        ),
        pytest.param(
            words.make_antonym,
            "The council approved the plan",
            {("The council approved the plan", "The council rejected the plan", CONFLICT)},
            id="the opposite",
        ),
        pytest.param(
            words.make_synonym,
            "The council postponed the vote",
            {("The council postponed the vote", "The council delayed the vote", AGREE)},
            id="the same in other words",
        ),
        pytest.param(
            rephrase.make_detail,
            "Rita Moss, the mayor of the town, opened the bridge",
            {
                ("Rita Moss, the mayor of the town, opened the bridge", "Rita Moss opened the bridge", AGREE),
                ("Rita Moss opened the bridge", "Rita Moss, the mayor of the town, opened the bridge", NEUTRAL),
            },
            id="a detail less and more",
        ),
        pytest.param(
            rephrase.make_order,
            "In May, the council sold the land",
            {("In May, the council sold the land", "The council sold the land in May", AGREE)},
            id="another order",
        ),
        pytest.param(
            roles.make_passive,
            "The storm damaged the church",
            {
                ("The storm damaged the church", "The church was damaged by the storm", AGREE),
                ("The church was damaged", "The storm damaged the church", NEUTRAL),
            },
            id="passive with and without its agent",
        ),
    ],
)
def test_makes_labelled_pairs(maker: Maker, text: str, expected: set[Triple]) -> None:
    assert expected <= made(maker, base_of(text), runs=300)


@pytest.mark.parametrize(
    ("maker", "text"),
    [
        pytest.param(negation.make_negation, "Some bakers closed early", id="some did, others did not"),
        pytest.param(negation.make_negation, "The mill closed because the river froze", id="the reason may be denied"),
        pytest.param(negation.make_negation, "The miller thinks the river is clean", id="a belief"),
        pytest.param(numbers.make_number, "The mill burnt down in 1950", id="a year is no quantity"),
        pytest.param(numbers.make_number, "The flood killed at least 40 people", id="loosened already"),
        pytest.param(words.make_antonym, "The council may approve the plan", id="both may be"),
        pytest.param(modality.make_modality, "The council sold the land last year", id="last year is not to come"),
        pytest.param(rephrase.make_detail, "No large ship reached the port", id="under a negation"),
    ],
)
def test_leaves_alone_what_has_no_sure_label(maker: Maker, text: str) -> None:
    assert made(maker, base_of(text)) == set()


def test_a_headline_called_a_hoax_conflicts_with_it_and_a_rumour_says_nothing() -> None:
    line = "Baker finds gold coin in loaf of rye"
    found = made(denial.make_headline, base_of(line, headline=True), runs=400)
    assert {
        (f"Hoax: {line}", line, CONFLICT),
        (f"Confirmed: {line}", line, AGREE),
        (f"Rumor: {line}", line, NEUTRAL),
    } <= found
    assert made(denial.make_headline, base_of("Report: goat elected mayor", headline=True)) == set()


def test_denials_conflict_with_the_sentence_and_agree_with_its_negation() -> None:
    yes, no = "The board closed the mill", ("The board did not close the mill", "The board didn't close the mill")
    found = made(denial.make_denial, base_of(yes), runs=400)
    ending = "denied that the board closed the mill"
    denied = {(hypothesis, label) for premise, hypothesis, label in found if premise.endswith(ending)}
    assert {label for hypothesis, label in denied if hypothesis == yes} == {CONFLICT}
    assert {label for hypothesis, label in denied if hypothesis in no} == {AGREE}
    unclear = {label for premise, _, label in found if premise == "It is unclear whether the board closed the mill"}
    assert unclear == {NEUTRAL}


def test_swapped_roles_conflict_unless_the_deed_is_mutual() -> None:
    bundles = list(roles.draw_roles(4 * len(roles.ROLES), drawn_from(1)))
    labels = {
        role["v"]: {pair.label for bundle in bundles[place :: len(roles.ROLES)] for pair in bundle}
        for place, role in enumerate(roles.ROLES)
    }
    assert labels["meet"] == {AGREE}
    assert labels["sue"] == {AGREE, CONFLICT}


def test_things_traded_the_other_way_round_conflict() -> None:
    for bundle in roles.draw_exchanges(50, drawn_from(1)):
        for pair in bundle:
            turned = {words_of_trade(pair.premise), words_of_trade(pair.hypothesis)}
            assert (pair.label == CONFLICT) == (len(turned) == 2)


def words_of_trade(text: str) -> tuple[str, str]:
    """Return what is given and what is got in one of the shapes of a trade."""
    things = sorted((text.index(thing), thing) for listed in roles.THINGS for thing in listed if f" {thing}" in text)
    first, second = things[0][1], things[-1][1]
    given_last = bool(re.match(r"\w+ (?:receives|gets|pays)\b", text))
    return (second, first) if given_last else (first, second)


def test_frames_have_what_their_slots_need() -> None:
    rng = drawn_from(1)
    for frame in FRAMES:
        base = make_base(frame, fill(frame, rng))
        assert "{" not in base.text
        assert base.clause is not None
    assert set(SLOTS["city"]) == set(names.LIES_IN)


def test_only_exclusive_slots_make_a_conflict_of_names() -> None:
    for base in draw_bases(len(FRAMES), drawn_from(2)):
        if not any(mark.endswith("!") and names.kind_of(mark) not in names.TIMES for mark in base.filled):
            assert made(names.make_name, base, runs=3) == set()


def test_statements_about_nobody_in_particular_are_left_out() -> None:
    assert UNCLEAR.search("We closed the mill")
    assert UNCLEAR.search("But the mill was closed")
    assert not UNCLEAR.search("The US closed the mill")


def test_a_pair_under_two_labels_and_a_text_against_itself_are_dropped() -> None:
    one, other = "The mill burnt", "The mill did not burn"
    bundle = [
        *conflict(one, other),
        Pair(premise=one, hypothesis=other, label=AGREE),
        Pair(premise=one, hypothesis=one, label=AGREE),
    ]
    kept = without_repeats([MadeBundle(kind="negation", origin=OWN, bundle=bundle)])
    assert [(pair.premise, pair.hypothesis, pair.label) for _, _, pair in kept] == [(other, one, CONFLICT)]


@pytest.fixture(scope="module")
def chosen() -> list[tuple[str, str, str]]:
    pairs = choose_pairs([], [], drawn_from(3), invented_number=len(FRAMES))
    return [(kind, pair.label, f"{pair.premise} | {pair.hypothesis}") for kind, _, pair in pairs]


def test_the_same_seed_makes_the_same_pairs(chosen: list[tuple[str, str, str]]) -> None:
    again = [
        (kind, pair.label, f"{pair.premise} | {pair.hypothesis}")
        for kind, _, pair in choose_pairs([], [], drawn_from(3), invented_number=len(FRAMES))
    ]
    assert again == chosen


def test_invented_sentences_alone_give_most_kinds_and_every_label(chosen: list[tuple[str, str, str]]) -> None:
    from_articles = {"headline", "order", "detail", "wider"}
    assert {kind for kind, _, _ in chosen} == ({*SHARES, *DRAWN, "scope"} - from_articles)
    assert {label for _, label, _ in chosen} == {AGREE, CONFLICT, NEUTRAL}


def test_writes_rows_that_the_trainer_reads(tmp_path: Path) -> None:
    pair = Pair(premise="The mill burnt", hypothesis="The mill did not burn", label=CONFLICT)
    write_pairs([("negation", OWN, pair)], tmp_path / "pairs.jsonl")
    (row,) = map(json.loads, (tmp_path / "pairs.jsonl").read_text(encoding="utf-8").splitlines())
    assert (row["corpus"], row["sub"], row["label"], row["tier"]) == ("made", "negation", CONFLICT, "open")
    assert not list(tmp_path.glob("*.part"))
