"""One database, filled in one go or bit by bit, in blocks of any size: the same relations and findings."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import numpy as np
import pytest

from tasks.comparison.compare import compare_new
from tasks.comparison.concepts import concepts_of
from tasks.comparison.embeddings import Vectors, load_embedder, pack, unpack
from tasks.comparison.remembered import forget_all
from tasks.comparison.weighing import load_weigher
from tasks.extract import extract_new
from tasks.model.claim import Claim
from tasks.model.finding import Finding
from tasks.read import find_all, read_all, sort_inputs
from tasks.reporting.material import Material
from tasks.settings import ROOT, Settings, load_settings
from tasks.steps import comparing, partners
from tasks.steps.batches import Extracted, RunInfo
from tasks.steps.comparing import compare_all
from tasks.steps.material import load_everything
from tasks.storage.claims import load_embeddings
from tasks.storage.comparisons import load_relations
from tasks.storage.database import Engine, reading
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
    def fill(*, block: int, after_each: bool, backwards: bool = False, portion: int = 200) -> tuple[Finding, ...]:
        monkeypatch.setenv("RASHOMON_DATABASE_URL", "sqlite://")
        monkeypatch.setattr(comparing, "BLOCK", block)
        monkeypatch.setattr(comparing, "EMBEDDED", block)
        monkeypatch.setattr(partners, "ARTICLES", portion)
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


def opened() -> Engine:
    """Return the database that the last `findings_of` has filled."""
    engine: Engine = vars(comparing)["open_once"]("")
    return engine


def current_claims(stored: Material) -> list[Claim]:
    """Return the claims that take part in findings: what a text said that was edited since does not."""
    older = {article.id for article in stored.articles if article.superseded}
    return [claim for claim in stored.claims if claim.article_id not in older]


@pytest.mark.parametrize(
    ("block", "after_each", "backwards", "portion"),
    [
        pytest.param(30, False, False, 1, id="in small blocks, read article by article"),
        pytest.param(1_000, True, False, 200, id="batch by batch"),
        pytest.param(30, True, True, 2, id="the last batch first"),
    ],
)
def test_the_order_of_work_makes_no_difference(
    block: int, after_each: bool, backwards: bool, portion: int, findings_of: Callable[..., tuple[Finding, ...]]
) -> None:
    whole = findings_of(block=1_000, after_each=False)
    parts = findings_of(block=block, after_each=after_each, backwards=backwards, portion=portion)

    assert len(whole) > 5
    assert parts == whole


def test_the_search_finds_what_a_look_at_every_pair_finds(
    findings_of: Callable[..., tuple[Finding, ...]], embedder: Remembering
) -> None:
    findings_of(block=30, after_each=True, portion=2)
    stored = load_everything(load_settings())
    with reading(opened()) as session:
        found = load_relations(session)
    current = current_claims(stored)
    assert 0 < len(current) < len(stored.claims)

    vectors = unpack([pack(vector) for vector in embedder.embed([one.proposition.statement for one in current])])
    roots = {article.id: article.copy_of for article in stored.articles if article.copy_of}
    weigher = load_weigher(load_settings().judge)
    every = compare_new(current, vectors, copy_roots=roots, weigher=weigher)
    seen = {article.id: article.published_at or article.retrieved_at for article in stored.articles}
    moments = {claim.id: seen[claim.article_id] for claim in current}
    assert len(found) > 20
    assert found == [one for one in every if abs(moments[one.left] - moments[one.right]) <= timedelta(days=30)]


def test_another_model_makes_every_vector_and_every_comparison_anew(
    findings_of: Callable[..., tuple[Finding, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = findings_of(block=1_000, after_each=False)
    ids = {claim.id for claim in current_claims(load_everything(load_settings()))}
    monkeypatch.setattr(comparing, "MODEL", "another-1")

    assert compare_all(load_settings()).claims == len(ids)
    with reading(opened()) as session:
        assert load_embeddings(session, ids, "another-1").keys() == ids
    assert load_everything(load_settings()).findings == before


def test_what_is_compared_is_not_compared_again(findings_of: Callable[..., tuple[Finding, ...]]) -> None:
    findings_of(block=1_000, after_each=False)

    assert compare_all(load_settings()).claims == 0


def test_what_was_read_is_forgotten_with_its_block(
    findings_of: Callable[..., tuple[Finding, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = cast("Any", concepts_of).cache_info
    before: list[int] = []
    after: list[int] = []

    def forget() -> None:
        before.append(kept().currsize)
        forget_all()
        after.append(kept().currsize)

    monkeypatch.setattr(comparing, "forget_all", forget)
    findings_of(block=20, after_each=False)

    assert min(before) > 0 == max(after)
