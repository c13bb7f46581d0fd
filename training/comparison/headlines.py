"""Pairs of headlines beside those of the stance data, for the table of weights, on topics that no network learns from.

`dev.jsonl` has some hundred pairs of headlines, none of them neutral. More are made here from the same topics: two
headlines agree that take one side on the same articles, conflict where they take opposite sides, and are neutral where
they are on two topics. One article is enough, where the stance data want two or three: read through, these pairs are no
worse.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations, groupby
from pathlib import Path

from training.comparison.sample import Row

CORPUS = "headlines"
MOST = 15  # pairs of one topic and label
APART = 60  # pairs of two topics
SIDES = ("agree", "disagree")
Stances = Mapping[str, Mapping[int, str]]  # headline -> article -> stance


def make_headline_pairs(data: Path, known: Sequence[Row]) -> list[Row]:
    """Return pairs of headlines of the topics in `dev.jsonl` that are not among the known rows; none without FNC-1."""
    official, train = data / "fnc1_official_train.jsonl.gz", data / "train.jsonl.gz"
    if not official.exists() or not train.exists():
        return []
    seen = {text for row in known if row.corpus.startswith("fnc1") for text in (row.premise, row.hypothesis)}
    stances = read_stances(official, seen, read_headlines(train))
    have = {frozenset((row.premise, row.hypothesis)) for row in known}
    return [row for row in pair_up(stances) if frozenset((row.premise, row.hypothesis)) not in have]


def read_headlines(train: Path) -> frozenset[str]:
    """Return the headlines of topics that a network may have learnt from."""
    with gzip.open(train, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if '"fnc1' in line]
    told = (row for row in rows if row.get("sub") != "unrelated")
    return frozenset(text for row in told for text in (row["premise"], row["hypothesis"]))


def read_stances(official: Path, wanted: set[str], learnt: frozenset[str]) -> Stances:
    """Return the stance of each wanted headline to each article on its topic."""
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    with gzip.open(official, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            usable = row["headline"] in wanted and row["headline"] not in learnt
            if usable and row["label"] != "unrelated" and not row.get("emergent_test_topic"):
                found[row["headline"]][row["body_id"]] = row["label"]
    return found


def pair_up(stances: Stances) -> Iterator[Row]:
    """Yield the pairs: of each topic and label, and of two topics, those that hash lowest."""
    topics = find_topics(stances)
    within = [pair for pair in combinations(sorted(stances), 2) if topics[pair[0]] == topics[pair[1]]]
    labelled = [(topics[pair[0]], label, pair) for pair in within if (label := label_of(stances, *pair))]
    labelled.sort(key=lambda one: (*one[:2], _order(one[2])))
    for (_, label), group in groupby(labelled, key=lambda one: one[:2]):
        yield from (_row(pair, label) for _, _, pair in list(group)[:MOST])
    across = [pair for pair in combinations(sorted(stances), 2) if topics[pair[0]] != topics[pair[1]]]
    yield from (_row(pair, "neutral") for pair in sorted(across, key=_order)[:APART])


def label_of(stances: Stances, one: str, other: str) -> str:
    """Return agree or conflict where two headlines take sides on the same articles, "" where that tells nothing."""
    shared = stances[one].keys() & stances[other].keys()
    sides = [(stances[one][body], stances[other][body]) for body in shared]
    same = Counter(left == right for left, right in sides if left in SIDES and right in SIDES)
    if len(same) != 1 or one.casefold() == other.casefold():
        return ""
    return "agree" if same[True] else "conflict"


def find_topics(stances: Stances) -> dict[str, str]:
    """Return a topic for each headline: headlines that have an article in common are on one."""
    return group_by(stances, lambda headline: map(str, stances[headline]))


def group_by(items: Iterator[str] | Mapping[str, object], marks: Callable[[str], Iterator[str]]) -> dict[str, str]:
    """Return for each item the name of its group: items that share a mark are in one."""
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    kept = list(items)
    for item in kept:
        for mark in marks(item):
            parent[find(f"mark {mark}")] = find(f"item {item}")
    return {item: find(f"item {item}") for item in kept}


def _order(pair: tuple[str, str]) -> bytes:
    return sha256("\n".join(pair).encode()).digest()


def _row(pair: tuple[str, str], label: str) -> Row:
    name, turned = _order(pair).hex()[:12], _order(pair)[0] % 2
    one, other = pair[::-1] if turned else pair
    licence = "none stated (derived from FNC-1)"
    return Row(id=f"{CORPUS}-{name}", corpus=CORPUS, licence=licence, premise=one, hypothesis=other, label=label)
