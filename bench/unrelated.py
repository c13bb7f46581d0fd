"""False conflicts between stories that have nothing to do with each other: `python -m bench.unrelated STORIES...`.

One article of each story is added to the sample story, and all are compared. A conflict between articles of two stories
is false, unless two stories happen to be about one event: `--show` prints each, for reading. Beside what the product
says stand structure alone, and what needs neither: two near sentences of which one negates.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.matters_gold import article_of, sample_gold
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.comparison.candidates import candidates_of, find_pairs
from tasks.comparison.compare import comparable, compare_new
from tasks.comparison.embeddings import Vectors, load_embedder
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.stories import Stories
from tasks.comparison.texts import read_words
from tasks.comparison.weighing import load_weigher
from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.finding import Relation
from tasks.settings import load_settings

NEAR = 0.60  # cosine of the baseline
Pair = tuple[str, str]


def read_articles(files: Iterable[Path], most: int) -> list[Article]:
    """Return the sample story's articles and the first article of each story, at most so many of these."""
    stories = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    sample, _ = sample_gold()
    return [*sample, *(article_of(story, 0) for story in stories[:most])]


def extract(articles: Sequence[Article]) -> list[Claim]:
    """Return the claims of all articles."""
    pipeline = load_pipeline(load_settings().spacy_model)
    return [claim for _, found in extract_articles(articles, pipeline) if isinstance(found, tuple) for claim in found]


def by_negation(claims: Sequence[Claim], vectors: Vectors) -> set[Pair]:
    """Return the near pairs of which one side negates and the other does not."""
    negates = [read_words(claim.proposition.statement, load_lexicon()).kinds["negation"] for claim in claims]
    candidates = candidates_of(claims, {})
    near = find_pairs(candidates, vectors, candidates, vectors, stories=Stories(claims, vectors), cosine=NEAR)
    return {
        (claims[one].id, claims[other].id)
        for one, other, _ in near
        if comparable(claims[one], claims[other]) and negates[one] != negates[other]
    }


def find_conflicts(claims: Sequence[Claim], vectors: Vectors) -> dict[str, set[Pair]]:
    """Return the conflicts that each way finds."""
    weigher = load_weigher(load_settings().judge)
    ways = {"as it ships": compare_new(claims, vectors, weigher=weigher), "structure": compare_new(claims, vectors)}
    found = {
        name: {(pair.left, pair.right) for pair in pairs if pair.relation is Relation.CONFLICT}
        for name, pairs in ways.items()
    }
    return found | {"near, and one negates": by_negation(claims, vectors)}


def show(claims: Mapping[str, Claim], pairs: Iterable[Pair]) -> None:
    """Print the two statements of each pair."""
    for pair in sorted(pairs):
        for claim in map(claims.__getitem__, pair):
            print(f"  {claim.act}, {claim.position}: {claim.proposition.statement}")
        print()


def main() -> None:
    """Print how many conflicts each way finds within and between stories."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=100, help="how many are added to the sample story")
    parser.add_argument("--show", action="store_true", help="print the conflicts between stories")
    given = parser.parse_args()
    articles = read_articles(given.files, given.articles)
    sample = {article.id for article in sample_gold()[0]}
    story_of = {article.id: "sample" if article.id in sample else article.id for article in articles}
    claims = extract(articles)
    by_id = {claim.id: claim for claim in claims}
    vectors = load_embedder().embed([claim.proposition.statement for claim in claims])
    print(f"{len(articles)} articles of {len(set(story_of.values()))} stories, {len(claims)} claims")
    print(f"{'conflicts':<26}{'within':>8}{'between':>9}{'per 1,000 claims':>18}")
    for name, pairs in find_conflicts(claims, vectors).items():
        one_story = Counter(len({story_of[by_id[claim].article_id] for claim in pair}) == 1 for pair in pairs)
        print(f"{name:<26}{one_story[True]:>8}{one_story[False]:>9}{1000 * one_story[False] / len(claims):>18.2f}")
        if given.show:
            show(by_id, (pair for pair in pairs if len({story_of[by_id[claim].article_id] for claim in pair}) > 1))


if __name__ == "__main__":
    main()
