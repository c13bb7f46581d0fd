"""Which pairs a pass holds: the corpora, how often each of their parts, and the batches made of them.

News comes often, because a larger share of general inference drowned it in an earlier run. The tier `nc` is never read,
nor rows on a topic of the Emergent test set, nor opinions on debates, which raise false conflicts.
"""

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

TIERS = ("open", "unstated")
POOL = 64  # batches whose pairs are sorted by length together: little padding, and still a new company each pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled pair of texts."""

    id: str
    corpus: str
    licence: str
    tier: str
    premise: str
    hypothesis: str
    label: str
    sub: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often the rows of a part come in a pass, and how many rows of it at most."""

    times: int = 1
    most: int | None = None


# By corpus, or corpus/sub, or corpus/label: the narrower name holds. A corpus that has no line is left out.
SHARES: dict[str, Share] = {
    "lingnli": Share(),
    "mnli": Share(),
    "snli": Share(),
    "cad_nli": Share(most=6000),
    "fever_dev": Share(times=2),
    "fm2": Share(),
    "fnc1_hh": Share(times=6),
    "fnc1_hh/few": Share(times=3),
    "fnc1/disagree": Share(times=3),
    "fnc1/agree": Share(most=2600),
    "fnc1/discuss": Share(most=2600),
    "fnc1/unrelated": Share(most=1500),
    "claimdiff/weaken": Share(),
    "claimdiff/none": Share(),
    "claimdiff/strengthen": Share(most=600),
    "sts_headlines": Share(times=2),
    "climate_fever": Share(),
    "healthver": Share(),
    "covidfact/agree": Share(most=600),
    "covidfact/conflict": Share(most=600),
    "conjnli": Share(),
    "scone": Share(),
    "monli": Share(),
    "megaveridicality": Share(),
    "commitmentbank": Share(),
    "semantic_fragments": Share(),
    "wice": Share(),
    "help": Share(most=400),
    "made": Share(),
}
SYMMETRIC = {"fnc1_hh", "sts_headlines", "claimdiff"}  # two texts of one kind: every other time they change places
NO_NEUTRAL = {"fever_dev", "fm2", "covidfact"}  # never labelled neutral, so that the loss does not ask about it


def read_rows(path: Path, tiers: Sequence[str] = TIERS) -> list[Row]:
    """Return the rows of a file, gzipped or not, whose tier and topic allow training."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines if line.strip()]
    names = ("id", "corpus", "licence", "tier", "premise", "hypothesis", "label")
    return [
        Row(**{name: row[name] for name in names}, sub=row.get("sub") or "")
        for row in found
        if row["tier"] in tiers and row["tier"] != "nc" and not row.get("emergent_test_topic")
    ]


def part_of(row: Row) -> str | None:
    """Return the narrowest name in the table that is the row's, or None where it is left out."""
    for name in (f"{row.corpus}/{row.sub}", f"{row.corpus}/{row.label}", row.corpus):
        if name in SHARES:
            return name
    return None


def choose(rows: Sequence[Row], turn: int, seed: int) -> list[Row]:
    """Return the rows of one pass: where a part has too many, the next pass goes on where this one stops."""
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        name = part_of(row)
        if name is not None:
            parts[name].append(row)
    chosen: list[Row] = []
    for name, all_of_it in sorted(parts.items()):
        share = SHARES[name]
        order = random.Random(f"{seed} {name}").sample(all_of_it, len(all_of_it))  # noqa: S311  no secret
        for time in range(turn * share.times, (turn + 1) * share.times):
            count = min(share.most or len(order), len(order))
            start = time * count % len(order)
            chosen += [turned(row, time) for row in (order + order)[start : start + count]]
    return chosen


def turned(row: Row, time: int) -> Row:
    """Return the row, its texts exchanged every second time where neither is the first by nature."""
    if row.corpus in SYMMETRIC and time % 2:
        return replace(row, premise=row.hypothesis, hypothesis=row.premise)
    return row


def make_batches(lengths: Sequence[int], size: int, turn: int, seed: int) -> list[list[int]]:
    """Return the places of the rows in batches of like lengths, shuffled; a rerun gets the same ones."""
    chance = random.Random(f"{seed} {turn}")  # noqa: S311  no secret
    places = chance.sample(range(len(lengths)), len(lengths))
    batches: list[list[int]] = []
    for pool in cut(places, size * POOL):
        batches += cut(sorted(pool, key=lambda place: lengths[place]), size)
    return chance.sample(batches, len(batches))


def cut(places: list[int], size: int) -> Iterator[list[int]]:
    """Yield the list in pieces of this size, the last one as long as it comes."""
    for start in range(0, len(places), size):
        yield places[start : start + size]


def count_rows(rows: Sequence[Row]) -> dict[str, dict[str, int | str]]:
    """Return for each corpus its licence, its tier and how many rows of each label a pass takes, for the card."""
    told: dict[str, dict[str, int | str]] = {}
    labels = Counter((row.corpus, row.label) for row in rows)
    for row in rows:
        told.setdefault(row.corpus, {"licence": row.licence, "tier": row.tier})
    for (corpus, label), count in sorted(labels.items()):
        told[corpus][label] = count
    return told
