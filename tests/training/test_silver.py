"""Pairs of headlines from the sides that they take on articles."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from training.stance import silver

OPEN, SHUT, MAYOR = "Bridge at Orvane opens", "Bridge at Orvane is not open, says builder", "Mayor opens Orvane bridge"


def stance(headline: str, article: int, label: str, **more: object) -> silver.Row:
    return {"headline": headline, "body_id": article, "label": label} | more


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([stance(OPEN, 1, "agree"), stance(MAYOR, 1, "agree")], [(OPEN, MAYOR, "agree")], id="one side"),
        pytest.param([stance(OPEN, 1, "agree"), stance(SHUT, 1, "disagree")], [(SHUT, OPEN, "conflict")], id="two"),
        pytest.param(
            [stance(OPEN, 1, "disagree"), stance(MAYOR, 1, "disagree")], [(OPEN, MAYOR, "agree")], id="against"
        ),
        pytest.param([stance(OPEN, 1, "agree"), stance(MAYOR, 1, "discuss")], [], id="one only discusses"),
        pytest.param([stance(OPEN, 1, "agree"), stance(MAYOR, 2, "agree")], [], id="no article in common"),
        pytest.param([stance(OPEN, 1, "agree"), stance(MAYOR, 1, "unrelated")], [], id="unrelated"),
        pytest.param(
            [stance(OPEN, at, side) for at, side in ((1, "agree"), (2, "agree"))]
            + [stance(MAYOR, at, side) for at, side in ((1, "agree"), (2, "disagree"))],
            [],
            id="now so, now so",
        ),
        pytest.param(
            [stance(name, at, "agree") for name in (OPEN, MAYOR) for at in (1, 2, 3)], [], id="enough for fnc1_hh"
        ),
        pytest.param(
            [
                *(stance(name, 1, "agree") for name in (OPEN, MAYOR)),
                stance(MAYOR, 2, "discuss"),
                stance("Third", 2, "discuss", emergent_test_topic=True),
            ],
            [],
            id="a topic of the Emergent test set, by way of another headline",
        ),
    ],
)
def test_finds_pairs(rows: list[silver.Row], expected: list[tuple[str, str, str]]) -> None:
    assert list(silver.find_pairs(rows, ())) == expected


def test_a_topic_of_the_development_rows_gives_nothing() -> None:
    rows = [stance(OPEN, 1, "agree"), stance(MAYOR, 1, "agree"), stance("Fourth", 1, "discuss")]
    assert list(silver.find_pairs(rows, {"Fourth"})) == []


def test_one_command_writes_rows_that_the_trainer_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [stance(OPEN, 1, "agree"), stance(f"{MAYOR} ", 1, "agree"), stance("Fifth", 2, "agree")]
    rows += [stance("Sixth", 2, "agree")]
    official = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "fnc1_official_train.jsonl.gz").write_bytes(gzip.compress(official.encode()))
    dev = {"corpus": "fnc1_hh", "premise": "Fifth", "hypothesis": "Sixth"}
    (tmp_path / "dev.jsonl").write_text(json.dumps(dev) + "\n", encoding="utf-8")
    out = tmp_path / "silver.jsonl"
    monkeypatch.setattr(sys, "argv", ["silver", "--data", str(tmp_path), "--out", str(out)])
    silver.main()
    (made,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (made["premise"], made["hypothesis"], made["label"], made["sub"]) == (OPEN, MAYOR, "agree", "few")
