"""The proof reader: the finished page is read back and its quotes are compared with the stored text."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tasks.model.errors import EvidenceError
from tasks.reporting.context import quoted_words
from tasks.reporting.evidence import Evidence
from tasks.reporting.excerpts import ELLIPSIS, GAP, is_excerpt
from tasks.reporting.segments import find_lines

UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
ANCHOR = "claim-"  # in front of the id of a claim where it is marked in its article
VOID = frozenset({"meta", "input", "rect", "path"})  # elements of our templates that nothing closes


def clean(text: str) -> str:
    """Return the text as a page can hold it: signs that HTML or UTF-8 cannot carry become the replacement sign."""
    return UNFIT.sub("\ufffd", text.replace("\r", " "))


class _Reader(HTMLParser):
    """Collects the marked words of every quote and the words of every stored paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quotes: list[tuple[str, str]] = []
        self.articles: dict[str, list[str]] = {}
        self.anchored: set[str] = set()
        self._open: list[tuple[str, str, str]] = []  # tag, what it holds, whose

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        held = next((name for name in ("data-quote", "data-article", "data-line", "data-gap") if name in found), "")
        if tag == "mark" and self._within("data-quote"):
            held = "mark"
        if held == "data-quote":
            self.quotes.append((found[held] or "", ""))
        elif held == "data-line":
            self.articles.setdefault(self._within("data-article"), []).append("")
        elif held == "data-gap":
            self.articles[self._within("data-article")][-1] += GAP
        if (found.get("id") or "").startswith(ANCHOR):
            self.anchored.add(found["id"] or "")
        if tag not in VOID:
            self._open.append((tag, held, found.get(held) or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:  # which nothing was opened for
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        held = {what for _, what, _ in self._open}
        if "mark" in held:
            claim_id, words = self.quotes[-1]
            self.quotes[-1] = (claim_id, words + data)
        elif "data-line" in held and not ("data-gap" in held and data == ELLIPSIS):
            self.articles[self._within("data-article")][-1] += data

    def _within(self, what: str) -> str:
        return next((whose for _, held, whose in reversed(self._open) if held == what), "")


def prove_page(page: str, evidence: Evidence, *, whole: bool = True) -> int:
    """Return how many claims are marked in the page; raise EvidenceError where it has other words than the store.

    Where the texts are not shown `whole`, each line must hold words of one stored line, in their order.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    for claim_id, words in reader.quotes:
        claim = evidence.claims[claim_id]
        article = evidence.article_of(claim)
        if words != clean(quoted_words(article.text, claim)):
            raise EvidenceError(f"claim {claim_id}: the page shows other words than article {article.id} has")
    for article_id, lines in reader.articles.items():
        stored = list(_stored_lines(evidence.articles[article_id].text))
        if lines != stored and (whole or not is_excerpt(lines, stored)):
            raise EvidenceError(f"article {article_id}: the page shows another text than the stored one")
    return len(reader.anchored)


def _stored_lines(text: str) -> Iterator[str]:
    for line in find_lines(text):
        yield clean(line.of(text))
