"""An invented story as material for reports; `story.toml` holds its words."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from tasks.model.article import Article, DateSource, SetAside, SetAsideReason, Span
from tasks.model.change import Change, Difference, Since
from tasks.model.claim import (
    Act,
    Certainty,
    Claim,
    Entity,
    EntityKind,
    Party,
    Proposition,
    Quantity,
    Role,
    Speech,
    Voice,
)
from tasks.model.evidence import Capture
from tasks.model.finding import (
    Carrier,
    Contribution,
    Finding,
    Kind,
    Member,
    Origin,
    RelatedPair,
    Relation,
    Side,
    Stake,
    Status,
)
from tasks.model.health import OutletHealth
from tasks.model.run import Run
from tasks.reporting.material import Material

HERE = Path(__file__).parent
READ_AT = datetime(2031, 4, 7, 5, 0, tzinfo=UTC)
WIRE_CAPTURE = Capture(
    sha256="0f" * 32,
    size=48_211,
    fetched_at=READ_AT,
    parser="reading-1+trafilatura-2",
    url_final="https://wire.example/2031/04/lune-solvent?from=feed",
    status=200,
    headers={"etag": '"7"'},
)
HEALTH = (
    OutletHealth(
        name="National Wire",
        host="wire.example",
        fetched=41,
        failed=1,
        characters=98_400,
        last_success_at=READ_AT,
        last_failure_at=READ_AT,
        last_reason="fetch-failed",
    ),
    OutletHealth(
        name="quiet.example", host="quiet.example", failed=7, empty=2, last_failure_at=READ_AT, last_reason="no-article"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The material of the story, its articles and claims under the keys of the file."""

    material: Material
    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]


def make_article(**given: Any) -> Article:
    """Return an article; what is not given is plain."""
    fields: dict[str, Any] = {
        "url": "https://outlet.example/a",
        "path": "",
        "outlet": "Outlet",
        "title": "Title",
        "published_at": READ_AT,
        "date_source": DateSource.METADATA,
        "retrieved_at": READ_AT,
        "language": "en",
        "sha256": "0f" * 32,
        "text": "The mayor said the bridge is closed.",
    }
    return Article(**(fields | given))


def make_claim(article: Article, /, **given: Any) -> Claim:
    """Return a claim whose source, cue, content and basis are given as words of the article."""
    content, source, cue = locate(article.text, given)
    voice = Voice(given.get("voice", "source"))
    entities = tuple(given.get("who", ()))
    parties = tuple(Party(entity=entity, role=Role.OTHER) for entity in given.get("parties", ()))
    basis = given.get("basis", "")
    statement = " ".join(given["content"])
    quantities = tuple(
        Quantity(low=float(low), high=float(high), unit=unit, approximate=False, text=text)
        for low, high, unit, text in given.get("counts", ())
    )
    return Claim(
        article_id=article.id,
        voice=voice,
        source=source,
        entities=entities,
        resolved=given.get("resolved", True),
        cue=cue,
        content=content,
        speech=Speech(given.get("speech", "indirect")),
        act=Act(given.get("act", "assert")),
        certainty=Certainty(given.get("certainty", "certain")),
        proposition=Proposition(
            statement=statement, parties=parties, quantities=quantities, negated=given.get("negated", False)
        ),
        distanced=given.get("distanced", False),
        basis=(find(article.text, basis, 0),) if basis else (),
        via=tuple(given.get("via", ())),
        parent=given.get("parent", ""),
        said_at=given.get("said"),
        rule="test",
    )


def find(text: str, words: str, start: int) -> Span:
    """Return where the words stand."""
    at = text.index(words, start)
    return Span(start=at, end=at + len(words))


def locate(text: str, given: Mapping[str, Any]) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Return the spans of content, source and cue: the source and the cue are those in the line of the content."""
    pieces = list(given["content"])
    spans = list(
        accumulate(pieces[1:], lambda span, words: find(text, words, span.end), initial=find(text, pieces[0], 0))
    )
    line = text.rfind("\n", 0, spans[0].start) + 1
    source, cue = given.get("source", ""), given.get("cue", "")
    return tuple(spans), (find(text, source, line),) if source else (), (find(text, cue, line),) if cue else ()


def make_story(path: Path = HERE / "story.toml") -> Story:
    """Return the story that the file tells."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    articles: dict[str, Article] = {}
    for row in told["articles"]:
        articles[row["key"]] = story_article(row, articles)
    earlier = {row["key"]: story_article(row, {}) for row in told["earlier"]}
    people = {key: Entity(id=i, name=name, kind=EntityKind(kind)) for key, (i, name, kind) in told["entities"].items()}
    claims: dict[str, Claim] = {}
    for key, row in told["claims"].items():
        linked = {name: tuple(people[who] for who in row.get(name, ())) for name in ("who", "parties")}
        parent = claims[row["parent"]].id if "parent" in row else ""
        claims[key] = make_claim((articles | earlier)[row["article"]], **(row | linked | {"parent": parent}))
    old = {article.id for article in earlier.values()}
    material = Material(
        run=Run(
            id="6b1f0a52-77aa",
            flow="verify-articles",
            started_at=READ_AT,
            finished_at=READ_AT.replace(minute=2),
            status="completed",
            details={"window": "30 days"},
        ),
        articles=tuple(articles.values()),
        claims=tuple(claim for claim in claims.values() if claim.article_id not in old),
        earlier=tuple(earlier.values()),
        earlier_claims=tuple(claim for claim in claims.values() if claim.article_id in old),
        captures={articles["wire"].id: WIRE_CAPTURE},
        health=HEALTH,
        findings=tuple(story_finding(row, claims) for row in told["findings"]),
        set_asides=tuple(SetAside(**(row | {"reason": SetAsideReason(row["reason"])})) for row in told["set_asides"]),
        method=(("Claims found by", "rules of the test story 1"), ("Compared by", "nobody: the story says so")),
        generated_at=READ_AT.replace(minute=3),
        scope="the test story",
        component_version="1",
        since=Since(
            before=READ_AT - timedelta(days=1),
            differences=tuple(story_news(row, claims, articles) for row in told["news"]),
        ),
        contact="corrections@desk.example",
    )
    current = {key: claim for key, claim in claims.items() if claim.article_id not in old}
    return Story(material=material, articles=articles, claims=current)


def story_article(row: Mapping[str, Any], known: Mapping[str, Article]) -> Article:
    """Return one article of the story."""
    text = row["text"].strip()
    heading = "What the town has seen"
    published = row.get("published")
    return make_article(
        url=row.get("url", ""),
        path=row.get("path", ""),
        outlet=row["outlet"],
        title=row["title"],
        published_at=published,
        date_source=DateSource.METADATA if published else DateSource.NONE,
        text=text,
        headings=(find(text, heading, 0),) if heading in text else (),
        residue=tuple(row.get("residue", ())),
        version=row.get("version", 1),
        copy_of=known[row["copy_of"]].id if "copy_of" in row else "",
    )


def story_finding(row: Mapping[str, Any], claims: Mapping[str, Claim]) -> Finding:
    """Return one finding of the story."""
    stakes = {key: (Stake(stake), reason) for stake, keys, reason in row.get("stakes", ()) for key in keys}
    members = tuple(
        Member(claim_id=claims[key].id, side=side, stake=stake, stake_reason=reason)
        for side in Side
        for key in row.get(side.value, ())
        for stake, reason in (stakes.get(key, (Stake.UNKNOWN, "")),)
    )
    origins = tuple(
        Origin(side=Side(side), claim_ids=tuple(claims[key].id for key in keys), reason=reason)
        for side, keys, reason in row["origins"]
    )
    return Finding(
        id=members[0].claim_id,
        statement=row["statement"],
        status=Status(row["status"]),
        members=members,
        origins=origins,
        pairs=tuple(make_pair(claims, pair) for pair in row["pairs"]),
        first_seen=READ_AT,
        last_seen=READ_AT,
        carriers=tuple(
            Carrier(outlet=outlet, contribution=Contribution(kind), reason=reason)
            for outlet, kind, reason in row.get("carriers", ())
        ),
        reckoning=row.get("reckoning", ""),
    )


def story_news(row: Mapping[str, Any], claims: Mapping[str, Claim], articles: Mapping[str, Article]) -> Difference:
    """Return one thing that is new in the story; a key of a claim or an article stands for its id."""
    ids = {key: one.id for key, one in claims.items()} | {key: one.id for key, one in articles.items()}
    named = {name: ids.get(row[name], row[name]) for name in ("subject", "after") if name in row}
    names = {name: tuple(row.get(name, ())) for name in ("sources", "outlets")}
    return Difference(**(dict(row) | named | names | {"change": Change(row["change"])}))


def make_pair(claims: Mapping[str, Claim], row: list[Any]) -> RelatedPair:
    """Return a related pair, the smaller id to the left."""
    one, two, relation, kind, confidence, reasons = row
    left, right = sorted((claims[one].id, claims[two].id))
    return RelatedPair(
        left=left,
        right=right,
        relation=Relation(relation),
        kind=Kind(kind),
        confidence=confidence,
        reasons=tuple(reasons),
    )


@pytest.fixture
def story() -> Story:
    return make_story()


@pytest.fixture
def material(story: Story) -> Material:
    return story.material


@pytest.fixture
def articles(story: Story) -> Mapping[str, Article]:
    return story.articles


@pytest.fixture
def claims(story: Story) -> Mapping[str, Claim]:
    return story.claims


@pytest.fixture(scope="session")
def new_article() -> Callable[..., Article]:
    return make_article


@pytest.fixture(scope="session")
def new_claim() -> Callable[..., Claim]:
    return make_claim


@pytest.fixture(scope="session")
def templates() -> Path:
    return HERE.parents[1] / "templates"


def make_finding(status: Status, pairs: Sequence[RelatedPair] = (), **origins: Sequence[Sequence[Claim]]) -> Finding:
    """Return a finding whose sides are given by name (`for_`, `against`, `declines`), each as its origins."""
    sides = [(Side(name.rstrip("_")), list(held)) for name, held in origins.items()]
    return Finding(
        id="0f",
        statement="the bridge is closed",
        status=status,
        members=tuple(Member(claim_id=c.id, side=side) for side, held in sides for claims in held for c in claims),
        origins=tuple(
            Origin(side=side, claim_ids=tuple(c.id for c in claims), reason="")
            for side, held in sides
            for claims in held
        ),
        pairs=tuple(pairs),
        first_seen=READ_AT,
        last_seen=READ_AT,
    )


def make_related(left: Claim, right: Claim, relation: Relation, kind: Kind, *reasons: str) -> RelatedPair:
    """Return a sure pair of the two, the smaller id to the left."""
    return make_pair({"left": left, "right": right}, ["left", "right", relation, kind, 1.0, reasons])


@pytest.fixture(scope="session")
def new_finding() -> Callable[..., Finding]:
    return make_finding


@pytest.fixture(scope="session")
def new_related() -> Callable[..., RelatedPair]:
    return make_related
