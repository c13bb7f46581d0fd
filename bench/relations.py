"""What is said of pairs of claims, against what a reader says: `python -m bench.relations --data STORIES --cache DIR`.

The labelled pairs lie in `training/relations` (spans alone), STORIES is the folder of the stories they point into. Only
pairs of the stories that nothing was fitted on are counted. Beside what ships stand structure alone, and what needs
neither: near statements agree, or conflict where one of them negates. The pairs were drawn by what structure said, so
that a precision is what a report's reader meets, and a recall is one within the sample.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tasks.comparison.held import Verdict
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.looked import Looked
from tasks.comparison.texts import read_words
from tasks.comparison.weighing import Outcome, load_table, settle
from tasks.model.finding import Relation
from tasks.settings import load_settings
from training.comparison.fit_judge import calibration_error
from training.relations.corpus import KEPT
from training.relations.fit import Material, find_pairs, gather

NEAR = 0.60
SAID = (Relation.CONFLICT, Relation.AGREE)


def by_negation(looked: Looked) -> Relation | None:
    """Return what nearness and negation alone say."""
    if looked.cosine < NEAR:
        return None
    negates = [read_words(text, load_lexicon()).kinds["negation"] for text in looked.texts]
    return Relation.CONFLICT if negates[0] != negates[1] else Relation.AGREE


def relation_of(verdict: Verdict | None) -> Relation | None:
    """Return the relation of a verdict, if there is one."""
    return None if verdict is None else verdict.relation


def show(name: str, said: Sequence[Relation | None], material: Material) -> None:
    """Print one line: for both relations how often it is said, how often rightly, and how much of all that is."""
    figures = []
    for relation in SAID:
        mine = [one is relation for one in said]
        there = [one.outcome.value == relation.value for one in material.labelled]
        hit = sum(one and other for one, other in zip(mine, there, strict=True))
        figures.append(f"{sum(mine):>6}{hit / max(1, sum(mine)):>8.3f}{hit / max(1, sum(there)):>8.3f}")
    print(f"{name:<28}" + "".join(figures) + f"{sum(one is Relation.UNSURE for one in said):>8}")


def main() -> None:
    """Print the table, for all pairs and for those that a second reader would hardly judge otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the story files")
    parser.add_argument("--cache", type=Path, required=True, help="where claims and vectors are kept for the next run")
    parser.add_argument("--judge", default=load_settings().judge)
    given = parser.parse_args()
    labelled = [one for one in find_pairs(given.data, given.cache) if one.pair.part == KEPT]
    for title, chosen in (("all", labelled), ("without doubt", [one for one in labelled if not one.pair.doubt])):
        print(
            f"\n{title}: {len(chosen)} pairs".ljust(29)
            + f"{'conflict':>6}{'P':>6}{'R':>8}{'agree':>6}{'P':>8}{'R':>8}{'unsure':>8}"
        )
        material = gather(chosen, given.judge, given.cache)
        chances = [load_table().weights.probabilities(values) for values in material.features]
        show("near, and one negates", [by_negation(one) for one in material.looked], material)
        show("structure alone", [relation_of(one.verdict) for one in material.looked], material)
        weighed = [
            settle(one.verdict, {Outcome(name): chance for name, chance in found.items()})
            for one, found in zip(material.looked, chances, strict=True)
        ]
        show("as it ships", list(map(relation_of, weighed)), material)
        rows = np.array([[found[outcome] for outcome in Outcome] for found in chances])
        print(f"expected calibration error {calibration_error(rows, material.truth):.3f}")


if __name__ == "__main__":
    main()
