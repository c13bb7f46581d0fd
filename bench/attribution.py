"""How well the rules find attributions: `python -m bench.attribution DATA.jsonl [--skip N] [--take N]`.

DATA holds one article a line: {"id", "text", "attributions": [{"source", "content", ...}]}, spans as [start, end]
offsets, as in PolNeAR (Newell et al. 2018). A found attribution is right where its words and the marked ones share at
least half of their union (or, for a sentence of a longer quotation, where four fifths of it lie inside) and half of the
shorter source. Prints precision, recall and F1, the same for a baseline of quotation marks with the nearest name, and
the precision of each rule: those figures are the confidences in `tasks/attribution/confidence.toml`.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from tasks.attribution.continued import join_continued
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.attribution.quotes import find_quotes
from tasks.model.article import Article, DateSource, Span
from tasks.model.claim import Claim, Voice
from tasks.settings import load_settings

WORD = re.compile(r"\w+")
NAME = re.compile(r"(?:[A-Z][\w.'-]+ ?)+")
HALF, MOSTLY = 0.5, 0.8
Words = frozenset[int]
Found = tuple[Words, Words]  # content, source


def words_in(text: str, spans: Iterable[Sequence[int]]) -> Words:
    """Return where the words under the spans begin."""
    return frozenset(start + match.start() for start, end in spans for match in WORD.finditer(text[start:end]))


def is_right(found: Found, marked: Iterable[Found]) -> bool:
    """Return whether a found attribution meets a marked one."""
    return any(_same_content(found[0], content) and _same_source(found[1], source) for content, source in marked)


def _same_content(found: Words, marked: Words) -> bool:
    shared = len(found & marked)
    return bool(shared) and (shared / len(found | marked) >= HALF or shared / len(found) >= MOSTLY)


def _same_source(found: Words, marked: Words) -> bool:
    if not found or not marked:
        return not found and not marked
    return len(found & marked) >= HALF * min(len(found), len(marked))


def baseline(text: str) -> list[Found]:
    """Return each quotation with the capitalised words nearest to it: what a search for quotation marks gives."""
    names = [(match.start(), match.end()) for match in NAME.finditer(text)]
    found = []
    for quote in find_quotes(text):
        outside = [name for name in names if name[1] <= quote.start or name[0] >= quote.end]
        near = sorted(outside, key=lambda name: min(abs(name[0] - quote.end), abs(quote.start - name[1])))[:1]
        found.append((words_in(text, [(quote.start, quote.end)]), words_in(text, near)))
    return found


def as_article(row: dict[str, Any]) -> Article:
    """Return a row as an article that holds its text untouched."""
    now = datetime.now(UTC)
    kept: dict[str, Any] = dict.fromkeys(("path", "outlet", "title", "sha256"), "")
    return Article(
        url=f"bench:{row['id']}", published_at=None, date_source=DateSource.NONE, retrieved_at=now, language="en",
        text=row["text"], **kept,
    )  # fmt: skip


def as_found(text: str, claim: Claim) -> Found:
    """Return a claim as the words of its content and of its source."""
    return words_in(text, map(_pair, claim.content)), words_in(text, map(_pair, claim.source))


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def figures(found: int, right: int, marked: int) -> str:
    """Return precision, recall and F1 in per cent."""
    precision, recall = right / max(found, 1), right / max(marked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {100 * precision:5.1f}   recall {100 * recall:5.1f}   F1 {100 * f1:5.1f}"


def measure(rows: Sequence[dict[str, Any]]) -> None:
    """Print the figures on some articles."""
    count: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    right: Counter[str] = Counter()
    pipeline = load_pipeline(load_settings().spacy_model)
    for row, (article, claims) in zip(rows, extract_articles(map(as_article, rows), pipeline), strict=True):
        if isinstance(claims, Exception):
            raise claims
        marked = [
            (words_in(article.text, one["content"]), words_in(article.text, one["source"] or []))
            for one in row["attributions"]
        ]
        spoken = [claim for claim in claims if claim.voice is Voice.SOURCE]
        for claim in spoken:
            rules[claim.rule] += 1
            right[claim.rule] += is_right(as_found(article.text, claim), marked)
        outer = [as_found(article.text, claim) for claim in join_continued(c for c in spoken if not c.parent)]
        plain = baseline(article.text)
        count["marked"] += len(marked)
        count["found"] += len(outer)
        count["right"] += sum(is_right(one, marked) for one in outer)
        count["plain"] += len(plain)
        count["plain right"] += sum(is_right(one, marked) for one in plain)
    print(f"{len(rows)} articles, {count['marked']} marked attributions")
    print("rules    ", figures(count["found"], count["right"], count["marked"]))
    print("baseline ", figures(count["plain"], count["plain right"], count["marked"]))
    for rule, number in rules.most_common():
        print(f"{rule:20} {number:6}   right {right[rule] / number:.3f}")
    print(f"{'all rules':20} {rules.total():6}   right {right.total() / max(rules.total(), 1):.3f}")


def main() -> None:
    """Read the arguments and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.attribution", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--skip", type=int, default=0, help="leave out the first N articles")
    parser.add_argument("--take", type=int, default=None, help="measure on N articles")
    given = parser.parse_args()
    with given.data.open(encoding="utf-8") as lines:
        end = None if given.take is None else given.skip + given.take
        measure([json.loads(line) for line in islice(lines, given.skip, end)])


if __name__ == "__main__":
    main()
