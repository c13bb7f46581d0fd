"""Claims to measure growth with: made stories, each told by ten articles, with vectors as a sentence model gives them.

Two claims of each article are about matters of its story, which its other articles tell as well; the rest share the
story and nothing else. Three claims in ten name one state that is everywhere in the news.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations

import numpy as np

from tasks.comparison.embeddings import DIMENSIONS, Vectors
from tasks.model.article import Article, DateSource, Span
from tasks.model.claim import Act, Certainty, Claim, Entity, EntityKind, Party, Proposition, Role, Speech, Voice
from tasks.model.finding import Kind, RelatedPair, Relation
from tasks.model.run import Extraction

CLAIMS = 20  # of an article
ARTICLES = 10  # of a story
MATTERS = 2  # claims of each article that its story's other articles make as well
POPULAR = 0.3  # share of the claims that name the state of which everybody speaks
SHINGLES = 50  # of an article; a real one has some hundreds, and their number changes nothing here
WORDS = 20_000
NOW = datetime(2026, 1, 31, tzinfo=UTC)
STATE = Party(entity=Entity(id="state:US", name="United States", kind=EntityKind.STATE), role=Role.OTHER)
# Lengths of what a claim shares with its story, with its matter, and of its own part: two claims of one story come to a
# cosine of .36 on average and one pair in eight is looked at, two about one matter come to .88.
OF_STORY, OF_MATTER, OWN_IN_MATTER = 0.60, 0.72, 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An article with its claims and the vector of each."""

    item: Extraction
    vectors: Vectors

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return the claims, those about the matters of the story first."""
        return self.item.claims or ()


def make_article(number: int, story: int, dated_at: datetime) -> Made:
    """Return an article of a story; the same number and story give the same article."""
    dice = random.Random(number)  # noqa: S311  (the same articles in every run)
    article = Article(
        url=f"https://desk.example/{number}",
        path="",
        outlet=f"Desk {number % 50}",
        title=f"Report {number}",
        published_at=dated_at,
        date_source=DateSource.METADATA,
        retrieved_at=dated_at,
        language="en",
        sha256="",
        text=f"Report {number}.",
    )
    claims = tuple(make_claim(article.id, number, story, place, dice) for place in range(CLAIMS))
    shingles = frozenset(dice.getrandbits(62) for _ in range(SHINGLES))
    item = Extraction(article=article, claims=claims, shingles=shingles, component="rules", component_version="1")
    return Made(item=item, vectors=make_vectors(number, story))


def make_claim(article_id: str, number: int, story: int, place: int, dice: random.Random) -> Claim:
    """Return the claim at a place of an article."""
    speaker = Entity(id=f"person:speaker-{number}", name=f"Speaker{number}", kind=EntityKind.PERSON)
    return Claim(
        article_id=article_id,
        voice=Voice.SOURCE,
        source=(Span(start=place * 40, end=place * 40 + 5),),
        entities=(speaker,),
        resolved=True,
        cue=(Span(start=place * 40 + 6, end=place * 40 + 10),),
        content=(Span(start=place * 40 + 11, end=place * 40 + 39),),
        speech=Speech.INDIRECT,
        act=Act.ASSERT,
        certainty=Certainty.CERTAIN,
        proposition=make_proposition(story, place, dice),
    )


def make_proposition(story: int, place: int, dice: random.Random) -> Proposition:
    """Return what is claimed: the same words for a matter, else words that hardly come again."""
    words = [f"word{place + turn * 7 if place < MATTERS else dice.randrange(WORDS)}" for turn in range(4)]
    body = Entity(id=f"body:house-{story}", name=f"House{story}", kind=EntityKind.BODY)
    parties = (Party(entity=body, role=Role.AGENT),) + ((STATE,) if dice.random() < POPULAR else ())
    return Proposition(
        statement=f"{body.name} {' '.join(words)}",
        core=" ".join(words[1:]),
        predicates=(words[0],),
        terms=tuple(words[1:]),
        parties=parties,
    )


def make_vectors(number: int, story: int) -> Vectors:
    """Return the vectors of an article's claims."""
    shared = unit_rows(np.random.default_rng([0, story]), 1 + MATTERS)
    own = unit_rows(np.random.default_rng([1, number]), CLAIMS)
    vectors = OF_STORY * shared[0] + (1 - OF_STORY**2) ** 0.5 * own
    vectors[:MATTERS] = OF_STORY * shared[0] + OF_MATTER * shared[1:] + OWN_IN_MATTER * own[:MATTERS]
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def unit_rows(dice: np.random.Generator, rows: int) -> Vectors:
    """Return so many directions at random, of length 1."""
    found = dice.standard_normal((rows, DIMENSIONS), dtype=np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def days(story: int, inside: int, stored: int, window: timedelta) -> list[datetime]:
    """Return when the articles of a story are dated: the first ones in the window, evenly, all others years before."""
    recent, total = inside // CLAIMS, stored // CLAIMS
    return [
        NOW - window * (number / recent)
        if number < recent
        else NOW - 3 * window - timedelta(days=1_000) * ((number - recent) / total)
        for number in range(story * ARTICLES, (story + 1) * ARTICLES)
    ]


def make_new(count: int, inside: int) -> list[Made]:
    """Return articles of today with so many claims in all, on stories of the window."""
    dice = random.Random(0)  # noqa: S311
    stories = inside // CLAIMS // ARTICLES
    return [make_article(10**7 + place, dice.randrange(stories), NOW) for place in range(count // CLAIMS)]


def related(story: list[Made]) -> Iterator[RelatedPair]:
    """Yield the pairs of a stored story: those that make the same claim of a matter agree."""
    for matter in range(MATTERS):
        for one, other in combinations(sorted(made.claims[matter].id for made in story), 2):
            yield RelatedPair(
                left=one, right=other, relation=Relation.AGREE, kind=Kind.NONE, confidence=0.9, reasons=("the same",)
            )
