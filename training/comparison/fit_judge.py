"""Fits the table that joins the trained judge with words.

    python -m training.comparison.fit_judge --data DIR --judge models/judge.onnx --made FILE

DIR holds `dev.jsonl`, pairs that the network has not learnt from, and, for more pairs of headlines on the topics of
those, `train.jsonl.gz` and the official FNC-1 training set; `--made FILE` adds pairs of our own making from texts
that the network has not learnt from either (those of our own frames are left out: it knows the frames). Writes
`models/judge-table.json` and prints, for each corpus, the lexical judge, the network alone, and the joined judge on
folds that its table was not fitted on (five, by topic).
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np

from tasks.comparison.crossencoder import load_crossencoder
from tasks.comparison.embeddings import Embedder, load_embedder
from tasks.comparison.judge import Judgement, LexicalJudge, Weights
from tasks.comparison.pairs import HEADLINES, TABLE, PairJudge, Reader
from training.comparison.fit_verdict import Matrix, scores, table_of, weights_table
from training.comparison.headlines import make_headline_pairs
from training.comparison.joined import OPINIONS, Features, cross_fit, fit_parts, truth_of
from training.comparison.sample import LABELS, Row, read_rows
from training.stance.evaluate import measure

HEAD = ("rows", "acc", "F1", "conf P", "R", "F1", "P@.5", "P@.6", "ECE", "2-way")
MADE = 700  # made pairs at most, those whose ids hash lowest: they show numbers and names, not the share of them
NOTHING = Weights(features={}, bias={}, version="")  # features are wanted here, no answers


def read_made(path: Path) -> list[Row]:
    """Return the pairs of our own making that are used."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    texts = {line["id"] for line in lines if line["src"] != "own"}
    rows = [row for row in read_rows(path) if row.id in texts]
    return sorted(rows, key=lambda row: sha256(row.id.encode()).digest())[:MADE]


def matrix_of(judged: list[Judgement]) -> Matrix:
    """Return judgements as rows of probabilities."""
    return np.array([[one.probabilities[label] for label in one.probabilities] for one in judged])


def calibration_error(probabilities: Matrix, truth: Matrix, bins: int = 10) -> float:
    """Return the expected calibration error of the likeliest label."""
    sure, right = probabilities.max(axis=1), truth[np.arange(len(truth)), probabilities.argmax(axis=1)]
    places = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[places == one].sum() - right[places == one].sum()) for one in range(bins)]
    return float(sum(gaps) / len(sure))


def read_all(data: Path, made: Sequence[Path]) -> list[Row]:
    """Return the rows that the table is fitted on."""
    known = read_rows(data / "dev.jsonl")
    rows = [row for row in known if row.corpus not in OPINIONS]
    return [*rows, *make_headline_pairs(data, known), *(row for path in made for row in read_made(path))]


def judge_all(rows: Sequence[Row], embedder: Embedder, reader: Reader) -> tuple[dict[str, Matrix], Features]:
    """Return what each system says of the rows, by its name, and the features that the joined judge weighs."""
    pairs = [(row.premise, row.hypothesis) for row in rows]
    features = PairJudge(embedder, reader, NOTHING).features(pairs)
    systems = {
        "words alone": matrix_of(LexicalJudge(embedder).judge(pairs)),
        "the network alone": np.exp(table_of(features, tuple(f"read: {label}" for label in LABELS))),
        "joined, on folds left out": cross_fit(rows, features),
    }
    return systems, features


def figure_lines(rows: Sequence[Row], systems: Mapping[str, Matrix]) -> Iterator[str]:
    """Yield the figures of all rows, then of each corpus, a line for each system."""
    answers = np.array([LABELS.index(row.label) for row in rows])
    corpora = np.array([row.corpus for row in rows])
    for corpus in ("", *sorted(set(corpora.tolist()))):
        inside = (corpora == corpus) | (corpus == "")
        yield f"== {corpus or 'all'}"
        yield f"{'':<26}" + "".join(f"{name:>8}" for name in HEAD)
        for title, values in systems.items():
            count, *shares = measure(answers[inside], values[inside]).values()
            told = "".join("       -" if share is None else f"{share:>8.3f}" for share in shares)
            yield f"{title:<26}{count:>8.0f}{told}"


def card(rows: Sequence[Row], systems: Mapping[str, Matrix], judge: str) -> dict[str, object]:
    """Return what a reader of the table must know: data, licences, date, figures."""
    told: dict[str, object] = {title: scores(list(rows), values) for title, values in systems.items()}
    truth = truth_of(rows)
    told["calibration error"] = {title: calibration_error(values, truth) for title, values in systems.items()}
    return {
        "version": f"{judge}+table-{datetime.now(UTC):%Y%m%d}",
        "what": "two multinomial logistic regressions on what the trained judge reads and on named features of the "
        "words: one for sentences, one for two headlines",
        "made_by": "python -m training.comparison.fit_judge",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "judge": judge,
        "rows": dict(sorted(Counter(row.corpus for row in rows).items())),
        "licences": dict(sorted({row.corpus: row.licence for row in rows}.items())),
        "development_figures": told,
    }


def main() -> None:
    """Fit, measure, write the table."""
    options = argparse.ArgumentParser(prog="python -m training.comparison.fit_judge", description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--judge", type=Path, required=True, help="the .onnx file, or a folder from a hub")
    options.add_argument("--made", type=Path, nargs="*", default=[])
    options.add_argument("--out", type=Path, default=TABLE)
    given = options.parse_args()
    rows = read_all(given.data, given.made)
    reader = load_crossencoder(given.judge)
    systems, features = judge_all(rows, load_embedder(), reader)
    print("\n".join(figure_lines(rows, systems)))
    fitted = fit_parts(rows, features)
    table = card(rows, systems, reader.version) | weights_table(fitted.sentences)
    table[HEADLINES] = weights_table(fitted.headlines)
    given.out.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
