import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.settings import ROOT

ARTICLE = "Minister Ana Petrov said on Friday that the mill released chlorine. Mill director Tom Reed denied it.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    (work / "mill.txt").write_text(ARTICLE)
    return work


def rashomon(*arguments: str, text: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rashomon", *arguments]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    clean |= {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(Path.cwd().parent / "prefect")} | environment
    return subprocess.run(command, env=clean, input=text, capture_output=True, text=True, check=False)


def test_help_comes_at_once() -> None:
    times = []
    for _ in range(3):
        before = os.times()
        rashomon("--help")
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)

    assert min(times) < 0.5, "seconds of the processor: an import went up to the top of rashomon.py"


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, rashomon, tasks.console; print([name for name in sys.argv if name in sys.modules])"
    command = [sys.executable, "-c", code, "prefect", "spacy", "sqlalchemy", "pydantic_settings"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"


def test_help_names_every_command() -> None:
    shown = rashomon("--help").stdout

    assert all(
        name in shown for name in ["verify", "watch", "read", "report", "export", "extract", "compare", "doctor"]
    )


@pytest.mark.parametrize("command", ["verify", "watch", "read", "report", "export", "extract", "compare", "doctor"])
def test_each_command_teaches(command: str) -> None:
    result = rashomon(command, "--help")

    assert result.returncode == 0
    assert command == "doctor" or f"rashomon {command}" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        pytest.param(["verify", "nowhere.txt"], {}, "nowhere.txt", id="no such source"),
        pytest.param(["verify"], {}, "SOURCE", id="no source"),
        pytest.param(["prove"], {}, "prove", id="no such command"),
        pytest.param(["verify", "mill.txt"], {"RASHOMON_BATCH_SIZE": "many"}, "RASHOMON_BATCH_SIZE", id="settings"),
        pytest.param(["verify", "mill.txt"], {"RASHOMON_DATABASE_URL": "sqlite:///no/x.db"}, "folder", id="database"),
        pytest.param(["watch"], {}, "RASHOMON_FEEDS", id="nothing to watch"),
        pytest.param(["report"], {}, "rashomon verify", id="nothing stored"),
        pytest.param(["extract", "nowhere.jsonl", "out.jsonl"], {}, "nowhere.jsonl", id="no such file"),
        pytest.param(["extract", "mill.txt", "out.jsonl"], {}, "mill.txt, line 1: not JSON", id="not JSON"),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments: list[str], environment: dict[str, str], words: str) -> None:
    result = rashomon(*arguments, **environment)

    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_read_shows_what_would_be_taken_and_stores_nothing(folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    result = rashomon("read", "mill.txt", "empty.txt")

    assert result.returncode == 0
    assert "text | Minister Ana Petrov" in result.stdout
    assert "SET ASIDE  " in result.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["empty.txt", "mill.txt"]


def test_read_gives_json_lines_and_takes_standard_input() -> None:
    rows = [json.loads(line) for line in rashomon("read", "-", "--json", text=ARTICLE).stdout.splitlines()]

    assert [(row["kind"], row["text"]) for row in rows] == [("article", ARTICLE.strip())]


def test_extract_answers_each_line_in_its_order(folder: Path) -> None:
    texts = [{"id": 1, "text": ARTICLE}, {"id": "b", "text": ""}, {"id": 3, "text": "It rained."}]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in texts))
    result = rashomon("extract", "in.jsonl", "out.jsonl")
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]

    assert (result.returncode, [row["id"] for row in rows]) == (0, [1, "b", 3])
    assert [len(row["attributions"]) for row in rows] == [2, 0, 0]
    [start, end] = rows[0]["attributions"][0]["source"][0]
    assert ARTICLE[start:end] == "Minister Ana Petrov"


def test_doctor_finds_what_is_needed_and_makes_nothing(folder: Path) -> None:
    result = rashomon("doctor", "--json", RASHOMON_DATABASE_URL="sqlite:///fresh.db")
    checks = {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}

    assert result.returncode == 0
    assert "sha256" in checks["language model"]["found"]
    assert not (folder / "fresh.db").exists()


@pytest.mark.server
def test_verify_needs_no_server_and_says_last_where_the_report_is(folder: Path) -> None:
    result = rashomon("verify", "mill.txt")

    assert (result.returncode, result.stderr) == (0, "")
    *_, last = result.stdout.splitlines()
    assert Path(last.removeprefix("Report: ")).is_file()
    assert last.startswith("Report: ")
    for arguments in (["report"], ["export", "out"], ["export", "out", "--format", "csv"]):
        assert rashomon(*arguments).returncode == 0
    rows = [json.loads(line) for line in (folder / "out" / "claims.jsonl").read_text().splitlines()]
    assert {"assert", "deny"} <= {row["act"] for row in rows}
    assert (folder / "out" / "findings.csv").is_file()


@pytest.mark.server
def test_verify_fails_with_one_line_where_nothing_could_be_read(folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    result = rashomon("verify", "empty.txt", "--json")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("rashomon: no article could be read")
    assert result.stderr.count("\n") == 1
