"""A quote stands verbatim in its sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.model.article import Article, Span
from tasks.model.claim import Claim
from tasks.reporting.context import NEAR, ROOM, Piece, bare_pieces, quote_pieces, quoted_words

LONG = "word " * 80


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.quoted else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        pytest.param(
            "Rain fell. The mayor said the bridge is closed. Nobody crossed.",
            ["the bridge is closed"],
            "The mayor said [the bridge is closed].",
            id="one sentence of three",
        ),
        pytest.param(
            "Early on, Dr. Ruiz of the U.S. team said it works. Others wait.",
            ["it works"],
            "Early on, Dr. Ruiz of the U.S. team said [it works].",
            id="abbreviations end no sentence",
        ),
        pytest.param('"It works." Ruiz smiled.', ["It works."], '"[It works.]"', id="a full stop of its own"),
        pytest.param("“Works?” asked Ruiz.", ["Works?"], "“[Works?]” asked Ruiz.", id="a small letter goes on"),
        pytest.param(
            '"It works," he said, "and it is cheap."',
            ["It works,", "and it is cheap."],
            '"[It works,]" he said, "[and it is cheap.]"',
            id="the cue interrupts",
        ),
        pytest.param("Wait!\nIt works.\nOr not.", ["It works."], "[It works.]", id="never past the paragraph"),
    ],
)
def test_quote_in_its_sentence(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim], text: str, content: list[str], expected: str
) -> None:
    assert shown(quote_pieces(text, new_claim(new_article(text=text), content=content))) == expected


def test_long_context_is_cut_at_words_and_the_quote_never(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    quote = "the quote " * 60 + "ends"
    text = f"{LONG}{quote} {LONG}."
    pieces = quote_pieces(text, new_claim(new_article(text=text), content=[quote]))
    assert [piece.text for piece in pieces if piece.quoted] == [quote]
    before, after = "".join(p.text for p in pieces[:2]), "".join(p.text for p in pieces[-2:])
    assert before.startswith("… word ")
    assert after.endswith(" word …")
    assert max(len(before), len(after)) < ROOM + 3


def test_cue_and_source_near_the_quote_are_shown_with_it(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    text = '"It works." Ruiz added.'
    claim = new_claim(new_article(text=text), content=["It works."], source="Ruiz", cue="added")
    assert shown(quote_pieces(text, claim)) == '"[It works.]" Ruiz added.'


def test_far_cue_is_left_out(new_article: Callable[..., Article], new_claim: Callable[..., Claim]) -> None:
    text = f'"It works." {"Then it rained. " * (NEAR // 10)}Ruiz added.'
    claim = new_claim(new_article(text=text), content=["It works."], source="Ruiz", cue="added")
    assert shown(quote_pieces(text, claim)) == '"[It works.]"'


@given(st.text(alphabet='ab .!?\n"”é', min_size=1), st.data())
def test_marked_pieces_spell_the_quote_and_all_pieces_come_from_the_text(
    new_claim: Callable[..., Claim], new_article: Callable[..., Article], text: str, data: st.DataObject
) -> None:
    edges = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    spans = data.draw(st.lists(edges.map(lambda pair: Span(start=pair[0], end=pair[1])), min_size=1, max_size=4))
    plain = new_claim(new_article(), content=["the bridge is closed"])
    claim = replace(plain, content=tuple(spans), cue=tuple(spans[1:]), source=())
    for pieces in (quote_pieces(text, claim), bare_pieces(text, claim)):
        assert "".join(piece.text for piece in pieces if piece.quoted) == quoted_words(text, claim)
        assert all(piece.text in text for piece in pieces if "…" not in piece.text)
