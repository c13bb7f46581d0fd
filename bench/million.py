"""What a million articles a day would take, reckoned from measured costs: cores, memory, disk, what breaks first.

A reckoning, no measurement: the costs in bench/million.toml are measured on one machine with thousands of articles, and
taken to hold for a million. `--measure` measures again what this machine can, and prints it for that file.
"""

import argparse
import math
import os
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from bench.articles import find_files

TABLE = Path(__file__).with_name("million.toml")
DAY_MS = 86_400_000
BUSY = 0.7  # of a core's time, so that a queue empties again
BATCH = 50  # articles of a task run, as in the settings
LAPS = {
    "extract_ms": "extract",
    "store_ms": "store",
    "vectors_ms": "compare: vectors",
    "relations_ms": "compare: relations",
}
Costs = Mapping[str, float]


def main() -> None:
    """Print the reckoning, or measure its inputs."""
    parser = argparse.ArgumentParser(prog="python -m bench.million", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000, help="articles a day, all of them pages (1000000)")
    parser.add_argument("--window", type=int, default=30, help="days to look back for partners of a claim (30)")
    parser.add_argument("--measure", type=int, metavar="N", nargs="?", const=200, help="measure with N articles (200)")
    chosen = parser.parse_args()
    rows = measure(chosen.measure) if chosen.measure else reckon(chosen.articles, chosen.window, read_costs())
    for row in rows:
        print(row)


def read_costs() -> dict[str, float]:
    """Return the measured costs by name."""
    tables = tomllib.loads(TABLE.read_text(encoding="utf-8")).values()
    return {name: float(cost["value"]) for table in tables for name, cost in table.items()}


def reckon(articles: int, days: int, costs: Costs) -> Iterator[str]:
    """Yield line by line what so many articles a day take, with so many days to look back."""
    yield f"{articles:,} articles a day, {articles * costs['claims']:,.0f} claims, {days} days to look back"
    yield f"\n{'stage':<40}{'ms/article':>12}{'cores':>8}"
    for stage, cost in stages(costs).items():
        yield f"{stage:<40}{cost:>12.1f}{cores(articles * cost):>8.1f}"
    yield ""
    yield from machines(articles, costs)
    yield ""
    yield from one_writer(articles, days, costs)


def stages(costs: Costs) -> dict[str, float]:
    """Return the milliseconds of the processor that an article takes in each stage."""
    return {
        "read (pages)": costs["page_ms"],
        "extract": costs["extract_ms"],
        "vectors of claims": costs["vectors_ms"],
        "store (one writer at a time)": costs["store_ms"],
        "compare, with an empty window": costs["relations_ms"],
        "Prefect's server, no two of a host": costs["task_run_ms"] * runs_of(1),
        "Prefect's server, a batch of one host": costs["task_run_ms"] * batched_runs_of(1),
    }


def cores(milliseconds: float) -> float:
    """Return how many cores a day's work keeps as busy as they may be."""
    return milliseconds / DAY_MS / BUSY


def runs_of(articles: int) -> float:
    """Return how many task runs pages take where no two of a batch are of one host: one each, two for the batch."""
    return articles * (1 + 2 / BATCH)


def batched_runs_of(articles: int) -> float:
    """Return how many they take where all pages of a batch are of one host."""
    return articles * 3 / BATCH


def machines(articles: int, costs: Costs) -> Iterator[str]:
    """Yield how many processes there must be, and how much they keep."""
    workers = math.ceil(cores(articles * (costs["page_ms"] + costs["extract_ms"] + costs["vectors_ms"])))
    memory, disk = workers * costs["worker_mb"] / 1_000, articles * costs["database_kb"] / 1e6
    yield f"worker processes, a core each at {BUSY:.0%}: {workers}, {memory:.1f} GB of memory"
    yield f"database, without the bytes of pages: {disk:,.0f} GB a day, {disk * 365 / 1_000:,.1f} TB a year"
    for name, runs in (("at most", runs_of(articles)), ("at least", batched_runs_of(articles))):
        yield f"Prefect, {name}: {runs:,.0f} task runs a day, {runs * costs['task_run_kb'] / 1e6:,.1f} GB a day"


def one_writer(articles: int, days: int, costs: Costs) -> Iterator[str]:
    """Yield what one writer stores and compares in a day, since writers take turns, and what it would face."""
    yield f"one writer stores {DAY_MS / costs['store_ms']:,.0f} articles a day"
    for looked in (days, 1, 0):
        claims = comparable(looked, costs)
        done = f"{claims:,.0f} claims a day ({claims / costs['claims']:,.0f} articles)"
        yield f"one writer compares {done}, {looked} days back"
    window = articles * costs["claims"] * days
    vectors, seconds = window / 1e6 * costs["window_gb"], of_claim(window, costs) / 1_000
    yield f"all {window:,.0f} claims of {days} days: {vectors:,.0f} GB of vectors a block, {seconds:,.1f} s a claim"


def of_claim(window: float, costs: Costs) -> float:
    """Return the milliseconds that one new claim takes with so many in the window."""
    return costs["relations_ms"] / costs["claims"] + costs["window_ms"] * window / 1_000


def comparable(days: int, costs: Costs) -> float:
    """Return how many claims a day one writer compares, where the window holds so many days of that many.

    With n claims a day each takes a + b n, and n (a + b n) is the day.
    """
    fixed, slope = of_claim(0, costs), costs["window_ms"] * days / 1_000
    return (math.sqrt(fixed**2 + 4 * slope * DAY_MS) - fixed) / (2 * slope) if slope else DAY_MS / fixed


def measure(count: int) -> Iterator[str]:
    """Take made articles through all stages on this machine, and yield the costs of one as lines of the table."""
    from bench.__main__ import make_articles
    from bench.meter import Meter
    from bench.parts import run_directly

    meter = Meter()
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(path) for path in find_files(make_articles(count, Path(folder)))]
        os.chdir(folder)
        run_directly(paths, meter)
        size = sum(path.stat().st_size for path in Path(folder).glob("direct.db*"))
        claims = count_claims(Path(folder) / "direct.db")
    for name, lap in LAPS.items():
        yield f"{name} = {1_000 * meter.laps[lap].cpu / count:.1f}"
    yield f"claims = {claims / count:.1f}\ndatabase_kb = {size / 1_000 / count:.1f}"


def count_claims(file: Path) -> int:
    """Return how many claims a database holds."""
    with closing(sqlite3.connect(file)) as database:
        return int(database.execute("SELECT count(*) FROM claims").fetchone()[0])


if __name__ == "__main__":
    main()
