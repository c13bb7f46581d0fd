import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

import pytest

from rashomon import main
from tasks.settings import ROOT

COMMANDS = (
    *("verify", "watch", "read", "report", "export", "extract", "compare", "check"),
    *("serve", "alerts", "purge", "backup", "restore", "doctor"),
)
ARTICLE = "Minister Ana Petrov said on Friday that the mill released chlorine. Mill director Tom Reed denied it.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    (work / "mill.txt").write_text(ARTICLE)
    return work


def environment() -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    return clean | {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(Path.cwd().parent / "prefect")}


def rashomon(*arguments: str, text: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rashomon", *arguments]
    given = environment() | variables
    return subprocess.run(command, env=given, input=text, capture_output=True, text=True, check=False)


class Run(Protocol):
    """Runs the command line in this process, which is quicker, and returns its exit status; `capsys` has the rest."""

    def __call__(self, *arguments: str, text: str = ..., **variables: str) -> int: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    def here(*arguments: str, text: str = "", **variables: str) -> int:
        monkeypatch.setattr(sys, "argv", ["rashomon", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main()
        return int(str(ended.value.code or 0))

    return here


def test_help_comes_at_once() -> None:
    times = []
    for _ in range(3):
        before = os.times()
        rashomon("--help")
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)

    assert min(times) < 0.5, "seconds of the processor: an import went up to the top of rashomon.py"


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, rashomon, tasks.console.output; print([name for name in sys.argv if name in sys.modules])"
    command = [sys.executable, "-c", code, "prefect", "spacy", "sqlalchemy", "pydantic_settings"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"


def test_help_names_every_command() -> None:
    shown = rashomon("--help").stdout

    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_teaches(command: str, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    assert command == "doctor" or f"\n  rashomon {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "variables", "words"),
    [
        pytest.param(["verify", "nowhere.txt"], {}, "nowhere.txt", id="no such source"),
        pytest.param(["verify"], {}, "SOURCE", id="no source"),
        pytest.param(["prove"], {}, "prove", id="no such command"),
        pytest.param(["verify", "mill.txt"], {"RASHOMON_BATCH_SIZE": "many"}, "RASHOMON_BATCH_SIZE", id="settings"),
        pytest.param(["verify", "mill.txt"], {"RASHOMON_DATABASE_URL": "sqlite:///no/x.db"}, "folder", id="database"),
        pytest.param(["watch"], {}, "RASHOMON_FEEDS", id="nothing to watch"),
        pytest.param(["check", "The mill released chlorine"], {}, "SOURCE", id="nothing to check"),
        pytest.param(["check", "It rained", "nowhere.txt"], {}, "nowhere.txt", id="no such article"),
        pytest.param(["check", "--stories", "no.jsonl", "out.jsonl"], {}, "no.jsonl", id="no such stories"),
        pytest.param(["report"], {}, "rashomon verify", id="nothing stored"),
        pytest.param(["purge", "--older-than", "90"], {}, "such as 90d", id="an age without its unit"),
        pytest.param(["purge", "--older-than", "0d"], {}, "from 1 to", id="no age"),
        pytest.param(["backup", "copy.db"], {}, "nothing to back up", id="no database to back up"),
        pytest.param(["restore", "copy.db"], {}, "copy.db", id="no such backup"),
        pytest.param(["extract", "nowhere.jsonl", "out.jsonl"], {}, "nowhere.jsonl", id="no such file"),
        pytest.param(["extract", "mill.txt", "out.jsonl"], {}, "mill.txt, line 1: not JSON", id="not JSON"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    arguments: list[str], variables: dict[str, str], words: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(*arguments, **variables)
    shown = capsys.readouterr()

    assert (status, shown.out) == (2, "")
    assert words in shown.err
    assert "Traceback" not in shown.err


def test_read_shows_what_would_be_taken_and_stores_nothing(
    folder: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.txt").write_text("")

    assert run("read", "mill.txt", "empty.txt") == 0
    shown = capsys.readouterr().out
    assert "text | Minister Ana Petrov" in shown
    assert "SET ASIDE  " in shown
    assert "date unknown\n  from " in shown
    assert shown.splitlines()[-1] == "taken: 1; lines dropped: 0; set aside: empty 1"
    assert sorted(path.name for path in folder.iterdir()) == ["empty.txt", "mill.txt"]


def test_read_tells_from_where_and_what_tells_the_date(
    folder: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "title: Mill\noutlet: Wire\nurl: https://wire.example/mill\npublished: 2024-03-01\n\n"
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"{head}LARDEN (Reuters) - {ARTICLE}")

    assert run("read", "a.txt", "b.txt") == 0
    shown = capsys.readouterr().out
    assert "Wire, 2024-03-01T00:00+00:00 (says the text's own header or record, given by header)" in shown
    assert f"a.txt, {(folder / 'a.txt').stat().st_size:,} bytes, language" in shown
    assert "names Reuters as its origin" in shown
    assert "TAKEN BEFORE  https://wire.example/mill" in shown
    assert shown.splitlines()[-1] == "taken: 1; lines dropped: 0; met twice: 1; set aside: 0"


def test_read_gives_json_lines_and_takes_standard_input(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", "-", "--json", text=ARTICLE) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["kind"], row["text"]) for row in rows] == [("article", ARTICLE.strip())]


def test_extract_answers_each_line_in_its_order(folder: Path, run: Run) -> None:
    texts = [{"id": 1, "text": ARTICLE}, {"id": "b", "text": ""}, {"id": 3, "text": "It rained."}]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in texts))

    assert run("extract", "in.jsonl", "out.jsonl") == 0
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == [1, "b", 3]
    assert [len(row["attributions"]) for row in rows] == [2, 0, 0]
    [start, end] = rows[0]["attributions"][0]["source"][0]
    assert ARTICLE[start:end] == "Minister Ana Petrov"


def test_compare_answers_each_pair(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    text = "The mill released chlorine into the river."
    pairs = [{"id": 7, "premise": text, "hypothesis": text}, {"id": 8, "premise": text, "hypothesis": "Tea is cheap."}]

    assert run("compare", "-", "-", text="".join(json.dumps(pair) + "\n" for pair in pairs)) == 0
    same, other = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (same["id"], same["label"], other["id"], other["label"]) == (7, "agree", 8, "neutral")
    assert same["score"] == max(same["probabilities"].values())
    assert set(same) == {"id", "label", "score", "p_conflict", "probabilities", "reasons"}


CHLORINE = "The mill released chlorine"


def test_check_groups_articles_by_their_stance_and_stores_nothing(
    folder: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "tea.txt").write_text("Tea was cheap on Sunday. The growers of Upper Lorn sold nine tons of it.\n")
    (folder / "empty.txt").write_text("")

    assert run("check", CHLORINE, "mill.txt", "tea.txt", "empty.txt") == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Statement: {CHLORINE}\nArticles: 2 (")
    assert "\u201cthat the mill released chlorine\u201d\n      Minister Ana Petrov (assert, for)" in shown
    assert shown.index("mill.txt") < shown.index("SILENT: nothing about it was found") < shown.index("tea.txt")
    assert "SET ASIDE  " in shown
    assert sorted(path.name for path in folder.iterdir()) == ["empty.txt", "mill.txt", "tea.txt"]


def test_check_gives_json_lines_whose_spans_point_into_the_article(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", CHLORINE, "-", "--json", text=ARTICLE) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert row["kind"] == "article"
    assert row["stance"] in {"supports", "denies", "reports"}
    quoted = [ARTICLE[start:end] for one in row["evidence"] for start, end in one["spans"]]
    assert "that the mill released chlorine" in quoted
    assert {"source": "Minister Ana Petrov", "act": "assert", "position": "for"}.items() <= row["evidence"][0].items()


def test_check_fails_where_nothing_could_be_read(folder: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.txt").write_text("")

    assert run("check", CHLORINE, "empty.txt") == 1
    assert capsys.readouterr().err == "rashomon: no article could be read\n"


def test_check_answers_each_story(folder: Path, run: Run) -> None:
    articles = [{"aid": "a", "text": ARTICLE}, {"aid": "b", "text": ""}]
    stories = [{"id": 1, "claim": CHLORINE, "articles": articles}, {"id": "none", "claim": CHLORINE, "articles": []}]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in stories))

    assert run("check", "--stories", "in.jsonl", "out.jsonl") == 0
    first, second = (json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines())
    assert (first["id"], second) == (1, {"id": "none", "articles": []})
    assert [(one["aid"], bool(one["evidence"])) for one in first["articles"]] == [("a", True), ("b", False)]
    assert first["articles"][1]["stance"] == "silent"
    evidence = first["articles"][0]["evidence"][0]
    assert ARTICLE[evidence["start"] : evidence["end"]] == "that the mill released chlorine"


def test_a_file_is_never_written_over_while_it_is_read(folder: Path, run: Run) -> None:
    (folder / "in.jsonl").write_text('{"id": 1, "text": "It rained."}\n')

    assert run("extract", "in.jsonl", "in.jsonl") == 2
    assert (folder / "in.jsonl").read_text() == '{"id": 1, "text": "It rained."}\n'


@pytest.mark.usefixtures("no_server")
def test_doctor_finds_what_is_needed_and_makes_nothing(
    folder: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("doctor", "--json", RASHOMON_DATABASE_URL="sqlite:///fresh.db") == 0
    checks = {row["name"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert "sha256" in checks["language model"]["found"]
    assert checks["extractor"]["found"].startswith("attribution.npz, sha256 ")
    assert not (folder / "fresh.db").exists()


def test_doctor_says_what_is_missing(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor", RASHOMON_SPACY_MODEL="no_such_model") == 1
    assert "FAULT    language model" in capsys.readouterr().out


def test_a_language_model_that_is_missing_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.jsonl").write_text(json.dumps({"id": 1, "text": ARTICLE}))

    assert run("extract", "in.jsonl", "out.jsonl", RASHOMON_SPACY_MODEL="no_such_model") == 2
    assert "no_such_model" in capsys.readouterr().err


@pytest.mark.server
def test_verify_needs_no_server_and_says_last_where_the_report_is(folder: Path) -> None:
    result = rashomon("verify", "mill.txt")

    assert (result.returncode, result.stderr) == (0, "")
    *_, last = result.stdout.splitlines()
    assert Path(last.removeprefix("Report: ")).is_file()
    assert last.startswith("Report: ")
    for arguments in (["report"], ["export", "out"], ["export", "out", "--format", "csv"]):
        assert rashomon(*arguments).returncode == 0
    told = rashomon("export", "out", "--format", "annotations", "--json")
    rows = [json.loads(line) for line in (folder / "out" / "claims.jsonl").read_text().splitlines()]
    assert {"assert", "deny"} <= {row["act"] for row in rows}
    assert (folder / "out" / "findings.csv").is_file()
    annotated = json.loads((folder / "out" / "annotations.jsonld").read_text())
    assert annotated["total"] == len(rows) == json.loads(told.stdout)["annotations"]
    assert {one["body"][0]["rashomon:act"] for one in annotated["first"]["items"]} == {row["act"] for row in rows}


@pytest.mark.server
@pytest.mark.parametrize(
    ("runner", "at_work", "number"),
    [
        pytest.param("threads", "find-inputs: begun", signal.SIGINT, id="in threads"),
        pytest.param("threads", "find-inputs: begun", signal.SIGTERM, id="in threads, by a service manager"),
        pytest.param("processes", "Beginning flow run", signal.SIGINT, id="with a temporary server"),
    ],
)
def test_an_interrupted_run_ends_at_once_with_one_line(
    folder: Path, runner: str, at_work: str, number: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "rashomon", "verify", "mill.txt", "-v"],
        env=environment() | {"RASHOMON_TASK_RUNNER": runner},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stderr is not None
        while at_work not in running.stderr.readline():
            assert running.poll() is None
        os.killpg(running.pid, number)  # as a terminal does: a temporary server hears it too
        began = time.monotonic()
        shown = running.stderr.read()

    assert (running.returncode, time.monotonic() - began < 10) == (128 + number, True)
    assert "rashomon: interrupted; what is stored stays stored" in shown
    assert "Traceback" not in shown
    assert not (folder / "reports").exists()


@pytest.mark.server
def test_verify_fails_with_one_line_where_nothing_could_be_read(folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    result = rashomon("verify", "empty.txt", "--json")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("rashomon: no article could be read")
    assert result.stderr.count("\n") == 1
