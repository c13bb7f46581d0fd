"""What the doctor finds on a machine: each common mistake, with what to do."""

import os
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tasks.console import doctor_machine as machine
from tasks.console.checks import Check, Verdict
from tasks.settings import Runner, Settings
from tasks.storage.database import open_database, writers_of, writing
from tasks.storage.runs import start_run

NOW = datetime(2026, 5, 1, tzinfo=UTC)
MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
files:/desk /desk nfs4 rw 0 0
//office/shared /office\\040files cifs rw 0 0
/dev/sdb1 /desk/local ext4 rw 0 0
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'r.db'}", report_dir=tmp_path / "reports")


@pytest.fixture
def opened(settings: Settings) -> Settings:
    """Settings of a database with one run."""
    engine = open_database(settings.database_url)
    with writing(engine) as session:
        start_run(session, "run", "watch-feeds", NOW, {})
    engine.dispose()
    return settings


@pytest.mark.parametrize(
    ("check", "line"),
    [
        pytest.param(Check(name="a", found="b"), "ok       a                    b", id="ok"),
        pytest.param(Check(name="a", found="b", advice="do c"), "note     a                    b; do c", id="note"),
        pytest.param(
            Check(name="a", found="b", good=False, advice="c"), "FAULT    a                    b; c", id="bad"
        ),
    ],
)
def test_each_check_is_one_line(check: Check, line: str) -> None:
    assert check.line == line


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        pytest.param({"sqlalchemy": "2.0.58", "fastapi": "0.150.2", "prefect": "3.8.8"}, [], id="as pinned"),
        pytest.param(
            {"sqlalchemy": "2.1.9", "fastapi": "0.150.2", "prefect": "3.8.8"}, ["sqlalchemy<2.1"], id="alchemy"
        ),
        pytest.param(
            {"sqlalchemy": "2.0.1", "fastapi": "0.165.0", "prefect": "3.8.8"}, ["fastapi<0.151"], id="fastapi"
        ),
        pytest.param({"sqlalchemy": "2.0.1", "fastapi": "0.150.0", "prefect": "3.9.1"}, ["prefect<3.9"], id="prefect"),
        pytest.param({"sqlalchemy": "3.0", "fastapi": "1.0.0"}, ["sqlalchemy<2.1", "fastapi<0.151"], id="major"),
    ],
)
def test_packages_that_prefect_does_not_bear(
    versions: dict[str, str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name not in versions:
            raise PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(machine, "version", version)
    checks = list(machine.check_pins())
    assert [check.advice.split("'")[1] for check in checks] == told
    assert not any(check.good for check in checks)


def test_a_report_folder_that_can_be_written_to_and_one_that_cannot(settings: Settings, tmp_path: Path) -> None:
    assert machine.check_reports(settings).verdict is Verdict.OK
    assert not settings.report_dir.exists()
    (tmp_path / "file").touch()
    inside_a_file = settings.model_copy(update={"report_dir": tmp_path / "file" / "reports"})
    check = machine.check_reports(inside_a_file)
    assert check.verdict is Verdict.FAULT
    assert "set report_dir" in check.advice


def test_a_server_without_an_address_of_the_reports(settings: Settings) -> None:
    served = settings.model_copy(update={"report_url": "http://127.0.0.1:4280"})
    (check,) = machine.check_report_url(settings, "http://127.0.0.1:4200/api")
    assert check.verdict is Verdict.NOTE
    assert list(machine.check_report_url(settings, "")) == []
    assert list(machine.check_report_url(served, "http://127.0.0.1:4200/api")) == []


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(5_000_000_000, Verdict.OK), (1_000_000_000, Verdict.NOTE), (50_000_000, Verdict.FAULT)],
)
def test_how_much_room_is_enough(free: int, verdict: Verdict) -> None:
    check = machine.check_room("disk", free)
    assert check.verdict is verdict
    assert ("rashomon purge" in check.advice) is (verdict is not Verdict.OK)


def test_the_disks_of_reports_and_database_are_looked_at(settings: Settings) -> None:
    on_a_server = settings.model_copy(update={"database_url": "postgresql://db.example/news"})
    assert [check.name for check in machine.check_disks(settings)] == ["disk of the reports", "disk of the database"]
    assert [check.name for check in machine.check_disks(on_a_server)] == ["disk of the reports"]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        pytest.param("sqlite:////desk/news/r.db", "nfs4", id="nfs"),
        pytest.param("sqlite:////office files/r.db", "cifs", id="a name with a space"),
        pytest.param("sqlite:////desk/local/r.db", "", id="a disk inside a share"),
        pytest.param("sqlite:////var/r.db", "", id="a disk"),
        pytest.param("sqlite:///:memory:", "", id="memory"),
        pytest.param("postgresql://db.example/desk", "", id="a server"),
    ],
)
def test_sqlite_on_a_share(url: str, kind: str, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    moved = settings.model_copy(update={"database_url": url})
    checks = list(machine.check_sqlite_place(moved, tmp_path / "mounts"))
    assert [f"SQLite on {kind}:" in check.found for check in checks] == ([True] if kind else [])
    assert list(machine.check_sqlite_place(moved, tmp_path / "none")) == []  # a system that does not tell


def test_sqlite_and_the_workers_of_a_cluster(settings: Settings, tmp_path: Path) -> None:
    address = "tcp://scheduler.example:8786"
    there = settings.model_copy(update={"task_runner": Runner.DASK, "dask_address": address})
    (check,) = machine.check_sqlite_place(there, tmp_path / "none")
    assert check.verdict is Verdict.FAULT
    here = settings.model_copy(update={"task_runner": Runner.DASK})  # a cluster of this machine alone
    assert list(machine.check_sqlite_place(here, tmp_path / "none")) == []


def test_postgresql_without_its_driver(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(machine, "version", version)
    on_a_server = settings.model_copy(update={"database_url": "postgresql://db.example/news"})
    (check,) = machine.check_driver(on_a_server)
    assert check.verdict is Verdict.FAULT
    assert "postgresql" in check.advice
    assert list(machine.check_driver(settings)) == []


def test_a_database_of_an_older_version_is_told_and_left_as_it_is(opened: Settings) -> None:
    from alembic import command

    from tasks.storage.schema import alembic_config
    from tasks.storage.state import state_of

    engine = open_database(opened.database_url)
    assert list(machine.check_state(opened)) == []
    with writers_of(engine).begin() as connection:
        command.downgrade(alembic_config(connection), "0003")
    engine.dispose()
    (check,) = machine.check_state(opened)
    assert check.verdict is Verdict.NOTE
    assert "rashomon backup" in check.advice
    assert state_of(opened.database_url).revision == "0003"


def test_a_clock_that_is_behind_what_is_stored(opened: Settings) -> None:
    (check,) = machine.check_state(opened, NOW - timedelta(days=300))
    assert (check.name, check.verdict) == ("clock", Verdict.FAULT)
    assert list(machine.check_state(opened, NOW + timedelta(days=1))) == []


def test_where_there_is_no_database_none_is_made(settings: Settings, tmp_path: Path) -> None:
    assert list(machine.check_state(settings)) == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_read_only(opened: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(machine.check_writable(opened)) == []
    monkeypatch.setattr(os, "access", lambda *_: False)  # root, as which CI runs, may write everywhere
    (check,) = machine.check_writable(opened)
    assert check.verdict is Verdict.FAULT
