"""How the comparison does on the labelled pairs: `python -m training.relations.measure --data DIR --cache DIR`.

The pairs were drawn by stratum: a share within one verdict is what a report's reader meets, a sum over verdicts is not.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.comparison.compare import comparable, compare_claims
from tasks.comparison.embeddings import Embedder
from tasks.model.claim import Claim
from tasks.model.finding import Kind, Relation
from training.check.readings import RememberingEmbedder, extract
from training.relations.corpus import DEVELOPMENT, KEPT, StoriesById, Story, read_stories
from training.relations.labels import Label, LabelledPair, find_claim, read_labels

NONE, SHIFT, LOST = "none", "shift", "not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A labelled pair with what the comparison says of it today."""

    pair: LabelledPair
    verdict: str
    kind: str = ""


def compare_all(
    pairs: Iterable[LabelledPair],
    stories: Mapping[str, Story],
    extracted: Mapping[str, Sequence[Claim]],
    embedder: Embedder,
) -> Iterator[Compared]:
    """Yield each pair with its verdict."""
    for pair in pairs:
        texts = stories[pair.story].texts
        left, right = (find_claim(side, extracted.get(texts[side.article], ())) for side in (pair.left, pair.right))
        if left is None or right is None:
            yield Compared(pair=pair, verdict=LOST)
            continue
        one, other = embedder.embed([left.proposition.statement, right.proposition.statement])
        found = compare_claims(left, right, float(one @ other)) if comparable(left, right) else None
        if found is None:
            yield Compared(pair=pair, verdict=NONE)
        else:
            shift = found.relation is Relation.COMPATIBLE and found.kind is Kind.SHIFT
            yield Compared(pair=pair, verdict=SHIFT if shift else found.relation.value, kind=found.kind.value)


def table(found: Sequence[Compared]) -> Iterator[str]:
    """Yield a line for each verdict: how often a reader gives each label."""
    yield f"{'verdict':<12}" + "".join(f"{label:>12}" for label in Label) + f"{'right':>12}"
    for verdict in (*Relation, SHIFT, NONE, LOST):
        counts = Counter(one.pair.label for one in found if one.verdict == verdict)
        share = f"{counts[right] / counts.total():.3f}" if counts and (right := meant(verdict)) else ""
        yield f"{verdict:<12}" + "".join(f"{counts[label]:>12}" for label in Label) + f"{share:>12}"


def meant(verdict: str) -> Label | None:
    """Return the label that a verdict asks for; a shift is a conflict of a source with itself."""
    words = {SHIFT: Label.CONFLICT, NONE: Label.UNRELATED}
    return words.get(verdict) or (Label(verdict) if verdict in set(Label) else None)


def kinds(found: Sequence[Compared]) -> str:
    """Return how often a right conflict is of the right kind."""
    both = [one for one in found if one.verdict == Relation.CONFLICT and one.pair.label is Label.CONFLICT]
    return f"kind of the conflict right: {sum(one.kind == one.pair.kind for one in both)} of {len(both)}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the story files")
    parser.add_argument("--cache", type=Path, required=True)
    options = parser.parse_args()
    stories = StoriesById(read_stories(options.data))
    pairs = read_labels()
    needed = {stories[pair.story].texts[side.article] for pair in pairs for side in (pair.left, pair.right)}
    extracted = extract(needed, options.cache)
    found = list(compare_all(pairs, stories, extracted, RememberingEmbedder(options.cache)))
    judged = [one for one in found if not one.pair.bad]
    for part in (DEVELOPMENT, KEPT):
        mine = [one for one in judged if one.pair.part == part]
        sure = [one for one in mine if not one.pair.doubt]
        for name, rows in (("all", mine), ("without doubt", sure)):
            print(f"\n{part}, {name}: {len(rows)} pairs", *table(rows), kinds(rows), sep="\n")


if __name__ == "__main__":
    main()
