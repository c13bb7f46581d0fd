"""The page for operators: every command in it is one that the program takes, every setting one that exists."""

import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from rashomon import app, main
from tasks.console.prefect_settings import prefect_variables
from tasks.settings import ROOT, Alerts, Limits, Settings

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
SPANS = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL))
PLACES = ("Serve", "Alerts", "When something fails", "More than one machine")
COMMANDS: Any = typer.main.get_command(app)  # typer brings a click of its own


def words_of(line: str) -> list[str]:
    """Return the arguments of a line that calls `rashomon`, without what a shell does before and after."""
    words = shlex.split(line.rpartition("&& ")[2].partition(" >>")[0], comments=True)
    while words and re.match(r"[A-Z_]+=", words[0]):
        del words[0]
    return words[1:] if words and words[0].rpartition("/")[2] == "rashomon" else []


def command_lines() -> list[str]:
    shown = [line for block in BLOCKS for line in block.splitlines()]
    shown += [span for span in SPANS if re.search(r"(^| )rashomon [a-z]", span)]
    return [line for line in shown if words_of(line)]


@pytest.mark.parametrize("line", sorted(set(command_lines())))
def test_a_command_of_the_page_is_one_of_the_program(line: str) -> None:
    """Its options and arguments are those that the command line knows."""
    name, *arguments = words_of(line)
    if not arguments:  # named in a sentence
        assert name in {*COMMANDS.commands, "serve", "alerts"}
        return
    command = COMMANDS.commands[name]
    with command.make_context(name, arguments) as context:
        assert context.params


def test_the_page_shows_commands() -> None:
    assert len(set(command_lines())) > 15


def test_settings_of_the_page_exist() -> None:
    names = {one.lower() for one in re.findall(r"RASHOMON_([A-Z_]+)=", PAGE)}
    names |= {one.lower() for one in re.findall(r"RASHOMON_ALERTS__([A-Z_]+)", PAGE)}
    names |= set(re.findall(r"`([a-z_]+) = ", PAGE))
    names |= {
        line.split(" = ")[0]
        for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
        for line in block.split("\n")
    }
    tables = {name for name in names if name.startswith("[")}
    assert names - tables - {""} <= {*Settings.model_fields, *Limits.model_fields, *Alerts.model_fields}
    assert tables <= {f"[{name}]" for name in Settings.model_fields}
    assert len(names) > 5


def test_variables_of_prefect_exist() -> None:
    from prefect.settings.legacy import _get_settings_fields

    known = {field.name for field in _get_settings_fields(__import__("prefect.settings").settings.Settings).values()}
    known |= {"PREFECT_SERVER_ENCRYPTION_KEY"}  # which Prefect reads past its own settings
    named = {name for name in re.findall(r"\bPREFECT_[A-Z0-9_]+\b", PAGE) if not name.startswith("PREFECT_LOGGING_")}
    assert named - known == set()
    assert set(prefect_variables()) - known == set()
    assert len(named) > 5


@pytest.mark.parametrize("place", PLACES)
def test_the_page_has_its_places(place: str) -> None:
    assert f"\n## {place}\n" in PAGE


@pytest.mark.usefixtures("no_server")
def test_what_it_says_of_backups_and_purging_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines of these parts, one after the other, on a database of one's own."""
    from tasks.storage.database import open_database

    monkeypatch.chdir(tmp_path)
    open_database("sqlite:///rashomon.db").dispose()
    lines = [
        line for line in command_lines() if re.match(r"rashomon (backup|purge)|RASHOMON_DATABASE_URL=sqlite", line)
    ]
    lines = [line for line in dict.fromkeys(lines) if words_of(line)[1:] and "export" not in line]
    assert len(lines) >= 7
    for line in sorted(lines, key=lambda line: line.startswith("RASHOMON")):
        with monkeypatch.context() as patch:
            for variable in re.findall(r"(RASHOMON_[A-Z_]+)=(\S+)", line):
                patch.setenv(*variable)
            patch.setattr(sys, "argv", ["rashomon", *words_of(line)])
            with pytest.raises(SystemExit) as ended:
                main()
        assert ended.value.code in {0, None}, (line, capsys.readouterr())
    assert (tmp_path / "rashomon-backup.db").is_file()
    assert (tmp_path / "try.db").is_file()


def test_every_automation_is_told_of() -> None:
    from tasks.serving.automations import automation_files, describe

    rows = set(re.findall(r"^\| `(rashomon-[a-z-]+)` \|", PAGE, re.MULTILINE))
    assert rows == {describe(path)[0] for path in automation_files()}
