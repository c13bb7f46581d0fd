"""Which stored claim a new one meets: by somebody in common, by the story, or word for word; in the window alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tasks.comparison.candidates import side_of
from tasks.comparison.embeddings import DIMENSIONS, Vectors, pack
from tasks.comparison.search import sought
from tasks.comparison.stories import Stories
from tasks.model.article import Article, DateSource, Span
from tasks.model.claim import Act, Certainty, Claim, Entity, EntityKind, Party, Proposition, Role, Speech, Voice
from tasks.model.run import Extraction
from tasks.steps import partners
from tasks.steps.comparing import names_of
from tasks.steps.partners import Window, find_partners
from tasks.storage.articles import save_batch
from tasks.storage.candidates import save_names
from tasks.storage.claims import save_embeddings
from tasks.storage.comparisons import mark_compared
from tasks.storage.database import Session, open_database, writing
from tasks.storage.runs import start_run

NOW = datetime(2025, 3, 4, 12, tzinfo=UTC)
KARRAN = Entity(id="person:ilse-karran", name="Ilse Karran", kind=EntityKind.PERSON)
SHORT = Entity(id="person:karran", name="Karran", kind=EntityKind.PERSON)
MILL = Entity(id="body:orvane-mill", name="Orvane Mill", kind=EntityKind.BODY)
DAST = Entity(id="person:emil-dast", name="Emil Dast", kind=EntityKind.PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim of the table below: who is spoken of, and the cosine with the new claim."""

    of: tuple[Entity, ...] = ()
    by: tuple[Entity, ...] = (DAST,)
    cosine: float = 0.5


def article_of(name: str, told: Sequence[Told], days: int = 0) -> tuple[Article, list[Claim], Vectors]:
    at = NOW - timedelta(days=days)
    article = Article(
        url=f"https://{name}.example",
        path="",
        outlet=name,
        title=name,
        published_at=at,
        date_source=DateSource.METADATA,
        retrieved_at=at,
        language="en",
        sha256="",
        text=name,
    )
    claims = [claim_of(article, place, one) for place, one in enumerate(told)]
    return article, claims, np.stack([direction(one.cosine) for one in told])


def claim_of(article: Article, place: int, told: Told) -> Claim:
    return Claim(
        article_id=article.id,
        voice=Voice.SOURCE,
        source=(Span(start=place * 10, end=place * 10 + 1),),
        entities=told.by,
        resolved=True,
        cue=(),
        content=(Span(start=place * 10 + 2, end=place * 10 + 9),),
        speech=Speech.INDIRECT,
        act=Act.ASSERT,
        certainty=Certainty.CERTAIN,
        proposition=Proposition(
            statement="The mill opens.", parties=tuple(Party(entity=one, role=Role.AGENT) for one in told.of)
        ),
    )


def direction(cosine: float) -> Vectors:
    """Return a vector at this cosine to the first axis, which is the new claim's."""
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[:2] = cosine, (1 - cosine**2) ** 0.5
    return vector


@pytest.fixture
def session() -> Iterator[Session]:
    engine = open_database("sqlite://")
    with writing(engine) as opened:
        start_run(opened, "run", "test", NOW, {})
        yield opened


def store(session: Session, article: Article, claims: Sequence[Claim], vectors: Vectors, version: str) -> None:
    item = Extraction(article=article, claims=tuple(claims), shingles=frozenset(), component="", component_version="1")
    save_batch(session, "run", [item], [])
    save_embeddings(session, {claim.id: pack(vector) for claim, vector in zip(claims, vectors, strict=True)}, "small-1")
    save_names(session, names_of(side_of(claims, vectors, {})))
    mark_compared(session, {claim.id for claim in claims}, version)


def met(session: Session, claims: Sequence[Claim], vectors: Vectors, model: str = "small-1") -> dict[str, float]:
    """Return the stored claims that the new ones meet, each with what its vector came back as along the first axis."""
    new = sought(side_of(claims, vectors, {}), Stories(claims, vectors).means)
    window = Window(since=NOW - timedelta(days=30), until=NOW, version="2", model=model)
    found = list(find_partners(session, new, window))
    return {
        claim.id: round(float(vector[0]), 2)
        for one in found
        for claim, vector in zip(one.claims, one.vectors, strict=True)
    }


@pytest.mark.parametrize(
    ("stored", "meets"),
    [
        pytest.param(Told(of=(MILL,)), True, id="a party in common"),
        pytest.param(Told(by=(MILL,), of=(DAST,)), True, id="the party speaks"),
        pytest.param(Told(of=(SHORT,)), True, id="a word of a name in common"),
        pytest.param(Told(of=(MILL,), cosine=0.3), False, id="a party in common, another topic"),
        pytest.param(Told(of=(DAST,)), False, id="nobody in common"),
        pytest.param(Told(of=(DAST,), cosine=0.85), True, id="nobody in common, nearly word for word"),
    ],
)
@pytest.mark.parametrize("popular", [0, 5], ids=["alone", "among others"])
def test_a_stored_claim(session: Session, stored: Told, meets: bool, popular: int) -> None:
    told = [stored, *[Told(of=(MILL,), cosine=-0.9)] * popular]  # they name the mill, and speak of something else
    article, claims, vectors = article_of("stored", told)
    store(session, article, claims, vectors, "2")
    _, new, own = article_of("new", [Told(of=(MILL, KARRAN), by=(KARRAN,), cosine=1.0)])

    assert met(session, new, own) == ({claims[0].id: stored.cosine} if meets else {})


@pytest.mark.parametrize(
    ("days", "version", "model", "meets"),
    [
        pytest.param(30, "2", "small-1", True, id="in the window"),
        pytest.param(31, "2", "small-1", False, id="too old"),
        pytest.param(1, "1", "small-1", False, id="it waits itself"),
        pytest.param(1, "2", "small-2", False, id="a vector of another model"),
    ],
)
def test_what_counts(session: Session, *, days: int, version: str, model: str, meets: bool) -> None:
    article, claims, vectors = article_of("stored", [Told(of=(MILL,))], days)
    store(session, article, claims, vectors, version)
    _, new, own = article_of("new", [Told(of=(MILL,), cosine=1.0)])

    assert bool(met(session, new, own, model)) is meets


@pytest.mark.parametrize(
    ("others", "meets"),
    [
        pytest.param([Told(of=(MILL,), cosine=0.9)] * 3, True, id="of its story"),
        pytest.param([Told(of=(MILL,), cosine=-0.9)] * 3, False, id="of another story"),
    ],
)
@pytest.mark.parametrize("at_once", [1, 200])
def test_claims_that_name_nobody_are_met_within_a_story(
    session: Session, monkeypatch: pytest.MonkeyPatch, others: list[Told], meets: bool, at_once: int
) -> None:
    monkeypatch.setattr(partners, "ARTICLES", at_once)
    nobody = Told(by=(), of=(), cosine=0.6)
    for name in ("one", "two"):
        article, claims, vectors = article_of(name, [nobody, *others])
        store(session, article, claims, vectors, "2")
    _, new, own = article_of("new", [Told(by=(DAST,), of=(), cosine=1.0)])

    assert list(met(session, new, own).values()).count(nobody.cosine) == 2 * meets
