"""Lines that an outlet prints under many articles: whatever they say, they are none of the text.

No list of phrases knows what a site calls its newsletter, but three articles that end in the same line do. Such lines
stay where they are, marked as headings are, so that no claim is taken from them: what an article's text is, and with it
its id, must not hang on which other articles happened to be read beside it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from tasks.model.article import Article, Span
from tasks.reading.lines import count_words
from tasks.reading.titles import letters_of

ENOUGH = 3  # articles of one outlet
SHORT = 15  # words of a line that is residue in the middle of a text too; a longer one there is background, told again
MOST = 0.4  # share of a text's words; articles that have more in common are versions of one


def mark_repeated(articles: Iterable[Article]) -> list[Article]:
    """Return the articles in their order, with the lines marked that at least three of one outlet share."""
    items = list(articles)
    counts: dict[str, Counter[str]] = {}
    for outlet, text in {(outlet_of(article), article.text) for article in items}:
        counts.setdefault(outlet, Counter()).update({letters_of(line) for line in text.split("\n")})
    often = {outlet: {line for line, number in found.items() if number >= ENOUGH} for outlet, found in counts.items()}
    return [
        with_marks(article, often[outlet_of(article)]) if often[outlet_of(article)] else article for article in items
    ]


def outlet_of(article: Article) -> str:
    """Return the outlet in small letters."""
    return article.outlet.casefold()


def with_marks(article: Article, often: set[str]) -> Article:
    """Return the article with its repeated lines marked; unchanged where that is nothing, or too much."""
    lines = article.text.split("\n")
    marked = set(find_marked(lines, often))
    words = sum(count_words(lines[number]) for number in marked)
    if not marked or words > MOST * count_words(article.text):
        return article
    spans = {span for number, span in enumerate(spans_of(lines)) if number in marked}
    kept = {span for span in article.headings if not any(span.overlaps(one) for one in spans)}
    return replace(article, headings=tuple(sorted(kept | spans)))


def find_marked(lines: Sequence[str], often: set[str]) -> Iterator[int]:
    """Yield the numbers of the lines that are residue: those at the edges of the text, and short ones anywhere."""
    repeated = [letters_of(line) in often for line in lines]
    first = len(list(takewhile(bool, repeated)))
    last = len(lines) - len(list(takewhile(bool, reversed(repeated))))
    for number, line in enumerate(lines):
        if repeated[number] and (number < first or number >= last or count_words(line) <= SHORT):
            yield number


def spans_of(lines: Sequence[str]) -> Iterator[Span]:
    """Yield the place of each line in the joined text."""
    start = 0
    for line in lines:
        yield Span(start=start, end=start + len(line))
        start += len(line) + 1
