"""The folder of reports: what is written, and what is found again."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.model.errors import EvidenceError
from tasks.model.run import Run
from tasks.reporting.material import Material
from tasks.reporting.render import write_report
from tasks.reporting.shelf import INDEX, LIST, list_reports, replace_file, report_name


@pytest.fixture
def later(material: Material) -> Material:
    run = replace(material.run, id="later-run", started_at=material.run.started_at + timedelta(hours=1))
    return replace(material, run=run, scope="the later run")


@pytest.fixture
def write(tmp_path: Path, templates: Path) -> Callable[[Material], Path]:
    return lambda material: write_report(tmp_path / "new" / "reports", material, templates).report


def test_report_and_index_are_written(material: Material, tmp_path: Path, templates: Path) -> None:
    paths = write_report(tmp_path / "new" / "reports", material, templates)
    assert paths.report.name == "report-20310407T050000Z-6b1f0a52.html"
    assert paths.index.name == INDEX
    assert sorted(path.name for path in paths.report.parent.iterdir()) == [INDEX, paths.report.name, LIST]


def test_index_is_the_newest_report_with_the_list(
    material: Material, later: Material, write: Callable[[Material], Path]
) -> None:
    new, old = write(later), write(material)  # an older run printed again stays the older one
    index = (new.parent / INDEX).read_text(encoding="utf-8")
    assert "read from <bdi>the later run</bdi>" in index
    assert index.index(f'href="{new.name}"') < index.index(f'href="{old.name}"')


def test_a_rerun_replaces_its_own_page(material: Material, write: Callable[[Material], Path]) -> None:
    first = write(material)
    second = write(replace(material, scope="printed again"))
    assert first == second
    assert "printed again" in second.read_text(encoding="utf-8")
    assert len(list_reports(first.parent)) == 1


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="no JSON"),
        pytest.param("null", id="null"),
        pytest.param('[{"file": 1}]', id="other keys"),
        pytest.param('[{"file": 1, "run": 2, "started": 3, "title": 4, "summary": 5}]', id="other types"),
        pytest.param('["report"]', id="no records"),
        pytest.param(None, id="absent"),
    ],
)
def test_a_damaged_list_is_made_again_from_the_pages(
    material: Material, later: Material, write: Callable[[Material], Path], damage: str | None
) -> None:
    folder = write(material).parent
    write(later)
    good = list_reports(folder)
    if damage is None:
        (folder / LIST).unlink()
    else:
        (folder / LIST).write_text(damage, encoding="utf-8")
    assert list_reports(folder) == good
    assert [entry.run for entry in good] == ["later-run", "6b1f0a52-77aa"]
    assert good[0].title == "Kestrel Works and Lune"
    assert len(json.loads((folder / LIST).read_text(encoding="utf-8"))) == 2


def test_a_deleted_page_leaves_the_list(material: Material, later: Material, write: Callable[[Material], Path]) -> None:
    gone, kept = write(material), write(later)
    gone.unlink()
    assert [entry.file for entry in list_reports(kept.parent)] == [kept.name]


def test_other_files_are_no_reports(tmp_path: Path) -> None:
    for name in ("report-x.html", "report-20310407T050000Z-a.html.bak", "report-20310407T050000Z-a b.html"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert list_reports(tmp_path) == ()


def test_hostile_title_in_the_list_stays_text(material: Material, write: Callable[[Material], Path]) -> None:
    title = "<script>alert(1)</script> \\1 \\g<0>"
    article = replace(material.articles[0], title=title)
    folder = write(replace(material, articles=(article,), claims=(), findings=())).parent
    index = (folder / INDEX).read_text(encoding="utf-8")
    assert index.count("<script") == 1  # our own
    assert index.count("&lt;script&gt;alert(1)&lt;/script&gt; \\1 \\g&lt;0&gt;") > 2


def test_nothing_is_written_when_a_quote_is_wrong(material: Material, tmp_path: Path, templates: Path) -> None:
    with pytest.raises(EvidenceError):
        write_report(tmp_path, replace(material, articles=()), templates)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    replace_file(path, "old")
    with pytest.raises(UnicodeEncodeError):
        replace_file(path, "new \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    ("run_id", "end"), [("6b1f0a52-77aa", "6b1f0a52"), ("../../etc", "etc"), ("a/b", "ab"), ("…", "0")]
)
def test_report_name_is_a_plain_file_name(material: Material, run_id: str, end: str) -> None:
    run = Run(id=run_id, flow="f", started_at=material.run.started_at)
    assert report_name(run) == f"report-20310407T050000Z-{end}.html"
