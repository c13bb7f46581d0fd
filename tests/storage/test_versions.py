"""Of the texts of one page the newest counts: what older ones said leaves the findings and stays stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.storage.articles import save_batch
from tasks.storage.candidates import find_in_window, find_waiting, load_candidates
from tasks.storage.claims import find_uncompared_ids, load_claims, save_embeddings
from tasks.storage.comparisons import load_relations, mark_compared, save_relations
from tasks.storage.database import Session, reading, writing
from tasks.storage.findings import load_findings, save_findings
from tasks.storage.versions import find_earlier, find_passed_over, pass_over

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
Dump = Callable[[Engine], dict[str, list[str]]]


class Told:
    """Two versions of one page, and an article elsewhere that speaks of the same."""

    def __init__(self, engine: Engine, make: SimpleNamespace) -> None:
        self.engine, self.make = engine, make
        self.old: Article = make.article("The port opens on Monday.")
        self.new: Article = make.article("The port opens on Tuesday.", retrieved_at=NOON + timedelta(hours=5))
        self.other: Article = make.article("Elsewhere the port opens.", url="https://b.example/port")
        self.claims: dict[str, Claim] = {one.id: make.claim(one) for one in (self.old, self.new, self.other)}

    def save(self, *articles: Article) -> None:
        with writing(self.engine) as session:
            items = [self.make.extraction(one, self.claims[one.id]) for one in articles]
            save_batch(session, "run-1", items, [])
            save_embeddings(session, {self.claims[one.id].id: b"v" for one in articles}, "m")

    def compare(self, session: Session, *articles: Article) -> None:
        ids = [self.claims[one.id].id for one in articles]
        pairs = (self.make.pair(ids[0], ids[-1]),) if len(ids) > 1 else ()
        save_relations(session, pairs, "c1")
        mark_compared(session, set(ids), "c1")
        save_findings(session, [self.make.finding(*ids, pairs=pairs)], ids)


@pytest.fixture
def told(engine: Engine, make: SimpleNamespace) -> Told:
    return Told(engine, make)


def test_what_an_edited_text_said_leaves_the_findings_and_stays_stored(told: Told) -> None:
    told.save(told.old, told.other)
    with writing(told.engine) as session:
        told.compare(session, told.old, told.other)
    told.save(told.new)
    with reading(told.engine) as session:
        (found,) = load_findings(session)
        assert [member.claim_id for member in found.members] == [told.claims[told.other.id].id]
        assert [origin.claim_ids for origin in found.origins] == [(told.claims[told.other.id].id,)]
        assert (found.pairs, load_relations(session)) == ((), [])
        assert {claim.article_id for claim in load_claims(session)} == {told.old.id, told.new.id, told.other.id}
        assert set(find_waiting(session, "c1", "m")) == {told.new.id, told.other.id}


def test_a_finding_that_loses_all_its_claims_goes(told: Told) -> None:
    told.save(told.old)
    with writing(told.engine) as session:
        told.compare(session, told.old)
    told.save(told.new)
    with reading(told.engine) as session:
        assert load_findings(session) == []


@pytest.mark.parametrize("together", [True, False])
def test_a_text_that_turns_out_to_be_older_never_counts(told: Told, dump: Dump, *, together: bool) -> None:
    parts = [(told.new, told.old)] if together else [(told.new,), (told.old,)]
    for part in parts:
        told.save(*part)
    with reading(told.engine) as session:
        assert set(find_waiting(session, "c1", "m")) == {told.new.id}
        assert find_passed_over(session, "c1") == {told.old.id}
        assert load_candidates(session, [told.old.id], version="c1", embedding_model="m") == []
    with writing(told.engine) as session:
        pass_over(session, {told.old.id}, "c1")
        told.compare(session, told.new)
    with reading(told.engine) as session:
        assert (find_passed_over(session, "c1"), find_uncompared_ids(session, "c1")) == (set(), set())
        assert set(find_in_window(session, "c1", NOON, NOON)) == {told.new.id}
    before = dump(told.engine)
    told.save(told.old, told.new)
    assert dump(told.engine) == before


def test_the_version_before_is_found(told: Told) -> None:
    told.save(told.old, told.new, told.other)
    with reading(told.engine) as session:
        numbered = [replace(one, version=number) for one, number in ((told.old, 1), (told.new, 2), (told.other, 1))]
        assert find_earlier(session, numbered) == {told.new.id: told.old.id}
