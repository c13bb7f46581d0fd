"""Measure each stage, called directly and as a flow, and print a table of ratios to raw spaCy on the same articles."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.articles import find_files, vary
from bench.meter import Meter
from bench.short_articles import write_articles
from bench.table import show
from tasks.settings import ROOT, load_settings


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--articles", type=Path, metavar="DIR", help="measure with these files, not with made ones")
    parser.add_argument("--count", type=int, default=200, help="how many articles to make (200)")
    parser.add_argument(
        "--events", type=int, default=0, help="make articles of so many events of their own each, not of the examples"
    )
    parser.add_argument("--part", help=argparse.SUPPRESS)  # how this program starts itself
    chosen = parser.parse_args()
    if chosen.part:
        measure(chosen.part, [str(path) for path in find_files(chosen.articles)])
        return
    with tempfile.TemporaryDirectory() as folder:
        articles = chosen.articles.absolute() if chosen.articles else Path(folder) / "articles"
        if chosen.events:
            write_articles(chosen.count, articles, chosen.events)
        elif not chosen.articles:
            make_articles(chosen.count, Path(folder))
        meter = Meter()
        for part in ("raw", "direct", "flow"):
            meter.merge(run_part(part, articles, Path(folder)))
        show(meter)


def make_articles(count: int, folder: Path) -> Path:
    """Return a folder with so many articles, made from the examples."""
    from tasks.read import find_all, read_all, sort_inputs

    target = folder / "articles"
    target.mkdir()
    settings = load_settings()
    [batch] = sort_inputs(find_all([str(ROOT / "examples")], "", settings), 1_000).batches
    vary(list(read_all(batch.label, batch.inputs, settings, datetime.now(UTC)).articles), count, target)
    return target


def run_part(part: str, articles: Path, folder: Path) -> str:
    """Return what one part, in a process and with databases of its own, has measured."""
    command = [sys.executable, "-m", "bench", "--part", part, "--articles", str(articles)]
    variables = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=variables, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout.splitlines()[-1]


def measure(part: str, paths: list[str]) -> None:
    """Run one part and print what it measured as one line."""
    from bench.parts import PARTS

    meter = Meter()
    PARTS[part](paths, meter)
    print(json.dumps(meter.as_dict()))


if __name__ == "__main__":
    main()
