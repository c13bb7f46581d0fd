import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench import scale
from bench.__main__ import make_articles
from bench.million import comparable, of_claim, read_costs, reckon, runs_of
from bench.scale import Pace, cpu_now, descendants, line

COSTS: Mapping[str, float] = {
    "page_ms": 10.0,
    "extract_ms": 60.48,
    "store_ms": 8.64,
    "vectors_ms": 10.0,
    "relations_ms": 100.0,
    "claims": 10.0,
    "database_kb": 50.0,
    "window_ms": 0.1,
    "window_gb": 1.0,
    "task_run_ms": 8.0,
    "task_run_kb": 20.0,
    "worker_mb": 500.0,
}


def test_an_empty_window_leaves_the_day_to_the_claims() -> None:
    assert comparable(0, COSTS) == pytest.approx(86_400_000 / 10)


@pytest.mark.parametrize("days", [1, 30])
def test_what_one_writer_compares_in_a_day_fills_the_day(days: int) -> None:
    claims = comparable(days, COSTS)

    assert claims * of_claim(claims * days, COSTS) == pytest.approx(86_400_000)


def test_a_page_is_a_task_run_and_a_batch_two_more() -> None:
    assert runs_of(100) == 104


def test_a_day_is_reckoned_in_cores_disk_and_task_runs() -> None:
    text = "\n".join(reckon(1_000_000, 30, COSTS))

    assert "10,000,000 claims" in text
    assert "extract                                         60.5     1.0" in text
    assert "50 GB a day" in text
    assert "1,040,000 task runs a day" in text
    assert "one writer stores 10,000,000 articles a day" in text


def test_the_table_of_costs_has_all_that_is_reckoned_with_and_nothing_unmeasured() -> None:
    costs = read_costs()

    assert set(costs) == set(COSTS)
    assert all(cost > 0 for cost in costs.values())


def test_the_time_of_processes_below_this_one_is_counted() -> None:
    busy = "import time\nwhile time.process_time() < 0.5: pass\nprint(flush=True)\ntime.sleep(60)  # spawn_main"
    before, _ = cpu_now()
    with subprocess.Popen([sys.executable, "-c", busy], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        after, _ = cpu_now()
        found = dict(descendants())
        child.kill()

    assert after - before >= 0.45
    assert child.pid in found
    assert os.getpid() not in found


def pace(runner: str, workers: int, wall: float, cpu: float) -> Pace:
    return Pace(runner=runner, workers=workers, articles=100, wall=wall, cpu=cpu, server=0.5)


def test_a_line_tells_the_ratios_to_the_first_way_of_all_turns_and_of_the_extremes() -> None:
    first = [pace("threads", 4, 10.0, 10.0), pace("threads", 4, 30.0, 30.0)]
    second = [pace("dask", 2, 5.0, 11.0), pace("dask", 2, 20.0, 33.0)]

    told = "dask 2 8.0 1.60 (1.50 to 2.00) 220.0 1.10 (1.10 to 1.10) 5.0"
    assert line(second, first).split() == told.split()


def test_a_turn_alone_has_no_ratio() -> None:
    assert line([pace("dask", 2, 5.0, 11.0)]).split() == ["dask", "2", "20.0", "110.0", "5.0"]


@pytest.mark.server
def test_a_way_takes_its_turns_in_the_same_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "WAYS", (("threads", 1),))

    paces = scale.take_turns(make_articles(6, tmp_path), 2, tmp_path)

    assert [[(turn.runner, turn.articles) for turn in way] for way in paces] == [[("threads", 3)] * 2]
    assert all(turn.cpu > 0 < turn.wall for way in paces for turn in way)
