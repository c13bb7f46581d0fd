"""What a million articles a day would take, reckoned from measured costs: cores, memory, disk, and where it breaks first.

A reckoning, no measurement: the costs in bench/million.toml are measured on one machine with thousands of articles, and
taken to hold for a million. `--measure` measures again what this machine can, and prints it for that file.
"""

import argparse
import math
import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.articles import find_files

TABLE = Path(__file__).with_name("million.toml")
DAY_MS = 86_400_000
BUSY = 0.7  # of a core's time, so that a queue empties again
BATCH = 50  # articles of a task run, as in the settings
STEPS = 3  # task runs of a batch: read, extract, store
WINDOW_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is asked for: so many articles a day, all of them pages, and so many days to look back."""

    articles: int
    window_days: int = WINDOW_DAYS


def main() -> None:
    """Print the reckoning, or measure its inputs."""
    parser = argparse.ArgumentParser(prog="python -m bench.million", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000, help="articles a day (1000000)")
    parser.add_argument("--window", type=int, default=WINDOW_DAYS, help="days to look back (30)")
    parser.add_argument("--measure", type=int, metavar="N", nargs="?", const=200, help="measure with N articles (200)")
    chosen = parser.parse_args()
    if chosen.measure:
        measure(chosen.measure)
        return
    for row in reckon(Load(articles=chosen.articles, window_days=chosen.window), read_costs()):
        print(row)


def read_costs() -> dict[str, float]:
    """Return the measured costs by name."""
    tables = tomllib.loads(TABLE.read_text(encoding="utf-8")).values()
    return {name: float(cost["value"]) for table in tables for name, cost in table.items()}


def reckon(load: Load, costs: Mapping[str, float]) -> Iterator[str]:
    """Yield what such a day takes, line by line."""
    yield f"{load.articles:,} articles a day, {claims_of(load, costs):,.0f} claims; {load.window_days} days to look back\n"
    yield f"{'stage':<34}{'ms/article':>12}{'cores':>8}"
    for stage, cost in stages(costs).items():
        yield f"{stage:<34}{cost:>12.1f}{cores(load.articles * cost):>8.1f}"
    yield f"{'compare, were the window empty':<34}{costs['relations_ms']:>12.1f}{cores(load.articles * costs['relations_ms']):>8.1f}"
    yield ""
    yield from machines(load, costs)
    yield ""
    yield from limits(load, costs)


def stages(costs: Mapping[str, float]) -> dict[str, float]:
    """Return the milliseconds of each stage that may be divided among as many processes as there are."""
    return {
        "read (pages)": costs["page_ms"],
        "extract": costs["extract_ms"],
        "store (one writer at a time)": costs["store_ms"],
        "vectors of claims": costs["vectors_ms"],
        "Prefect's server, pages by batches": costs["task_run_ms"] * STEPS / BATCH,
        "Prefect's server, a task run a page": costs["task_run_ms"] * (1 + (STEPS - 1) / BATCH),
    }


def machines(load: Load, costs: Mapping[str, float]) -> Iterator[str]:
    """Yield how many processes, how much memory and how much disk."""
    work = costs["page_ms"] + costs["extract_ms"] + costs["vectors_ms"]
    workers = math.ceil(cores(load.articles * work))
    yield f"workers (one core each, {BUSY:.0%} busy): {workers}, {workers * costs['worker_mb'] / 1_000:.1f} GB of memory"
    kept = costs["database_kb"] + costs["page_kb"]
    yield f"database: {load.articles * kept / 1e6:,.0f} GB a day, {load.articles * kept * 365 / 1e9:,.1f} TB a year (bytes of pages kept)"
    runs = load.articles * (1 + (STEPS - 1) / BATCH)
    batched = load.articles * STEPS / BATCH
    yield f"Prefect: {runs:,.0f} task runs a day, {runs * costs['task_run_kb'] / 1e6:,.1f} GB; {batched:,.0f} and {batched * costs['task_run_kb'] / 1e6:,.1f} GB if pages came in batches"


def limits(load: Load, costs: Mapping[str, float]) -> Iterator[str]:
    """Yield what one writer stores and compares in a day, and what the window holds."""
    yield f"one writer stores {DAY_MS / costs['store_ms']:,.0f} articles a day"
    claims = comparable(load.window_days, costs)
    yield (
        f"one writer compares {claims:,.0f} claims a day ({claims / costs['claims']:,.0f} articles) while {load.window_days} days of them"
        f" lie in the window; {comparable(0, costs):,.0f} ({comparable(0, costs) / costs['claims']:,.0f}) if the window cost nothing"
    )
    window = claims_of(load, costs) * load.window_days
    yield f"a window with all {window:,.0f} claims: {window / 1e6 * costs['window_gb']:,.0f} GB of vectors for each block, {of_claim(window, costs) / 1_000:,.1f} s for each claim"


def claims_of(load: Load, costs: Mapping[str, float]) -> float:
    """Return how many claims a day brings."""
    return load.articles * costs["claims"]


def cores(milliseconds: float) -> float:
    """Return how many cores a day's work keeps busy as far as they may be."""
    return milliseconds / DAY_MS / BUSY


def of_claim(window: float, costs: Mapping[str, float]) -> float:
    """Return the milliseconds that one new claim takes with so many in the window."""
    return costs["relations_ms"] / costs["claims"] + costs["window_ms"] * window / 1_000


def comparable(days: int, costs: Mapping[str, float]) -> float:
    """Return how many claims a day one writer compares, when the window holds so many days of that many claims.

    With n claims a day each costs a + b n, and n (a + b n) is the day.
    """
    fixed, slope = of_claim(0, costs), costs["window_ms"] * days / 1_000
    return DAY_MS / fixed if not slope else (math.sqrt(fixed**2 + 4 * slope * DAY_MS) - fixed) / (2 * slope)


def measure(count: int) -> None:
    """Take made articles through all stages on this machine, and print the costs of one as lines of the table."""
    from bench.__main__ import make_articles
    from bench.meter import Meter
    from bench.pages import make_pages
    from bench.parts import run_directly
    from tasks.model.evidence import pack

    meter = Meter()
    with tempfile.TemporaryDirectory() as folder:
        articles = make_articles(count, Path(folder))
        os.chdir(folder)
        run_directly([str(path) for path in find_files(articles)], meter)
        size = sum(path.stat().st_size for path in Path(folder).glob("direct.db*"))
        claims = count_claims(Path(folder) / "direct.db")
    laps = {"read": "read", "extract": "extract", "store": "store", "vectors": "compare: vectors", "relations": "compare: relations"}
    for name, lap in laps.items():
        print(f"{name}_ms = {1_000 * meter.laps[lap].cpu / count:.1f}")
    print(f"claims = {claims / count:.1f}\ndatabase_kb = {size / 1_000 / count:.1f}")
    page = next(make_pages(1)).html.encode()
    print(f"page_kb = {len(pack(page)) / 1_000:.1f}")
