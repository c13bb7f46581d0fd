"""A database that is full, locked or lost says what to do, holds nothing half done, and serves again afterwards."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from tasks.model.errors import DatabaseError
from tasks.storage import database
from tasks.storage.articles import load_articles, save_batch
from tasks.storage.database import open_database, reading, writing
from tasks.storage.runs import start_run

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)

on_file = pytest.mark.parametrize("url", ["file"], indirect=True)
on_server = [pytest.mark.server, pytest.mark.parametrize("url", ["postgresql"], indirect=True)]


def store(engine: Engine, make: SimpleNamespace, *texts: str) -> None:
    with writing(engine) as session:
        items = [make.extraction(article := make.article(text), make.claim(article)) for text in texts]
        save_batch(session, "run-1", items, [])


def texts(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(article.text for article in load_articles(session))


@on_file
def test_a_full_disk_is_told_and_costs_nothing_that_was_stored(engine: Engine, make: SimpleNamespace) -> None:
    store(engine, make, "The port opens.")
    with engine.connect() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())

    def limit(driver: sqlite3.Connection, _record: object, pages: int = pages + 3) -> None:
        driver.execute(f"PRAGMA max_page_count={pages}")

    sa.event.listen(engine, "connect", limit)
    engine.dispose()
    with pytest.raises(DatabaseError, match=r"rashomon\.db: database or disk is full; free some space") as told:
        store(engine, make, *(f"The port opens, says number {number}. " * 200 for number in range(20)))
    sa.event.remove(engine, "connect", limit)
    engine.dispose()

    assert not told.value.passing
    assert texts(engine) == ["The port opens."]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    store(engine, make, "The port closes.")
    assert texts(engine) == ["The port closes.", "The port opens."]


@on_file
def test_a_file_that_another_program_holds_may_be_free_again(
    url: str, make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PRAGMAS", ("busy_timeout=10",))
    engine = open_database(url)
    other = sqlite3.connect(str(engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="locked; another program holds it") as told:
        store(engine, make, "The port opens.")
    other.execute("ROLLBACK")
    other.close()

    assert told.value.passing
    assert texts(engine) == []
    with writing(engine) as session:
        start_run(session, "run-1", "verify-articles", NOON, {})
    store(engine, make, "The port opens.")
    assert texts(engine) == ["The port opens."]
    engine.dispose()


@on_file
def test_a_mistake_in_a_statement_stays_a_bug(engine: Engine) -> None:
    with pytest.raises(OperationalError, match="no such table"), writing(engine) as session:
        session.execute(sa.text("SELECT * FROM harbours"))


@on_file
def test_a_file_that_is_no_database_is_told(tmp_path: Path, engine: Engine) -> None:
    file = Path(str(engine.url.database))
    engine.dispose()
    for one in tmp_path.glob("rashomon.db*"):
        one.unlink()
    file.write_bytes(b"The port opens. " * 1000)

    with pytest.raises(DatabaseError, match="not a database; this is no database: name another file"):
        texts(engine)


class TestPostgreSQL:
    pytestmark = on_server

    def test_a_connection_that_was_cut_is_told_and_the_next_one_is_new(
        self, engine: Engine, make: SimpleNamespace
    ) -> None:
        store(engine, make, "The port opens.")
        admin = sa.create_engine(engine.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "

        def store_half() -> None:
            with writing(engine) as session:
                save_batch(session, "run-1", [make.extraction(make.article("Half a batch."))], [])
                with admin.connect() as connection:
                    connection.exec_driver_sql(cut + "current_database()")
                session.execute(sa.text("SELECT 1"))

        with pytest.raises(DatabaseError, match="start again") as told:
            store_half()
        assert told.value.passing
        assert texts(engine) == ["The port opens."]
        with admin.connect() as connection:
            connection.exec_driver_sql(cut + "current_database()")
        store(engine, make, "The port closes.")

        assert texts(engine) == ["The port closes.", "The port opens."]
