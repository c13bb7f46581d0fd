import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from tasks.comparison import pairs
from tasks.console.doctor import check_extractor, check_stored, check_tables
from tasks.model.evidence import Capture, pack
from tasks.model.run import Extraction
from tasks.settings import ROOT, Settings
from tasks.storage.articles import save_batch
from tasks.storage.database import open_database, writers_of, writing
from tasks.storage.runs import start_run
from tests.conftest import MakeArticle


def test_the_weights_of_the_extractor_are_told_by_their_hash() -> None:
    weights = (ROOT / "models" / "attribution.npz").read_bytes()

    check = check_extractor("attribution")

    assert check.good
    assert check.found == f"attribution.npz, sha256 {sha256(weights).hexdigest()[:12]}"


@pytest.mark.parametrize("damaged", [False, True])
def test_stored_texts_and_their_bytes_are_checked(damaged: bool, tmp_path: Path, make_article: MakeArticle) -> None:
    raw = b"The port opens, says the mayor."
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'r.db'}", keep_raw=False)
    assert list(check_stored(settings, None)) == []
    engine = open_database(settings.database_url)
    article = replace(make_article(raw.decode()), sha256=sha256(raw).hexdigest())
    capture = Capture(
        sha256=article.sha256, size=len(raw), fetched_at=article.retrieved_at, parser="1", packed=pack(raw)
    )
    item = Extraction(
        article=article, claims=(), shingles=frozenset(), component="", component_version="1", capture=capture
    )
    with writing(engine) as session:
        start_run(session, "run", "verify-articles", article.retrieved_at, {})
        save_batch(session, "run", [item], [])
    if damaged:
        with writers_of(engine).begin() as connection:
            connection.exec_driver_sql("UPDATE articles SET text = 'The port closes.'")
    engine.dispose()

    (check,) = check_stored(settings, None)
    assert check.good is not damaged
    told = "is not the one that was stored" if damaged else "1 articles as they were stored, 1 of them with the bytes"
    assert told in check.found
    assert damaged or "keep_raw is off" in check.found


def test_no_weights_are_needed_where_the_rules_work_alone() -> None:
    check = check_extractor("rules")

    assert check.good
    assert "without trained weights" in check.found


@pytest.mark.parametrize(
    ("extractor", "told"),
    [
        pytest.param("nowhere", "there is no", id="missing"),
        pytest.param("empty.npz", "empty.npz holds no weights", id="empty"),
        pytest.param("text.npz", "text.npz holds no weights", id="text"),
        pytest.param("cut.npz", "cut.npz holds no weights", id="cut-short"),
        pytest.param("other.npz", "other.npz holds no weights", id="other-arrays"),
    ],
)
def test_weights_that_cannot_be_read_are_missing(
    extractor: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    np.savez("other.npz", a=np.zeros(3))
    Path("empty.npz").touch()
    Path("text.npz").write_text("These are no weights.")
    Path("cut.npz").write_bytes(Path("other.npz").read_bytes()[:40])

    check = check_extractor(extractor)

    assert not check.good
    assert told in check.found


@pytest.mark.parametrize(
    ("judge", "tables"),
    [
        pytest.param(
            "lexical", {"judge's table": "verdict.json", "check's table": "check-lexical.json"}, id="words-alone"
        ),
        pytest.param("judge", {"judge's table": "judge-table.json", "check's table": "check.json"}, id="a-network"),
    ],
)
def test_the_tables_of_weights_are_told_by_their_hash(
    judge: str, tables: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted = tmp_path / "judge-table.json"
    shutil.copy(ROOT / "models" / "verdict.json", fitted)
    monkeypatch.setattr(pairs, "TABLE", fitted)

    checks = {check.name: check for check in check_tables(judge)}

    assert checks.keys() == tables.keys()
    for name, file in tables.items():
        data = (fitted if file == fitted.name else ROOT / "models" / file).read_bytes()
        assert checks[name].good
        assert checks[name].found.startswith(f"{file} ")
        assert checks[name].found.endswith(f", sha256 {sha256(data).hexdigest()[:16]}")


def test_a_network_without_its_table_is_no_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "TABLE", tmp_path / "nowhere.json")

    check, _ = check_tables("judge")

    assert not check.good
    assert "nowhere.json cannot be read" in check.found
