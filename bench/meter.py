"""A stop-watch for stages: wall time, time of the processor, memory at its highest."""

import json
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """One stage: seconds on the clock, seconds of the processor, and the peak of memory so far."""

    name: str
    wall: float
    cpu: float
    peak_mb: float


class Meter:
    """Collects laps."""

    def __init__(self) -> None:
        """Begin with none."""
        self.laps: dict[str, Lap] = {}
        self.counts: dict[str, int] = {}

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Measure the block; a name that comes again adds up."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        before = self.laps.get(name, Lap(name=name, wall=0.0, cpu=0.0, peak_mb=0.0))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.laps[name] = Lap(name=name, wall=before.wall + wall, cpu=before.cpu + cpu, peak_mb=peak)

    def add(self, name: str, cpu: float) -> None:
        """Note a stage that was measured elsewhere."""
        self.laps[name] = Lap(name=name, wall=0.0, cpu=cpu, peak_mb=0.0)

    def as_dict(self) -> dict[str, Any]:
        """Return all that was measured, fit to be handed to another process."""
        return {"laps": [asdict(lap) for lap in self.laps.values()], "counts": self.counts}

    def merge(self, line: str) -> None:
        """Take over what another process has measured."""
        given = json.loads(line)
        self.laps |= {lap["name"]: Lap(**lap) for lap in given["laps"]}
        self.counts |= given["counts"]


def children_cpu() -> float:
    """Return the seconds of the processor that our living child processes have used: the temporary server is one."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if int(fields[1]) == os.getpid():
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total
