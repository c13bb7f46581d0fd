"""Every revision, down to none and up again, on both kinds of database, with data in every table."""

import multiprocessing
import sqlite3
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from tasks.storage.database import open_database, writers_of
from tasks.storage.schema import (
    HEAD,
    VERSION_TABLE,
    alembic_config,
    bring_up_to_date,
    current_revision,
    migrate,
    migrating,
)

REVISIONS = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()][::-1]
REMADE = {"notices", "noticed_claims", "finding_standings"}  # the way up notes what stands there already

files_and_servers = pytest.mark.parametrize(
    "url", ["file", pytest.param("postgresql", marks=pytest.mark.server)], indirect=True
)


def go_to(engine: Engine, revision: str) -> None:
    with migrating(writers_of(engine)) as connection:
        if revision == "base" or int(current_revision(connection) or "0") <= int(revision):
            migrate(connection, revision)
        else:
            command.downgrade(alembic_config(connection), revision)


def shape(engine: Engine) -> dict[str, Any]:
    """Return the tables with their columns, keys and indexes, as the database tells them."""
    inspector = sa.inspect(engine)
    return {
        table: {
            "columns": sorted((one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(table)),
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(str(one["constrained_columns"]) for one in inspector.get_foreign_keys(table)),
            "indexes": sorted(str((one["name"], one["column_names"])) for one in inspector.get_indexes(table)),
        }
        for table in inspector.get_table_names()
    }


def count_all(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608
            for name in sa.inspect(engine).get_table_names()
        }


@files_and_servers
def test_each_step_down_is_the_step_up_before_it(full: Engine) -> None:
    """With data in: what a revision made, its way back takes away, and nothing of what was there before is lost."""
    before, head = count_all(full), shape(full)
    shapes = {}
    for revision in REVISIONS[::-1]:
        go_to(full, revision)
        shapes[revision] = shape(full)
        counts = count_all(full)
        assert counts == {name: before[name] for name in counts}
    go_to(full, "base")
    assert list(shape(full)) == ["rashomon_alembic_version"]

    for revision in REVISIONS:
        go_to(full, revision)
        assert shape(full) == shapes[revision]
    assert shape(full) == head


@files_and_servers
def test_what_is_stored_goes_down_to_the_first_tables_and_comes_up_again(
    full: Engine, dump: Callable[[Engine], dict[str, list[str]]]
) -> None:
    before = count_all(full)
    go_to(full, "0001")
    newer = before.keys() - set(sa.inspect(full).get_table_names())
    assert len(newer) > 5
    bring_up_to_date(full, writers_of(full))

    with full.connect() as connection:
        assert current_revision(connection) == HEAD
        if full.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
    after = count_all(full)
    assert {name for name in newer if after[name]} <= REMADE
    others = before.keys() - newer
    assert {name: after[name] for name in others} == {name: before[name] for name in others}
    assert {name: len(rows) for name, rows in dump(full).items()} == {  # read as what they are, not counted alone
        name: count for name, count in after.items() if name != VERSION_TABLE
    }


def open_new_files(folder: str, together: Barrier, rounds: int) -> None:
    for number in range(rounds):
        together.wait(timeout=120)
        open_database(f"sqlite:///{folder}/{number}.db").dispose()


@pytest.mark.server  # real processes
def test_processes_may_make_one_new_file_at_once(tmp_path: Path) -> None:
    """One in a hundred met `database is locked`, which only many tries show."""
    processes, rounds = 3, 15
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(processes)
    work = [context.Process(target=open_new_files, args=(str(tmp_path), together, rounds)) for _ in range(processes)]
    for one in work:
        one.start()
    for one in work:
        one.join(timeout=180)
    assert [one.exitcode for one in work] == [0] * processes


def test_one_that_meets_a_lock_waits_for_it(tmp_path: Path) -> None:
    """SQLite itself would not: it says `database is locked` at once where the kind of journal is to change."""
    file = tmp_path / "new.db"
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    holder.execute("CREATE TABLE other (id INTEGER)")
    holder.execute("BEGIN IMMEDIATE")
    release = Timer(0.5, lambda: holder.execute("COMMIT"))
    release.start()
    open_database(f"sqlite:///{file}").dispose()
    release.join()
    holder.close()
