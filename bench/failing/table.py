"""What a case left beside an undisturbed run: rows that are missing, rows that are too many, and the table."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = ("articles", "claims", "relations", "findings")
OF_ONE_RUN = {"run_id", "retrieved_at", "fetched_at", "received_at"}  # differ from run to run, whatever happened

Rows = Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How what is stored in the end differs from an undisturbed run."""

    lost: int
    doubled: int  # more often than in an undisturbed run, or not there at all
    rows: int

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.lost} lost, {self.doubled} too many, of {self.rows}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of the failure table."""

    done: str
    happened: str
    shown: str  # the states: in Prefect, and in our own record
    left: str = ""


def read_export(folder: Path) -> Rows:
    """Return every row of an export without what belongs to one run."""
    return Counter(
        f"{kind} {json.dumps(without_run(json.loads(line)), sort_keys=True)}"
        for kind in KINDS
        for line in (folder / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    )


def without_run(value: Any) -> Any:
    """Return a value without the ids and times of a run, wherever they stand in it."""
    match value:
        case Mapping():
            kept = {key: without_run(one) for key, one in value.items() if key not in OF_ONE_RUN}
            return kept | {key: Path(value[key] or "").name for key in kept if key == "path"}  # whatever the folder
        case list():
            return [without_run(one) for one in value]
        case _:
            return value


def compare_rows(undisturbed: Rows, found: Rows) -> Left:
    """Return what is missing, and what is there too often."""
    return Left(lost=(undisturbed - found).total(), doubled=(found - undisturbed).total(), rows=undisturbed.total())


def print_table(cases: Iterable[Case]) -> None:
    """Print the failure table in Markdown, line by line as the cases end."""
    print("| what was done | what happened | states shown | after a rerun |\n| --- | --- | --- | --- |", flush=True)
    for case in cases:
        cells = (case.done, case.happened, case.shown, case.left)
        print("| " + " | ".join(" ".join(cell.split()).replace("|", "/") for cell in cells) + " |", flush=True)
