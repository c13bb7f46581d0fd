import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.checking.evidence import nearest
from tasks.comparison.checking.pieces import find_pieces
from tasks.comparison.checking.sentences import find_sentences
from tasks.comparison.checking.stance import TABLE, load_weights
from tasks.comparison.checking.stated import FRAME, framed, read_statement
from tasks.comparison.checking.words import compile_words, count_kinds
from tasks.comparison.regression import Regression, Row
from tasks.model.claim import Act, Claim, Position, Proposition, Voice
from tasks.model.errors import InputError


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("It rained. Nobody came.", ["It rained.", "Nobody came."], id="two"),
        pytest.param("Mr. Holt left. He ran.", ["Mr. Holt left.", "He ran."], id="a title is no end"),
        pytest.param("The U.S. Navy came.", ["The U.S. Navy came."], id="letters with points"),
        pytest.param("J. Marl spoke.", ["J. Marl spoke."], id="an initial"),
        pytest.param('"It burns." She fled.', ['"It burns."', "She fled."], id="a quotation that ends"),
        pytest.param("It cost 3.5 million.", ["It cost 3.5 million."], id="a number"),
        pytest.param("One line\n\n  Another one ", ["One line", "Another one"], id="lines are ends"),
        pytest.param("Who came? Nobody!", ["Who came?", "Nobody!"], id="other marks"),
        pytest.param("  \n ", [], id="nothing"),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [span.of(text) for span in find_sentences(text)] == sentences


@given(text=st.text(max_size=900))
def test_sentences_lie_one_behind_the_other_and_lose_nothing_but_white_space(text: str) -> None:
    spans = list(find_sentences(text))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        pytest.param("Two hoaxes and a Hoax", "refute", 2, id="any ending, capitals too"),
        pytest.param("It was  not\ntrue at all", "refute", 1, id="a phrase over white space"),
        pytest.param("It isn’t true", "refute", 1, id="a curly apostrophe"),
        pytest.param("a fakery-like thing", "refute", 0, id="part of a longer word"),
        pytest.param("The board denied it.", "deny", 1, id="denial"),
        pytest.param("It reportedly sank, sources said.", "hedge", 1, id="distance"),
        pytest.param("They didn't, and never would", "negate", 2, id="negation"),
    ],
)
def test_words_of_a_kind(text: str, kind: str, count: int) -> None:
    assert count_kinds(text)[kind] == count


def test_the_longest_phrase_is_the_one_that_is_found() -> None:
    assert compile_words(["made", "made up"]).findall("they made up what they made") == ["made up", "made"]


def test_a_headline_is_read_as_what_somebody_said() -> None:
    assert framed("Harbour  closed") == f"{FRAME}Harbour closed."
    assert framed("Is it closed?") == f"{FRAME}Is it closed?"


def test_a_statement_that_nothing_was_found_in_is_its_own_words() -> None:
    statement = read_statement("Harbour closed?", ())
    assert [held.proposition.statement for held in statement.held] == ["Harbour closed?"]
    assert statement.question


def test_pieces_are_the_claims_and_the_sentences_that_no_claim_covers(make_claim: Callable[..., Claim]) -> None:
    text = "a, b denies. The harbour was closed on Monday.\nToo short."
    said = make_claim("Orvane", Proposition(statement="it was warned"), Act.DENY)
    first, second = find_pieces(text, [said])

    assert (first.text, first.sentence, first.voice, first.position) == (
        "it was warned",
        0,
        Voice.SOURCE,
        Position.AGAINST,
    )
    assert first.around == "a, b denies."
    assert (second.text, second.voice, second.act) == (
        "The harbour was closed on Monday.",
        Voice.OUTLET,
        Act.ASSERT,
    )
    assert second.spans[0].of(text) == second.text


def test_the_nearest_come_first_and_equals_in_the_order_of_the_text() -> None:
    assert nearest([0.1, 0.9, 0.5, 0.9], most=3) == [1, 3, 2]


def test_a_regression_tells_what_speaks_for_an_outcome() -> None:
    rows = {
        "warm": Row(mean=10.0, spread=5.0, weights=(1.0, -1.0)),
        "wet": Row(mean=0.0, spread=1.0, weights=(0.0, 2.0)),
    }
    weather = Regression(outcomes=("summer", "winter"), bias=(0.0, 0.0), rows=rows)

    assert weather.probabilities({"warm": 10.0, "wet": 0.0}) == {"summer": 0.5, "winter": 0.5}
    assert weather.probabilities({"warm": 25.0, "wet": 0.0})["summer"] > 0.9
    first, _ = weather.pull({"warm": 25.0, "wet": 0.5}, "summer")
    assert (first.feature, first.above, first.strength) == ("warm", True, 3.0)


def test_the_card_tells_where_the_weights_come_from_and_that_they_beat_the_baselines() -> None:
    card = json.loads(TABLE.read_text(encoding="utf-8"))
    figures = card["development_figures"]

    assert card["licences"]
    assert card["judge"]
    for measured in figures.values():
        rows = {name: row["macro-F1"] for name, row in measured.items() if isinstance(row, dict) and "macro-F1" in row}
        others = [figure for name, figure in rows.items() if name != "this model"]
        assert measured["this model"]["macro-F1"] > max(others)


def test_damaged_weights_are_told(tmp_path: Path) -> None:
    file = tmp_path / "check.json"
    file.write_text('{"version": "x", "speaks": {}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"check\.json"):
        load_weights(file)
