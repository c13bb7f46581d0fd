"""What the search lets through: the share of true pairs whose cosine reaches each threshold, corpus by corpus.

A true pair is one whose label says that its statements agree or conflict. The thresholds are those of the search: from
the first a pair is looked at, from the third without anybody in common. What is not looked at can never be found.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from tasks.comparison.candidates import COSINE, COSINE_WITHOUT_PARTY
from tasks.comparison.embeddings import Vectors, load_embedder

NEWS = ("fnc1_hh", "sts_headlines", "claimdiff", "fever_dev")  # single statements against single statements, of news
LABELS = ("agree", "conflict", "neutral")
THRESHOLDS = (COSINE, 0.50, COSINE_WITHOUT_PARTY)


def main() -> None:
    """Print the table that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.candidates", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with stance/dev.jsonl")
    parser.add_argument("--corpora", default=",".join(NEWS), help="which corpora, by commas")
    chosen = parser.parse_args()
    corpora = chosen.corpora.split(",")
    pairs = [pair for pair in read(chosen.data / "stance" / "dev.jsonl") if pair["corpus"] in corpora]
    print("\n".join(table(pairs, cosines_of(pairs), corpora)))


def read(file: Path) -> Iterator[dict[str, str]]:
    """Yield the pairs of a file."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def cosines_of(pairs: Sequence[dict[str, str]]) -> Vectors:
    """Return the cosine of the two statements of each pair."""
    embedder = load_embedder()
    left, right = (embedder.embed([pair[side] for pair in pairs]) for side in ("premise", "hypothesis"))
    return np.asarray((left * right).sum(axis=1), dtype=np.float32)


def table(pairs: Sequence[dict[str, str]], cosines: Vectors, corpora: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the table: how many pairs, and the share that reaches each threshold."""
    yield f"{'corpus':<16}{'label':<10}{'pairs':>6}" + "".join(f"{f'>= {one:.2f}':>10}" for one in THRESHOLDS)
    for corpus in corpora:
        for label in LABELS:
            chosen = [place for place, pair in enumerate(pairs) if (pair["corpus"], pair["label"]) == (corpus, label)]
            if chosen:
                shares = (float((cosines[chosen] >= one).mean()) for one in THRESHOLDS)
                yield f"{corpus:<16}{label:<10}{len(chosen):6}" + "".join(f"{share:10.1%}" for share in shares)


if __name__ == "__main__":
    main()
