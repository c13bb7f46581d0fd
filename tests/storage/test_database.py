"""A database opens from its URL, or says in one sentence why it does not; transactions are real."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from tasks.model.errors import InputError
from tasks.storage.articles import load_articles, save_batch
from tasks.storage.database import open_database, read_url, reading, writing
from tasks.storage.tables import RunArticleRow


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "postgresql://ann:pw@db.example/news", "postgresql+psycopg://ann:pw@db.example/news", id="postgresql"
        ),
        pytest.param("postgres://db.example/news", "postgresql+psycopg://db.example/news", id="postgres"),
        pytest.param("postgresql+psycopg://h/n", "postgresql+psycopg://h/n", id="with-driver"),
        pytest.param("sqlite://", "sqlite://", id="memory"),
        pytest.param("sqlite:///:memory:", "sqlite:///:memory:", id="memory-by-name"),
        pytest.param("sqlite:////tmp/a.db", "sqlite:////tmp/a.db", id="absolute-path"),
    ],
)
def test_url(url: str, expected: str) -> None:
    assert read_url(url).render_as_string(hide_password=False) == expected


def test_a_relative_path_stays_where_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = open_database("sqlite:///news.db")
    monkeypatch.chdir("/")
    with reading(engine) as session:
        assert load_articles(session) == []
    engine.dispose()
    assert (tmp_path / "news.db").exists()


def make_no_database(folder: Path) -> str:
    (folder / "a.db").write_text("This is a letter, not a database. " * 40)
    return f"sqlite:///{folder}/a.db"


def make_read_only(folder: Path) -> str:
    sqlite3.connect(folder / "a.db").close()
    (folder / "a.db").write_bytes(b"")
    return f"sqlite:///file:{folder}/a.db?mode=ro&uri=true"


@pytest.mark.parametrize(
    ("make_url", "words"),
    [
        pytest.param(
            lambda folder: f"sqlite:///{folder}/none/a.db", "folder of the database does not exist", id="folder"
        ),
        pytest.param(lambda folder: f"sqlite:///{folder}", "is a folder, not a file", id="is-a-folder"),
        pytest.param(make_no_database, "file is not a database", id="no-database"),
        pytest.param(make_read_only, "readonly", id="read-only"),
        pytest.param(lambda _: "mysql://h/n", "no database of the kind 'mysql'", id="another-kind"),
        pytest.param(lambda _: "rashomon.db", "URL cannot be read", id="no-url"),
        pytest.param(lambda _: "postgresql://ann:secret@127.0.0.1:9/n", "cannot open", id="nobody-listens"),
    ],
)
def test_what_cannot_be_opened_is_explained(tmp_path: Path, make_url: Callable[[Path], str], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        open_database(make_url(tmp_path))
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match="extra `postgresql`"):
        open_database("postgresql://h/n")


def test_sqlite_file_has_its_pragmas(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/a.db")
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with engine.connect() as connection:
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    engine.dispose()
    assert values == ["wal", 1, 1, 60_000]


def test_foreign_keys_hold(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.execute(sa.insert(RunArticleRow).values(run_id="run-1", article_id="unknown"))


@pytest.mark.parametrize(
    "url",
    ["file", pytest.param("postgresql", marks=pytest.mark.server)],
    indirect=True,  # a database in memory has one connection: nobody else can write
)
def test_a_reader_sees_one_state(engine: Engine, make: SimpleNamespace) -> None:
    item = make.extraction(make.article())
    with reading(engine) as reader:
        before = load_articles(reader)
        with writing(engine) as writer:
            save_batch(writer, "run-1", [item], [])
        assert load_articles(reader) == before == []
    with reading(engine) as reader:
        assert load_articles(reader) == [item.article]


@pytest.mark.server
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_postgresql_reader_cannot_write(engine: Engine, make: SimpleNamespace) -> None:
    with reading(engine) as session, pytest.raises(SQLAlchemyError, match="read-only"):
        save_batch(session, "run-1", [make.extraction(make.article())], [])
