"""Labelled pairs of claims: found again by their places, drawn within bounds, and whole as they ship."""

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from tasks.comparison.embeddings import Embedder, Vectors
from tasks.model.article import Article, Span
from tasks.model.claim import Act, Claim, Entity, EntityKind, Party, Role, Voice
from tasks.model.finding import Relation
from tests.conftest import MakeArticle, MakeClaim
from training.relations.corpus import DEVELOPMENT, KEPT, Story, find_roots, part_of, story_of
from training.relations.labels import FILE, Label, LabelledPair, Place, find_claim, label_of, read_labels
from training.relations.measure import LOST, Compared, compare_all, table
from training.relations.sample import HELPINGS, OF_CLAIM, OF_STORY, Drawn, draw, pairs_of

TEXT = "The harbour office said the ferry sank. The owner denied that the ferry sank off Lune."
FERRY = Entity(id="thing:ferry", name="ferry", kind=EntityKind.BODY)


class Flat(Embedder):
    """Holds all texts for one."""

    def __init__(self) -> None:
        """Load nothing."""

    def embed(self, texts: object) -> Vectors:
        """Return the same vector for each text."""
        assert isinstance(texts, list)
        return np.ones((len(texts), 1), dtype=np.float32)


def row(**changed: object) -> dict[str, object]:
    told: dict[str, object] = {
        "story": "ferry",
        "part": KEPT,
        "stratum": "conflict",
        "left": {"article": "a", "content": [[24, 38]]},
        "right": {"article": "b", "content": [[62, 85]]},
        "label": "conflict",
        "kind": "denial",
        "doubt": False,
        "bad": False,
    }
    return told | changed


@pytest.fixture
def told(make_article: MakeArticle, make_claim: MakeClaim) -> tuple[Claim, Claim]:
    article = make_article(TEXT)
    office = make_claim(article, "the ferry sank", source="The harbour office")
    owner = make_claim(article, "the ferry sank off Lune", source="The owner", act=Act.DENY)
    return office, owner


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param([(24, 38)], 0, id="the same words"),
        pytest.param([(28, 38)], 0, id="most of the words"),
        pytest.param([(62, 76)], 1, id="more than half of what is extracted today"),
        pytest.param([(62, 70)], None, id="less than half of it"),
        pytest.param([(0, 38)], None, id="much more than is extracted today"),
        pytest.param([(62, 70), (71, 85)], 1, id="in two pieces"),
        pytest.param([(40, 45)], None, id="elsewhere"),
    ],
)
def test_a_label_finds_the_claim_that_covers_its_place(
    content: list[tuple[int, int]], expected: int | None, told: tuple[Claim, Claim]
) -> None:
    place = Place(article="a", content=tuple(Span(start=start, end=end) for start, end in content))
    assert find_claim(place, told) is (None if expected is None else told[expected])


def test_an_article_without_claims_has_none_for_a_label() -> None:
    assert find_claim(Place(article="a", content=(Span(start=0, end=4),)), ()) is None


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        pytest.param("conflict", "", id="a conflict has a kind"),
        pytest.param("agree", "denial", id="an agreement has none"),
        pytest.param("compatible", "negation", id="a kind of another label"),
    ],
)
def test_a_kind_belongs_to_its_label(label: str, kind: str) -> None:
    with pytest.raises(ValueError, match="is not of the kind"):
        label_of(row(label=label, kind=kind))


def test_the_shipped_labels_hold_no_text_and_each_story_is_in_one_part() -> None:
    pairs = read_labels()
    assert len(pairs) >= 500
    assert {pair.label for pair in pairs} == set(Label)
    assert len({(pair.left, pair.right, pair.story) for pair in pairs}) == len(pairs)
    assert all(len({pair.part for pair in pairs if pair.story == story}) == 1 for story in {one.story for one in pairs})
    assert {pair.part for pair in pairs} == {DEVELOPMENT, KEPT}
    assert all(set(json.loads(line)) == set(row()) for line in FILE.read_text(encoding="utf-8").splitlines())


def test_held_stories_are_kept_and_the_others_always_fall_alike() -> None:
    names = [f"story-{number}" for number in range(200)]
    parts = Counter(part_of(name, held=False) for name in names)
    assert {part_of(name, held=True) for name in names} == {KEPT}
    assert 100 < parts[DEVELOPMENT] < 160
    assert parts == Counter(part_of(name, held=False) for name in reversed(names))


def test_a_list_of_claims_is_an_article_with_one_a_line() -> None:
    claims = [{"cid": "0.0", "text": "The ferry sank."}, {"cid": "0.1", "text": "It was old."}]
    articles = [{"aid": "0", "claims": claims}, {"aid": "1", "text": "Nobody was aboard."}]
    story = story_of({"id": "s", "licence": "none", "topic": "The ferry", "articles": articles}, held=False)
    assert story.texts == {"0": "The ferry sank.\nIt was old.", "1": "Nobody was aboard."}


def test_a_copy_is_known_by_the_first_that_it_repeats() -> None:
    words = " ".join(f"word{number}" for number in range(200))
    other = " ".join(f"thing{number}" for number in range(200))
    story = Story(
        id="s", part=KEPT, licence="none", topic="t", texts={"a": words, "b": other, "c": words, "d": f"{words} more"}
    )
    assert find_roots(story) == {"c": "a", "d": "a"}


def harbour(make_article: MakeArticle, make_claim: MakeClaim, articles: int) -> tuple[Story, dict[str, list[Claim]]]:
    """Return a story in which every article has the outlet say something else of the ferry."""
    texts = {str(number): f"The ferry carried crate {chr(97 + number)} to Lune." for number in range(articles)}
    made = {text: make_article(text, url=f"https://gazette.example/{aid}") for aid, text in texts.items()}
    claims = {text: [about_the_ferry(make_claim, article)] for text, article in made.items()}
    return Story(id="ferry", part=KEPT, licence="none", topic="The ferry", texts=texts), claims


def about_the_ferry(make_claim: MakeClaim, article: Article) -> Claim:
    claim = make_claim(article, article.text)
    parties = (Party(entity=FERRY, role=Role.AGENT),)
    return replace(claim, voice=Voice.OUTLET, proposition=replace(claim.proposition, parties=parties))


def test_pairs_are_those_that_the_comparison_looks_at(make_article: MakeArticle, make_claim: MakeClaim) -> None:
    story, claims = harbour(make_article, make_claim, 3)
    pairs = list(pairs_of(story, claims, Flat()))
    assert sorted(pair.aids for pair in pairs) == [("0", "1"), ("0", "2"), ("1", "2")]
    assert {pair.stratum for pair in pairs} <= {name for name, *_ in HELPINGS}


def test_no_story_and_no_claim_is_drawn_too_often(
    make_article: MakeArticle, make_claim: MakeClaim, capsys: pytest.CaptureFixture[str]
) -> None:
    story, claims = harbour(make_article, make_claim, 12)
    pairs = list(pairs_of(story, claims, Flat()))
    chosen = draw(pairs)
    drawn = Counter(claim.id for pair in chosen for claim in pair.claims)
    assert len(pairs) == 66
    assert 0 < len(chosen) <= OF_STORY
    assert max(drawn.values()) <= OF_CLAIM
    assert [pair.key for pair in draw(reversed(pairs))] == [pair.key for pair in chosen]
    assert "none, opposed" in capsys.readouterr().out


def test_the_same_words_are_drawn_once(make_article: MakeArticle, make_claim: MakeClaim) -> None:
    story, claims = harbour(make_article, make_claim, 2)
    (pair,) = pairs_of(story, claims, Flat())
    again = replace(pair, story=replace(story, id="ferry again"))
    assert isinstance(again, Drawn)
    assert draw([pair, again]) == [pair]


def test_a_label_meets_the_verdict_of_today(told: tuple[Claim, Claim], make_article: MakeArticle) -> None:
    story = Story(id="ferry", part=KEPT, licence="none", topic="The ferry", texts={"a": "one", "b": "two"})
    office, owner = told
    elsewhere = replace(owner, article_id=make_article("Another text.").id)
    pair = label_of(row())
    (found,) = compare_all([pair], {"ferry": story}, {"one": [office], "two": [elsewhere]}, Flat())
    (lost,) = compare_all([pair], {"ferry": story}, {"one": [office]}, Flat())
    assert isinstance(found.pair, LabelledPair)
    assert (found.verdict != LOST, lost.verdict) == (True, LOST)


def test_the_table_counts_labels_under_verdicts() -> None:
    pair = label_of(row())
    found = [
        Compared(pair=pair, verdict=Relation.CONFLICT, kind="denial"),
        Compared(pair=replace(pair, label=Label.AGREE, kind=""), verdict=Relation.CONFLICT),
    ]
    lines = {line.split()[0]: line.split()[1:] for line in table(found)}
    assert lines["conflict"] == ["1", "1", "0", "0", "0.500"]
    assert lines["agree"] == ["0", "0", "0", "0"]
