"""How the judge does with sentences of our own: `python -m bench.probing [--judge NAME] [--half tuned]`.

The tables lie in `bench/probes/`: one word changed, negations, headlines. For each kind of pair it prints how many are
called agree, conflict and neutral by the network alone and by the joined judge. The half `kept` was written together
with the other and looked at by nobody since; what is printed by default is that half.
"""

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.comparison.crossencoder import load_crossencoder
from tasks.comparison.judge import Label
from tasks.comparison.pairs import find_model, load_judge
from tasks.model.errors import InputError

FOLDER = Path(__file__).with_name("probes")
TABLES = tuple(path.stem for path in sorted(FOLDER.glob("*.toml")))
ALIKE = "alike"  # must not conflict; whether they agree is left open
_SPOT = re.compile(r"\{([^|}]*)\|([^|}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """The pairs of one kind in one half of a table, and what a judge should say of them."""

    expected: str
    kind: str
    half: str
    pairs: tuple[tuple[str, str], ...]


def read_probes(table: str) -> Iterator[Probe]:
    """Yield the probes of a table of `bench/probes/`."""
    rows = tomllib.loads((FOLDER / f"{table}.toml").read_text(encoding="utf-8"))
    for expected, kinds in rows.items():
        for kind, halves in kinds.items():
            for half, lines in halves.items():
                yield Probe(expected=expected, kind=kind, half=half, pairs=tuple(map(spread, lines)))


def spread(row: str) -> tuple[str, str]:
    """Return the two texts of a row: "{left|right}" stands for what they differ in."""
    return _SPOT.sub(lambda found: found[1], row), _SPOT.sub(lambda found: found[2], row)


def lines_of(table: str, half: str, judge: str) -> Iterator[str]:
    """Yield for each kind of a table how its pairs are called."""
    reader, joined = load_crossencoder(find_model(judge)), load_judge(judge)
    yield f"== {table}, {half}: agree / conflict / neutral"
    for probe in read_probes(table):
        if probe.half == half:
            alone = Counter(one.label for one in reader.judge(probe.pairs))
            both = Counter(one.label for one in joined.judge(probe.pairs))
            told = (" / ".join(f"{counts[label]:3}" for label in Label) for counts in (alone, both))
            yield f"{probe.expected:9}{probe.kind:13}{len(probe.pairs):4}   network {next(told)}   joined {next(told)}"


def main() -> int:
    """Print what each table shows; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.probing", description=__doc__)
    parser.add_argument("--judge", default="judge", help="a file of models/ without its ending, or the path of a model")
    parser.add_argument("--half", choices=("tuned", "kept"), default="kept")
    given = parser.parse_args()
    try:
        for table in TABLES:
            for line in lines_of(table, given.half, given.judge):
                print(line, flush=True)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
