"""Cases of `rashomon serve`: stopped and killed in mid-run, and started again."""

import os
import signal
import time
from collections.abc import Callable

from bench.failing.house import House, Started, free_port, wait_for
from bench.failing.killed import MIDDLE
from bench.failing.scene import Scene, states
from bench.failing.table import Case


def start_serving(house: House, **trouble: str) -> Started:
    """Start everything on one machine, and wait until runs can be asked for."""
    port = free_port()
    house.api = ""  # it is to start a server of its own
    serving = house.start(
        "rashomon", "serve", "--port", str(port), "--reports-port", str(free_port()), name="serve", **trouble
    )
    house.api = f"http://127.0.0.1:{port}/api"
    wait_for(lambda: "Ready" in serving.said(), "rashomon serve")
    return serving


def end_serving(scene: Scene, done: str, end: Callable[[Started], object]) -> Case:
    """`rashomon serve` is ended somehow in mid-run, and started again: then the states are looked at."""
    with scene.house(alone=True, PREFECT_HOME=str(scene.folder / "serving")) as house:
        serving = start_serving(house, **MIDDLE)
        run = house.request()
        os.kill(house.held(), 0)
        began = time.monotonic()
        end(serving)
        status, ended = serving.wait(), time.monotonic() - began
        house.release()
        start_serving(house)
        said = house.ended(run)
        shown, message = states(house, run), house.message(run)
        left = scene.rerun(house)
        return Case(
            done=done,
            happened=f"it ended after {ended:.0f} s with {status}; started again, the run is {said}: {message}",
            shown=shown,
            left=str(left),
        )


def stop_serving(scene: Scene) -> Case:
    """SIGTERM, as a service manager sends it."""
    return end_serving(scene, "SIGTERM of `rashomon serve`", lambda one: one.send(signal.SIGTERM))


def kill_serving(scene: Scene) -> Case:
    """SIGKILL of it and of all that it started, the run included: the machine loses its power."""
    return end_serving(scene, "SIGKILL of `rashomon serve` and all its children", kill_all)


def kill_all(one: Started) -> None:
    """Kill a process and its descendants, the youngest last, so that nobody sees another die."""
    for pid in [one.pid, *descendants(one.pid)]:
        os.kill(pid, signal.SIGSTOP)
    for pid in [one.pid, *descendants(one.pid)]:
        os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started."""
    with open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123
        children = [int(child) for child in file.read().split()]
    return children + [one for child in children for one in descendants(child)]


SERVED = (stop_serving, kill_serving)
