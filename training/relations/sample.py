"""Draws pairs of claims to be labelled: `python -m training.relations.sample --data DIR --out FILE --cache DIR`.

DIR holds the story files. FILE gets a line for each pair, with the words of both sides: keep it out of the project.
What takes long is kept in `--cache`.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tasks.comparison.candidates import candidates_of, find_pairs
from tasks.comparison.compare import comparable, compare_claims
from tasks.comparison.contrasts import find_contrasts
from tasks.comparison.embeddings import Embedder
from tasks.comparison.stories import Stories
from tasks.model.article import words_of
from tasks.model.claim import Claim
from tasks.model.finding import RelatedPair
from training.check.readings import RememberingEmbedder, extract
from training.relations.corpus import Story, find_claims, find_roots, mixed, read_stories

NEAR, NEARER = 0.50, 0.60  # cosine from which a pair without a verdict is worth reading
Helping = tuple[str, int, float]  # how many pairs of a stratum, from which cosine
# The rare ones come first: they take what a story may give before
# the common ones do. Conflicts without a verdict are rarer still among what is read: a second helping at the end.
HELPINGS: tuple[Helping, ...] = (
    ("conflict", 170, 0.0),
    ("compatible", 60, 0.0),
    ("unsure", 80, 0.0),
    ("none, opposed", 85, NEAR),
    ("none, alike", 85, NEAR),
    ("agree", 120, 0.0),
    ("none, opposed", 100, NEARER),
)
OF_STORY, OF_CLAIM = 12, 3  # pairs
AROUND = 160  # characters shown beside a claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Two claims of one story, with what the comparison says of them."""

    story: Story
    aids: tuple[str, str]
    claims: tuple[Claim, Claim]
    cosine: float
    verdict: RelatedPair | None
    name: str = ""  # of the stratum, where it is not the verdict's

    @property
    def key(self) -> str:
        """Return what names the pair in every run."""
        return "|".join(claim.id for claim in self.claims)

    @property
    def words(self) -> frozenset[str]:
        """Return what both say: copies say it twice."""
        return frozenset(claim.proposition.statement.casefold() for claim in self.claims)

    @property
    def stratum(self) -> str:
        """Return the stratum that the pair is drawn in; nothing where it is not worth reading."""
        if self.name:
            return self.name
        if self.verdict is not None:
            return self.verdict.relation.value
        if self.cosine < NEAR:
            return ""
        left, right = self.claims
        contrast = find_contrasts(left.proposition.statement, right.proposition.statement)
        return "none, opposed" if contrast or left.position is not right.position else "none, alike"


def pairs_of(story: Story, extracted: Mapping[str, Sequence[Claim]], embedder: Embedder) -> Iterator[Drawn]:
    """Yield the pairs of a story that the comparison looks at."""
    found = list(find_claims(story, extracted))
    aids, claims = [aid for aid, _ in found], [claim for _, claim in found]
    if not claims:
        return
    vectors = embedder.embed([claim.proposition.statement for claim in claims])
    article = dict(zip(aids, (claim.article_id for claim in claims), strict=True))
    roots = {article[aid]: article[root] for aid, root in find_roots(story).items() if {aid, root} <= set(article)}
    candidates = candidates_of(claims, roots)
    for one, other, cosine in find_pairs(candidates, vectors, candidates, vectors, stories=Stories(claims, vectors)):
        if comparable(claims[one], claims[other]):
            yield Drawn(
                story=story,
                aids=(aids[one], aids[other]),
                claims=(claims[one], claims[other]),
                cosine=cosine,
                verdict=compare_claims(claims[one], claims[other], cosine),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How much is drawn of each stratum, of a story and of a claim."""

    helpings: tuple[Helping, ...] = HELPINGS
    of_story: int = OF_STORY
    of_claim: int = OF_CLAIM


FIRST = Drawing()


class Sample:
    """Pairs that are drawn, no more of a story or of a claim than agreed, and no words twice."""

    def __init__(self, drawing: Drawing) -> None:
        """Begin with nothing."""
        self.pairs: list[Drawn] = []
        self._drawing = drawing
        self._of_story: Counter[str] = Counter()
        self._of_claim: Counter[str] = Counter()
        self._told: set[frozenset[str]] = set()

    def take(self, pair: Drawn) -> bool:
        """Take a pair, and return whether there was room for it."""
        ids = [claim.id for claim in pair.claims]
        most = self._drawing
        full = self._of_story[pair.story.id] >= most.of_story or any(
            self._of_claim[one] >= most.of_claim for one in ids
        )
        if full or pair.words in self._told:
            return False
        self.pairs.append(pair)
        self._told.add(pair.words)
        self._of_story[pair.story.id] += 1
        self._of_claim.update(ids)
        return True


def draw(pairs: Iterable[Drawn], drawing: Drawing = FIRST) -> list[Drawn]:
    """Return the sample: of each stratum the pairs whose ids hash lowest, so that a rerun takes the same ones."""
    strata: dict[str, list[Drawn]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: mixed(pair.key)):
        strata[pair.stratum].append(pair)
    sample = Sample(drawing)
    for name, most, least in drawing.helpings:
        waiting = (pair for pair in strata[name] if pair.cosine >= least and sample.take(pair))
        taken = sum(1 for _ in islice(waiting, most))
        print(f"{name} from {least}: {taken} of {sum(pair.cosine >= least for pair in strata[name])}")
    return sample.pairs


def row_of(number: int, pair: Drawn) -> dict[str, Any]:
    """Return a pair as it is written."""
    verdict = pair.verdict
    return {
        "pair": number,
        "story": pair.story.id,
        "part": pair.story.part,
        "licence": pair.story.licence,
        "topic": pair.story.topic,
        "sides": [
            side_of(pair.story.texts[aid], aid, claim) for aid, claim in zip(pair.aids, pair.claims, strict=True)
        ],
        "cosine": round(pair.cosine, 3),
        "stratum": pair.stratum,
        "verdict": None if verdict is None else [verdict.relation, verdict.kind, verdict.confidence, *verdict.reasons],
    }


def side_of(text: str, aid: str, claim: Claim) -> dict[str, Any]:
    """Return one side of a pair: where it stands, and its words with those around them."""
    start, end = claim.content[0].start, claim.content[-1].end
    marked = text[max(0, start - AROUND) : start] + "[[" + text[start:end] + "]]" + text[end : end + AROUND]
    return {
        "aid": aid,
        "content": [[span.start, span.end] for span in claim.content],
        "marked": " ".join(marked.split()),
        "voice": claim.voice,
        "source": words_of(text, claim.source),
        "names": [entity.name for entity in claim.entities],
        "act": claim.act,
        "position": claim.position,
        "statement": claim.proposition.statement,
    }


def write(pairs: Sequence[Drawn], file: Path) -> None:
    """Write the pairs, one a line."""
    lines = (json.dumps(row_of(number, pair), ensure_ascii=False) for number, pair in enumerate(pairs))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_claims(stories: Sequence[Story], cache: Path) -> tuple[dict[str, tuple[Claim, ...]], Embedder]:
    """Return the claims of some stories by the text of their article, and what knows the vectors of all."""
    extracted = extract((text for story in stories for text in story.texts.values()), cache)
    embedder = RememberingEmbedder(cache)
    every = (claim for story in stories for _, claim in find_claims(story, extracted))
    embedder.embed([claim.proposition.statement for claim in every])  # all at once: like lengths go together
    return extracted, embedder


def arguments(about: str | None) -> argparse.Namespace:
    """Return what the command was told."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--data", type=Path, required=True, help="folder of the story files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    return parser.parse_args()


def main() -> None:
    """Write the sample."""
    options = arguments(__doc__)
    stories = read_stories(options.data)
    extracted, embedder = read_claims(stories, options.cache)
    write(draw(pair for story in stories for pair in pairs_of(story, extracted, embedder)), options.out)


if __name__ == "__main__":
    main()
