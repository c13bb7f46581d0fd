"""Settle: what Prefect knows of how a run ended goes into our own record of it.

Hooks of the flows tell it at once: Prefect calls them in the process of the run, or, where that was killed, in the
worker that saw it die. They are called with the names `flow`, `flow_run` and `state`.
"""

import re
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import TERMINAL_STATES, FlowRun, State, StateType
from prefect.settings import get_current_settings
from prefect.states import Crashed

from tasks.model.run import CANCELLED, FAILED, INTERRUPTED
from tasks.settings import Settings, load_settings
from tasks.steps.settling import find_unsettled, settle, settle_gone

UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # a run that no flow began may be called anything


def settle_record(flow: Any, flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001
    """Note in our record that Prefect ended a run, as far as the run could not say so itself."""
    settle([str(flow_run.id)], load_settings(), status_of(state.type))


def settle_all(settings: Settings) -> None:
    """Settle every run of which anybody knows that it has ended."""
    settle_here(settings)
    settle_elsewhere(settings)


def settle_here(settings: Settings) -> list[str]:
    """Settle the runs of this machine whose process has gone, in our record and in Prefect; return their ids.

    A worker that is stopped takes its runs with it and tells nobody; without this Prefect would show them as running
    until its automation for dead runs finds out.
    """
    gone = settle_gone(settings)
    if gone and get_current_settings().api.url:
        tell_prefect(gone)
    return gone


def tell_prefect(run_ids: list[str]) -> None:
    """Let Prefect know that runs crashed which it takes to be running."""
    wanted = FlowRunFilter(
        id=FlowRunFilterId(any_=as_uuids(run_ids)),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING])),
    )
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=wanted):
            client.set_flow_run_state(run.id, Crashed(message="The process of the run has gone."), force=True)


def as_uuids(run_ids: list[str]) -> list[UUID]:
    """Return the ids that Prefect could have given."""
    return [UUID(run_id) for run_id in run_ids if UUID_FORM.fullmatch(run_id)]


def status_of(state: StateType) -> str:
    """Return what our record says of a run that was still open when Prefect ended it so."""
    match state:
        case StateType.CANCELLED | StateType.CANCELLING:
            return CANCELLED
        case StateType.FAILED:
            return FAILED
        case _:
            return INTERRUPTED


def settle_elsewhere(settings: Settings) -> list[str]:
    """Settle the runs of other machines that Prefect knows to have ended; return their ids, none without a server."""
    if not get_current_settings().api.url or not (runs := find_unsettled(settings)):
        return []
    states = ended_states([run.id for run in runs])
    return [done for run_id, state in states.items() for done in settle([run_id], settings, status_of(state))]


def ended_states(run_ids: list[str]) -> dict[str, StateType]:
    """Return how those of the runs ended that Prefect knows and that have ended."""
    wanted = FlowRunFilter(
        id=FlowRunFilterId(any_=as_uuids(run_ids)),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(TERMINAL_STATES))),
    )
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(flow_run_filter=wanted)
    return {str(run.id): run.state_type for run in found if run.state_type}
