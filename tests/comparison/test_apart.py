import pytest

from tasks.comparison.apart import find_apart, hold_together, told_apart
from tasks.comparison.judge import Label

EVEN = {Label.AGREE: 0.5, Label.CONFLICT: 0.2, Label.NEUTRAL: 0.3}


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        pytest.param(
            "A man sells figs in Peru.", "A man sells figs in Chile.", "country: Peru against Chile", id="name"
        ),
        pytest.param("An Irish cook sings.", "A Dutch cook sings.", "nationality: Irish against Dutch", id="article"),
        pytest.param("One boy is here.", "Three boys are here.", "number: one against three", id="agreement"),
        pytest.param(
            "A man eats in the living room.",
            "A man eats in the kitchen.",
            "room: living room against kitchen",
            id="two-words",
        ),
        pytest.param(
            "The cat is ahead of the dog.", "The cat is behind the dog.", "opposite: ahead against behind", id="of"
        ),
    ],
)
def test_one_thing_sets_two_texts_apart(left: str, right: str, reason: str) -> None:
    found, mirrored = find_apart(left, right), find_apart(right, left)
    assert found is not None
    assert found.reason == reason
    assert mirrored is not None
    assert (mirrored.left, mirrored.right) == (found.right, found.left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("He does not drink tea.", "He does not drink beer.", id="a-negation-in-both"),
        pytest.param("It isn't in Peru now.", "It isn't in Chile now.", id="a-contracted-negation-in-both"),
        pytest.param("She may go to Peru.", "She may go to Chile.", id="a-hedge-in-both"),
        pytest.param("They wear red or green hats.", "They wear blue or green hats.", id="or"),
        pytest.param("He also likes tea.", "He also likes beer.", id="also"),
        pytest.param("It is not hard to see.", "It is easy to see.", id="negated-opposite"),
        pytest.param("Two men wait in Peru.", "Six men wait in Chile.", id="two-differences"),
        pytest.param("Two men wait.", "Six men wait for a very late train.", id="more-besides"),
        pytest.param("Envoy to visit Peru", "Envoy to visit Chile", id="headlines-on-two-events"),
        pytest.param("A man drinks juice.", "A man drinks orange juice.", id="part-of-the-name"),
        pytest.param("A grey cat yawns.", "A gray cat yawns.", id="two-spellings"),
        pytest.param("All men wave there.", "Some men wave there.", id="listed-as-opposites-and-none"),
        pytest.param("Peru", "Chile", id="nothing-besides"),
        pytest.param("", "", id="empty"),
    ],
)
def test_what_does_not_set_two_texts_apart(left: str, right: str) -> None:
    assert find_apart(left, right) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("The cat is not asleep.", "The cat is awake.", id="negated-opposite"),
        pytest.param("It isn't untrue that it sank.", "It is true that it sank.", id="contracted"),
        pytest.param("The board did not approve the plan.", "The board rejected the plan.", id="helper-verb"),
        pytest.param("She never fails to sing.", "She always does sing.", id="two-negations-one-of-them-the-opposite"),
        pytest.param("About 100 riders came.", "98 riders came.", id="roughly"),
        pytest.param("He is over thirty.", "He is 45.", id="more-than"),
        pytest.param("Twelve boats sank.", "12 boats sank.", id="two-spellings"),
        pytest.param("A boy begins to sing.", "A boy starts to sing.", id="synonyms"),
        pytest.param("He did not buy an old sofa.", "He didn't buy an old couch.", id="synonyms-both-negated"),
    ],
)
def test_both_hold_though_they_look_like_a_conflict(left: str, right: str) -> None:
    wrong = {Label.AGREE: 0.3, Label.CONFLICT: 0.6, Label.NEUTRAL: 0.1}
    assert hold_together(left, right)
    assert hold_together(right, left)
    assert find_apart(left, right) is None
    told = told_apart((left, right), wrong)
    assert told[Label.CONFLICT] == pytest.approx(0.20)
    assert told[Label.AGREE] == pytest.approx(0.60)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("The cat is asleep.", "The cat is awake.", id="opposite"),
        pytest.param("The cat is not asleep.", "The cat is asleep.", id="negation"),
        pytest.param("The cat is not asleep.", "The cat isn't awake.", id="both-negated"),
        pytest.param("She sings with him.", "She sings without him.", id="the-opposite-is-the-negation"),
        pytest.param("The cat is not asleep.", "The old dog is awake.", id="more-besides"),
        pytest.param("He did not buy the sofa.", "He bought the couch.", id="synonyms-one-negated"),
        pytest.param("A man drinks there.", "A man sleeps there.", id="no-synonyms"),
        pytest.param("About 100 riders came.", "300 riders came.", id="numbers-apart"),
        pytest.param("It sold 10,000 copies.", "It sold 10,001 copies.", id="two-exact-numbers"),
        pytest.param("It sold over 600 copies.", "It sold over 601 copies.", id="two-numbers-as-loose"),
        pytest.param("", "", id="empty"),
    ],
)
def test_what_is_not_said_to_hold_together(left: str, right: str) -> None:
    assert not hold_together(left, right)


def test_a_conflict_is_likely_where_one_thing_sets_two_texts_apart() -> None:
    nations = told_apart(("A man sells figs in Peru.", "A man sells figs in Chile."), EVEN)
    numbers = told_apart(("Two men wait there.", "Six men wait there."), EVEN)

    assert nations[Label.CONFLICT] == pytest.approx(0.80)
    assert numbers[Label.CONFLICT] == pytest.approx(0.90)
    assert sum(nations.values()) == pytest.approx(1.0)
    assert nations[Label.AGREE] / nations[Label.NEUTRAL] == pytest.approx(5 / 3)


def test_chances_are_left_alone_where_nothing_sets_apart_or_a_conflict_is_likelier_still() -> None:
    sure = {Label.AGREE: 0.02, Label.CONFLICT: 0.95, Label.NEUTRAL: 0.03}
    assert told_apart(("Two men wait there.", "Six men wait there."), sure) == sure
    assert told_apart(("Two men wait there.", "Two men sit there."), EVEN) == EVEN
    certain = {Label.AGREE: 0.0, Label.CONFLICT: 1.0, Label.NEUTRAL: 0.0}
    assert told_apart(("", ""), certain) == certain
