import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

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


def test_a_line_tells_the_ratios_to_the_first_way() -> None:
    first = Pace(runner="threads", workers=4, articles=100, wall=10.0, cpu=10.0, server=0.0)
    second = Pace(runner="dask", workers=2, articles=100, wall=5.0, cpu=11.0, server=0.5)

    assert line(second, first).split() == ["dask", "2", "20.0", "2.00", "110.0", "1.10", "5.0"]
