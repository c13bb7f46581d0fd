"""Whole runs, several at once, on PostgreSQL: nothing lost, nothing doubled, and the exports of SQLite."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tasks.reporting.export import export_rows
from tasks.settings import ROOT, Settings
from tasks.steps.material import load_everything

pytestmark = pytest.mark.server

PROGRAM = Path(__file__).with_name("one_run.py")
PLACES = ("Larden", "Ostrava Bay", "Kestwick", "Port Maren", "Dornhal", "Velden")
# Of a row of an export these belong to the run, not to what was found.
OF_THE_RUN = {"retrieved_at", "fetched_at", "run_id", "last_success_at"}


def story(number: int) -> Iterator[str]:
    """Yield the three articles of one story: a charge, its denial, and who repeats the charge."""
    place, people = PLACES[number], 40 + 10 * number
    yield (
        f"The {place} mill released chlorine into the river, Minister Ana Petrov said on Friday.\n\n"
        f"Petrov said that {people} people had been taken to hospital in {place}."
    )
    yield (
        f"The {place} mill denied on Saturday that it had released chlorine into the river.\n\n"
        f"Director Tom Reed said that {people - 5} people had been taken to hospital in {place}."
    )
    yield f"Minister Ana Petrov said on Friday that the {place} mill had released chlorine into the river."


@pytest.fixture
def articles(tmp_path: Path) -> list[str]:
    paths = []
    for number in range(len(PLACES)):
        for part, text in enumerate(story(number)):
            path = tmp_path / f"{number}-{part}.txt"
            head = f"url: https://desk{part}.example/{number}\noutlet: Desk {part}\npublished: 2024-03-0{number + 1}\n"
            path.write_text(f"title: The mill of {PLACES[number]}, part {part}\n{head}\n{text}\n")
            paths.append(str(path))
    return paths


def start(url: str, size: int, files: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), url, str(size), *files]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def finish(*running: subprocess.Popen[str]) -> None:
    errors = [one.communicate(timeout=300)[1] for one in running]
    assert [one.returncode for one in running] == [0] * len(running), "\n".join(errors)


def without_run(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_run(inner) for key, inner in value.items() if key not in OF_THE_RUN}
    return [without_run(inner) for inner in value] if isinstance(value, list | tuple) else value


def exported(url: str) -> dict[str, list[str]]:
    rows = export_rows(load_everything(Settings(database_url=url)))
    return {kind: sorted(repr(without_run(row)) for row in found) for kind, found in rows.items()}


@pytest.fixture
def alone(articles: list[str], tmp_path: Path) -> dict[str, list[str]]:
    """What one run over all articles exports on SQLite."""
    url = f"sqlite:///{tmp_path / 'alone.db'}"
    finish(start(url, 50, articles))
    return exported(url)


def test_postgresql_and_sqlite_end_in_identical_exports(
    articles: list[str], alone: dict[str, list[str]], new_postgresql: Callable[[], str]
) -> None:
    finish(start(url := new_postgresql(), 50, articles))

    assert exported(url) == alone
    assert len(alone["articles"]) == len(articles)
    assert len(alone["relations"]) >= len(PLACES)


def test_runs_at_once_on_postgresql_end_as_one_run_on_sqlite(
    articles: list[str], alone: dict[str, list[str]], new_postgresql: Callable[[], str]
) -> None:
    """Each article is read by two runs or more, and they meet in different orders."""
    url = new_postgresql()
    finish(start(url, 3, articles[:12]), start(url, 4, articles[6:]), start(url, 5, articles[::-1]))

    assert exported(url) == alone
