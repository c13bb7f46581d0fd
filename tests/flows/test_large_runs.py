"""A run that is too large for one page: the page shows what matters first, and the export all of it."""

import pytest

from flows.verify_articles import verify_articles
from tasks.model.finding import READING_ORDER, Status
from tasks.settings import ROOT, load_settings
from tasks.steps import material
from tasks.steps.batches import Outcome
from tasks.steps.database import open_once
from tasks.steps.material import load_material, print_report
from tasks.storage.database import reading
from tasks.storage.findings import rank_findings
from tasks.submitting import in_threads

pytestmark = pytest.mark.usefixtures("workspace")


@pytest.fixture
def outcome(workspace: object, monkeypatch: pytest.MonkeyPatch) -> Outcome:  # noqa: ARG001
    monkeypatch.setattr(material, "MANY", 2)
    monkeypatch.setattr(material, "FOREMOST", 1)
    with in_threads(2):
        return verify_articles.fn([str(ROOT / "examples")])


def test_the_page_shows_the_foremost_findings_and_says_what_it_leaves_out(outcome: Outcome) -> None:
    shown = load_material(outcome.run_id, load_settings())
    whole = load_material(outcome.run_id, load_settings(), all_of_it=True)
    _, notice = print_report(shown, load_settings())

    assert [finding.status for finding in shown.findings] == [Status.DISPUTED]
    assert len(whole.findings) > 1
    assert len(shown.claims) < len(whole.claims)
    words = f"This run read 11 articles and touched {len(whole.findings)} findings. The report shows the 1 that"
    assert words in (load_settings().report_dir / "index.html").read_text(encoding="utf-8")
    assert "This run read 11 articles" in notice.summary


def test_findings_are_ranked_as_a_report_numbers_them(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(material, "FOREMOST", 100)
    ranked = load_material(outcome.run_id, load_settings()).findings
    whole = load_material(outcome.run_id, load_settings(), all_of_it=True)

    assert {finding.id for finding in ranked} == {finding.id for finding in whole.findings}
    assert whole.whole is None
    with reading(open_once(load_settings().database_url)) as session:
        ids = rank_findings(session, outcome.run_id)
    by_id = {finding.id: finding for finding in ranked}
    places = [(READING_ORDER.index(by_id[one].status), -len(by_id[one].members)) for one in ids]
    assert places == sorted(places)
