"""What a new claim costs while the database grows: compared with 10 thousand, 100 thousand, a million stored claims.

With `--window same` the time window holds as many claims whatever is stored, with `--window all` it holds all of them.
Each size has a database and two processes of its own: one that fills it, one that is measured.
"""

import argparse
import multiprocessing
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.growth_data import NOW, Made, days, make_article, make_new, related
from bench.growth_fill import multiply
from tasks.comparison.candidates import side_of
from tasks.comparison.embeddings import MODEL, load_embedder, pack
from tasks.model.claim import Claim
from tasks.settings import Settings, load_settings
from tasks.steps.comparing import compare_waiting, comparison_version, names_of
from tasks.steps.database import open_once
from tasks.storage.articles import save_batch
from tasks.storage.candidates import save_names
from tasks.storage.claims import save_embeddings
from tasks.storage.comparisons import mark_compared, save_relations
from tasks.storage.database import Session, writing
from tasks.storage.runs import start_run

RUN = "growth"
WINDOW = timedelta(days=30)
WINDOWS = {"same": WINDOW.days, "all": 10_000}  # days
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one size has cost: milliseconds for each new claim, and the memory of the process at its highest."""

    stored: int
    wall_ms: float
    cpu_ms: float
    relations: int
    peak_mb: float
    file_mb: float


def main() -> None:
    """Measure each size and print a table with the ratio to the first one."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--stored", default="10000,100000,1000000", help="how many claims are stored, by commas")
    parser.add_argument("--window", choices=[*WINDOWS, "both"], default="both", help="how many of them it holds")
    parser.add_argument("--new", type=int, default=500, help="how many new claims are compared (500)")
    parser.add_argument("--folder", type=Path, help="where the databases are written (a temporary folder)")
    chosen = parser.parse_args()
    heads = ("stored", "window", "ms/new", "cpu ms", "ratio", "relations", "peak MB", "file MB")
    print("".join(f"{head:>11}" for head in heads))
    windows = WINDOWS if chosen.window == "both" else {chosen.window: WINDOWS[chosen.window]}
    sizes = [int(size) for size in chosen.stored.split(",")]
    first: dict[str, Cost] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
            file = Path(folder) / "growth.db"
            in_a_process(fill, file, size, min(sizes))
            in_a_process(add_new, file, chosen.new, min(sizes))
            for name, days in windows.items():
                shutil.copy(file, again := file.with_name(f"{name}.db"))
                cost = in_a_process(measure, again, size, days)
                again.unlink()
                print(line(name, cost, first.setdefault(name, cost)), flush=True)


def in_a_process(work: Callable[..., T], *given: object) -> T:
    """Return what a function gives in a new process, so that the memory of one does not count for another."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def fill(file: Path, stored: int, inside: int) -> None:
    """Store so many claims as earlier runs have left them: compared, with vectors and relations."""
    place, version = url_of(file), comparison_version(load_settings())
    dates = days(0, inside, stored, WINDOW)
    story = [make_article(number, 0, day) for number, day in enumerate(dates)]
    with writing(open_once(place)) as session:
        claims = save(session, story)
        save_names(session, names_of(side_of(claims, np.concatenate([made.vectors for made in story]), {})))
        save_relations(session, related(story), version)
        mark_compared(session, {claim.id for claim in claims}, version)
    multiply(file, stored, inside, WINDOW)


def url_of(file: Path) -> str:
    """Return the address of a database."""
    return f"sqlite:///{file}"


def add_new(file: Path, new: int, inside: int) -> None:
    """Store new claims with their vectors."""
    with writing(open_once(url_of(file))) as session:
        save(session, make_new(new, inside))
    with closing(sqlite3.connect(file)) as database:  # so that the file holds everything and can be copied
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def save(session: Session, articles: Iterable[Made]) -> list[Claim]:
    """Store articles with their claims and vectors, and return the claims."""
    articles = list(articles)
    start_run(session, RUN, "growth", NOW, {})
    save_batch(session, RUN, [made.item for made in articles], [])
    vectors = {
        claim.id: pack(vector) for made in articles for claim, vector in zip(made.claims, made.vectors, strict=True)
    }
    save_embeddings(session, vectors, MODEL)
    return [claim for made in articles for claim in made.claims]


def measure(file: Path, stored: int, window_days: int) -> Cost:
    """Return what it costs to compare the new claims."""
    load_embedder().embed(["Its memory counts as well."])
    settings = Settings(database_url=url_of(file), window_days=window_days)
    open_once(settings.database_url)
    wall, cpu = time.perf_counter(), time.process_time()
    done = compare_waiting(settings)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Cost(
        stored=stored,
        wall_ms=1_000 * wall / done.claims,
        cpu_ms=1_000 * cpu / done.claims,
        relations=done.relations,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        file_mb=file.stat().st_size / 2**20,
    )


def line(window: str, cost: Cost, first: Cost) -> str:
    """Return one line of the table; the ratio is that of the processor's time, since other programs share the clock."""
    figures = f"{cost.wall_ms:11.2f}{cost.cpu_ms:11.2f}{cost.cpu_ms / first.cpu_ms:11.2f}"
    return f"{cost.stored:11,}{window:>11}{figures}{cost.relations:11,}{cost.peak_mb:11.0f}{cost.file_mb:11.0f}"


if __name__ == "__main__":
    main()
