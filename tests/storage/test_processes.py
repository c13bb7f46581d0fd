"""Several processes write at once, and one that is killed leaves nothing half done."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tasks.storage.articles import load_articles
from tasks.storage.claims import load_claims
from tasks.storage.database import open_database, reading

WRITER = Path(__file__).with_name("writer.py")
ROOT = WRITER.parents[2]


# Real processes, a dozen of them: not among the quick tests. A database in memory belongs to one process.
pytestmark = [pytest.mark.server, pytest.mark.parametrize("url", ["file", "postgresql"], indirect=True)]


def start(url: str, worker: int, batches: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), url, str(worker), str(batches), *more]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def count(url: str) -> tuple[int, int]:
    engine = open_database(url)
    with reading(engine) as session:
        articles, claims = load_articles(session), load_claims(session)
        check_versions(engine)
    engine.dispose()
    return len(articles), len(claims)


def check_versions(engine: Engine) -> None:
    """Each URL has the versions 1, 2, 3 and so on, none twice and none left out."""
    with reading(engine) as session:
        articles = load_articles(session)
    numbers = Counter(article.url for article in articles)
    expected = {(url, version + 1) for url, many in numbers.items() for version in range(many)}
    assert {(article.url, article.version) for article in articles} == expected


def test_six_processes_write_at_once(url: str) -> None:
    """They also make the database, all at the same moment."""
    workers = [start(url, worker, 20) for worker in range(6)]
    errors = [worker.communicate(timeout=120)[1] for worker in workers]
    assert errors == [""] * 6
    assert [worker.returncode for worker in workers] == [0] * 6
    assert count(url) == (6 * 20 * 4 + 20, 6 * 20 * 4 + 20)


def test_a_killed_process_leaves_whole_batches_and_goes_on(url: str) -> None:
    killed = start(url, 1, 3, "die")
    assert killed.communicate(timeout=60)[1] == ""
    assert killed.returncode == 9
    assert count(url) == (10, 10)
    again = start(url, 1, 3)
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert count(url) == (15, 15)
