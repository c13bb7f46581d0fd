"""A run of many short articles with a real Prefect server: the memory of both, while it goes on.

The flow process runs as a worker would start it, with the address of the server in its environment. Every line tells
how much is stored, the memory of flow and server, and what each has used of the processor; the second table what a
rerun of the same input costs, which stores nothing.
"""

import argparse
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2

from bench.meter import TICKS
from bench.short_articles import write_articles
from tasks.console.prefect_settings import prefect_variables
from tasks.settings import ROOT

PATIENCE = 180  # seconds for a server to start


def main() -> None:
    """Make the articles, start the server, run the flow over them, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.long_run", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many articles (10000)")
    parser.add_argument("--every", type=float, default=20.0, help="seconds between two lines (20)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(chosen.count, folder / "articles")
        with server(folder) as (running, address):
            for title in (f"{chosen.count:,} articles", "the same again"):
                print(f"\n{title}\n{'seconds':>8}{'articles':>10}{'claims':>9}{'flow MB':>9}{'peak':>6}"
                      f"{'server MB':>11}{'flow cpu s':>12}{'server cpu s':>14}")  # fmt: skip
                follow(folder, running.pid, address, chosen.every)


@contextmanager
def server(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Give a Prefect server with the settings that ship, and its address."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=log, stderr=log) as running,  # noqa: S603
    ):
        try:
            wait_for(address)
            yield running, address
        finally:
            running.send_signal(signal.SIGINT)


def wait_for(address: str) -> None:
    """Return once the server answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            httpx2.get(f"{address}/health", timeout=5).raise_for_status()
        except httpx2.HTTPError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"the server did not answer within {PATIENCE} seconds")


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return the variables of a user who has nothing but what ships."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    given = {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(folder / "prefect"), "DO_NOT_TRACK": "1"}
    return clean | prefect_variables() | given | variables


def follow(folder: Path, server_pid: int, address: str, every: float) -> None:
    """Run the flow once, and print a line every so often until it has ended."""
    began, before = time.monotonic(), cpu(server_pid)
    command = [sys.executable, "-m", "rashomon", "verify", "--json", str(folder / "articles")]
    given = environment(folder, PREFECT_API_URL=address)
    with subprocess.Popen(command, cwd=folder, env=given, stdout=subprocess.DEVNULL) as flow:  # noqa: S603
        shown, seen = began, ""
        while flow.poll() is None:
            time.sleep(0.5)
            seen = used(flow.pid) or seen
            if time.monotonic() - shown >= every:
                shown = time.monotonic()
                show(folder, flow.pid, server_pid, began, before)
    print(f"ended with {flow.returncode} after {time.monotonic() - began:.0f} s: {seen}")


def show(folder: Path, flow: int, server_pid: int, began: float, before: float) -> None:
    """Print how things stand."""
    articles, claims = stored(folder)
    now, peak = memory(flow)
    print(f"{time.monotonic() - began:8.0f}{articles:10,}{claims:9,}{now:9.0f}{peak:6.0f}{memory(server_pid)[0]:11.0f}"
          f"{cpu(flow):12.1f}{cpu(server_pid) - before:14.1f}", flush=True)  # fmt: skip


def used(pid: int) -> str:
    """Return in words what a process has used so far, "" where it has ended."""
    peak = memory(pid)[1]
    return f"peak {peak:.0f} MB, {cpu(pid):.1f} s of the processor" if peak else ""


def stored(folder: Path) -> tuple[int, int]:
    """Return how many articles and claims are stored by now."""
    file = folder / "rashomon.db"
    if not file.exists():
        return 0, 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as stored:
        try:
            rows = stored.execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM claims)")
            return tuple(rows.fetchone())
        except sqlite3.OperationalError:  # its tables are not made yet
            return 0, 0


def memory(pid: int) -> tuple[float, float]:
    """Return the memory of a process now and at its highest, in MB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0, 0.0
    said = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return int(said.get("VmRSS", 0)) / 1024, int(said.get("VmHWM", 0)) / 1024


def cpu(pid: int) -> float:
    """Return the seconds of the processor that a process has used; 0 where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
