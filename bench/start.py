"""How long a command takes until it is at work: with no server, and with Prefect's temporary one.

At work is the moment at which the first verb begins, as `--verbose` tells it on standard error. The reference in the
same run is an interpreter that imports Prefect and spaCy and does nothing: no way of running the flow can be quicker.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tasks.settings import ROOT

ARTICLE = ROOT / "examples" / "01-wire-report.txt"
IMPORTS = "import prefect.main, spacy"
FIRST = "find-inputs"  # the first verb of the flow


def main() -> None:
    """Print the median of several starts of each kind."""
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each is started (5)")
    runs = parser.parse_args().runs
    imports = median(import_alone, runs)
    print(f"{'':<44}{'seconds':>9}{'/ imports':>11}")
    for name, measured in (
        ("an interpreter that imports both", imports),
        ("at work, no server", median(begin, runs)),
        ("at work, temporary server", median(lambda: begin(RASHOMON_TASK_RUNNER="processes"), runs)),
        ("one article, no server, to the end", median(whole, runs)),
    ):
        print(f"{name:<44}{measured:9.2f}{measured / imports:11.2f}")


def median(start: Callable[[], float], runs: int) -> float:
    """Return the middle one of so many measurements."""
    return sorted(start() for _ in range(runs))[runs // 2]


def import_alone() -> float:
    """Return the seconds of the imports."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)  # noqa: S603
    return time.perf_counter() - began


def begin(**variables: str) -> float:
    """Return the seconds from the command to its first verb; the run is ended then."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, started(Path(folder), variables) as running:
        for line in running.stderr or ():
            if FIRST in line:
                found = time.perf_counter() - began
                running.send_signal(signal.SIGINT)  # it takes its temporary server with it
                return found
    raise SystemExit("the command ended before its first verb")


def whole() -> float:
    """Return the seconds of a whole run over one article into a new database."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, started(Path(folder), {}) as running:
        running.communicate()
        return time.perf_counter() - began


def started(folder: Path, variables: Mapping[str, str]) -> subprocess.Popen[str]:
    """Return the command, started as by a user who has no server and no history."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    given = clean | {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(folder / "prefect")} | variables
    command = [sys.executable, "-m", "rashomon", "verify", "--verbose", str(ARTICLE)]
    return subprocess.Popen(command, cwd=folder, env=given, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603


if __name__ == "__main__":
    main()
