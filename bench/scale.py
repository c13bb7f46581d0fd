"""How fast the extraction stage is on one process and on two: threads, processes, Dask, each as the settings choose.

Each way runs in processes of its own over the same made articles. They are read first, and a few are extracted, so that
the models are loaded; what is told is the extraction alone, on the clock and in the processor's time of all processes
that take part. The ratios are to threads, which are one process. On a shared machine the processor's time alone counts.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.__main__ import make_articles
from bench.meter import TICKS
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.settings import ROOT

# The runner, and how many workers it has; threads come first, since the others are told against them.
WAYS = (("threads", 4), ("processes", 1), ("processes", 2), ("dask", 1), ("dask", 2))
WARM = 4  # articles of a batch that warms up
POOL = "spawn_main"  # stands in the command of a process that works for a runner; the others are Prefect's server


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What one way took for the extraction: seconds on the clock, and of the processor, the server told apart."""

    runner: str
    workers: int
    articles: int
    wall: float
    cpu: float
    server: float


def main() -> None:
    """Measure each way and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="how many articles to make (2000)")
    parser.add_argument("--way", help=argparse.SUPPRESS)  # how this program starts itself
    parser.add_argument("--articles", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.way:
        print(json.dumps(asdict(measure(chosen.way, chosen.articles))))
        return
    print(f"{'runner':<14}{'workers':>8}{'articles/s':>12}{'ratio':>8}{'cpu ms':>9}{'ratio':>8}{'server ms':>11}")
    with tempfile.TemporaryDirectory() as folder:
        articles = make_articles(chosen.count, Path(folder))
        paces: list[Pace] = []
        for runner, workers in WAYS:
            paces.append(measure_apart(runner, workers, articles, Path(folder)))
            print(line(paces[-1], paces[0]), flush=True)
    print("\ncpu: milliseconds of the processor for each article; server: Prefect's, for each article")


def measure_apart(runner: str, workers: int, articles: Path, folder: Path) -> Pace:
    """Return what one way takes, measured in a process, with a database and a Prefect of its own."""
    home = folder / f"{runner}-{workers}"
    home.mkdir()
    variables = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(home),
        "RASHOMON_DATABASE_URL": f"sqlite:///{home / 'rashomon.db'}",
        "RASHOMON_TASK_RUNNER": runner,
        "RASHOMON_WORKERS": str(workers),
    }
    command = [sys.executable, "-m", "bench.scale", "--way", runner, "--articles", str(articles)]
    done = subprocess.run(command, cwd=home, env=variables, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return Pace(**json.loads(done.stdout.splitlines()[-1]))


def measure(runner: str, folder: Path) -> Pace:
    """Return what the extraction of the articles in a folder takes with the runner of the settings."""
    set_prefect_defaults(verbose=False)
    os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
    from prefect import flow

    from tasks.runners import chosen_runner
    from tasks.settings import load_settings

    settings = load_settings()
    run = flow(name=f"bench {runner}", task_runner=chosen_runner(), validate_parameters=False)(extract_all)
    articles, wall, cpu, server = run(sorted(str(path) for path in folder.iterdir()))
    return Pace(runner=runner, workers=settings.workers, articles=articles, wall=wall, cpu=cpu, server=server)


def extract_all(paths: list[str]) -> tuple[int, float, float, float]:
    """Return how many articles were extracted, and what that took: clock, processor, processor of the server."""
    from tasks.settings import load_settings

    settings = load_settings()
    readings = read_in_batches(paths, settings.batch_size)
    warm = read_in_batches(paths[: 2 * WARM * settings.workers], WARM)
    count_extracted(warm)
    before, wall = cpu_now(), time.perf_counter()
    articles = count_extracted(readings)
    after, wall = cpu_now(), time.perf_counter() - wall
    return articles, wall, after[0] - before[0], after[1] - before[1]


def read_in_batches(paths: Sequence[str], size: int) -> list[object]:
    """Return the futures of readings, all of them done; what was read stays where it was read."""
    from datetime import UTC, datetime

    from tasks.read import find_all, read_batch, sort_inputs
    from tasks.settings import load_settings
    from tasks.submitting import as_completed, submit

    settings = load_settings()
    batches = sort_inputs(find_all(paths, "", settings), size).batches
    readings = [submit(read_batch, batch, settings, datetime.now(UTC)) for batch in batches]
    for _ in as_completed(readings):
        pass
    return list(readings)


def count_extracted(readings: Sequence[object]) -> int:
    """Return how many articles extraction gave; the claims stay where they were found, as in a run."""
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    from tasks.extract import extract_batch
    from tasks.settings import load_settings
    from tasks.submitting import submit

    settings = load_settings()
    count = task(cache_policy=NO_CACHE)(count_articles)
    extracted = [submit(extract_batch, str(number), [reading], settings) for number, reading in enumerate(readings)]
    counts = [submit(count, one) for one in extracted]
    return sum(one.result() for one in counts)


def count_articles(extracted: object) -> int:
    """Return how many articles an extraction holds; an article that failed is none."""
    from tasks.steps.batches import Extracted

    return len(extracted.extractions) if isinstance(extracted, Extracted) else 0


def cpu_now() -> tuple[float, float]:
    """Return the seconds of the processor that the flow and its workers have used until now, and Prefect's server."""
    used = dict(descendants())
    workers = sum(seconds for command, seconds in used.values() if POOL in command)
    others = sum(seconds for command, seconds in used.values() if POOL not in command)
    return time.process_time() + workers, others


def descendants() -> Iterator[tuple[int, tuple[str, float]]]:
    """Yield the living processes below this one, each with its command and the seconds of the processor it has used."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        number = int(stat.parent.name)
        parents[number], used[number] = int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS
    for number, seconds in used.items():
        above = parents.get(number, 0)
        while above not in {0, os.getpid()}:
            above = parents.get(above, 0)
        if above:
            yield number, (command_of(number), seconds)


def command_of(number: int) -> str:
    """Return how a process was started, "" where it has ended."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def line(pace: Pace, first: Pace) -> str:
    """Return one line of the table."""
    speed, cpu = pace.articles / pace.wall, 1_000 * pace.cpu / pace.articles
    first_speed, first_cpu = first.articles / first.wall, 1_000 * first.cpu / first.articles
    figures = f"{speed:12.1f}{speed / first_speed:8.2f}{cpu:9.1f}{cpu / first_cpu:8.2f}"
    return f"{pace.runner:<14}{pace.workers:>8}{figures}{1_000 * pace.server / pace.articles:11.1f}"


if __name__ == "__main__":
    main()
