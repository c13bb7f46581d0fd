"""What a run logs: JSON lines with the run and the article, and not a word of what it read."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.attribution import pipeline
from tasks.console.prefect_settings import prefect_variables
from tasks.logs import JSON_VARIABLES, JsonLines, of_run, tell, use_json_lines
from tasks.request import Articles, PastedText
from tasks.settings import ROOT

CANARY = "kingfisher"  # a word that stands in articles alone
ARTICLE = (
    "title: The {canary} returns\nurl: https://wire.example/{name}\noutlet: North Wire\npublished: 2024-03-01\n\n"
    'Minister Ana Petrov said on Friday that a {canary} had been seen at the mill. "The {canary} is back," she said. '
    "Mill director Tom Reed denied that any {canary} lives there.\n"
)


@pytest.fixture
def family() -> Iterator[logging.Logger]:
    logger = logging.getLogger("rashomon")
    before = logger.level
    logger.setLevel(logging.INFO)
    yield logger
    logger.setLevel(before)


class Hearing(logging.Handler):
    """Keeps every record of info and above."""

    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.INFO)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def heard(prefect_server: None) -> Iterator[list[logging.LogRecord]]:  # noqa: ARG001  (it sets up the logs first)
    """Give every record of a flow run that comes to the terminal."""
    import prefect.main  # noqa: F401  (sets up the handlers; later ones of ours would be lost)

    records: list[logging.LogRecord] = []
    handler = Hearing(records)
    logging.getLogger().addHandler(handler)
    yield records
    logging.getLogger().removeHandler(handler)


def line_of(record: logging.LogRecord) -> dict[str, object]:
    found: dict[str, object] = json.loads(JsonLines().format(record))
    return found


def test_a_line_names_run_article_and_event(family: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    with of_run("run-7"):
        tell("stored", "stored it", article_id="a1", claims=3)
    tell("stored", "of another", run_id="run-8")
    first, second = map(line_of, caplog.records)
    time = str(first.pop("time"))
    assert first == {
        "level": "info",
        "logger": f"{family.name}.stored",
        "event": "stored",
        "run_id": "run-7",
        "article_id": "a1",
        "message": "stored it",
        "claims": 3,
    }
    assert time.endswith("+00:00")
    assert (second["run_id"], "article_id" in second) == ("run-8", False)


def test_a_line_of_prefect_has_the_same_fields() -> None:
    record = logging.LogRecord("prefect.task_runs", logging.ERROR, __file__, 1, "It is %s", ("done",), None)
    record.__dict__ |= {"flow_run_id": "run-9", "task_run_name": "store-1-to-3"}
    line = line_of(record)
    assert (line["level"], line["run_id"], line["task"], line["message"]) == (
        "error",
        "run-9",
        "store-1-to-3",
        "It is done",
    )


def test_an_error_is_one_line_with_its_traceback() -> None:
    error = ValueError("no")
    record = logging.LogRecord("a", logging.ERROR, __file__, 1, "failed", (), (ValueError, error, None))
    text = JsonLines().format(record)
    assert "\n" not in text
    assert "ValueError: no" in json.loads(text)["error"]


def test_a_terminal_that_was_set_up_otherwise_gets_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = logging.StreamHandler()
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler, logging.NullHandler()])
    use_json_lines()
    assert isinstance(handler.formatter, JsonLines)


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore:.*<socket:pytest.PytestUnraisableExceptionWarning")
def test_no_word_of_an_article_is_logged(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    heard: list[logging.LogRecord],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """An article that is read, one that brings an error out, one without a sentence, and a text that is pasted."""
    from flows.verify_articles import verify_articles

    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("good", "bad"):
        (tmp_path / "in" / f"{name}.txt").write_text(ARTICLE.format(canary=CANARY, name=name))
    (tmp_path / "in" / "empty.txt").write_text(f"title: {CANARY}\n\n")
    real = pipeline.extract_articles

    def stumble(articles: object, nlp: object) -> object:
        items = list(articles)  # type: ignore[call-overload]
        if any(item.url.endswith("bad") for item in items):
            raise ValueError(f"cannot read: {items[0].text}")
        return real(items, nlp)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "extract_articles", stumble)
    pasted = PastedText(text=ARTICLE.format(canary=CANARY, name="pasted").partition("\n\n")[2])
    outcome = verify_articles(Articles(files=("in",), pasted=pasted))

    assert outcome.articles == 2
    events = {vars(record).get("event") for record in heard} - {None}
    assert events >= {"run-begun", "failed", "set-aside", "stored", "compared", "published", "run-completed"}
    logged = [record.getMessage() + JsonLines().format(record) for record in heard]
    assert [text for text in logged if CANARY in text.casefold()] == []
    assert CANARY not in "".join(capfd.readouterr()).casefold()
    failed = next(record for record in heard if vars(record).get("event") == "failed")
    assert vars(failed)["run_id"] == outcome.run_id
    assert len(vars(failed)["article_id"]) == 16


@pytest.mark.server  # Prefect in a process of its own
def test_prefects_own_processes_write_json_lines(tmp_path: Path) -> None:
    code = (
        "import logging, prefect.main; from prefect.logging import get_logger;"
        "get_logger('worker').warning('It waits');"
        "logging.getLogger('rashomon.x').warning('[red]So do we', extra={'run_id': 'r'})"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    given = clean | prefect_variables() | JSON_VARIABLES | {"PREFECT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=given, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    first, second = map(json.loads, done.stderr.splitlines())
    assert (first["logger"], first["message"]) == ("prefect.worker", "It waits")
    assert (second["run_id"], second["message"]) == ("r", "[red]So do we")
