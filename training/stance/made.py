"""Makes the pairs that the news judge is trained on beside those that people labelled.

python -m training.stance.made --claims ../shared/data/attribution/polnear.dev.jsonl \
    --headlines ../shared/data/stance/train.jsonl.gz --out pairs.jsonl

`making/` says how. The sentences of articles and headlines are read at training time; nothing of them is kept here.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from training.stance.making import bases
from training.stance.making.choosing import choose_pairs
from training.stance.making.pairs import AGREE, CONFLICT, NEUTRAL, Origin, Pair


def write_pairs(pairs: Sequence[tuple[str, Origin, Pair]], path: Path) -> None:
    """Write one JSON object a line, whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8") as lines:
        for number, (kind, origin, pair) in enumerate(pairs):
            row = {
                "id": f"made-{number:05}", "corpus": "made", "licence": origin.licence, "premise": pair.premise,
                "hypothesis": pair.hypothesis, "label": pair.label, "sub": kind, "tier": origin.tier,
                "src": origin.name,
            }  # fmt: skip
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    part.replace(path)


def read_statements(claims: Path, cache: Path | None) -> list[tuple[str, str]]:
    """Return the statements of the articles, from the file of an earlier run where one is given and is there."""
    if cache is not None and cache.exists():
        rows = (json.loads(line) for line in cache.read_text(encoding="utf-8").splitlines())
        return [(topic, text) for topic, text in rows]
    found = list(bases.read_claims(claims))
    if cache is not None:
        cache.write_text("".join(f"{json.dumps(row)}\n" for row in found), encoding="utf-8")
    return found


def main() -> None:
    """Make the pairs and print how many there are of each kind and label."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--claims", type=Path, required=True, help="articles whose claims are used, one JSON object a line"
    )
    parser.add_argument("--headlines", type=Path, required=True, help="the training pairs of the stance data")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="where the statements of the articles are kept between runs")
    parser.add_argument("--seed", type=int, default=4)
    given = parser.parse_args()
    articles = bases.claim_bases(read_statements(given.claims, given.cache))
    headlines = bases.headline_bases(bases.read_headlines(given.headlines))
    pairs = choose_pairs(articles, headlines, Random(given.seed))  # noqa: S311  no secret is made
    write_pairs(pairs, given.out)
    print(f"{len(articles)} statements, {len(headlines)} headlines, {len(pairs)} pairs")
    counts = Counter((kind, pair.label) for kind, _, pair in pairs)
    for kind in sorted({kind for kind, _, _ in pairs}):
        print(f"{kind:15}", *(f"{label} {counts[kind, label]:5}" for label in (AGREE, CONFLICT, NEUTRAL)))


if __name__ == "__main__":
    main()
