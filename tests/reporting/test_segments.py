"""Flattened marks give the text back, whatever the spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.model.article import Span
from tasks.reporting.segments import Mark, find_lines, flatten, merged

TEXT = "The mayor said that the minister said no."


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, Span, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=40))
    edges = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    spans = st.builds(lambda pair: Span(start=pair[0], end=pair[1]), edges)
    drawn = draw(st.lists(spans, max_size=6))
    marks = [Mark(span=span, key=str(number)) for number, span in enumerate(drawn)]
    return text, draw(spans), marks


@given(marked_texts())
def test_segments_joined_are_the_text(case: tuple[str, Span, list[Mark]]) -> None:
    text, within, marks = case
    parts = flatten(text, within, marks)
    assert "".join(part.text for part in parts) == within.of(text)


@given(marked_texts())
def test_each_character_has_exactly_the_marks_over_it(case: tuple[str, Span, list[Mark]]) -> None:
    text, within, marks = case
    for part in flatten(text, within, marks):
        for at in range(part.span.start, part.span.end):
            assert set(part.keys) == {mark.key for mark in marks if mark.span.start <= at < mark.span.end}


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([(4, 9), (20, 40)], [("", 4), ("a", 5), ("", 11), ("b", 20), ("", 1)], id="apart"),
        pytest.param([(0, 40), (20, 40)], [("a", 20), ("ab", 20), ("", 1)], id="nested"),
        pytest.param([(0, 10), (5, 20)], [("a", 5), ("ab", 5), ("b", 10), ("", 21)], id="overlapping"),
        pytest.param([], [("", 41)], id="none"),
    ],
)
def test_flatten(spans: list[tuple[int, int]], expected: list[tuple[str, int]]) -> None:
    marks = [Mark(span=Span(start=s, end=e), key=key) for (s, e), key in zip(spans, "ab", strict=False)]
    parts = flatten(TEXT, Span(start=0, end=len(TEXT)), marks)
    assert [("".join(part.keys), len(part.text)) for part in parts] == expected


def test_merged_joins_what_touches() -> None:
    spans = [Span(start=8, end=9), Span(start=0, end=3), Span(start=3, end=5)]
    assert merged(spans) == (Span(start=0, end=5), Span(start=8, end=9))


def test_lines_are_the_paragraphs_that_hold_words() -> None:
    text = "One.\n\n  \nTwo.\n"
    assert [line.of(text) for line in find_lines(text)] == ["One.", "Two."]
