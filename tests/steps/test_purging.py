"""A database from which old articles were purged is one that never held them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.extract import extract_batch, extract_new
from tasks.model.run import Extraction
from tasks.read import find_all, read_all, sort_inputs
from tasks.reporting.export import export_rows
from tasks.settings import ROOT, Settings
from tasks.steps.batches import Extracted, Reading, RunInfo
from tasks.steps.comparing import compare_all
from tasks.steps.database import open_once
from tasks.steps.material import load_everything, load_material, print_report
from tasks.steps.purging import age_of, purge
from tasks.storage.database import open_database
from tasks.store import mark_completed, recorded, run_details, save_extracted

OLD, RECENT = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
AGE = age_of(90, RECENT + timedelta(days=1))


def settings_in(folder: Path) -> Settings:
    folder.mkdir()
    return Settings(database_url=f"sqlite:///{folder / 'r.db'}", report_dir=folder / "reports")


def read_examples(now: datetime, settings: Settings) -> list[Reading]:
    found = sort_inputs(find_all([str(ROOT / "examples")], "", settings), 3)
    return [read_all(batch.label, batch.inputs, settings, now) for batch in found.batches]


@pytest.fixture(scope="module")
def extracted() -> dict[datetime, list[Extracted]]:
    """Give the sample articles with their claims, as retrieved on one day and on another."""
    settings = Settings()
    return {
        now: [extract_new(one.label, one.articles, set(), (), settings) for one in read_examples(now, settings)]
        for now in (OLD, RECENT)
    }


def store(settings: Settings, run: str, at: datetime, items: list[Extraction]) -> None:
    info = RunInfo(id=run, flow="watch-feeds", started_at=at)
    with recorded(info, settings, run_details("examples", settings)):
        save_extracted(Extracted(label="all", extractions=tuple(items), set_asides=()), info, settings)
        compare_all(settings)
        mark_completed(info, settings)


def stored(settings: Settings) -> dict[str, list[object]]:
    rows = export_rows(load_everything(settings))
    return {kind: list(rows[kind]) for kind in rows if kind != "outlets"}  # how reading went is kept


@pytest.mark.parametrize("parts", [pytest.param((0, 2), id="each other"), pytest.param((1, 2), id="the others")])
def test_what_stays_is_as_if_nothing_else_had_been_there(
    parts: tuple[int, int], extracted: dict[datetime, list[Extracted]], tmp_path: Path
) -> None:
    place, step = parts
    both = {at: [item for batch in batches for item in batch.extractions] for at, batches in extracted.items()}
    newer = both[RECENT][place::step]
    staying = {item.article.id for item in newer}
    older = [item for item in both[OLD] if item.article.id not in staying]
    purged, never = settings_in(tmp_path / "purged"), settings_in(tmp_path / "never")
    store(purged, "old", OLD, older)
    store(purged, "new", RECENT, newer)
    store(never, "new", RECENT, newer)
    assert stored(purged) != stored(never)

    gone, _ = purge(AGE, purged, reports=False)
    assert (gone.articles, gone.runs) == (len(older), 1)
    assert gone.counts()["findings"] > 0
    assert stored(purged)["articles"] == stored(never)["articles"]
    assert stored(purged)["claims"] == stored(never)["claims"]
    assert stored(purged)["relations"] == stored(never)["relations"]
    assert stored(purged)["findings"] == stored(never)["findings"]
    print_report(load_material("", purged), purged)  # proves every quotation against the stored texts


def test_a_file_in_the_inbox_does_not_come_back_by_itself(
    extracted: dict[datetime, list[Extracted]], tmp_path: Path
) -> None:
    settings = settings_in(tmp_path / "inbox")
    store(settings, "old", OLD, [item for batch in extracted[OLD] for item in batch.extractions])
    store(settings, "new", RECENT, [])
    purge(AGE, settings, reports=False)
    (reading, *_) = read_examples(RECENT, settings)

    assert extract_batch.fn("all", [reading], settings, only_new=True).extractions == ()
    assert len(extract_batch.fn("all", [reading], settings).extractions) == len(reading.articles) > 0


@pytest.mark.parametrize("made_before", [False, True])
def test_the_file_gets_smaller(made_before: bool, extracted: dict[datetime, list[Extracted]], tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "size")
    file = tmp_path / "size" / "r.db"
    if made_before:  # by a version that did not yet choose to shrink step by step
        open_database(settings.database_url).dispose()
        with open_once(settings.database_url).connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA auto_vacuum=NONE")
            driver.execute("VACUUM")
            driver.execute("PRAGMA auto_vacuum=INCREMENTAL")
    store(settings, "old", OLD, [item for batch in extracted[OLD] for item in batch.extractions])
    store(settings, "new", RECENT, [])
    with open_once(settings.database_url).connect() as connection:
        connection.exec_driver_sql("SELECT 1").scalar()
    _, shrunk = purge(AGE, settings, reports=False)

    assert shrunk.after < shrunk.before
    assert shrunk.note == ""
    assert file.stat().st_size == shrunk.after


def test_old_reports_go_and_the_newest_stays(
    extracted: dict[datetime, list[Extracted]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = settings_in(tmp_path / "reports-test")
    items: Callable[[datetime], list[Extraction]] = lambda at: [*extracted[at][0].extractions]  # noqa: E731
    for run, at in (("a1", OLD), ("b2", OLD + timedelta(days=1)), ("c3", OLD + timedelta(days=2))):
        store(settings, run, at, items(OLD))
        print_report(load_material(run, settings), settings)
    gone, _ = purge(AGE, settings, reports=True)

    pages = [path.name for path in settings.report_dir.glob("report-*.html")]
    assert (gone.reports, pages) == (2, ["report-20260103T000000Z-c3.html"])
    index = (settings.report_dir / "index.html").read_text(encoding="utf-8")
    assert "report-20260103T000000Z-c3.html" in index
    assert "report-20260101T000000Z-a1.html" not in index
