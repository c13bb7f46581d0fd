"""An article over which its process ends is set aside by the next run, in a process of its own; the others are read."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.failing.house import TROUBLE
from tasks.model.article import Article
from tasks.model.errors import EndedProcessError
from tasks.settings import ROOT, Settings
from tasks.steps.apart import extract_apart
from tasks.steps.inhand import extract_in_hand, is_left, note_in_hand
from tasks.steps.settling import this_machine, this_process
from tests.conftest import MakeArticle

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
SAID = "Mayor Ana Holm said on Friday that {} was safe. The builder denied on Saturday that it was."
READ = """
import pickle, sys
from tasks.steps.inhand import extract_in_hand
articles, settings = pickle.load(sys.stdin.buffer)
extract_in_hand(articles, settings)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'r.db'}", extractor="rules", limits={"extract_seconds": 2})


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let articles that ask for it make trouble in the processes that are started from here, and in no other."""
    monkeypatch.setenv("PYTHONPATH", f"{TROUBLE}{os.pathsep}{ROOT}")


@pytest.fixture
def articles(make_article: MakeArticle) -> list[Article]:
    things = ("the bridge", "Troubleexit", "the quay")
    return [make_article(SAID.format(thing), url=f"https://gazette.example/{thing}") for thing in things]


@pytest.mark.server  # real processes, each of which loads the models
@pytest.mark.usefixtures("trouble")
def test_a_run_that_died_of_an_article_is_followed_by_one_that_sets_it_aside(
    articles: list[Article], settings: Settings
) -> None:
    import pickle

    died = subprocess.run(
        [sys.executable, "-c", READ], input=pickle.dumps((articles, settings)), capture_output=True, check=False
    )
    assert died.returncode == 7, died.stderr

    outcomes = extract_in_hand(articles, settings)

    assert [article for article, _ in outcomes] == articles
    first, poison, last = (result for _, result in outcomes)
    assert isinstance(poison, EndedProcessError)
    assert str(poison) == "extraction ended its process (7)"
    for one in (first, last):
        assert isinstance(one, tuple)
        assert {claim.act.value for claim in one} == {"assert", "deny"}


@pytest.mark.server
@pytest.mark.usefixtures("trouble")
def test_a_loop_that_never_ends_is_ended_and_the_rest_is_read(
    articles: list[Article], settings: Settings, make_article: MakeArticle
) -> None:
    looping = make_article(SAID.format("Troubleloop"), url="https://gazette.example/loop")
    looped, first = extract_apart([looping, articles[0]], settings)

    assert "TimeLimitError: extraction took longer than it may" in str(looped[1])
    assert isinstance(first[1], tuple)


def test_who_has_gone_left_what_it_had_in_hand() -> None:
    here, elsewhere = this_process(), "elsewhere.1/aa/7 12 34"

    assert not is_left((here, NOON - timedelta(days=1)), NOON)
    assert is_left((f"{this_machine()} {os.getpid()} 1", NOON), NOON)
    assert not is_left((elsewhere, NOON - timedelta(hours=1)), NOON)
    assert is_left((elsewhere, NOON - timedelta(hours=7)), NOON)


def test_what_this_process_has_in_hand_is_no_suspect(articles: list[Article], settings: Settings) -> None:
    assert note_in_hand(articles, settings) == set()
    assert note_in_hand(articles, settings) == set()
