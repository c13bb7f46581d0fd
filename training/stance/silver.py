"""Makes more pairs of headlines from FNC-1: `python -m training.stance.silver --data DIR --out FILE`.

Two headlines agree where readers said that they take the same side on an article, and conflict where they take opposite
sides; never both. `fnc1_hh` has the pairs with three (two) articles or more; here are those with fewer. Topics of the
Emergent test set, and topics of the development rows, give nothing.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from tasks.comparison.groups import Groups

SIDES = frozenset({"agree", "disagree"})
ENOUGH = {"agree": 3, "conflict": 2}  # articles from which a pair is in fnc1_hh
Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    """Return the rows of a file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def plain(text: str) -> str:
    """Return a headline with single spaces, as the labelled pairs have it."""
    return " ".join(text.split())


def topics_of(rows: Sequence[Row]) -> dict[str, str]:
    """Return for each headline the one that stands for its topic: headlines of one article are of one topic."""
    headlines: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        headlines[row["body_id"]].append(plain(row["headline"]))
    groups = Groups(headline for together in headlines.values() for headline in together)
    for first, *others in headlines.values():
        for other in others:
            groups.join(first, other, "one article")
    return {headline: groups.find(headline) for together in headlines.values() for headline in together}


def find_pairs(rows: Sequence[Row], barred: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield two headlines and their label, from rows of headline, article and stance."""
    rows = [row for row in rows if row["label"] != "unrelated"]
    topics = topics_of(rows)
    closed = {topics[plain(row["headline"])] for row in rows if row.get("emergent_test_topic")}
    closed |= {topics[headline] for headline in barred if headline in topics}
    sides: defaultdict[str, defaultdict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        headline = plain(row["headline"])
        if topics[headline] not in closed and row["label"] in SIDES:
            sides[topics[headline]][headline][row["body_id"]] = row["label"]
    for headlines in sides.values():
        for one, other in combinations(sorted(headlines), 2):
            ones, others = headlines[one], headlines[other]
            found = Counter("agree" if ones[at] == others[at] else "conflict" for at in ones.keys() & others.keys())
            for label, count in found.items():
                if len(found) == 1 and count < ENOUGH[label]:
                    yield one, other, label


def main() -> None:
    """Read the arguments, write the pairs, and say how many there are."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.silver", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the labelled pairs")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    labelled = [row for row in read(given.data / "dev.jsonl") if row["corpus"].startswith("fnc1")]
    barred = {plain(row[side]) for row in labelled for side in ("premise", "hypothesis")}
    found = find_pairs(read(given.data / "fnc1_official_train.jsonl.gz"), barred)
    made = [
        {
            "id": f"fnc1_hh-few-{number:04}", "corpus": "fnc1_hh", "licence": "as fnc1 (derived)", "tier": "unstated",
            "premise": one, "hypothesis": other, "label": label, "sub": "few",
        }
        for number, (one, other, label) in enumerate(found)
    ]  # fmt: skip
    given.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), encoding="utf-8")
    print(f"{len(made)} pairs: {dict(Counter(row['label'] for row in made))}")


if __name__ == "__main__":
    main()
