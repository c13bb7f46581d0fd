import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.lexicon import load_lexicon, read_lexicon

LEXICON = load_lexicon()
WORDS = st.sampled_from(sorted(LEXICON.classes))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("supply", "trade", id="transfer"),
        pytest.param("weapon", "ammunition", id="arms"),
        pytest.param("kill", "die", id="death"),
        pytest.param("store", "keep", id="store"),
        pytest.param("harbour", "harbour", id="unknown-but-the-same"),
    ],
)
def test_words_that_stand_for_one_another(left: str, right: str) -> None:
    assert LEXICON.alike(left, right)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        pytest.param("increase", "drop", "opposed", id="rise-fall"),
        pytest.param("guilty", "innocent", "opposed", id="guilt"),
        pytest.param("arrest", "release", "follow", id="arrest-release"),
        pytest.param("buy", "sell", "neither", id="both-are-transfers"),
        pytest.param("harbour", "weapon", "neither", id="unrelated"),
    ],
)
def test_opposites(left: str, right: str, kind: str) -> None:
    assert LEXICON.opposed(left, right) == (kind == "opposed")
    assert LEXICON.may_follow(left, right) == (kind == "follow")


@given(left=WORDS, right=WORDS)
def test_both_ways_round(left: str, right: str) -> None:
    assert LEXICON.alike(left, right) == LEXICON.alike(right, left)
    assert LEXICON.opposed(left, right) == LEXICON.opposed(right, left)
    assert not (LEXICON.alike(left, right) and LEXICON.opposed(left, right))


def test_light_words_and_marks_carry_nothing() -> None:
    assert LEXICON.content(["be", "Supply", "supply", "--", "weapon"]) == ("supply", "weapon")


def test_two_words_make_a_class() -> None:
    assert "weapons" in LEXICON.pairs["military", "equipment"]


def test_an_opposite_without_a_class_is_told() -> None:
    lists = "".join(f"{name} = []\n" for name in ("light", "exchange", "directional", "sequels"))
    text = f'{lists}antonyms = [["up", "down"]]\n[events]\nup = ["up"]\n[things]\n[texts]\n'
    with pytest.raises(ValueError, match="without a class: down"):
        read_lexicon(text)
