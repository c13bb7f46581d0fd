"""How fast the extraction stage is on one process and on two: threads, processes, Dask, each as the settings choose.

Each way runs in processes of its own over the same made articles. They are read first, and a few are extracted, so that
the models are loaded; what is told is the extraction alone, on the clock and in the processor's time of all processes
that take part. All ways stay alive and take turns, since a shared machine has slow minutes and quick ones: one process
alone took 64 and 110 ms for the same articles within a quarter of an hour. The ratios are to threads, which are one
process: of all turns together, and between brackets the least and the greatest of one turn.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import reduce
from pathlib import Path
from typing import IO

from bench.__main__ import make_articles
from bench.meter import TICKS
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.settings import ROOT

# The runner, and how many workers it has; threads come first, since the others are told against them.
WAYS = (("threads", 4), ("processes", 1), ("processes", 2), ("dask", 1), ("dask", 2))
TURNS = 4
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

    def __add__(self, other: "Pace") -> "Pace":
        """Return what this turn and another of the same way took."""
        return Pace(
            runner=self.runner,
            workers=self.workers,
            articles=self.articles + other.articles,
            wall=self.wall + other.wall,
            cpu=self.cpu + other.cpu,
            server=self.server + other.server,
        )

    @property
    def speed(self) -> float:
        """Articles in a second on the clock."""
        return self.articles / self.wall

    @property
    def cost(self) -> float:
        """Milliseconds of the processor for an article, the server's left out."""
        return 1_000 * self.cpu / self.articles


def main() -> None:
    """Measure all ways and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="how many articles to make (2000)")
    parser.add_argument("--turns", type=int, default=TURNS, help=f"in how many turns each way extracts them ({TURNS})")
    parser.add_argument("--way", help=argparse.SUPPRESS)  # how this program starts itself
    parser.add_argument("--articles", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.way:
        measure(chosen.way, chosen.articles, chosen.turns)
        return
    with tempfile.TemporaryDirectory() as folder:
        articles = make_articles(chosen.count, Path(folder))
        paces = take_turns(articles, chosen.turns, Path(folder))
    print(f"{'runner':<11}{'workers':>8}{'articles/s':>12}{'ratio':>20}{'cpu ms':>9}{'ratio':>20}{'server ms':>11}")
    for pace in paces:
        print(line(pace, paces[0]))
    print("\ncpu: milliseconds of the processor for each article; server: Prefect's, for each article")


def take_turns(articles: Path, turns: int, folder: Path) -> list[list[Pace]]:
    """Return for each way what each of its turns took; every second time they come the other way round."""
    with ExitStack() as stack:
        started = [stack.enter_context(measured_apart(*way, articles, turns, folder)) for way in WAYS]
        for child in started:
            told(child)  # that it is ready
        paces: list[list[Pace]] = [[] for _ in WAYS]
        for turn in range(turns):
            for place in range(len(WAYS))[:: -1 if turn % 2 else 1]:
                paces[place].append(Pace(**json.loads(ask(started[place]))))
                print(f"turn {turn + 1}: {line(paces[place][-1:])}", file=sys.stderr, flush=True)
    return paces


@contextmanager
def measured_apart(
    runner: str, workers: int, articles: Path, turns: int, folder: Path
) -> Iterator["subprocess.Popen[str]"]:
    """Give a process that extracts a share of the articles each time it is asked, with a Prefect of its own."""
    home = folder / f"{runner}-{workers}"
    home.mkdir()
    variables = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(home),
        "RASHOMON_DATABASE_URL": f"sqlite:///{home / 'rashomon.db'}",
        "RASHOMON_TASK_RUNNER": runner,
        "RASHOMON_WORKERS": str(workers),
    }
    command = [sys.executable, "-m", "bench.scale", "--way", runner, "--articles", str(articles), "--turns", str(turns)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=home, env=variables, stdin=pipe, stdout=pipe, text=True) as child:  # noqa: S603
        yield child  # it ends when nobody asks any more: leaving the block closes its input


def ask(child: "subprocess.Popen[str]") -> str:
    """Return what a process tells of the turn that it is given here."""
    print(file=opened(child.stdin), flush=True)
    return told(child)


def told(child: "subprocess.Popen[str]") -> str:
    """Return the next line of a process; one that has ended is a RuntimeError."""
    if not (found := opened(child.stdout).readline()):
        raise RuntimeError(f"{child.args!r} ended with {child.wait()}")
    return found


def opened(pipe: IO[str] | None) -> IO[str]:
    """Return a pipe that was asked for."""
    if pipe is None:  # pragma: no cover
        raise RuntimeError("no pipe")
    return pipe


def measure(runner: str, folder: Path, turns: int) -> None:
    """Extract a share of the articles in a folder whenever a line comes in, and print what that took."""
    set_prefect_defaults(verbose=False)
    os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
    from prefect import flow

    from tasks.runners import chosen_runner

    paths = sorted(str(path) for path in folder.iterdir())
    run = flow(name=f"bench {runner}", task_runner=chosen_runner(), validate_parameters=False)(extract_by_turns)
    run(runner, [paths[turn::turns] for turn in range(turns)])


def extract_by_turns(runner: str, shares: Sequence[Sequence[str]]) -> None:
    """Read all, load the models, and extract one share for each line that comes in."""
    from tasks.settings import load_settings

    settings = load_settings()
    readings = [read_in_batches(share, settings.batch_size) for share in shares]
    count_extracted(read_in_batches(shares[0][: 2 * WARM * settings.workers], WARM))
    print("ready", flush=True)
    for share, _ in zip(readings, sys.stdin, strict=False):
        before, wall = cpu_now(), time.perf_counter()
        articles = count_extracted(share)
        after, wall = cpu_now(), time.perf_counter() - wall
        used = {"cpu": after[0] - before[0], "server": after[1] - before[1], "wall": wall}
        print(json.dumps(asdict(Pace(runner=runner, workers=settings.workers, articles=articles, **used))), flush=True)


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


def line(turns: Sequence[Pace], first: Sequence[Pace] = ()) -> str:
    """Return one line of the table; without a first way there are no ratios."""
    pace = reduce(Pace.__add__, turns)
    speeds = [one.speed / other.speed for one, other in zip(turns, first, strict=False)]
    costs = [one.cost / other.cost for one, other in zip(turns, first, strict=False)]
    base = reduce(Pace.__add__, first) if first else pace
    speed = f"{pace.speed:12.1f}{spread(pace.speed / base.speed, speeds):>20}"
    cost = f"{pace.cost:9.1f}{spread(pace.cost / base.cost, costs):>20}"
    return f"{pace.runner:<11}{pace.workers:>8}{speed}{cost}{1_000 * pace.server / pace.articles:11.1f}"


def spread(whole: float, turns: Sequence[float]) -> str:
    """Return a ratio with the least and the greatest of one turn; "" where it is to nothing."""
    return f"{whole:.2f} ({min(turns):.2f} to {max(turns):.2f})" if turns else ""


if __name__ == "__main__":
    main()
