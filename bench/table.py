"""The table that the benchmark prints."""

from collections.abc import Sequence

from bench.meter import Lap, Meter

STAGES = ("read", "extract", "store", "compare: vectors", "compare: relations", "publish")


def show(meter: Meter) -> None:
    """Print each stage in seconds and as a ratio to raw spaCy, then what the flow adds to the direct calls."""
    raw = meter.laps["raw spaCy"]
    counts = ", ".join(f"{count:,} {name}" for name, count in meter.counts.items())
    print(f"{counts}; raw spaCy = 1.00; cpu is the time of the processor\n")
    print(f"{'stage':<32}{'wall s':>9}{'cpu s':>9}{'/ raw spaCy':>13}{'peak MB':>9}")
    for name in ("load models", "raw spaCy", *STAGES):
        print(line(meter.laps[name], raw))
    stages = [meter.laps[name] for name in STAGES]
    direct = Lap(
        name="all stages, called directly",
        wall=total(stages, "wall"),
        cpu=total(stages, "cpu"),
        peak_mb=meter.laps["publish"].peak_mb,
    )
    flow, server = meter.laps["flow"], meter.laps["server during the flow"]
    inside = meter.laps["the steps inside the flow"]
    for lap in (direct, inside, flow, server, meter.laps["start of the temporary server"]):
        print(line(lap, raw))
    clock = f"{flow.wall / direct.wall - 1:+.1%} on the clock"
    print(f"\nPrefect adds {flow.cpu / inside.cpu - 1:+.1%} to the processor's time of the steps in the same run,")
    print(f"{(flow.cpu + server.cpu) / inside.cpu - 1:+.1%} with the running server. Against the process that called")
    print(f"the steps directly: {clock} (two runs on a shared machine differ by some per cent).")


def line(lap: Lap, raw: Lap) -> str:
    """Return one line of the table."""
    peak = f"{lap.peak_mb:9.0f}" if lap.peak_mb else ""
    return f"{lap.name:<32}{lap.wall:9.2f}{lap.cpu:9.2f}{lap.cpu / raw.cpu:13.2f}{peak}"


def total(laps: Sequence[Lap], what: str) -> float:
    """Return the sum of one figure over the laps."""
    return float(sum(getattr(lap, what) for lap in laps))
