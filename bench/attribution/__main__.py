"""Print our figures beside textacy's on marked articles, or the memory that many articles take."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.attribution import memory, mistakes, reliability, tables
from bench.attribution.data import Sample, choose, read_samples
from bench.attribution.matching import match
from bench.attribution.systems import OURS, RAW, SYSTEMS, Predictions, run_systems
from tasks.attribution.pipeline import load_pipeline
from tasks.model.errors import InputError
from tasks.settings import load_settings


def main() -> int:
    """Read the arguments and print what they ask for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.attribution", description=__doc__)
    parser.add_argument(
        "data", type=Path, nargs="+", help="marked articles, JSON lines (DESIGN: tools/score_attribution)"
    )
    parser.add_argument("--skip", type=int, help="leave out the first N articles of each file")
    parser.add_argument("--take", type=int, help="measure on N articles; without both: the last ones, kept for this")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N examples of each mistake")
    parser.add_argument("--memory", type=int, default=0, metavar="N", help="read N articles and print the memory taken")
    parser.add_argument(
        "--start", type=int, default=0, metavar="N", help="with --memory: the first N characters of each"
    )
    given = parser.parse_args()
    try:
        files = [(path, read_samples(path)) for path in given.data]
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    for path, samples in files:
        chosen = choose(samples, given.skip, given.take)
        parts = [samples[n] for n in chosen]
        if not parts:
            print(f"{path}: no article left of {len(samples)}", file=sys.stderr)
            return 2
        print(f"{path.name}: articles {chosen[0] + 1} to {chosen[-1] + 1} of {len(samples)}")
        for line in memory.measure(parts, given.memory, given.start) if given.memory else report(parts, given.errors):
            print(line, flush=True)
    return 0


def report(samples: Sequence[Sample], errors: int) -> list[str]:
    """Return all tables on some articles."""
    settings = load_settings()
    made = run_systems(samples, load_pipeline(settings.spacy_model, settings.extractor))
    blocks = {
        block: {
            name: [
                match(one.marked, found, claims=claims) for one, found in zip(samples, made.found[name], strict=True)
            ]
            for name in SYSTEMS
        }
        for block, claims in (("claims", True), ("all", False))
    }
    lines = []
    for block, systems in blocks.items():
        what = "what is said and shown" if block == "claims" else "wants, hopes and plans included"
        lines += ["", f"== {block}: {what}", *tables.show(systems, made.grammars)]
    ours = {block: systems[OURS] for block, systems in blocks.items()}
    lines += ["", "== confidence of rashomon, all", *reliability.show(ours["all"])]
    lines += ["", "== rules of rashomon, all", *reliability.show_rules(ours["all"])]
    lines += ["", "== mistakes of rashomon", *mistakes.show(ours, samples, errors)]
    return [*lines, "", *time_lines(made)]


def time_lines(made: Predictions) -> list[str]:
    """Return what each system takes of the processor, parse included, against raw spaCy in the same run."""
    raw = made.meter.laps[RAW].cpu
    lines = ["== time of the processor, spaCy's own included"]
    lines += [
        f"{name:24}{made.meter.laps[name].cpu:8.1f} s{made.meter.laps[name].cpu / raw:8.2f}" for name in (RAW, *SYSTEMS)
    ]
    return [*lines, f"textacy as shipped gave {made.given_up} articles up for an odd number of quotation marks"]


if __name__ == "__main__":
    sys.exit(main())
