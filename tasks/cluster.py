"""Runs the verbs on a Dask cluster: several processes of this machine, or several machines.

What a verb gives stays in the process that made it, and the next verb of the batch goes there: an extraction with its
texts is not sent to the flow and back.
"""

from collections.abc import Iterable
from logging import WARNING, getLogger
from typing import Any
from uuid import UUID, uuid4

import dask
from dask.base import annotate
from prefect.client.schemas.objects import RunInput, State
from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_engine import run_task_sync
from prefect.tasks import Task
from prefect.utilities.annotations import quote
from prefect_dask.task_runners import DaskTaskRunner, PrefectDaskFuture

from tasks.model.errors import RashomonError

# It would name the address of a dashboard, which we do not start.
getLogger("prefect.task_runner.clusterrunner").setLevel(WARNING)

# What Dask does for a dashboard, which we do not start, and for data frames, which we do not have: it looks at the
# stack of every worker a hundred times a second, has its loops tick fifty times, and lets glibc hand each freed block
# back to the system, so that every matrix of the language model begins with new pages.
dask.config.set(
    {
        "distributed.worker.profile.enabled": False,
        "distributed.admin.tick.interval": "1s",
        "distributed.worker.memory.monitor-interval": "1s",
        "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
    }
)

# These need what only the process of the flow has: its standard input, its working folder, the folder of reports.
AT_HOME = frozenset({"find_batches", "find_news", "publish_report"})

QUOTE: Any = quote  # its own type takes an argument that mypy does not see


def server_address() -> str:
    """Return where the server of this flow is; a worker that is not told starts a temporary one of its own."""
    return PREFECT_API_URL.value() or SubprocessASGIServer().api_url


class Kept(QUOTE):  # type: ignore[misc]
    """A value into which Prefect does not look, on its way to another process.

    Prefect's own `quote` does not come out of a pickle as it went in: what it holds is then wrapped a second time.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[type["Kept"], tuple[Any]]:
        """Return how another process makes it again: the scheduler, which hands it on to a worker."""
        return Kept, (self.value,)


class DoneHere(PrefectDaskFuture[Any]):
    """The future of a task that was done in this process.

    Who waits for it on the cluster gets its state alone, which draws the arrow; its result would travel with each of
    them, and a copy on the cluster would be gone with the process that holds it.
    """

    def __init__(self, task_run_id: UUID, state: State[Any]) -> None:
        """Begin as what is over."""
        told: Any = state.model_copy(update={"data": "at home"})
        super().__init__(task_run_id=task_run_id, wrapped_future=told)
        self._final_state = state


class ClusterRunner(DaskTaskRunner):
    """Prefect's runner on Dask, for which what was submitted first comes first."""

    submitted = 0

    def submit(  # type: ignore[override]  # Prefect writes it as several, for tasks that are coroutines and that are not
        self,
        task: "Task[Any, Any]",
        parameters: dict[str, Any],
        wait_for: Iterable[PrefectDaskFuture[Any]] | None = None,
        dependencies: dict[str, set[RunInput]] | None = None,
    ) -> PrefectDaskFuture[Any]:
        """Return the future of a task.

        Without an order of ours Dask reads all batches before it extracts one, and holds them all.
        """
        if task.name in AT_HOME:
            return self.run_here(task, parameters, wait_for, dependencies)
        self.connect()
        kept = {name: Kept(given.value) if isinstance(given, quote) else given for name, given in parameters.items()}
        self.submitted += 1
        with annotate(priority=-self.submitted), temporary_settings({PREFECT_API_URL: server_address()}):
            return super().submit(task, kept, wait_for, dependencies)

    def connect(self) -> None:
        """Reach the cluster, or start our own; one that does not answer is told in a sentence."""
        try:
            _ = self.client
        except OSError as error:
            raise RashomonError(
                f"no Dask scheduler answers at {self.address} (dask_address): start it, or leave the setting empty "
                "for processes of this machine"
            ) from error

    def run_here(
        self,
        task: "Task[Any, Any]",
        parameters: dict[str, Any],
        wait_for: Iterable[PrefectDaskFuture[Any]] | None,
        dependencies: dict[str, set[RunInput]] | None,
    ) -> PrefectDaskFuture[Any]:
        """Return the future of a task that is done in this process, at once: the flow waits for it anyway."""
        number = uuid4()
        state: Any = run_task_sync(
            task=task,
            task_run_id=number,
            parameters=parameters,
            wait_for=wait_for,
            return_type="state",
            dependencies=dependencies,
        )
        return DoneHere(number, state)
