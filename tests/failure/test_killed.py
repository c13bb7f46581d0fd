"""Runs that are cancelled and killed on a real worker: states are true, a rerun loses and doubles nothing.

The whole failure table is `python -m bench.failure`; here are the lines of it that take seconds.
"""

import os
import signal
from collections.abc import Iterator

import pytest

from bench.failing.house import House, prefect_server, wait_for
from bench.failing.killed import MIDDLE, lose_the_host
from bench.failing.record import runs_of
from bench.failing.scene import Scene, exported
from bench.failing.table import compare_rows

LONG = os.environ.get("RASHOMON_LONG", "") not in {"", "0"}
pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    scene = Scene(tmp_path_factory.mktemp("failure"))
    with prefect_server(scene.folder / "server", scene.articles()) as server:
        scene.server = server
        yield scene


@pytest.fixture(scope="module")
def house(scene: Scene) -> Iterator[House]:
    """A worker whose runs wait in the middle: one batch is stored, the second is ready to be."""
    with scene.house() as house:
        house.worker(**MIDDLE)
        yield house


def status_of(house: House, run: str) -> str:
    return runs_of(house.database)[run].status


def test_a_run_that_a_person_cancels_is_cancelled_in_prefect_and_in_our_record(house: House) -> None:
    run = house.request()
    house.held()
    house.post(f"flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}})

    assert house.ended(run) == "CANCELLED"
    assert wait_for(lambda: status_of(house, run) != "running" and status_of(house, run), "the hook") == "cancelled"
    house.release()


def test_a_run_whose_process_is_killed_is_crashed_and_interrupted(house: House) -> None:
    run = house.request()
    os.kill(house.held(), signal.SIGKILL)

    assert house.ended(run) == "CRASHED"
    assert wait_for(lambda: status_of(house, run) != "running" and status_of(house, run), "the hook") == "interrupted"
    house.release()


def test_a_rerun_loses_nothing_and_doubles_nothing(scene: Scene, house: House) -> None:
    """After the two runs above, which both ended in the middle."""
    some = exported(house)
    assert 0 < len(some) < len(scene.undisturbed(house.articles))

    left = scene.rerun(house)

    assert (left.lost, left.doubled) == (0, 0)
    assert left.rows > 0


def test_rows_that_are_lost_or_doubled_are_counted(scene: Scene, house: House) -> None:
    """What finds nothing above finds what is there."""
    rows = scene.undisturbed(house.articles)
    less, more = rows.copy(), rows.copy()
    del less[next(iter(less))]
    more[next(iter(more))] += 1

    assert compare_rows(rows, less).lost == 1
    assert compare_rows(rows, more).doubled == 1


if LONG:

    def test_a_lost_host_is_noticed(scene: Scene) -> None:
        """Nobody sees it die: after 100 seconds without a heartbeat the automation that we ship says so."""
        case = lose_the_host(scene)

        assert case.shown == "Prefect CRASHED, record interrupted"
        assert case.left.startswith("0 lost, 0 too many")
