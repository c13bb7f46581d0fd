"""The second drawing of pairs: across two stories, marked, and none that is labelled already."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from tasks.comparison.embeddings import Embedder, Vectors
from tasks.model.claim import Act, Claim, Entity, EntityKind, Party, Role
from tasks.model.finding import Kind, RelatedPair, Relation
from tests.conftest import MakeArticle, MakeClaim
from training.relations import sample, second
from training.relations.corpus import BETWEEN, DEVELOPMENT, KEPT, StoriesById, Story, join
from training.relations.labels import Label, LabelledPair, Place
from training.relations.second import ALIKE_ACROSS, CONFLICT_ACROSS, marked, pairs_across, second_pairs

FERRY = Entity(id="thing:ferry", name="ferry", kind=EntityKind.BODY)
SUNK, WHOLE, PORT = "The crew said the ferry sank.", "The owner denied the ferry sank.", "The port said the ferry sank."


class Flat(Embedder):
    """Holds all texts for one."""

    def __init__(self) -> None:
        """Load nothing."""

    def embed(self, texts: object) -> Vectors:
        """Return the same vector for each text."""
        assert isinstance(texts, list)
        return np.ones((len(texts), 1), dtype=np.float32)


def story(name: str, *texts: str, part: str = DEVELOPMENT) -> Story:
    """Return a story with its articles numbered."""
    return Story(id=name, part=part, licence="none", topic=name, texts={str(at): one for at, one in enumerate(texts)})


@pytest.fixture
def extracted(make_article: MakeArticle, make_claim: MakeClaim) -> Mapping[str, list[Claim]]:
    told = {SUNK: ("The crew", Act.ASSERT), WHOLE: ("The owner", Act.DENY), PORT: ("The port", Act.ASSERT)}
    found = {}
    for text, (source, act) in told.items():
        article = make_article(text, url=f"https://gazette.example/{source[4:]}")
        claim = make_claim(article, "the ferry sank", source=source, act=act)
        who = (Party(entity=FERRY, role=Role.AGENT),)
        said = replace(claim.proposition, parties=who, predicates=("sink",))
        found[text] = [replace(claim, proposition=said)]
    return found


def test_two_ids_name_two_stories_as_one() -> None:
    stories = StoriesById([story("east", SUNK), story("west", WHOLE, PORT)])
    both = stories[BETWEEN.join(("east", "west"))]
    assert both.texts == {"east/0": SUNK, "west/0": WHOLE, "west/1": PORT}
    assert (both.part, both.topic) == (DEVELOPMENT, "east / west")
    assert set(stories) == {"east", "west"}


@pytest.mark.parametrize("name", ["south", "east + south"])
def test_a_story_that_is_not_there_is_told(name: str) -> None:
    with pytest.raises(KeyError, match="south"):
        StoriesById([story("east", SUNK)])[name]


def test_stories_of_two_parts_are_never_one() -> None:
    with pytest.raises(ValueError, match="too many values"):
        join([story("east", SUNK), story("west", WHOLE, part=KEPT)])


def disputed(left: Claim, right: Claim, cosine: float) -> RelatedPair | None:
    """Return a conflict where one denies what the other says."""
    if left.position is right.position:
        return None
    return RelatedPair(
        left=left.id, right=right.id, relation=Relation.CONFLICT, kind=Kind.DENIAL, confidence=cosine, reasons=()
    )


def test_a_pair_across_two_stories_stands_in_both(
    extracted: Mapping[str, list[Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "compare_claims", disputed)
    found = list(pairs_across([story("west", SUNK), story("east", WHOLE, PORT)], extracted, Flat()))
    assert {pair.story.id for pair in found} == {"east + west"}
    assert {tuple(sorted(pair.aids)): pair.stratum for pair in found} == {
        ("east/0", "west/0"): CONFLICT_ACROSS,
        ("east/1", "west/0"): ALIKE_ACROSS,
    }
    assert all(set(pair.aids) <= set(pair.story.texts) for pair in found)


def test_one_article_in_two_stories_makes_no_pair(extracted: Mapping[str, list[Claim]]) -> None:
    assert list(pairs_across([story("west", SUNK), story("east", SUNK)], extracted, Flat())) == []


def test_what_is_labelled_is_not_drawn_again(
    extracted: Mapping[str, list[Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = [story("east", SUNK, WHOLE)]
    sides = [Place(article=str(at), content=extracted[text][0].content) for at, text in enumerate((SUNK, WHOLE))]
    labelled = LabelledPair(
        story="east", part=DEVELOPMENT, stratum="conflict", left=sides[0], right=sides[1],
        label=Label.CONFLICT, kind="denial", doubt=False, bad=False,
    )  # fmt: skip
    monkeypatch.setattr(second, "read_labels", list)
    assert len(list(second_pairs(stories, extracted, Flat()))) == 1
    monkeypatch.setattr(second, "read_labels", lambda: [labelled])
    assert list(second_pairs(stories, extracted, Flat())) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        pytest.param("the ferry sank", False, id="plain"),
        pytest.param("the sinking is a hoax", True, id="called untrue"),
    ],
)
def test_a_word_marks_a_claim(statement: str, expected: bool, make_article: MakeArticle, make_claim: MakeClaim) -> None:
    claim = make_claim(make_article(statement), statement)
    assert marked([replace(claim, proposition=replace(claim.proposition, statement=statement))]) is expected


def test_a_negation_marks_a_claim(make_article: MakeArticle, make_claim: MakeClaim) -> None:
    claim = make_claim(make_article("the ferry sank"), "the ferry sank")
    assert marked([claim, replace(claim, proposition=replace(claim.proposition, negated=True))])
