from typing import Any

import pytest

from bench.attribution import mistakes, reliability, tables
from bench.attribution.matching import Attribution, Matched, Text, match, shared

TEXT = Text('Reed said "we will not sell". The mayor denied that he had paid twice, and Orlov wants quiet.')


def one(source: str, cue: str, content: str, **more: Any) -> Attribution:
    def spans(words: str) -> list[tuple[int, int]]:
        at = TEXT.text.index(words)
        return [(at, at + len(words))] if words else []

    return TEXT.attribution(spans(source), spans(cue), spans(content), **more)


SAID = one("Reed", "said", '"we will not sell"')
DENIED = one("The mayor", "denied", "that he had paid twice")
WANTS = one("Orlov", "wants", "quiet")
MARKED = (SAID, DENIED, WANTS)


@pytest.mark.parametrize(
    ("found", "claims", "match_rates", "right_rates"),
    [
        pytest.param(MARKED, False, (1, 1), (1, 1), id="all"),
        pytest.param((), False, (0, 0), (0, 0), id="nothing"),
        pytest.param((one("Reed", "said", "will not sell"),), False, (1, 1 / 3), (1, 1 / 3), id="three words of four"),
        pytest.param((one("Reed", "said", "sell"),), False, (0, 0), (0, 0), id="one word of four"),
        pytest.param((one("Orlov", "denied", "he had paid twice"),), False, (1, 1 / 3), (0, 0), id="another source"),
        pytest.param((one("", "denied", "he had paid twice"),), False, (1, 1 / 3), (0, 0), id="no source"),
        pytest.param((one("mayor", "denied", "he had paid twice"),), False, (1, 1 / 3), (1, 1 / 3), id="half a source"),
        pytest.param((SAID, SAID), False, (1 / 2, 1 / 3), (1 / 2, 1 / 3), id="one to one"),
        pytest.param((SAID, DENIED), True, (1, 1), (1, 1), id="claims: wants are not missed"),
        pytest.param(MARKED, True, (1, 1), (1, 1), id="claims: wants are left aside"),
        pytest.param((*MARKED, one("Orlov", "wants", "paid")), True, (1, 1), (1, 1), id="claims: stray wants too"),
        pytest.param(
            (DENIED, one("", "wants", "will not sell")), True, (1, 1), (1 / 2, 1 / 2), id="claims: by its mark"
        ),
    ],
)
def test_precision_and_recall_come_out_as_defined(
    found: tuple[Attribution, ...],
    claims: bool,
    match_rates: tuple[float, float],
    right_rates: tuple[float, float],
) -> None:
    tally = total(match(MARKED, found, claims=claims))

    assert tables.rates(tally, tally.matched)[:2] == pytest.approx(match_rates)
    assert tables.rates(tally, tally.right)[:2] == pytest.approx(right_rates)


def total(matched: Matched) -> tables.Tally:
    from bench.attribution.grammar import Grammar

    return tables.total([matched], [Grammar([])])


def test_the_best_pair_goes_first_and_f1_is_the_harmonic_mean() -> None:
    half, whole = one("Reed", "said", "we will"), SAID
    matched = match((SAID,), (half, whole), claims=False)
    tally = total(matched)

    assert matched.pairs == ((0, 1),)
    assert tables.rates(tally, tally.right) == pytest.approx((1 / 2, 1, 2 / 3))


def test_quotation_marks_and_an_opening_that_do_not_count() -> None:
    assert one("", "", "we will not sell").content == SAID.content
    assert one("", "", "he had paid twice").content == DENIED.content
    assert shared(one("", "", "paid twice").content, DENIED.content) == 1 / 2


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        pytest.param("He said it left.", "indirect", id="no marks"),
        pytest.param('"He said it left."', "direct", id="straight"),
        pytest.param("“He said ``it left''.”", "direct", id="curly, others inside"),
        pytest.param('He said it "left".', "mixed", id="one word"),
        pytest.param('"Not closed\nHe said it left.', "mixed", id="a line begins outside quotation marks"),
    ],
)
def test_speech_is_read_off_the_quotation_marks(text: str, speech: str) -> None:
    assert Text(text).attribution([], [], [(0, len(text))]).speech == speech


def test_confidences_are_set_against_what_is_right() -> None:
    sure, unsure = one("Reed", "said", '"we will not sell"', confidence=0.95), one("", "", "quiet", confidence=0.25)
    bins = reliability.bins_of(reliability.judged([match(MARKED, (sure, unsure), claims=False)]))

    assert {place: (one.number, one.right) for place, one in bins.items()} == {9: (1, 1.0), 2: (1, 0.0)}
    assert reliability.expected_error(bins.values()) == pytest.approx((0.05 + 0.25) / 2)


NARROW = one("Reed", "said", "sell")
LOOSE = one("Reed", "said", "will not sell")
AROUND = one("", "", "and Orlov wants quiet")


@pytest.mark.parametrize(
    ("found", "kinds"),
    [
        pytest.param(MARKED[:2], [mistakes.NO_CUE], id="missed"),
        pytest.param((*MARKED[:2], AROUND), [mistakes.INSIDE, mistakes.NO_MARK], id="in another"),
        pytest.param((NARROW, *MARKED[1:]), ["missed: cue found, content too narrow"], id="narrow"),
        pytest.param(
            (SAID, WANTS, one("", "denied", "paid twice, and Orlov wants")), ["missed: cue found, c"], id="off"
        ),
        pytest.param((one("", "said", "we will not sell"), *MARKED[1:]), ["source wrong: nobody where"], id="nobody"),
        pytest.param((one("Orlov", "said", "we will not sell"), *MARKED[1:]), ["source wrong: another"], id="another"),
        pytest.param((*MARKED, one("", "", "The mayor")), [mistakes.NO_MARK], id="spurious"),
        pytest.param((*MARKED, one("", "", "paid twice")), [mistakes.OVERLAPS], id="inside"),
        pytest.param((LOOSE, *MARKED[1:]), ["counted as a match, content too narrow"], id="loose"),
    ],
)
def test_each_mistake_has_its_kind(found: tuple[Attribution, ...], kinds: list[str]) -> None:
    told = [mistake.kind for mistake in mistakes.find_mistakes(match(MARKED, found, claims=False))]

    assert len(told) == len(kinds)
    assert all(kind in mistakes.KINDS and kind.startswith(start) for kind, start in zip(told, kinds, strict=True))
