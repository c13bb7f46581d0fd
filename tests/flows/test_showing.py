"""What a run leaves in Prefect beside its report, and what it does not."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.client.schemas.objects import Artifact

from flows.rebuild_report import rebuild_report
from flows.verify_articles import verify_articles
from tasks import showing
from tasks.model.errors import InputError
from tasks.options import VerifyOptions
from tasks.publish import publish_report
from tasks.settings import load_settings
from tasks.showing import LONG, ProgressBar, shown
from tasks.steps.batches import Outcome
from tasks.steps.progress import advance

ON_SERVER = pytest.mark.usefixtures("prefect_server", "workspace")


def artifacts_of(run_id: str) -> dict[str | None, Artifact]:
    """Return what the run left, by key; a run that leaves one twice would show."""
    with get_client(sync_client=True) as client:
        chosen = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[UUID(run_id)]))
        found = client.read_artifacts(artifact_filter=chosen)
    assert len({one.key for one in found}) == len(found)
    return {one.key: one for one in found}


@ON_SERVER
def test_a_run_leaves_summary_conflicts_and_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_REPORT_URL", "https://desk.example/reports/")
    outcome = verify_articles(["articles"])
    left = artifacts_of(outcome.run_id)
    address = f"https://desk.example/reports/{Path(outcome.report).name}"

    assert set(left) == {"summary", "conflicts", "report"}
    assert address in str(left["summary"].data)
    assert left["report"].data == f"[Open the report]({address})"
    assert "Ana Petrov" in str(left["conflicts"].data)
    assert f"{address}#finding-" in str(left["conflicts"].data)


@ON_SERVER
def test_a_long_run_shows_how_far_it_is() -> None:
    for number in range(LONG):
        Path(f"articles/more-{number}.txt").write_text(f"Reed said on Monday that pump {number} had failed.\n")
    outcome = verify_articles(["articles"], VerifyOptions(batch_size=1))
    left = artifacts_of(outcome.run_id)

    assert "report" not in left  # nobody serves the folder: the summary names the path
    assert left["progress"].data == 100
    assert "batches" in str(left["progress"].description)


@ON_SERVER
def test_a_run_ends_in_plain_words() -> None:
    good, bad = verify_articles(["articles"], return_state=True), rebuild_report("nobody", return_state=True)

    assert str(good.message).startswith("3 articles, 3 outlets, 1 finding, 1 set aside.")
    assert str(bad.message).startswith("No such run is stored in sqlite")
    assert bad.is_failed()
    with pytest.raises(InputError):
        bad.result()


@ON_SERVER
def test_outside_of_a_run_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = verify_articles(["articles"]).run_id
    before = artifacts_of(run_id)
    monkeypatch.setattr(showing, "create_markdown_artifact", lambda *_, **__: pytest.fail("an artifact nobody sees"))
    published = publish_report.fn(run_id, load_settings())

    assert Path(published.report).is_file()
    assert artifacts_of(run_id) == before


def test_outside_of_prefect_a_flow_is_its_function() -> None:
    def flow(word: str) -> Outcome:
        advance("read", 1, 100)
        if not word:
            raise InputError("nothing")
        return Outcome(run_id=word)

    assert shown(flow)("one") == Outcome(run_id="one")
    with pytest.raises(InputError, match=r"^nothing$"):
        shown(flow)("")


@pytest.mark.parametrize(
    ("batches", "updates"),
    [pytest.param(LONG - 1, 0, id="short"), pytest.param(LONG, 5, id="long"), pytest.param(2_000, 20, id="very long")],
)
def test_progress_is_told_now_and_then(batches: int, updates: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    artifact = uuid4()

    def update(which: UUID, percent: float) -> None:
        assert which == artifact
        told.append(percent)

    def create(percent: float, **_: Any) -> UUID:
        assert percent == 0
        return artifact

    monkeypatch.setattr(showing, "create_progress_artifact", create)
    monkeypatch.setattr(showing, "update_progress_artifact", update)
    bar = ProgressBar()
    for done in range(batches + 1):
        bar("read", done, batches)
        bar("compare", done, batches)

    assert len(told) == updates
    assert told == sorted(told)
    assert told[-1:] == [100][:updates]


@ON_SERVER
def test_a_run_goes_on_where_prefect_keeps_no_artifact(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ConnectionError("the server is gone")

    for kind in ("markdown", "table", "link", "progress"):
        monkeypatch.setattr(showing, f"create_{kind}_artifact", fail)
    monkeypatch.setenv("RASHOMON_REPORT_URL", "https://desk.example/reports/")
    monkeypatch.setattr(showing, "LONG", 2)
    outcome = verify_articles(["articles"], VerifyOptions(batch_size=1))

    assert Path(outcome.report).is_file()
    assert artifacts_of(outcome.run_id) == {}
