"""The folder of reports: file names, the list of what is there, and writing without half a file."""

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from uuid import uuid4

from tasks.model.run import Run

INDEX = "index.html"
LIST = "reports.json"
RUN_DIGITS = 8
PAGE = re.compile(r"report-[0-9]{8}T[0-9]{6}Z-[0-9A-Za-z]{1,8}[.]html")
PART = re.compile(rf"{PAGE.pattern.removesuffix('[.]html')}/(finding|article)-[0-9a-f]{{1,64}}[.]html")
HEAD = 20_000  # characters of a page in which its own meta tags stand


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """One report in the list of all."""

    file: str
    run: str
    started: str
    title: str
    summary: str


def report_name(run: Run) -> str:
    """Return the file name of a run's report, the same each time it is printed."""
    digits = re.sub(r"[^0-9A-Za-z]", "", run.id)[:RUN_DIGITS] or "0"
    return f"report-{run.started_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{digits}.html"


def list_reports(folder: Path) -> tuple[ReportEntry, ...]:
    """Return the reports in the folder, newest first, and renew the file that lists them.

    The pages themselves are the truth: an entry whose page is gone is dropped, a page without a valid entry is read. A
    page that changed after the list was written is read again.
    """
    known = _read_list(folder / LIST)
    pages = sorted((path for path in folder.glob("report-*.html") if PAGE.fullmatch(path.name)), reverse=True)
    listed_at = (folder / LIST).stat().st_mtime_ns if known else 0
    entries = tuple(
        known[path.name] if path.name in known and path.stat().st_mtime_ns < listed_at else read_entry(path)
        for path in pages
    )
    replace_file(folder / LIST, json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1) + "\n")
    return entries


def parts_folder(report: Path) -> Path:
    """Return the folder in which the parts of a large report lie, each a page."""
    return report.with_suffix("")


def remove_report(report: Path) -> None:
    """Remove the page of a run, with the pages of its parts."""
    report.unlink(missing_ok=True)
    replace_folder(parts_folder(report), ())


def find_old_pages(folder: Path, before: datetime) -> list[Path]:
    """Return the pages of the runs that began before a moment; the newest page of all is never among them."""
    pages = sorted(path for path in folder.glob("report-*.html") if PAGE.fullmatch(path.name))
    return [path for path in pages[:-1] if path.name < f"report-{before.astimezone(UTC):%Y%m%dT%H%M%SZ}"]


def _read_list(path: Path) -> Mapping[str, ReportEntry]:
    """Return the entries of the list by file; nothing where it is absent or damaged, since the pages can renew it."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        entries = [ReportEntry(**row) for row in rows]
    except (OSError, ValueError, TypeError):
        return {}
    valid = all(isinstance(value, str) for entry in entries for value in asdict(entry).values())
    return {entry.file: entry for entry in entries} if valid else {}


class _Meta(HTMLParser):
    """Collects the `rashomon:...` meta tags of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        name = held.get("name") or ""
        if tag == "meta" and name.startswith("rashomon:"):
            self.found[name.removeprefix("rashomon:")] = held.get("content") or ""


def read_entry(path: Path) -> ReportEntry:
    """Return the entry of a page from its own meta tags; what is missing stays empty."""
    meta = _Meta()
    with path.open(encoding="utf-8", errors="replace") as page:
        meta.feed(page.read(HEAD))
    return ReportEntry(
        file=path.name,
        run=meta.found.get("run", ""),
        started=meta.found.get("started", ""),
        title=meta.found.get("title", "") or path.name,
        summary=meta.found.get("summary", ""),
    )


def replace_file(path: Path, text: str) -> None:
    """Write the text under a passing name and move it into place, so that no reader meets half a file."""
    passing = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        passing.write_text(text, encoding="utf-8", newline="")
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def replace_folder(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write files into a folder under a passing name and move it into place; without files the folder goes.

    Where writing fails, the folder stays as it was.
    """
    passing, before = (folder.with_name(f".{folder.name}.{uuid4().hex}") for _ in range(2))
    try:
        for name, text in files:
            passing.mkdir(exist_ok=True)
            (passing / name).write_text(text, encoding="utf-8", newline="")
        if folder.is_dir() and not folder.is_symlink():
            folder.rename(before)
        if passing.is_dir():
            passing.rename(folder)
    finally:
        for left in (passing, before):
            shutil.rmtree(left, ignore_errors=True)
