"""Findings built bit by bit, around what is new, are those that all claims make in one go."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from tasks.comparison.clusters import NEAR, binds
from tasks.comparison.findings import build_findings
from tasks.model.article import Article
from tasks.model.claim import Act, Claim, Proposition, Voice
from tasks.model.finding import Finding, Kind, RelatedPair, Relation
from tasks.model.run import Extraction
from tasks.steps.comparing import rebuild_findings, settings_of
from tasks.storage.articles import save_batch
from tasks.storage.comparisons import load_component, mark_compared, save_relations
from tasks.storage.database import Engine, open_database, reading, writing
from tasks.storage.findings import load_findings, resolve_finding
from tasks.storage.purging import remove_articles
from tasks.storage.runs import start_run
from tests.conftest import MOMENT, MakeArticle, MakeClaim

CLAIMS = 16
NONE = Kind.NONE
WAYS = (
    *((Relation.AGREE, NONE), (Relation.CONFLICT, Kind.DENIAL), (Relation.CONFLICT, Kind.NUMBER)),
    *((Relation.UNSURE, NONE), (Relation.COMPATIBLE, Kind.DIFFERENT_TIME), (Relation.COMPATIBLE, Kind.SHIFT)),
    *[(Relation.UNSURE, Kind.SAME_MATTER)] * 6,
)


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_database("sqlite://")
    with writing(opened) as session:
        start_run(session, "run", "test", MOMENT, {})
    yield opened
    opened.dispose()


@pytest.fixture
def stored(engine: Engine, make_article: MakeArticle, make_claim: MakeClaim) -> list[Claim]:
    """Give claims that are stored, each in an article of its own; every third declines or denies."""
    told = Proposition(statement="The dam leaked.", predicates=("leak",), terms=("dam", "water"))
    acts = (Act.ASSERT, Act.ASSERT, Act.DENY, Act.ASSERT, Act.ASSERT, Act.DECLINE)
    claims = []
    for number in range(CLAIMS):
        url, outlet = f"https://{number}.example/story", f"Outlet {number}"
        when = MOMENT + timedelta(hours=number * 7 % CLAIMS)
        article = make_article(f"Reed said the dam leaked {number}.", url=url, outlet=outlet, published_at=when)
        made = make_claim(article, "the dam leaked", source="Reed", act=acts[number % len(acts)])
        claims.append(replace(made, proposition=told, voice=Voice.SOURCE, resolved=False))
        keep(engine, article, claims[-1])
    return claims


def keep(engine: Engine, article: Article, claim: Claim) -> None:
    item = Extraction(article=article, claims=(claim,), shingles=frozenset(), component="test", component_version="1")
    with writing(engine) as session:
        save_batch(session, "run", [item], [])


def random_pairs(claims: Sequence[Claim], chance: random.Random) -> list[RelatedPair]:
    """Return pairs of a fifth of all claims, more of them alike than related, on both sides of what binds."""
    pairs = []
    for place, one in enumerate(claims):
        for other in claims[place + 1 :]:
            if chance.random() < 0.2:
                how = chance.choice(WAYS)
                sure = round(chance.uniform(0.5, 0.9), 3)
                likely = sure if how[1] is Kind.SAME_MATTER else round(chance.uniform(0.3, 0.9), 3)
                pairs.append(pair(one, other, how, sure, likely))
    return pairs


def pair(one: Claim, other: Claim, how: tuple[Relation, Kind], sure: float, likely: float) -> RelatedPair:
    left, right = sorted((one.id, other.id))
    given: dict[str, Any] = {"relation": how[0], "kind": how[1], "confidence": sure, "kinship": likely}
    return RelatedPair(left=left, right=right, reasons=("because",), **given)


def add(engine: Engine, pairs: Sequence[RelatedPair], known: set[str], new: set[str]) -> None:
    """Store what a block of new claims brings: its pairs with itself and with those before it, then its findings."""
    both = known | new
    with writing(engine) as session:
        save_relations(session, [one for one in pairs if {one.left, one.right} <= both and {one.left, one.right} & new],
                       "1")  # fmt: skip
        mark_compared(session, new, "1")
        rebuild_findings(session, new)


def in_one_go(engine: Engine, claims: Sequence[Claim], pairs: Sequence[RelatedPair]) -> tuple[Finding, ...]:
    with reading(engine) as session:
        return build_findings(claims, pairs, settings_of(session, claims).values())


def kept(engine: Engine) -> tuple[Finding, ...]:
    with reading(engine) as session:
        return tuple(sorted(load_findings(session), key=lambda finding: (finding.first_seen, finding.id)))


@pytest.mark.parametrize("seed", range(25))
def test_bit_by_bit_is_as_in_one_go(seed: int, engine: Engine, stored: list[Claim]) -> None:
    chance = random.Random(seed)  # noqa: S311  not for secrets
    pairs = random_pairs(stored, chance)
    coming = [claim.id for claim in stored]
    chance.shuffle(coming)
    known: set[str] = set()
    while coming:
        new = {coming.pop() for _ in range(min(len(coming), chance.randint(1, 6)))}
        add(engine, pairs, known, new)
        known |= new
    assert kept(engine) == in_one_go(engine, stored, pairs)

    gone = {claim.id: claim.article_id for claim in chance.sample(stored, 4)}
    with writing(engine) as session:
        rebuild_findings(session, gone, gone)
        remove_articles(session, set(gone.values()))
    left = [claim for claim in stored if claim.id not in gone]
    assert kept(engine) == in_one_go(engine, left, [one for one in pairs if not {one.left, one.right} & gone.keys()])


@pytest.mark.parametrize("seed", range(5))
def test_a_claim_that_is_compared_anew_may_leave_what_it_was_in(seed: int, engine: Engine, stored: list[Claim]) -> None:
    chance = random.Random(seed)  # noqa: S311  not for secrets
    before, after = random_pairs(stored, chance), random_pairs(stored, chance)
    add(engine, before, set(), {claim.id for claim in stored})
    old = kept(engine)
    again = {claim.id for claim in stored}
    with writing(engine) as session:
        save_relations(session, after, "2")
        mark_compared(session, again, "2")
        rebuild_findings(session, again)
    assert kept(engine) == in_one_go(engine, stored, after) != old
    new = {one.id for one in kept(engine)}
    with reading(engine) as session:
        assert {resolve_finding(session, one.id) for one in old} & new


def test_what_is_only_loosely_alike_stays_out(engine: Engine, stored: list[Claim]) -> None:
    """A chain of likeness below what makes one finding is not followed; the pair itself is not shown."""
    near = NEAR - 0.01
    chain = [pair(one, other, (Relation.UNSURE, Kind.SAME_MATTER), near, near) for one, other in pairwise(stored)]
    with writing(engine) as session:
        save_relations(session, chain, "1")
        component = load_component(session, {stored[3].id}, binds)
    assert component.claims == {stored[3].id}
    assert not component.beside
    assert not component.pairs
