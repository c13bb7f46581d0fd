"""Cases in which processes are killed, stopped or cancelled in mid-run, with a server and a worker."""

import os
import signal
import time

from bench.failing.house import PATIENCE, wait_for
from bench.failing.record import runs_of
from bench.failing.scene import Scene, records, states
from bench.failing.table import Case

MIDDLE = {"TROUBLE_HOLD": "store:2"}  # one batch is stored, the second is ready to be
ZOMBIE_SECONDS = 100  # after which the automation that we ship takes a run for dead
NOTICED = 15  # seconds in which a run could notice that its worker is dead


def kill_the_run(scene: Scene) -> Case:
    """The process of the run is killed; the worker lives on."""
    with scene.house() as house:
        house.worker(**MIDDLE)
        run = house.request()
        os.kill(house.held(), signal.SIGKILL)
        house.ended(run)
        wait_for(lambda: records(house) == ["interrupted"], "the worker's hook")
        shown, said = states(house, run), house.message(run)
        return Case(done="SIGKILL of the run's process", happened=said, shown=shown, left=str(scene.rerun(house)))


def kill_the_worker(scene: Scene) -> Case:
    """The worker alone is killed: its run goes on, or notices and ends."""
    with scene.house() as house:
        worker = house.worker(**MIDDLE)
        run = house.request()
        house.held()
        worker.send(signal.SIGKILL)
        worker.wait()
        time.sleep(NOTICED)
        before = states(house, run)
        house.release()
        ended = house.ended(run)
        return Case(
            done="SIGKILL of the worker alone",
            happened=f"after {NOTICED} s: {before}; in the end {ended} {house.message(run)}",
            shown=states(house, run),
            left=str(scene.rerun(house)),
        )


def lose_the_host(scene: Scene) -> Case:
    """Worker and run are killed together: only a heart that stops beating tells of it."""
    with scene.house() as house:
        worker = house.worker(**MIDDLE)
        run = house.request()
        pid, began = house.held(), time.monotonic()
        worker.send(signal.SIGSTOP)  # so that it sees nothing of what follows
        os.kill(pid, signal.SIGKILL)
        worker.send(signal.SIGKILL)
        house.ended(run, PATIENCE + ZOMBIE_SECONDS)
        waited = time.monotonic() - began
        left = scene.rerun(house)
        return Case(
            done="SIGKILL of worker and run at once (host loss)",
            happened=f"after {waited:.0f} s: {house.message(run)}",
            shown=states(house, run),
            left=str(left),
        )


def stop_the_worker(scene: Scene) -> Case:
    """The worker is stopped as a service manager stops it, in mid-run."""
    with scene.house() as house:
        worker = house.worker(**MIDDLE)
        run = house.request()
        house.held()
        worker.send(signal.SIGTERM)
        status, began = worker.wait(), time.monotonic()
        house.ended(run, PATIENCE + ZOMBIE_SECONDS)
        waited = time.monotonic() - began
        left = scene.rerun(house)
        return Case(
            done="SIGTERM of the worker",
            happened=f"it ended with {status} and took its run along; after {waited:.0f} s: {house.message(run)}",
            shown=states(house, run),
            left=str(left),
        )


def cancel(scene: Scene) -> Case:
    """A person cancels the run in the UI, which asks the server for this state."""
    with scene.house() as house:
        house.worker(**MIDDLE)
        run = house.request()
        house.held()
        house.post(f"flow_runs/{run}/set_state", {"state": {"type": "CANCELLING"}})
        house.ended(run)
        wait_for(lambda: records(house) == ["cancelled"], "the hook")
        shown, said = states(house, run), house.message(run)
        return Case(done="Cancel in the UI", happened=said, shown=shown, left=str(scene.rerun(house)))


def run_twice(scene: Scene) -> Case:
    """Two runs read the same at once, and both are held in the middle until both are there."""
    with scene.house() as house:
        first, second = house.request(), house.request()
        house.worker()
        ends = [house.ended(first), house.ended(second)]
        shown = f"Prefect {' and '.join(ends)}, record {' and '.join(records(house))}"
        return Case(
            done="Two runs at once on the same input", happened="both ended", shown=shown, left=str(scene.rerun(house))
        )


def kill_the_server(scene: Scene, *, back: bool = True) -> Case:
    """The Prefect server is killed in mid-run, and started again before the run ends or after."""
    server = scene.need_server()
    with scene.house() as house:
        house.worker(**MIDDLE)
        run = house.request()
        house.held()
        server.kill()
        if back:
            server.start()
        house.release()
        wait_for(lambda: runs_of(house.database)[run].status != "running", "the end of the work")
        time.sleep(0 if back else 20)  # the run ends while nobody answers
        if not back:
            server.start()
        try:
            said = house.ended(run)
        except Exception as error:  # noqa: BLE001  (what happens is what is asked)
            said = str(error)
        when = "and started again at once" if back else "and started again 20 s after the work was done"
        shown = states(house, run)
        return Case(
            done=f"SIGKILL of the Prefect server in mid-run, {when}",
            happened=f"the run ended {said}: {house.message(run)}",
            shown=shown,
            left=str(scene.rerun(house)),
        )


def lose_the_server(scene: Scene) -> Case:
    """The same, and it never comes back while the run is alive."""
    return kill_the_server(scene, back=False)


WITH_SERVER = (
    kill_the_run,
    kill_the_worker,
    stop_the_worker,
    cancel,
    run_twice,
    kill_the_server,
    lose_the_server,
    lose_the_host,
)
