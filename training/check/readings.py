"""Statements beside articles, read by the whole chain; what takes long is kept in a folder for the next run."""

import pickle
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from tasks.comparison.checking.check import read_article
from tasks.comparison.checking.evidence import cosines_of
from tasks.comparison.checking.features import Reading
from tasks.comparison.checking.pieces import find_pieces
from tasks.comparison.checking.stated import framed, read_statement
from tasks.comparison.embeddings import DIMENSIONS, MODEL, Embedder, Vectors, load_embedder
from tasks.comparison.judge import Judge, Judgement
from tasks.console.lines import article_of
from tasks.model.claim import Claim
from tasks.settings import load_settings
from tasks.steps.safely import component_version, extract_claims
from training.check.data import Pair
from training.check.made import Made, make_articles

AT_ONCE = 50
TOLD = 500  # pairs between two lines of progress


class Shelf:
    """Things by key in one file of a folder, kept between runs."""

    def __init__(self, folder: Path, name: str) -> None:
        """Open the shelf of a name; another version of what makes the things is another name."""
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"{sha256(name.encode()).hexdigest()[:16]}.pickle"
        self.things: dict[Any, Any] = pickle.loads(self._file.read_bytes()) if self._file.exists() else {}  # noqa: S301

    def save(self) -> None:
        """Write the shelf, so that a run that is killed leaves the old one whole."""
        new = self._file.with_suffix(".new")
        new.write_bytes(pickle.dumps(self.things))
        new.replace(self._file)


class RememberingEmbedder(Embedder):
    """Embeds each text once, over all runs."""

    def __init__(self, folder: Path) -> None:
        """Take the folder where the vectors are kept."""
        self._shelf = Shelf(folder, f"vectors {MODEL}")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in the order of the texts."""
        known = self._shelf.things
        missing = sorted({text for text in texts if text not in known})
        for start in range(0, len(missing), 1000):
            part = missing[start : start + 1000]
            known.update(zip(part, load_embedder().embed(part).astype(np.float16), strict=True))
            if len(missing) > len(part):
                print(f"vectors: {start + len(part)} of {len(missing)}", flush=True)
        if missing:
            self._shelf.save()
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS)


class RememberingJudge:
    """Judges each pair once, over all runs of one version of the judge."""

    def __init__(self, judge: Judge, folder: Path, version: str) -> None:
        """Take the judge, and the folder where its judgements are kept."""
        self._judge = judge
        self._shelf = Shelf(folder, f"judgements {version}")

    def judge(self, pairs: Sequence[tuple[str, str]], cosines: Sequence[float] | None = None) -> list[Judgement]:
        """Return one judgement per pair, in their order."""
        known = self._shelf.things
        missing = list(dict.fromkeys(pair for pair in pairs if pair not in known))
        near = None if cosines is None else dict(zip(pairs, cosines, strict=True))
        judged = self._judge.judge(missing, None if near is None else [near[pair] for pair in missing])
        known.update(zip(missing, judged, strict=True))
        return [known[pair] for pair in pairs]

    def save(self) -> None:
        """Keep what was judged."""
        self._shelf.save()


def extract(texts: Iterable[str], folder: Path) -> dict[str, tuple[Claim, ...]]:
    """Return the claims of each text; an article that fails has none."""
    settings = load_settings()
    shelf = Shelf(folder, f"claims {component_version(settings)}")
    missing = sorted({text for text in texts if text not in shelf.things})
    for start in range(0, len(missing), AT_ONCE):
        part = missing[start : start + AT_ONCE]
        articles = [article for number, text in enumerate(part) if (article := article_of(text, number))]
        for article, claims in extract_claims(articles, settings):
            shelf.things[article.text] = () if isinstance(claims, Exception) else claims
        print(f"extracted: {start + len(part)} of {len(missing)} texts", flush=True)
        if start // AT_ONCE % 5 == 0:
            shelf.save()
    shelf.save()
    return shelf.things


def read_all(
    pairs: Sequence[Pair], bodies: dict[int, str], embedder: Embedder, judge: Judge, folder: Path
) -> Iterator[Reading]:
    """Yield each statement beside its article, in the order of the pairs."""
    asked = {pair.statement: framed(pair.statement) for pair in pairs}
    claims = extract([*asked.values(), *(bodies[pair.body] for pair in pairs)], folder)
    statements = {text: read_statement(text, claims.get(frame, ())) for text, frame in asked.items()}
    pieces = {pair.body: find_pieces(bodies[pair.body], claims.get(bodies[pair.body], ())) for pair in pairs}
    texts = [piece.text for article in pieces.values() for piece in article]
    embedder.embed([*texts, *(one.text for one in statements.values())])  # all at once: like lengths go together
    began = time.monotonic()
    for number, pair in enumerate(pairs, start=1):
        statement, article = statements[pair.statement], pieces[pair.body]
        vectors = embedder.embed([statement.text, *(piece.text for piece in article)])
        yield read_article(statement, article, cosines_of(vectors[0], vectors[1:]), judge)
        if number % TOLD == 0:
            print(f"judged: {number} of {len(pairs)} in {time.monotonic() - began:.0f} s", flush=True)


def read_made(embedder: Embedder, judge: Judge, folder: Path) -> list[tuple[Made, Reading]]:
    """Return the articles of our own making beside their statements."""
    made = list(make_articles())
    claims = extract([text for one in made for text in (one.text, framed(one.statement))], folder)
    readings = []
    for one in made:
        statement = read_statement(one.statement, claims.get(framed(one.statement), ()))
        pieces = find_pieces(one.text, claims.get(one.text, ()), one.outlet)
        vectors = embedder.embed([statement.text, *(piece.text for piece in pieces)])
        readings.append(read_article(statement, pieces, cosines_of(vectors[0], vectors[1:]), judge))
    return list(zip(made, readings, strict=True))
