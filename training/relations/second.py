"""Draws pairs that are not labelled yet: `python -m training.relations.second --data DIR --out FILE --cache DIR`.

Of the development stories alone, where the table of weights had too few pairs to be fitted on; and pairs across two of
them, since a report looks over the stories' edges too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tasks.comparison.concepts import words_of
from tasks.comparison.embeddings import Embedder
from tasks.comparison.lexicon import load_lexicon
from tasks.model.claim import Claim
from tasks.model.finding import Relation
from training.relations.corpus import BETWEEN, DEVELOPMENT, StoriesById, Story, join, read_stories
from training.relations.labels import find_claim, read_labels
from training.relations.sample import Drawing, Drawn, arguments, draw, pairs_of, read_claims, write

NEAR_ACROSS = 0.70  # cosine from which a pair of two stories is worth reading
CONFLICT_ACROSS, ALIKE_ACROSS = "conflict, two stories", "near, two stories"
SECOND = Drawing(
    helpings=(
        ("conflict", 150, 0.0),
        (CONFLICT_ACROSS, 40, 0.0),
        ("unsure", 90, 0.0),
        ("none, opposed", 80, 0.60),
        ("none, alike", 30, 0.60),
        ("agree", 50, 0.75),
        (ALIKE_ACROSS, 30, 0.0),
        ("none, opposed", 64, 0.60),
    ),
    of_story=20,
    of_claim=5,
)


def second_pairs(
    stories: Sequence[Story], extracted: Mapping[str, Sequence[Claim]], embedder: Embedder
) -> Iterator[Drawn]:
    """Yield the pairs of the second drawing: of the development stories and across them, none labelled before."""
    inside = (pair for story in stories for pair in pairs_of(story, extracted, embedder))
    labelled = labelled_words(stories, extracted)
    for pair in (*inside, *pairs_across(stories, extracted, embedder)):
        plain = pair.verdict is not None and pair.verdict.relation is Relation.AGREE and not marked(pair.claims)
        if pair.words not in labelled and (pair.name or not plain):
            yield pair


def labelled_words(stories: Iterable[Story], extracted: Mapping[str, Sequence[Claim]]) -> set[frozenset[str]]:
    """Return the words of the pairs that have a label."""
    by_id = StoriesById(stories)
    words = set()
    for pair in read_labels():
        if pair.part != DEVELOPMENT:
            continue
        texts = by_id[pair.story].texts
        found = [find_claim(side, extracted.get(texts[side.article], ())) for side in (pair.left, pair.right)]
        words.add(frozenset(claim.proposition.statement.casefold() for claim in found if claim is not None))
    return words


def pairs_across(
    stories: Sequence[Story], extracted: Mapping[str, Sequence[Claim]], embedder: Embedder
) -> Iterator[Drawn]:
    """Yield the pairs across two stories that the comparison calls a conflict, or whose words are near."""
    by_id = StoriesById(stories)
    for pair in pairs_of(join(stories), extracted, embedder):
        names = [aid.partition("/")[0] for aid in pair.aids]
        conflict = pair.verdict is not None and pair.verdict.relation is Relation.CONFLICT
        if names[0] == names[1] or len({pair.story.texts[aid] for aid in pair.aids}) == 1:
            continue
        if conflict or pair.cosine >= NEAR_ACROSS:
            name = CONFLICT_ACROSS if conflict else ALIKE_ACROSS
            yield replace(pair, story=by_id[BETWEEN.join(sorted(names))], name=name)


def marked(claims: Iterable[Claim]) -> bool:
    """Return whether a claim holds a number, a negation, or a word that calls something untrue."""
    untrue = load_lexicon().texts["denial"]
    said = [claim.proposition for claim in claims]
    return any(one.quantities or one.negated or untrue.intersection(words_of(one.statement)) for one in said)


def main() -> None:
    """Write the sample."""
    options = arguments(__doc__)
    stories = [story for story in read_stories(options.data) if story.part == DEVELOPMENT]
    extracted, embedder = read_claims(stories, options.cache)
    write(draw(second_pairs(stories, extracted, embedder), SECOND), options.out)


if __name__ == "__main__":
    main()
