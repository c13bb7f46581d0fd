"""What carries out the batches: threads unless the settings say otherwise."""

from importlib import import_module
from typing import Any

from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from tasks.model.errors import InputError
from tasks.settings import Runner, load_settings

AnyRunner = TaskRunner[PrefectFuture[Any]]


def chosen_runner() -> Any:
    """Return the task runner that the settings name; more than four threads bring nothing (PREFECT: GIL)."""
    settings = load_settings()
    match settings.task_runner:
        case Runner.THREADS:
            return ThreadPoolTaskRunner(max_workers=settings.workers)
        case Runner.PROCESSES:
            return ProcessPoolTaskRunner(max_workers=settings.workers)
        case Runner.DASK:
            return dask_runner(settings.workers)


def dask_runner(workers: int) -> Any:
    """Return a runner on a local Dask cluster; the package is no dependency of ours."""
    try:
        module = import_module("prefect_dask")
    except ModuleNotFoundError as error:
        raise InputError(
            "task_runner is dask, and the package prefect-dask is missing: pip install prefect-dask"
        ) from error
    return module.DaskTaskRunner(cluster_kwargs={"n_workers": workers, "threads_per_worker": 1})
