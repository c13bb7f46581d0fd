"""FNC-1 as statements against articles: pairs with their stances, the topics they belong to, the stories."""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tasks.comparison.checking.stance import Stance

LABELS = {
    "agree": Stance.SUPPORTS,
    "disagree": Stance.DENIES,
    "discuss": Stance.REPORTS,
    "unrelated": Stance.SILENT,
}
LICENCE = "none stated in the data repository (the organisers' baseline code repository is Apache-2.0)"

STATEMENTS, ARTICLES, UNRELATED = 6, 12, 2  # of a topic, of a statement, and beside them of other topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One statement, one article, and its stance."""

    statement: str
    body: int
    stance: Stance
    topic: str  # the statement that stands first in its topic's order


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One statement with several articles."""

    id: str
    statement: str
    stances: dict[int, Stance]  # by the number of the body


def read_bodies(folder: Path) -> dict[int, str]:
    """Return the text of each body."""
    rows = read_lines(folder / "stance" / "fnc1_official_train_bodies.jsonl.gz")
    return {row["body_id"]: row["text"] for row in rows}


def read_pairs(folder: Path) -> list[Pair]:
    """Return the pairs whose topics allow training, each with its topic."""
    rows = list(read_lines(folder / "stance" / "fnc1_official_train.jsonl.gz"))
    allowed = [row for row in rows if not row.get("emergent_test_topic")]
    topics = find_topics((row["headline"], row["body_id"]) for row in rows if row["label"] != "unrelated")
    return [
        Pair(
            statement=row["headline"],
            body=row["body_id"],
            stance=LABELS[row["label"]],
            topic=topics[row["headline"]],
        )
        for row in allowed
        if row["headline"] in topics
    ]


def read_stories(path: Path) -> list[Story]:
    """Return the stories of a file."""
    return [
        Story(
            id=row["id"],
            statement=row["claim"],
            stances={int(article["aid"].removeprefix("b")): Stance(article["stance"]) for article in row["articles"]},
        )
        for row in read_lines(path)
    ]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def find_topics(related: Iterable[tuple[str, int]]) -> dict[str, str]:
    """Return the topic of each statement: statements that share an article, over any number of steps, share a topic."""
    of_body: dict[int, set[str]] = defaultdict(set)
    of_statement: dict[str, set[int]] = defaultdict(set)
    for statement, body in related:
        of_body[body].add(statement)
        of_statement[statement].add(body)
    topics: dict[str, str] = {}
    for first in sorted(of_statement):
        waiting = [first] if first not in topics else []
        while waiting:
            statement = waiting.pop()
            if statement not in topics:
                topics[statement] = first
                waiting.extend(other for body in of_statement[statement] for other in of_body[body])
    return topics


def choose(pairs: Iterable[Pair], wanted: Collection[str]) -> list[Pair]:
    """Return the pairs to learn from: of each topic some statements, of each some articles, the rare stances first.

    Statements that are wanted come first; the rest in an order that is the same in every run.
    """
    topics: dict[str, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        topics[pair.topic][pair.statement].append(pair)
    chosen: list[Pair] = []
    for statements in topics.values():
        for statement in sorted(statements, key=lambda text: (text not in wanted, _mixed(text)))[:STATEMENTS]:
            related = [pair for pair in statements[statement] if pair.stance is not Stance.SILENT]
            counts = Counter(pair.stance for pair in related)
            related.sort(key=lambda pair: (counts[pair.stance], _mixed(f"{pair.statement}|{pair.body}")))
            unrelated = [pair for pair in statements[statement] if pair.stance is Stance.SILENT]
            unrelated.sort(key=lambda pair: _mixed(f"{pair.statement}|{pair.body}"))
            chosen += [*related[:ARTICLES], *unrelated[:UNRELATED]]
    return chosen


def _mixed(text: str) -> bytes:
    return sha256(text.encode()).digest()


def fold_of(topic: str, folds: int) -> int:
    """Return in which fold a topic is left out."""
    return int.from_bytes(_mixed(topic)[:8], "big") % folds
