"""The tables come and go by migrations, and the migrations make what the classes describe."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from tasks.model.errors import InputError
from tasks.model.finding import Stake
from tasks.storage.articles import load_articles, save_batch
from tasks.storage.claims import find_uncompared_ids, load_claims
from tasks.storage.comparisons import load_relations, save_relations
from tasks.storage.database import open_database, reading, writers_of, writing
from tasks.storage.evidence import check_evidence
from tasks.storage.findings import load_findings, save_findings
from tasks.storage.runs import start_run
from tasks.storage.schema import HEAD, VERSION_TABLE, alembic_config, bring_up_to_date, current_revision
from tasks.storage.tables import Base

OURS = set(Base.metadata.tables)


@pytest.fixture
def empty(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    """An open database, opened from a folder that has nothing to do with the project."""
    monkeypatch.chdir(tmp_path)
    engine = open_database(url)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def downgrade(engine: Engine, revision: str = "base") -> None:
    with writers_of(engine).begin() as connection:
        command.downgrade(alembic_config(connection), revision)


def test_classes_and_migrations_agree(empty: Engine) -> None:
    options = {"compare_type": True, "version_table": VERSION_TABLE}
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_down_and_up_again(empty: Engine) -> None:
    assert tables(empty) == OURS | {VERSION_TABLE}
    downgrade(empty)
    assert tables(empty) == {VERSION_TABLE}
    bring_up_to_date(empty, writers_of(empty))
    assert tables(empty) == OURS | {VERSION_TABLE}


def test_findings_of_the_first_tables_are_kept_and_their_stakes_are_unknown(
    empty: Engine, make: SimpleNamespace
) -> None:
    article = make.article()
    claim = make.claim(article)
    with writing(empty) as session:
        start_run(session, "run-1", "verify-articles", article.retrieved_at, {})
        save_batch(session, "run-1", [make.extraction(article, claim)], [])
        save_findings(session, [make.finding(claim.id)], {claim.id})
    downgrade(empty, "0001")
    origins = sa.table("findings", sa.column("origins", sa.JSON))
    with writers_of(empty).begin() as connection:  # as they were stored then
        connection.execute(origins.update().values(origins=[["against", [claim.id], "one source"]]))
    bring_up_to_date(empty, writers_of(empty))

    with reading(empty) as session:
        (found,) = load_findings(session)
    assert [(member.claim_id, member.stake, member.stake_reason) for member in found.members] == [
        (claim.id, Stake.UNKNOWN, "")
    ]
    assert (found.carriers, found.reckoning) == ((), "")
    assert [(origin.reason, origin.confidence) for origin in found.origins] == [("one source", 1.0)]


def test_a_database_of_before_keeps_everything_and_an_edited_text_no_longer_counts(
    empty: Engine, make: SimpleNamespace
) -> None:
    old, new = make.article("The port opens."), make.article("The port closes.", published_at=None)
    other = make.article("Elsewhere.", url="https://b.example/port")
    claims = {one.id: make.claim(one) for one in (old, new, other)}
    with writing(empty) as session:
        start_run(session, "run-1", "verify-articles", old.retrieved_at, {})
        save_batch(session, "run-1", [make.extraction(one, claims[one.id]) for one in (old, new, other)], [])
    downgrade(empty, "0003")
    pair = make.pair(claims[old.id].id, claims[other.id].id)
    kept, gone = make.finding(claims[other.id].id, claims[old.id].id), make.finding(claims[old.id].id)
    with writers_of(empty).begin() as connection:  # as the comparison of before left it
        connection.exec_driver_sql("UPDATE claims SET compared_with = 'c1'")
    with writing(empty) as session:
        save_relations(session, [pair], "c1")
        save_findings(session, [kept], {claims[other.id].id, claims[old.id].id})
        save_findings(session, [replace(kept, id="second"), gone], {claims[other.id].id, claims[old.id].id})
    bring_up_to_date(empty, writers_of(empty))

    with reading(empty) as session:
        assert {article.id: article.version for article in load_articles(session)} == {
            old.id: 1,
            new.id: 2,
            other.id: 1,
        }
        assert {claim.id for claim in load_claims(session)} == {claim.id for claim in claims.values()}
        (found,) = load_findings(session)
        assert [member.claim_id for member in found.members] == [claims[other.id].id]
        assert load_relations(session) == []
        waiting = {claims[other.id].id, claims[old.id].id}  # the older one's will be passed over
        assert find_uncompared_ids(session, "c1") == waiting
        assert check_evidence(session).faults == ()
    downgrade(empty, "0003")
    bring_up_to_date(empty, writers_of(empty))
    with reading(empty) as session:
        assert len(load_articles(session)) == 3


def test_the_newest_migration_is_the_head(empty: Engine) -> None:
    with empty.connect() as connection:
        assert current_revision(connection) == HEAD
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [HEAD]


def test_alembics_own_table_is_left_alone(empty: Engine) -> None:
    """Prefect keeps its revision there, and both may share a database."""
    with writers_of(empty).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('prefect')")
    downgrade(empty)
    bring_up_to_date(empty, writers_of(empty))
    with empty.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "prefect"


def test_a_newer_database_is_not_touched(empty: Engine) -> None:
    with writers_of(empty).begin() as connection:
        connection.execute(sa.table(VERSION_TABLE, sa.column("version_num")).update().values(version_num="9999"))
    with pytest.raises(InputError, match="newer Rashomon"):
        bring_up_to_date(empty, writers_of(empty))
    assert tables(empty) == OURS | {VERSION_TABLE}


def test_a_migration_that_fails_leaves_nothing_behind(empty: Engine) -> None:
    downgrade(empty)
    with writers_of(empty).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE finding_pairs (id INTEGER)")  # in the way of the last table
    with pytest.raises(sa.exc.DBAPIError, match="finding_pairs"):
        bring_up_to_date(empty, writers_of(empty))
    assert tables(empty) == {VERSION_TABLE, "finding_pairs"}
    with empty.connect() as connection:
        if empty.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
