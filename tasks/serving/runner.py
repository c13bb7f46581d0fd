"""The child that runs the flows: Prefect's runner, with what it leaves open made good.

Stopped, it ends the runs at work and sees their states written; while the server is away it asks again, where Prefect's
own loop would give up after three times and end every run; and it leaves schedules alone: what a person paused stays
paused, and what runs goes on at the next start.
"""

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.logging import get_logger
from prefect.runner import Runner
from prefect.states import Crashed

from tasks.model.errors import InputError
from tasks.serving.automations import apply_automations
from tasks.serving.child import ALONE
from tasks.serving.deployments import deployments_to_serve
from tasks.serving.keeping import WRONG_USE
from tasks.settings import load_settings
from tasks.settle import settle_all

STOPPED = "rashomon serve was stopped"
GRACE = 8  # seconds that a run gets to end; Prefect alone would give it 30
LEFT = "the process that ran this was killed; what is stored stays stored, and a new run goes on from there"
UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]

logger = get_logger("rashomon.serve")


class Served(Runner):
    """Prefect's runner, whose runs end with a message that says why, and which outlives its server."""

    async def serve(self, stopping: asyncio.Event) -> None:
        """Run what is due until the event is set; then end the runs at work, and return when their states are told."""
        async with self:
            while not stopping.is_set():
                await self._undisturbed(self._get_and_submit_flow_runs)
                await self._undisturbed(self._end_what_was_cancelled)
                await asyncio.wait([asyncio.ensure_future(stopping.wait())], timeout=self.query_seconds)
            logger.info("Stopping: the runs at work are ended.")
            self.stopping = True
            async with asyncio.TaskGroup() as group:
                group.create_task(self._end_all())

    async def _undisturbed(self, work: Callable[[], object]) -> None:
        """Do one piece of work; a server that does not answer is asked again the next time."""
        try:
            await work()  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001  (whatever it was, the runs at work are not to end by it)
            logger.warning("%s: %s; trying again.", type(error).__name__, error)

    async def _end_what_was_cancelled(self) -> None:
        """End each run that was cancelled: Prefect's own observer falls silent when its server was away for a while."""
        for run_id in self._process_manager.flow_run_ids():
            run = await self._client.read_flow_run(run_id)
            if run.state is not None and run.state.is_cancelling():
                self._runs_task_group.start_soon(self._cancel_run, run)

    async def _end_all(self) -> None:
        """End the runs at work, those too that are only just being started."""
        while self._scheduled_run_poller._submitting_flow_run_ids:  # noqa: SLF001  (Prefect tells it nowhere else)
            async with asyncio.TaskGroup() as group:
                for run_id in self._process_manager.flow_run_ids():
                    group.create_task(self._end(run_id))
            await asyncio.sleep(0.2)

    async def _end(self, run_id: UUID) -> None:
        """End one run, and have it Cancelled with the reason."""
        killing = asyncio.create_task(self._kill_late(run_id))
        try:
            await self._cancel_run(await self._client.read_flow_run(run_id), STOPPED)
        except Exception:
            logger.exception("The run %s could not be ended in good order.", run_id)
            await self._process_manager.kill(run_id, force=True)
        finally:
            killing.cancel()

    async def _kill_late(self, run_id: UUID) -> None:
        """Kill a run that has not ended in time: what it has stored stays, and the batch at work is read again."""
        await asyncio.sleep(GRACE)
        await self._process_manager.kill(run_id, force=True)


async def settle_left_runs(client: PrefectClient, names: list[str]) -> int:
    """Have runs Crashed that an earlier serve left at work when it was killed; return how many there were.

    They would be shown as running for ever, and `watch-feeds` would wait for ever for its one place.
    """
    states = FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED))
    left = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=states),
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=names)),
    )
    for run in left:
        await client.set_flow_run_state(run.id, Crashed(message=LEFT), force=True)
        logger.warning("The run %s was left at work by an earlier serve: it is Crashed.", run.name)
    return len(left)


async def serve_flows(*, alone: bool, ready: Callable[[], None]) -> None:
    """Register the deployments, say that all is ready, and run what is due until SIGTERM or Ctrl-C."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    runner = Served(name="rashomon serve", pause_on_shutdown=False)
    async with get_client() as client:
        deployments = await deployments_to_serve(client)
        if alone:
            await settle_left_runs(client, [deployment.name for deployment in deployments])
    for deployment in deployments:
        await runner.aadd_deployment(deployment)
    logger.info("Serving %s.", ", ".join(deployment.name for deployment in deployments))
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    ready()
    await runner.serve(stopping)


def main() -> None:
    """Serve the flows; wrong use is told in one line."""
    _, mode, ready = sys.argv
    try:
        for one in apply_automations():
            logger.info("Automation %s: %s.", one.name, one.outcome.value)
        settle_all(load_settings())  # of a serve that was killed before; its flow runs are settled below
        asyncio.run(serve_flows(alone=mode == ALONE, ready=Path(ready).touch))
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(WRONG_USE)


if __name__ == "__main__":
    main()
