"""What carries out the batches: threads unless the settings say otherwise."""

import os
from importlib import import_module
from typing import Any

from prefect.futures import PrefectFuture
from prefect.settings import PREFECT_API_URL
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from tasks.model.errors import InputError
from tasks.settings import Runner, Settings, load_settings

AnyRunner = TaskRunner[PrefectFuture[Any]]

# Each process is one of several: a numeric library that starts a thread for every core would fight the others.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# Port 0: any that is free, since two runs at once would meet on Dask's own.
ON_LOOPBACK = {
    "host": "127.0.0.1",
    "dashboard_address": None,
    "scheduler_kwargs": {"dashboard_address": "127.0.0.1:0"},
}


def chosen_runner() -> Any:
    """Return the task runner that the settings name; more than four threads bring nothing (PREFECT: GIL)."""
    settings = load_settings()
    match settings.task_runner:
        case Runner.THREADS:
            return ThreadPoolTaskRunner(max_workers=settings.workers)
        case Runner.PROCESSES:
            return ProcessPoolTaskRunner(max_workers=settings.workers, initializer=pin_threads)
        case Runner.DASK:
            return dask_runner(settings)


def pin_threads() -> None:
    """Hold the numeric libraries of this process to one thread; to be called before any of them is imported."""
    os.environ.update(ONE_THREAD)


def dask_runner(settings: Settings) -> Any:
    """Return a runner on a Dask cluster: the one at the address of the settings, else processes of this machine.

    Our own listens on the loopback alone, since Dask asks nobody who he is, and has no dashboard for the same reason.
    """
    try:
        runner = import_module("tasks.cluster").ClusterRunner
    except ModuleNotFoundError as error:
        missing = str(error.name).partition(".")[0]
        raise InputError(
            f"task_runner is dask, and the package {missing} is missing: install Rashomon with its extra `dask`"
        ) from error
    if settings.dask_address:
        check_shared(settings)
        return runner(address=settings.dask_address)
    workers = {"n_workers": settings.workers, "threads_per_worker": 1, "env": ONE_THREAD}
    return runner(cluster_kwargs=workers | ON_LOOPBACK)


def check_shared(settings: Settings) -> None:
    """Raise an InputError where machines elsewhere would write into databases or tell servers of their own."""
    if not PREFECT_API_URL.value():
        raise InputError(
            f"dask_address names a cluster ({settings.dask_address}), whose machines must reach the Prefect server: "
            "start one and set PREFECT_API_URL to its address"
        )
    if settings.database_url.startswith("sqlite"):
        raise InputError(
            f"dask_address names a cluster, and database_url a file of one machine ({settings.database_place}): "
            "set database_url to postgresql://..., or leave dask_address empty for processes of this machine"
        )
