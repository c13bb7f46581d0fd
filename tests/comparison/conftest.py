from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.comparison.embeddings import Embedder, load_embedder
from tasks.comparison.setting import Setting
from tasks.model.article import Span
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
    TimeRange,
    Voice,
)

STATES = frozenset({"Russia", "North Korea", "South Korea", "Ukraine", "Lorvania", "Kestria", "United States"})
BODIES = frozenset({"Orvane", "Kremlin", "G7", "Union", "Ministry", "Police", "Nordbank", "Alto", "Vela", "Court"})


def entity(name: str) -> Entity:
    kind = (
        EntityKind.STATE
        if name in STATES
        else EntityKind.BODY
        if name in BODIES
        else EntityKind.GROUP
        if name.islower()
        else EntityKind.PERSON
    )
    return Entity(id=f"{kind}:{name.casefold().replace(' ', '-')}", name=name, kind=kind)


def parties_of(text: str) -> tuple[Party, ...]:
    """Return the parties of "A, B > C": those before the sign act, those behind it are acted upon."""
    agents, sign, patients = text.partition(">")
    found = [(name.strip(), Role.AGENT if sign else Role.OTHER) for name in agents.split(",")]
    found += [(name.strip(), Role.PATIENT) for name in patients.split(",")]
    return tuple(Party(entity=entity(name), role=role) for name, role in found if name)


def quantity(text: str) -> Quantity:
    """Return the number that "12 person", "~11000 soldier" or "10000+ soldier" describes."""
    number, _, unit = text.partition(" ")
    value = float(number.strip("~+"))
    return Quantity(
        low=value,
        high=float("inf") if number.endswith("+") else value,
        unit=unit,
        approximate=number.startswith("~"),
        text=number,
    )


def proposition(
    statement: str,
    events: str = "",
    things: str = "",
    parties: str = "",
    *,
    core: str = "",
    numbers: tuple[str, ...] = (),
    when: date | None = None,
    negated: bool = False,
    forecast: bool = False,
    evidence: bool = False,
) -> Proposition:
    return Proposition(
        statement=statement,
        core=core,
        predicates=tuple(events.split()),
        terms=tuple(things.split()),
        parties=parties_of(parties),
        quantities=tuple(map(quantity, numbers)),
        times=(TimeRange(start=when, end=when),) if when else (),
        negated=negated,
        forecast=forecast,
        evidence=evidence,
    )


def claim(
    source: str,
    content: Proposition,
    act: Act = Act.ASSERT,
    *,
    article: str = "a",
    place: int = 0,
    via: tuple[str, ...] = (),
    resolved: bool = True,
    certainty: Certainty = Certainty.CERTAIN,
    parent: str = "",
    said: int = 0,
) -> Claim:
    """Return a claim of "A, B" in an article, said on that day of April; no source is the outlet's own voice."""
    names = [name.strip() for name in source.split(",") if name.strip()]
    return Claim(
        article_id=article,
        voice=Voice.SOURCE if names else Voice.OUTLET,
        source=(Span(start=place, end=place + 1),) if names else (),
        entities=tuple(map(entity, names)),
        resolved=resolved,
        cue=(),
        content=(Span(start=place + 2, end=place + 9),),
        speech=Speech.INDIRECT,
        act=act,
        certainty=certainty,
        proposition=content,
        via=via,
        parent=parent,
        said_at=datetime(2025, 4, said, tzinfo=UTC) if said else None,
    )


def setting(article: str, outlet: str = "", *, day: int = 0, root: str = "", dated: bool = True) -> Setting:
    seen_at = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=day)
    return Setting(article_id=article, outlet=outlet or article, seen_at=seen_at, root=root or article, dated=dated)


@pytest.fixture
def make_proposition() -> Callable[..., Proposition]:
    return proposition


@pytest.fixture
def make_claim() -> Callable[..., Claim]:
    return claim


@pytest.fixture
def make_setting() -> Callable[..., Setting]:
    return setting


@pytest.fixture
def make_quantity() -> Callable[[str], Quantity]:
    return quantity


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def cosine_of(embedder: Embedder) -> Callable[[Proposition, Proposition], float]:
    def cosine(left: Proposition, right: Proposition) -> float:
        one, other = embedder.embed([left.statement, right.statement])
        return float(one @ other)

    return cosine


@pytest.fixture
def matters() -> dict[str, Proposition]:
    """Return what the sources of the invented and of the well-known cases speak of, by name."""
    return PROPOSITIONS


PROPOSITIONS = {
    "evidence of arms": proposition(
        "any evidence of North Korea supplying weapons to Russia", "supply", "weapon", "North Korea > Russia",
        core="supplying weapons", evidence=True,
    ),
    "arms deals": proposition(
        "Arms deals by North Korea and Russia", "deal", "arm", "North Korea, Russia", core="arms deals"
    ),
    "trading weapons": proposition(
        "North Korea is trading weapons for Russian space technology, potentially to launch a military spy satellite",
        "trade launch", "weapon space technology military spy satellite", "North Korea, Russia",
        core="trading weapons",
    ),
    "exchanging technology": proposition(
        "North Korea is exchanging space technology for weapons with Russia",
        "exchange", "space technology weapon", "North Korea, Russia", core="exchanging space technology",
    ),
    "providing equipment": proposition(
        "We are witnessing the DPRK providing military equipment to Russia to support its aggression in Ukraine",
        "witness provide equipment support aggression", "military", "North Korea > Russia, Ukraine",
        core="providing military equipment",
    ),
    "transfer of arms": proposition(
        "The transfer of arms from North Korea to Russia", "transfer", "arm", "North Korea > Russia",
        core="transfer of arms",
    ),
    "aid to Gaza": proposition(
        "Aid to the people of Gaza", "pledge", "humanitarian aid", "South Korea, Gaza", core="humanitarian aid"
    ),
    "closer cooperation": proposition(
        "North Korea and Russia pledged closer military cooperation when they met in September",
        "pledge cooperation meet", "close military", "North Korea, Russia", core="closer military cooperation",
    ),
    "technical assistance": proposition(
        "North Korea may have received technical assistance from Russia for this endeavor",
        "receive", "technical assistance endeavor", "North Korea, Russia", core="received technical assistance",
    ),
    "military ties": proposition(
        "The increasing military ties between North Korea and Russia", "increase", "military tie",
        "North Korea, Russia", core="increasing military ties",
    ),
    "resolutions": proposition(
        "North Korea violates resolutions of the UN Security Council", "violate", "resolution", "North Korea",
        core="violates resolutions",
    ),
    "missile launches": proposition(
        "North Korea launched several ballistic missiles", "launch", "ballistic missile", "North Korea",
        core="launched ballistic missiles",
    ),
    "2022 meeting": proposition(
        "The meeting followed the launch of an intercontinental ballistic missile by North Korea",
        "meeting follow launch", "intercontinental ballistic missile", "North Korea", when=date(2022, 11, 3),
    ),
}  # fmt: skip


@pytest.fixture(scope="session")
def property_tools() -> tuple[Callable[..., Claim], dict[str, Proposition]]:
    """Return builder and matters for property tests, whose fixtures live as long as the session."""
    return claim, PROPOSITIONS
