"""The marked story holds what it says: every excerpt stands in its article, every pair names claims that exist."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tasks.model.claim import Act, Position, Voice, position
from tasks.model.finding import Kind, Relation

Marks = dict[str, dict[str, Any]]
RELATION_LISTS = ("conflicts", "agreements", "shifts", "no_conflicts")
MARK_KEYS = {"key", "article", "voice", "source", "act", "also", "position", "excerpt", "via", "inside"}
ONE_SIDED = (Position.FOR, Position.AGAINST)
OPPOSED = {Kind.DENIAL, Kind.NEGATION, Kind.EVIDENCE}


def find_pairs(story: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in RELATION_LISTS:
        for pair in story["relations"][name]:
            yield name, pair


def test_every_example_is_marked(story: dict[str, Any], example_files: list[str]) -> None:
    marked = {article["file"].partition("#")[0] for article in story["articles"].values()}
    assert marked == set(example_files)


def test_every_excerpt_stands_once_in_its_article(marks: Marks, texts: dict[str, str]) -> None:
    counts = {key: texts[mark["article"]].count(mark["excerpt"]) for key, mark in marks.items()}
    assert {key: count for key, count in counts.items() if count != 1} == {}


def test_every_excerpt_is_short(marks: Marks) -> None:
    lengths = {key: len(mark["excerpt"].split()) for key, mark in marks.items()}
    assert {key: words for key, words in lengths.items() if not 2 <= words <= 8} == {}


def test_every_article_has_at_least_four_claims(marks: Marks) -> None:
    counts = Counter(mark["article"] for mark in marks.values())
    assert {name: count for name, count in counts.items() if count < 4} == {}


def test_the_core_touches_every_article_and_every_act_that_compares(story: dict[str, Any], marks: Marks) -> None:
    core = story["core"]
    assert len(set(core)) == len(core)
    assert {marks[key]["article"] for key in core} == set(story["articles"])
    assert {marks[key]["act"] for key in core} == set(Act) - {Act.ATTITUDE}


def test_marks_use_the_words_of_the_model(marks: Marks) -> None:
    for mark in marks.values():
        assert mark.keys() <= MARK_KEYS
        assert mark["source"]
        Voice(mark.get("voice", "source"))
        for act in mark.get("also", []):
            assert Act(act) is not Act(mark["act"])


def test_positions_can_follow_from_the_acts(marks: Marks) -> None:
    for key, mark in marks.items():
        possible = {position(Act(mark["act"]), negated=negated) for negated in (False, True)}
        assert Position(mark["position"]) in possible, key


def test_nested_claims_sit_in_a_claim_of_the_same_article(marks: Marks) -> None:
    nested = {key: mark["inside"] for key, mark in marks.items() if "inside" in mark}
    assert nested
    for key, parent in nested.items():
        assert marks[parent]["article"] == marks[key]["article"]


def test_every_pair_names_two_claims_and_stands_once(story: dict[str, Any], marks: Marks) -> None:
    pairs = [frozenset((pair["left"], pair["right"])) for _, pair in find_pairs(story)]
    assert [pair for pair in pairs if len(pair) != 2 or not pair <= marks.keys()] == []
    assert [sorted(pair) for pair, count in Counter(pairs).items() if count > 1] == []


def test_kinds_are_those_of_the_model(story: dict[str, Any]) -> None:
    for name, pair in find_pairs(story):
        assert ("kind" in pair) is (name == "conflicts")
        assert ("why" in pair) is (name == "no_conflicts")
        for relation, kind in [other.split() for other in pair.get("also", [])] + [("conflict", pair.get("kind", ""))]:
            assert Relation(relation)
            assert Kind(kind) in Kind


def test_a_denial_or_negation_has_a_side_for_and_a_side_against(story: dict[str, Any], marks: Marks) -> None:
    opposed = [pair for pair in story["relations"]["conflicts"] if pair["kind"] in OPPOSED]
    assert opposed
    for pair in opposed:
        sides = {marks[pair["left"]]["position"], marks[pair["right"]]["position"]}
        assert sides == set(ONE_SIDED), pair


def test_agreeing_claims_hold_one_position(story: dict[str, Any], marks: Marks) -> None:
    for pair in story["relations"]["agreements"]:
        assert marks[pair["left"]]["position"] == marks[pair["right"]]["position"], pair


def test_a_shift_stays_with_one_source_over_two_articles(story: dict[str, Any], marks: Marks) -> None:
    for pair in story["relations"]["shifts"]:
        left, right = marks[pair["left"]], marks[pair["right"]]
        assert left["article"] != right["article"]
        assert left["source"] == right["source"] or "also" in pair, pair


def test_sides_of_a_matter_hold_what_they_stand_under(story: dict[str, Any], marks: Marks) -> None:
    for matter in story["matters"]:
        for side in ONE_SIDED:
            assert matter[side], matter["name"]
            assert {marks[key]["position"] for key in matter[side]} == {side}, matter["name"]
        assert {marks[key]["act"] for key in matter["declines"]} <= {"decline"}
