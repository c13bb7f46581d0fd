"""One database, filled in one go or bit by bit, in blocks of any size: the same relations and findings."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from tasks.comparison.embeddings import Vectors, load_embedder
from tasks.extract import extract_new
from tasks.model.finding import Finding
from tasks.read import find_all, read_all, sort_inputs
from tasks.settings import ROOT, Settings, load_settings
from tasks.steps import comparing
from tasks.steps.batches import Extracted, RunInfo
from tasks.steps.comparing import compare_all
from tasks.steps.material import load_everything
from tasks.store import recorded, run_details, save_extracted

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def batches() -> list[Extracted]:
    """Give the sample articles with their claims, three to a batch."""
    settings = Settings()
    found = sort_inputs(find_all([str(ROOT / "examples")], "", settings), 3)
    readings = [read_all(batch.label, batch.inputs, settings, NOW) for batch in found.batches]
    return [extract_new(one.label, one.articles, set(), (), settings) for one in readings]


class Remembering:
    """The embedder, asked for each text once: four orders of work need the same vectors."""

    def __init__(self) -> None:
        self.known: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known |= dict(zip(new, load_embedder().embed(new), strict=True)) if new else {}
        return np.stack([self.known[text] for text in texts])


@pytest.fixture(scope="module")
def embedder() -> Remembering:
    return Remembering()


@pytest.fixture
def findings_of(
    batches: list[Extracted], embedder: Remembering, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[Finding, ...]]:
    def fill(*, block: int, after_each: bool, backwards: bool = False) -> tuple[Finding, ...]:
        monkeypatch.setenv("RASHOMON_DATABASE_URL", "sqlite://")
        monkeypatch.setattr(comparing, "BLOCK", block)
        monkeypatch.setattr(comparing, "load_embedder", lambda: embedder)
        monkeypatch.setattr(comparing, "open_once", open_once := memory())
        for module in ("tasks.store", "tasks.steps.material"):
            monkeypatch.setattr(f"{module}.open_once", open_once)
        settings = load_settings()
        run = RunInfo(id="run", flow="test", started_at=NOW)
        with recorded(run, settings, run_details("examples", settings)):
            for batch in reversed(batches) if backwards else batches:
                save_extracted(batch, run, settings)
                if after_each:
                    compare_all(settings)
            compare_all(settings)
        return load_everything(settings).findings

    return fill


def memory() -> Callable[[str], object]:
    """Return what opens one new database in memory, whatever it is asked for."""
    from tasks.storage.database import open_database

    engine = open_database("sqlite://")
    return lambda _url: engine


@pytest.mark.parametrize(
    ("block", "after_each", "backwards"),
    [
        pytest.param(30, False, False, id="in small blocks"),
        pytest.param(1_000, True, False, id="batch by batch"),
        pytest.param(30, True, True, id="the last batch first"),
    ],
)
def test_the_order_of_work_makes_no_difference(
    block: int, after_each: bool, backwards: bool, findings_of: Callable[..., tuple[Finding, ...]]
) -> None:
    whole = findings_of(block=1_000, after_each=False)
    parts = findings_of(block=block, after_each=after_each, backwards=backwards)

    assert len(whole) > 5
    assert parts == whole


def test_what_is_compared_is_not_compared_again(findings_of: Callable[..., tuple[Finding, ...]]) -> None:
    findings_of(block=1_000, after_each=False)

    assert compare_all(load_settings()).claims == 0
