"""A backup holds all that is stored, from either kind of database and into either kind."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Engine

from tasks.model.errors import InputError, RashomonError
from tasks.reporting.export import export_rows
from tasks.settings import Settings
from tasks.steps.material import load_everything
from tasks.storage import backup, copying
from tasks.storage.articles import save_batch
from tasks.storage.backup import back_up, restore
from tasks.storage.database import open_database, writers_of, writing
from tasks.storage.schema import HEAD, alembic_config

both = pytest.mark.parametrize("url", ["file", pytest.param("postgresql", marks=pytest.mark.server)], indirect=True)
Dump = Callable[[Engine], dict[str, list[str]]]


@pytest.fixture
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """A function that gives the URL of a new database of a kind."""

    def make_one(kind: str) -> str:
        if kind == "postgresql":
            made: str = request.getfixturevalue("new_postgresql")()
            return made
        return f"sqlite:///{tmp_path / os.urandom(4).hex()}.db"

    return make_one


def exported(url: str) -> dict[str, Any]:
    rows = export_rows(load_everything(Settings(database_url=url)))
    return {kind: list(rows[kind]) for kind in rows}


@pytest.mark.parametrize("url", ["file"], indirect=True)
@pytest.mark.server
def test_there_and_back_again(url: str, full: Engine, new: Callable[[str], str], dump: Dump, tmp_path: Path) -> None:
    """A laptop's file -> a backup -> a server -> a backup -> a file: every row of every table, and every export."""
    server, laptop = new("postgresql"), new("file")
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    there = back_up(url, first, force=False)
    restore(first, server)
    back = back_up(server, second, force=False)
    restore(second, laptop)

    expected = dump(full)
    assert all(expected.values()), "a table without rows proves nothing"
    for place in (server, laptop, f"sqlite:///{first}"):
        opened = open_database(place)
        assert dump(opened) == expected
        opened.dispose()
    assert there == back
    assert exported(url) == exported(server) == exported(laptop)


@both
def test_it_holds_one_moment_while_others_write(
    full: Engine, make: SimpleNamespace, dump: Dump, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, copy_table = dump(full), copying.copy_table
    url = full.url.render_as_string(hide_password=False)

    def slowly(source: sa.Connection, target: sa.Connection, table: sa.Table) -> int:
        if table.name == "claims":  # the articles are copied already
            late = make.article("Late.", url="https://late.example/")
            with writing(full) as session:
                save_batch(session, "run-1", [make.extraction(late, make.claim(late))], [])
        return copy_table(source, target, table)

    monkeypatch.setattr(copying, "copy_table", slowly)
    monkeypatch.setattr(copying, "ROWS", 1)
    copied = back_up(url, tmp_path / "one.db", force=False)
    opened = open_database(f"sqlite:///{tmp_path / 'one.db'}")
    assert dump(opened) == before
    opened.dispose()
    assert dump(full) != before
    assert copied.counts == {name: len(rows) for name, rows in before.items()}


@both
def test_a_database_of_an_older_version_is_backed_up_as_it_is(
    url: str, full: Engine, new: Callable[[str], str], tmp_path: Path
) -> None:
    with writers_of(full).begin() as connection:
        command.downgrade(alembic_config(connection), "0003")
    assert back_up(url, tmp_path / "old.db", force=False).revision == "0003"
    with full.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM rashomon_alembic_version").scalar() == "0003"

    place = new("file")
    open_database(place).dispose()  # up to date, and empty
    restore(tmp_path / "old.db", place)
    restored = open_database(place)
    with restored.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM articles").scalar() == 3
        assert connection.exec_driver_sql("SELECT version_num FROM rashomon_alembic_version").scalar() == HEAD
    restored.dispose()


@both
def test_only_an_empty_database_is_filled(url: str, full: Engine, dump: Dump, tmp_path: Path) -> None:
    back_up(url, tmp_path / "one.db", force=False)
    before = dump(full)
    with pytest.raises(InputError, match="not empty"):
        restore(tmp_path / "one.db", url)
    assert dump(full) == before


@both
def test_a_restore_that_fails_leaves_it_empty(
    url: str, full: Engine, new: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(url, tmp_path / "one.db", force=False)
    place = new("postgresql" if full.dialect.name == "postgresql" else "file")
    with monkeypatch.context() as patch:
        patch.setattr(backup, "copy_tables", lambda *_: {"articles": 1})
        with pytest.raises(RashomonError, match="nothing was restored"):
            restore(tmp_path / "one.db", place)
    restore(tmp_path / "one.db", place)


@pytest.mark.parametrize("url", ["file"], indirect=True)
@pytest.mark.usefixtures("full")
def test_a_file_is_never_written_over_unasked(url: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.db"
    file.write_text("mine")
    with pytest.raises(InputError, match="--force"):
        back_up(url, file, force=False)
    assert file.read_text() == "mine"
    back_up(url, file, force=True)
    assert backup.read_backup(file).counts["articles"] == 3
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.parametrize("url", ["file"], indirect=True)
@pytest.mark.usefixtures("full")
def test_a_full_disk_leaves_nothing(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backup, "copy_tables", fail)
    with pytest.raises(RashomonError, match="disk is full"):
        back_up(url, tmp_path / "one.db", force=False)
    assert not (tmp_path / "one.db").exists()
    assert list(tmp_path.glob(".one.db*")) == []


def cut_short(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def lose_rows(file: Path) -> None:
    with sqlite3.connect(file) as driver:
        driver.execute("DELETE FROM run_set_asides")
    driver.close()


def come_from_the_future(file: Path) -> None:
    with sqlite3.connect(file) as driver:
        driver.execute("UPDATE rashomon_alembic_version SET version_num = '9999'")
    driver.close()


@pytest.mark.parametrize("url", ["file"], indirect=True)
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(Path.unlink, "no such file", id="missing"),
        pytest.param(lambda file: file.write_text("What is this?" * 100), "no backup", id="not-a-database"),
        pytest.param(lambda file: file.write_bytes(b""), "no tables of Rashomon", id="empty"),
        pytest.param(cut_short, "damaged", id="cut-short"),
        pytest.param(lose_rows, "not complete", id="rows-missing"),
        pytest.param(come_from_the_future, "newer Rashomon", id="too-new"),
    ],
)
@pytest.mark.usefixtures("full")
def test_what_is_no_whole_backup_is_refused(
    url: str, spoil: Callable[[Path], object], words: str, new: Callable[[str], str], tmp_path: Path
) -> None:
    file, place = tmp_path / "one.db", new("file")
    back_up(url, file, force=False)
    spoil(file)
    with pytest.raises(InputError, match=words):
        restore(file, place)
    assert not Path(place.removeprefix("sqlite:///")).exists()


def test_where_there_is_no_database_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to back up"):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "one.db", force=False)
    assert list(tmp_path.iterdir()) == []


@both
@pytest.mark.server  # a dozen seconds of real processes
def test_a_backup_beside_real_writers_is_whole(url: str, tmp_path: Path) -> None:
    writer = Path(__file__).with_name("writer.py")
    open_database(url).dispose()
    command = [sys.executable, str(writer), url, "1", "40"]
    with subprocess.Popen(command, cwd=writer.parents[2], stderr=subprocess.PIPE, text=True) as busy:
        counts = [back_up(url, tmp_path / "busy.db", force=True).counts for _ in range(4)]
        assert busy.communicate(timeout=180)[1] == ""
    assert all(one["articles"] == one["claims"] for one in counts)
    assert back_up(url, tmp_path / "busy.db", force=True).counts["articles"] == 160 + 40
