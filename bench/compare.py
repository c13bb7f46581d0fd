"""The judge of two texts beside what it has to beat: `python -m bench.compare --data ../shared/data [--judge NAME]`.

DIR holds `stance/train.jsonl.gz` and `stance/dev.jsonl` (rows of the tier `nc` are left out) and `stories/`. For each
corpus of dev and each system: accuracy (two-way: the likelier of agree and conflict, where a corpus has no neutral
pair), macro-F1, precision, recall and F1 of conflict, its precision where half and six tenths of the conflicts are
found, the error of calibration. Nothing is measured on rows that it was fitted on: the regressions are fitted within
the run on training rows, and the table that joins network and words on the folds of dev that are left over. One number
is the exception: the network's temperature, which moves its calibration and no label, was fitted on dev.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from bench import check
from bench.baselines import by_vectors, by_words, commonest_label
from bench.pace import pace_lines
from bench.remembering import RememberingEmbedder, RememberingReader
from tasks.comparison.checking.stance import Stance
from tasks.comparison.crossencoder import load_crossencoder
from tasks.comparison.embeddings import Embedder, load_embedder
from tasks.comparison.judge import LexicalJudge
from tasks.comparison.pairs import PairJudge, Reader, find_model
from tasks.model.errors import InputError
from training.comparison.fit_judge import HEAD, NOTHING, matrix_of, read_made
from training.comparison.fit_verdict import Matrix
from training.comparison.headlines import make_headline_pairs
from training.comparison.joined import cross_fit
from training.comparison.sample import LABELS, Row, choose, read_rows
from training.stance.evaluate import Figures, measure, precision_recall_f1

System = Callable[[Sequence[Row]], Matrix]
TRAIN, DEV = Path("stance", "train.jsonl.gz"), Path("stance", "dev.jsonl")
STORIES = Path("stories", "fnc1.dev.jsonl")


def pairs_of(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the texts of the rows."""
    return [(row.premise, row.hypothesis) for row in rows]


def joined(judge: PairJudge, made: Sequence[Row], rows: Sequence[Row]) -> Matrix:
    """Return for each row what the joined judge says, by a table that was fitted without the fold of the row."""
    every = [*rows, *made]
    return cross_fit(every, judge.features(pairs_of(every)))[: len(rows)]


def make_systems(
    embedder: Embedder, reader: Reader | None, fitted: Sequence[Row], made: Sequence[Row]
) -> dict[str, System]:
    """Return what is measured, by name; without a network only what needs none."""
    systems: dict[str, System] = {
        "commonest label": commonest_label,
        "TF-IDF + negation": lambda rows: by_words(fitted, rows),
        "frozen MiniLM": lambda rows: by_vectors(embedder, fitted, rows),
        "lexical judge": lambda rows: matrix_of(LexicalJudge(embedder).judge(pairs_of(rows))),
    }
    if reader is not None:
        judge = PairJudge(embedder, reader, NOTHING)
        systems["network alone"] = lambda rows: reader.probabilities(pairs_of(rows)).astype(np.float64)
        systems["joined judge"] = lambda rows: joined(judge, made, rows)
    return systems


def table_lines(rows: Sequence[Row], told: Mapping[str, Matrix]) -> Iterator[str]:
    """Yield the figures of all rows, then of each corpus, a line for each system."""
    answers = np.array([LABELS.index(row.label) for row in rows])
    corpora = np.array([row.corpus for row in rows])
    for corpus in ("", *sorted(set(corpora.tolist()))):
        inside = (corpora == corpus) | (corpus == "")
        counts = ", ".join(f"{int((answers[inside] == place).sum())} {label}" for place, label in enumerate(LABELS))
        yield f"== {corpus or 'all'}: {counts}"
        yield f"{'':<20}" + "".join(f"{name:>8}" for name in HEAD)
        for name, probabilities in told.items():
            yield f"{name:<20}" + figure_cells(measure(answers[inside], probabilities[inside]))


def figure_cells(found: Figures) -> str:
    """Return the figures side by side; "-" where there is nothing to tell."""
    rows, *shares = found.values()
    return f"{rows:>8.0f}" + "".join("       -" if share is None else f"{share:>8.3f}" for share in shares)


def story_lines(path: Path) -> Iterator[str]:
    """Yield the stances of whole articles, and whether both sides of a story were found, by `rashomon check`."""
    stories = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = check.gold(stories)
    disputed = find_disputed(stories, wanted)
    yield f"== {path.name}: {len(wanted)} articles, {len(stories)} stories, {disputed.sum()} of them with both sides"
    for name, system in check.SYSTEMS.items():
        told = system(stories)
        shares = zip("PRF", precision_recall_f1(disputed, find_disputed(stories, told)), strict=True)
        figures = [*check.figures(wanted, told).items(), *((f"both sides {what}", value) for what, value in shares)]
        yield f"{name:<20}" + "  ".join(f"{what} {value:.3f}" for what, value in figures)


def find_disputed(stories: Sequence[check.Row], told: check.Answers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return for each story whether one of its articles supports the statement and another denies it."""
    both = {Stance.SUPPORTS, Stance.DENIES}
    return np.array([both <= {told[story["id"], one["aid"]] for one in story["articles"]} for story in stories], bool)


def report(given: argparse.Namespace) -> Iterator[str]:
    """Yield everything that is measured."""
    model = find_model(given.judge)
    reader = load_crossencoder(model) if model.exists() else None
    yield f"network: {reader.version}" if reader else f"there is no network {given.judge}: what needs one is left out"
    fitted = choose(read_rows(given.data / TRAIN))[: given.rows]
    known = read_rows(given.data / DEV)
    rows, headlines = known[:: given.every], make_headline_pairs(given.data / DEV.parent, known)
    made = [*headlines, *(row for path in given.made for row in read_made(path))]
    yield f"{len(rows)} rows measured, {len(fitted)} rows to fit on, {len(made)} made rows for the joined judge"
    systems = make_systems(
        RememberingEmbedder(load_embedder()), RememberingReader(reader) if reader else None, fitted, made
    )
    yield from table_lines(rows, {name: system(rows) for name, system in systems.items()})
    yield "== speed, one thread"
    yield from pace_lines(load_embedder(), reader)
    yield from story_lines(given.data / STORIES)


def main() -> int:
    """Read the arguments and print what was measured; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.compare", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the stance data and of the stories")
    parser.add_argument("--judge", default="judge", help="a file of models/ without its ending, or the path of a model")
    parser.add_argument(
        "--made", type=Path, nargs="*", default=[], help="made pairs that the joined judge is fitted on"
    )
    parser.add_argument("--rows", type=int, default=6000, help="how many training rows the regressions are fitted on")
    parser.add_argument(
        "--every",
        type=int,
        default=1,
        metavar="N",
        help="measure every Nth row, for a quick look; the joined judge then has less to learn from as well",
    )
    given = parser.parse_args()
    try:
        with threadpool_limits(limits=1):  # the speed of one thread is told, and other work goes on beside
            for line in report(given):
                print(line, flush=True)
    except (InputError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
