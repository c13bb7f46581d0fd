import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.probing import Probe, read_probes
from tasks.comparison.tone import is_headline, keeps_distance, refuses, tone_of

VALUES = {"similar": 0.5, "covered": 0.4, "covers": 0.4}
# How many of 100 pairs of headlines have one refusing side, by half and what they do; kept halves were only counted.
ONE_SIDE = {
    ("tuned", "conflict"): 91, ("tuned", "agree"): 0, ("tuned", "neutral"): 83,
    ("kept", "conflict"): 100, ("kept", "agree"): 10, ("kept", "neutral"): 83,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("No, the mayor did not swim to Sule", True, id="no"),
        pytest.param("Story of the swimming mayor is a hoax", True, id="hoax"),
        pytest.param("Mayor denies that he swam", True, id="denies"),
        pytest.param("Doubts cast over mayor’s swim", True, id="doubts"),
        pytest.param("The mayor isn’t in the water", True, id="curly-apostrophe"),
        pytest.param("You won't believe how far the mayor swam", False, id="lure"),
        pytest.param("Not the first mayor to swim", False, id="idle-negation"),
        pytest.param("Mayor swims to Sule", False, id="plain"),
        pytest.param("", False, id="empty"),
    ],
)
def test_a_text_refuses_what_it_tells(text: str, *, expected: bool) -> None:
    assert refuses(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Did the mayor swim to Sule?", True, id="question"),
        pytest.param("Mayor 'swam to Sule'", True, id="quotation-marks"),
        pytest.param("Mayor reportedly swam", True, id="reportedly"),
        pytest.param("The mayor's dog swims", False, id="apostrophe"),
        pytest.param("Mayor swims to Sule", False, id="plain"),
    ],
)
def test_a_text_keeps_its_distance(text: str, *, expected: bool) -> None:
    assert keeps_distance(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mayor of Sule swims home", True, id="a-name-and-no-full-stop"),
        pytest.param("The mayor of Sule swims home.", False, id="full-stop"),
        pytest.param("A man is swimming in a lake", False, id="caption"),
        pytest.param("The Mayor: it was 'only a swim'", True, id="marks"),
        pytest.param("The mayor, who had been asked not to, swam", False, id="clause"),
        pytest.param("The harbour of Port Maren was closed on Monday", False, id="names-make-no-title"),
    ],
)
def test_a_text_has_the_form_of_a_headline(text: str, *, expected: bool) -> None:
    assert is_headline(text) is expected


def test_two_that_refuse_in_different_words_differ_in_nothing() -> None:
    found = tone_of("Hoax: the Mayor did not swim", "Swim of the Mayor of Sule never happened", VALUES)
    assert found["both refuse"] == 1.0
    assert found["one refuses"] == 0.0


@pytest.mark.parametrize(
    ("left", "right", "covered", "expected"),
    [
        pytest.param("Mayor of Sule swims home", "No, the mayor did not swim", 0.2, 1.0, id="headline-and-claim"),
        pytest.param("Mayor of Sule swims home", "The mayor did not swim.", 0.2, 0.0, id="a-sentence"),
        pytest.param("Mayor of Sule swims home", "Mayor of Sule does not swim home", 0.9, 0.0, id="one-text-changed"),
        pytest.param("Mayor swims", " ".join(["and so on"] * 9), 0.2, 0.0, id="a-long-text"),
        pytest.param("Did you hear that he swims?", "So the mayor is a swimmer?", 0.2, 0.0, id="two-questions"),
        pytest.param("Did the Mayor Swim to Sule?", "The mayor did not swim", 0.2, 1.0, id="a-question-in-title-case"),
    ],
)
def test_two_headlines_are_told_from_sentences(left: str, right: str, covered: float, expected: float) -> None:
    values = VALUES | {"covered": covered, "covers": covered}
    assert tone_of(left, right, values)["headlines"] == expected


def test_the_side_that_keeps_its_distance_is_told_where_none_refuses() -> None:
    assert tone_of("Mayor reportedly swam", "Mayor swam", VALUES)["distance in the first"] == 1.0
    assert tone_of("Mayor swam", "Mayor reportedly swam", VALUES)["distance in the second"] == 1.0
    assert tone_of("Mayor reportedly swam", "Mayor did not swim", VALUES)["distance in the first"] == 0.0


@pytest.mark.parametrize(
    "probe",
    [pytest.param(one, id=f"{one.expected}-{one.half}") for one in read_probes("headlines") if one.kind == "headlines"],
)
def test_headlines_of_our_own(probe: Probe) -> None:
    found = 100 * sum(refuses(left) != refuses(right) for left, right in probe.pairs) // len(probe.pairs)
    assert found == ONE_SIDE[probe.half, probe.expected]


@given(left=st.text(max_size=60), right=st.text(max_size=60))
def test_the_names_are_always_the_same(left: str, right: str) -> None:
    assert tone_of(left, right, VALUES).keys() == tone_of("", "", VALUES).keys()
