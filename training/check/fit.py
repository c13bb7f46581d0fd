"""Fits the tables that make a stance of an article's evidence: `python -m training.check.fit --data DIR`.

DIR holds `stance/` (FNC-1 whole: headlines, bodies, stances) and `stories/` (fnc1.train.jsonl, fnc1.dev.jsonl). Writes
`models/check.json`. Extraction and vectors take some minutes and are kept in `--cache`; take a new folder where the
extraction changed without a new version. `--judge lexical` makes `models/check-lexical.json`, for those who use no
network. A network that learnt from the topics of the training stories looks better on them than it is: the topics kept
out tell.
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
from tasks.comparison.checking.stance import SPEAKING, TABLE, WORDS_TABLE, Stance
from tasks.comparison.crossencoder import load_crossencoder
from tasks.comparison.embeddings import MODEL, Embedder
from tasks.comparison.judge import Judge, LexicalJudge
from tasks.comparison.pairs import LEXICAL, MODELS, PairJudge, find_model
from training.check.data import LICENCE, Pair, Story, choose, fold_of, read_bodies, read_pairs, read_stories
from training.check.made import Made
from training.check.readings import RememberingEmbedder, RememberingJudge, read_all, read_made
from training.check.regression import Fitted, Matrix, fit

FOLDS = 8
DECAY = 0.05  # between 0.03 and 0.1, which did alike with a like set of features; not searched with this one
MADE = 0.15  # how much the articles of our own count, all together; between 0.1 and 0.2, not searched either
RARE = 0.7  # how far rare stances are brought up to the others: 0 not at all, 1 wholly
CROWDED = 0.5  # how far topics with many pairs are brought down
OUTCOMES = tuple(stance.value for stance in SPEAKING)
Told = dict[int, tuple[Stance, float]]  # by the place of a pair
SURENESS = (0.0, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
BOTH = (SPEAKS, Stance.SILENT.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The pairs with their features, one row a pair."""

    pairs: Sequence[Pair]
    names: Mapping[str, tuple[str, ...]]  # by table
    tables: Mapping[str, Matrix]
    made: Sequence[Stance]
    made_table: Matrix  # their features for the table of stances

    def rows(self, chosen: Sequence[int], table: str) -> Matrix:
        """Return the features of some of the pairs."""
        return np.asarray(self.tables[table][list(chosen)])


def measure(pairs: Sequence[Pair], readings: Sequence[Reading], made: Sequence[tuple[Made, Reading]]) -> Measured:
    """Return the pairs with the features of both tables, and the articles of our own making with theirs."""
    found = {
        "speaks": [speaks_features(reading) for reading in readings],
        "stance": [stance_features(reading) for reading in readings],
    }
    names = {table: tuple(rows[0]) for table, rows in found.items()}
    tables = {table: np.array([[row[name] for name in names[table]] for row in rows]) for table, rows in found.items()}
    rows = [stance_features(reading) for _, reading in made]
    return Measured(
        pairs=pairs,
        names=names,
        tables=tables,
        made=[one.stance for one, _ in made],
        made_table=np.array([[row[name] for name in names["stance"]] for row in rows]),
    )


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
    return speaks, fit_stance(measured, [at for at in chosen if measured.pairs[at].stance is not Stance.SILENT])


def fit_stance(measured: Measured, related: Sequence[int]) -> Fitted:
    """Return the table of stances, fitted on some of the pairs that speak and on the articles of our own making."""
    pairs = [measured.pairs[at] for at in related]
    stances = [pair.stance.value for pair in pairs]
    made = [stance.value for stance in measured.made]
    rows = weigh(pairs, stances)
    counts = Counter(made)
    added = np.array([MADE / (1 - MADE) / len(counts) / counts[stance] for stance in made])
    table = (
        np.vstack([measured.rows(related, "stance"), measured.made_table]) if made else measured.rows(related, "stance")
    )
    weights = np.concatenate([rows / rows.sum(), added])
    return fit(measured.names["stance"], OUTCOMES, table, [*stances, *made], rows=weights, decay=DECAY)


def tell(measured: Measured, chosen: Sequence[int], fitted: tuple[Fitted, Fitted]) -> Told:
    """Return the stance of each of some pairs, by their place, and how sure it is."""
    if not chosen:
        return {}
    heard = fitted[0].probabilities(measured.rows(chosen, "speaks"))[:, 0]
    shares = fitted[1].probabilities(measured.rows(chosen, "stance"))
    told = zip(chosen, heard, shares.argmax(axis=1), shares.max(axis=1), strict=True)
    return {
        at: (SPEAKING[best], speaks * share) if speaks >= 0.5 else (Stance.SILENT, 1 - speaks)  # noqa: PLR2004
        for at, speaks, best, share in told
    }


def leave_out(measured: Measured, chosen: Sequence[int]) -> Told:
    """Return the stance of each pair, as told by tables that saw no pair of its topic."""
    told: Told = {}
    for fold in range(FOLDS):
        left = [at for at in chosen if fold_of(measured.pairs[at].topic, FOLDS) == fold]
        kept = [at for at in chosen if fold_of(measured.pairs[at].topic, FOLDS) != fold]
        told |= tell(measured, left, fit_both(measured, kept))
    return told


def curve(measured: Measured, places: Sequence[int], told: Told) -> dict[str, str]:
    """Return for each sureness how many articles that are then called denying are so, of how many."""
    table = {}
    for least in SURENESS:
        shown = [at for at in places if told[at][0] is Stance.DENIES and told[at][1] >= least]
        right = sum(measured.pairs[at].stance is Stance.DENIES for at in shown)
        table[f"{least:.2f}"] = f"{right} of {len(shown)}"
    return table


def compare(measured: Measured, stories: Sequence[Story], told: Told, bodies: Mapping[int, str]) -> dict[str, object]:
    """Return the figures on stories, beside those of the baselines."""
    places = {(pair.statement, pair.body): at for at, pair in enumerate(measured.pairs)}
    listed = [(story, body) for story in stories for body in story.stances]
    wanted = {(story.id, str(body)): story.stances[body] for story, body in listed}
    answers = {
        "everything reports": dict.fromkeys(wanted, Stance.REPORTS),
        "words alone": {(one.id, str(body)): stance_by_words(one.statement, bodies[body]) for one, body in listed},
        "this model": {(one.id, str(body)): told[places[one.statement, body]][0] for one, body in listed},
    }
    table = {
        name: {key: round(value, 3) for key, value in figures(wanted, one).items()} for name, one in answers.items()
    }
    heard: dict[str, object] = {"other matters heard": unrelated_heard(measured, told)}
    heard["called denying, right by sureness"] = curve(
        measured, [places[one.statement, body] for one, body in listed], told
    )
    return {"stories": len(stories), "articles": len(wanted), **table, **heard}


def unrelated_heard(measured: Measured, told: Told) -> float:
    """Return which share of articles on other matters is said to speak of the statement."""
    silent = [stance for at, (stance, _) in told.items() if measured.pairs[at].stance is Stance.SILENT]
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
        "made": f"articles of our own (training/check/made.toml), {MADE:.0%} of the weight of the table of stances",
        "licences": {"FNC-1": LICENCE, "made": "as the project"},
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
    readings = list(read_all(pairs, bodies, embedder, judge, cache))
    measured = measure(pairs, readings, read_made(embedder, judge, cache))
    judge.save()
    return measured


def main() -> None:
    """Read, fit, measure, write the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--cache", type=Path, default=Path(".cache/check"))
    options.add_argument("--judge", default="judge", help="a name in models/, a path, or lexical")
    options.add_argument("--out", type=Path, help="by default the file of models/ that goes with the judge")
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
    out = chosen.out or (WORDS_TABLE if chosen.judge == LEXICAL else TABLE)
    out.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
