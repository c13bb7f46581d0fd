"""Fits the tables that make a stance of an article's evidence: `python -m training.check.fit --data DIR`.

DIR holds `stance/` (FNC-1 whole: headlines, bodies, stances) and `stories/` (fnc1.train.jsonl, fnc1.dev.jsonl). Writes
`models/check.json`. Extraction and vectors take some minutes and are kept in `--cache`; take a new folder where the
extraction changed without a new version. The judge is the one that `rashomon check` uses, unless `--judge` names one.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np

from bench.check import figures, stance_by_words
from tasks.comparison.checking.check import SPEAKS
from tasks.comparison.checking.features import Reading, speaks_features, stance_features
from tasks.comparison.checking.stance import SPEAKING, TABLE, Stance
from tasks.comparison.crossencoder import load_crossencoder
from tasks.comparison.embeddings import MODEL, Embedder
from tasks.comparison.judge import Judge, LexicalJudge
from tasks.comparison.pairs import LEXICAL, MODELS, PairJudge, find_model
from tasks.settings import load_settings
from training.check.data import LICENCE, Pair, Story, choose, fold_of, read_bodies, read_pairs, read_stories
from training.check.readings import RememberingEmbedder, RememberingJudge, read_all
from training.check.regression import Fitted, Matrix, fit

FOLDS = 8
DECAY = 0.01  # of 0.003, 0.01, 0.03 and 0.1 the best or as good, topics left out
RARE = 0.7  # how far rare stances are brought up to the others: 0 not at all, 1 wholly
CROWDED = 0.5  # how far topics with many pairs are brought down
OUTCOMES = tuple(stance.value for stance in SPEAKING)
BOTH = (SPEAKS, Stance.SILENT.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The pairs with their features, one row a pair."""

    pairs: Sequence[Pair]
    names: Mapping[str, tuple[str, ...]]  # by table
    tables: Mapping[str, Matrix]

    def rows(self, chosen: Sequence[int], table: str) -> Matrix:
        """Return the features of some of the pairs."""
        return np.asarray(self.tables[table][list(chosen)])


def measure(pairs: Sequence[Pair], readings: Sequence[Reading]) -> Measured:
    """Return the pairs with the features of both tables."""
    found = {
        "speaks": [speaks_features(reading) for reading in readings],
        "stance": [stance_features(reading) for reading in readings],
    }
    names = {table: tuple(rows[0]) for table, rows in found.items()}
    tables = {table: np.array([[row[name] for name in names[table]] for row in rows]) for table, rows in found.items()}
    return Measured(pairs=pairs, names=names, tables=tables)


def weigh(pairs: Sequence[Pair], answers: Sequence[str]) -> Matrix:
    """Return how much each pair counts: less in a crowded topic, more where its answer is rare."""
    topics = Counter(pair.topic for pair in pairs)
    rows = np.array([topics[pair.topic] ** -CROWDED for pair in pairs])
    given = np.array(answers)
    for answer in set(answers):
        rows[given == answer] *= (rows[given == answer].sum() / rows.sum()) ** -RARE
    return rows


def fit_both(measured: Measured, chosen: Sequence[int]) -> tuple[Fitted, Fitted]:
    """Return both tables, fitted on some of the pairs."""
    pairs = [measured.pairs[at] for at in chosen]
    silent = [Stance.SILENT.value if pair.stance is Stance.SILENT else SPEAKS for pair in pairs]
    table, names = measured.rows(chosen, "speaks"), measured.names["speaks"]
    speaks = fit(names, BOTH, table, silent, rows=weigh(pairs, silent), decay=DECAY)
    related = [at for at in chosen if measured.pairs[at].stance is not Stance.SILENT]
    pairs = [measured.pairs[at] for at in related]
    stances = [pair.stance.value for pair in pairs]
    table, names = measured.rows(related, "stance"), measured.names["stance"]
    return speaks, fit(names, OUTCOMES, table, stances, rows=weigh(pairs, stances), decay=DECAY)


def tell(measured: Measured, chosen: Sequence[int], fitted: tuple[Fitted, Fitted]) -> dict[int, Stance]:
    """Return the stance of each of some pairs, by their place."""
    if not chosen:
        return {}
    heard = fitted[0].probabilities(measured.rows(chosen, "speaks"))[:, 0]
    stances = fitted[1].probabilities(measured.rows(chosen, "stance")).argmax(axis=1)
    told = zip(chosen, heard, stances, strict=True)
    return {at: SPEAKING[best] if speaks >= 0.5 else Stance.SILENT for at, speaks, best in told}  # noqa: PLR2004


def leave_out(measured: Measured, chosen: Sequence[int]) -> dict[int, Stance]:
    """Return the stance of each pair, as told by tables that saw no pair of its topic."""
    told: dict[int, Stance] = {}
    for fold in range(FOLDS):
        left = [at for at in chosen if fold_of(measured.pairs[at].topic, FOLDS) == fold]
        kept = [at for at in chosen if fold_of(measured.pairs[at].topic, FOLDS) != fold]
        told |= tell(measured, left, fit_both(measured, kept))
    return told


def compare(
    measured: Measured, stories: Sequence[Story], told: Mapping[int, Stance], bodies: Mapping[int, str]
) -> dict[str, object]:
    """Return the figures on stories, beside those of the baselines."""
    places = {(pair.statement, pair.body): at for at, pair in enumerate(measured.pairs)}
    listed = [(story, body) for story in stories for body in story.stances]
    wanted = {(story.id, str(body)): story.stances[body] for story, body in listed}
    answers = {
        "everything reports": dict.fromkeys(wanted, Stance.REPORTS),
        "words alone": {(one.id, str(body)): stance_by_words(one.statement, bodies[body]) for one, body in listed},
        "this model": {(one.id, str(body)): told[places[one.statement, body]] for one, body in listed},
    }
    table = {
        name: {key: round(value, 3) for key, value in figures(wanted, one).items()} for name, one in answers.items()
    }
    heard = {"other matters heard": unrelated_heard(measured, told)}
    return {"stories": len(stories), "articles": len(wanted), **table, **heard}


def unrelated_heard(measured: Measured, told: Mapping[int, Stance]) -> float:
    """Return which share of articles on other matters is said to speak of the statement."""
    silent = [stance for at, stance in told.items() if measured.pairs[at].stance is Stance.SILENT]
    return round(sum(stance is not Stance.SILENT for stance in silent) / max(1, len(silent)), 3)


def make_judge(name: str, embedder: Embedder) -> Judge:
    """Return the judge of a name, which `rashomon check` loads too, with an embedder of our own."""
    if name == LEXICAL:
        return LexicalJudge(embedder)
    return PairJudge(embedder, load_crossencoder(find_model(name)))


def judge_version(name: str) -> str:
    """Return the name of a judge with the hashes of the files that it is made of."""
    files = [path for path in sorted(MODELS.glob("*.json")) if path.stem in {name, f"{name}-table", "verdict"}]
    files += [path for path in (MODELS / f"{name}.onnx", Path(name)) if path.is_file()]
    digest = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    return f"{Path(name).stem}-{digest}"


def card(pairs: Sequence[Pair], judge: str, measured: Mapping[str, object]) -> dict[str, object]:
    """Return what a reader of the weights must know: data, licences, date, figures, limits."""
    now = datetime.now(UTC)
    return {
        "version": f"check-{now:%Y%m%d}",
        "what": "two logistic regressions on named features of an article's evidence: does it speak of the statement "
        "(speaks, silent), and what does it do with it (supports, denies, reports)",
        "made_by": "python -m training.check.fit",
        "date": f"{now:%Y-%m-%d}",
        "sentence_vectors": MODEL,
        "judge": judge,
        "rows": {stance.value: sum(pair.stance is stance for pair in pairs) for stance in Stance},
        "topics": len({pair.topic for pair in pairs}),
        "licences": {"FNC-1": LICENCE},
        "limits": "English news of 2014 and 2015, much of it about rumours; headlines as statements",
        "development_figures": measured,
    }


def read_measured(data: Path, cache: Path, name: str, bodies: dict[int, str], stories: Sequence[Story]) -> Measured:
    """Return the pairs to learn from and those of the stories, read with the judge of a name and measured."""
    everything = read_pairs(data)
    asked = {(story.statement, body) for story in stories for body in story.stances}
    picked = choose(everything, {statement for statement, _ in asked})
    pairs = list(dict.fromkeys([*picked, *(pair for pair in everything if (pair.statement, pair.body) in asked)]))
    embedder = RememberingEmbedder(cache)
    judge = RememberingJudge(make_judge(name, embedder), cache, judge_version(name))
    measured = measure(pairs, list(read_all(pairs, bodies, embedder, judge, cache)))
    judge.save()
    return measured


def main() -> None:
    """Read, fit, measure, write the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--cache", type=Path, default=Path(".cache/check"))
    options.add_argument("--judge", default=load_settings().judge)
    options.add_argument("--out", type=Path, default=TABLE)
    chosen = options.parse_args()
    bodies = read_bodies(chosen.data)
    known, fresh = (read_stories(chosen.data / "stories" / f"fnc1.{part}.jsonl") for part in ("train", "dev"))
    measured = read_measured(chosen.data, chosen.cache, chosen.judge, bodies, [*known, *fresh])
    asked = {story.statement for story in fresh}
    kept_out = {pair.topic for pair in measured.pairs if pair.statement in asked}
    train = [at for at, pair in enumerate(measured.pairs) if pair.topic not in kept_out]
    rest = [at for at, pair in enumerate(measured.pairs) if pair.topic in kept_out]
    fitted = fit_both(measured, train)
    results: dict[str, object] = {
        "training stories, each topic left out in turn": compare(measured, known, leave_out(measured, train), bodies),
        "stories on topics kept out": compare(measured, fresh, tell(measured, rest, fitted), bodies),
    }
    print(json.dumps(results, indent=1))
    about = card([measured.pairs[at] for at in train], judge_version(chosen.judge), results)
    whole = {**about, "speaks": fitted[0].as_table(), "stance": fitted[1].as_table()}
    chosen.out.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
