"""What the doctor looks at on this machine: pins, the report folder, disks, clocks, where a SQLite file lies."""

import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryFile

from tasks.console.checks import Check
from tasks.model.errors import InputError
from tasks.settings import Runner, Settings

# Above these Prefect's server does not start, or its scheduler creates no runs; pyproject.toml holds the same.
PINS = {"sqlalchemy": (2, 1), "fastapi": (0, 151), "prefect": (3, 9)}
FULL, NEARLY_FULL = 200_000_000, 2_000_000_000  # bytes that are left
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
MOUNTS = Path("/proc/mounts")
CLOCKS_APART = 30.0  # seconds
SQLITE = "sqlite:///"


def check_pins() -> Iterator[Check]:
    """Yield the packages that are newer than Prefect bears."""
    for name, limit in PINS.items():
        try:
            found = version(name)
        except PackageNotFoundError:  # told elsewhere
            continue
        if numbers_of(found) >= limit:
            bound = ".".join(map(str, limit))
            yield Check(
                name=name,
                found=f"{found} is too new for Prefect here",
                good=False,
                advice=f"pip install '{name}<{bound}'",
            )


def numbers_of(told: str) -> tuple[int, ...]:
    """Return the first two numbers of a version."""
    return tuple(int(part) for part in told.split(".")[:2] if part.isdigit())


def check_reports(settings: Settings) -> Check:
    """Return whether reports can be written, by writing there; the folder itself is made by the first run."""
    folder = settings.report_dir.absolute()
    there = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        with TemporaryFile(dir=there):
            return Check(name="reports", found=str(folder))
    except OSError as error:
        advice = f"let this user write to {there}, or set report_dir"
        found = f"{folder}: cannot be written to ({error.strerror})"
        return Check(name="reports", found=found, good=False, advice=advice)


def check_report_url(settings: Settings, address: str) -> Iterator[Check]:
    """Yield a note where a server shows runs and no link leads from there to their reports."""
    if address and not settings.report_url:
        advice = "set report_url to the address under which the report folder is served"
        yield Check(name="report_url", found="not set: the Prefect UI shows a path instead of a link", advice=advice)


def check_disks(settings: Settings) -> Iterator[Check]:
    """Yield how much room is left where reports and the database lie."""
    places = {"disk of the reports": settings.report_dir}
    if file := sqlite_file(settings):
        places["disk of the database"] = file
    for name, place in places.items():
        there = next(one for one in (place.absolute(), *place.absolute().parents) if one.exists())
        yield check_room(name, shutil.disk_usage(there).free)


def check_room(name: str, free: int) -> Check:
    """Return whether so many bytes are enough."""
    found = f"{free / 1e9:,.1f} GB free"
    if free >= NEARLY_FULL:
        return Check(name=name, found=found)
    advice = "make room: rashomon purge --older-than 90d --reports, or another disk"
    return Check(name=name, found=found, good=free >= FULL, advice=advice)


def sqlite_file(settings: Settings) -> Path | None:
    """Return the file of a SQLite database, None for a server or a database in memory."""
    name = settings.database_url.removeprefix(SQLITE)
    return None if name in {settings.database_url, "", ":memory:"} else Path(name)


def check_sqlite_place(settings: Settings, mounts: Path = MOUNTS) -> Iterator[Check]:
    """Yield what keeps a SQLite file from being safe where it lies, or for those who write to it."""
    file = sqlite_file(settings)
    if file is None:
        return
    kind = filesystem_of(file.absolute(), read_mounts(mounts))
    advice = "use PostgreSQL, or a disk of this machine: rashomon backup, then restore"
    if kind in NETWORK:
        found = f"SQLite on {kind}: its locks do not hold there, and data is lost"
        yield Check(name="database's place", found=found, good=False, advice=advice)
    if settings.task_runner is Runner.DASK and settings.dask_address:
        found = "SQLite, and workers of a cluster that cannot reach its file"
        yield Check(name="database's place", found=found, good=False, advice=advice)


def read_mounts(mounts: Path) -> dict[str, str]:
    """Return which kind of file system is mounted where; nothing where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {parts[1].replace("\\040", " "): parts[2] for parts in map(str.split, lines) if parts[2:]}


def filesystem_of(place: Path, mounted: Mapping[str, str]) -> str:
    """Return the kind of file system that a place lies on, "" where it is not known."""
    above = [str(folder) for folder in (place, *place.parents) if str(folder) in mounted]
    return mounted[max(above, key=len)] if above else ""


def check_driver(settings: Settings) -> Iterator[Check]:
    """Yield a fault where the database is a PostgreSQL server and nothing here can speak to one."""
    if not settings.database_url.startswith("postgres"):
        return
    try:
        version("psycopg")
    except PackageNotFoundError:
        advice = "install Rashomon with its extra `postgresql`: pip install -e '.[postgresql]'"
        yield Check(name="postgresql", found="its driver psycopg is missing", good=False, advice=advice)


def check_state(settings: Settings, now: datetime | None = None) -> Iterator[Check]:
    """Yield what is wrong with the tables and the clocks; a database that cannot be opened is told elsewhere."""
    from tasks.storage.state import state_of

    file = sqlite_file(settings)
    if file is not None and not file.exists():
        return
    try:
        state = state_of(settings.database_url)
    except InputError:
        return
    if state.is_behind:
        found = f"revision {state.revision}, made by an older version"
        advice = "the next command brings it up to date; keep a copy first: rashomon backup FILE"
        yield Check(name="tables", found=found, advice=advice)
    if abs(state.seconds_ahead) > CLOCKS_APART:
        found = f"the database's is {state.seconds_ahead:+.0f} s from this one's"
        yield Check(name="clock", found=found, advice="set both clocks by one time server")
    moment = now or datetime.now(UTC)
    if state.newest_run_at and state.newest_run_at > moment + timedelta(seconds=CLOCKS_APART):
        found = f"it is {moment:%Y-%m-%d %H:%M} here, and the newest run began at {state.newest_run_at:%Y-%m-%d %H:%M}"
        yield Check(
            name="clock", found=found, good=False, advice="set this machine's clock; dates in reports hang on it"
        )


def check_writable(settings: Settings) -> Iterator[Check]:
    """Yield a fault where the file of the database cannot be written to by this user."""
    file = sqlite_file(settings)
    if file is not None and file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        advice = f"let this user write to {file.absolute()} and its folder"
        yield Check(name="database's file", found="read only for this user", good=False, advice=advice)
