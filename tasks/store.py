"""Store: one transaction for each batch, so that a killed run goes on from what is stored."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext

from tasks.comparison.weighing import weigher_version
from tasks.logs import FAMILY, of_run, tell, use_json_lines
from tasks.model.errors import DatabaseError
from tasks.model.run import COMPLETED, FAILED, INTERRUPTED
from tasks.settings import LogFormat, Settings
from tasks.settle import settle_all
from tasks.steps.batches import Extracted, RunInfo, Stored
from tasks.steps.comparing import comparison_version
from tasks.steps.database import open_once
from tasks.steps.material import SCOPE
from tasks.steps.patiently import patiently
from tasks.steps.safely import COMPONENT, component_version
from tasks.steps.settling import PROCESS, settle, this_process
from tasks.storage.articles import save_batch
from tasks.storage.changes import note_changes
from tasks.storage.database import writing
from tasks.storage.feeds import save_tries
from tasks.storage.inhand import let_go
from tasks.storage.runs import finish_run, start_run


@task(task_run_name="store-{extracted.label}", cache_policy=NO_CACHE)
def store_batch(extracted: Extracted, run: RunInfo, settings: Settings) -> Stored:
    """Store one batch in one transaction, and return how much it was; storing it again changes nothing."""
    return save_extracted(extracted, run, settings)


@patiently
def save_extracted(extracted: Extracted, run: RunInfo, settings: Settings) -> Stored:
    """Store what extraction gave, whole or not at all, and return how much it was."""
    with writing(open_once(settings.database_url)) as session:
        save_batch(session, run.id, extracted.extractions, extracted.set_asides)
        outcomes = [(one.key, one.article_id, one.reason) for one in extracted.tried]
        save_tries(session, outcomes, run.started_at)
        let_go(session, [extraction.article.id for extraction in extracted.extractions])
    for item in extracted.set_asides:
        tell("set-aside", f"set aside {item.name}: {item.reason}", run_id=run.id, place=item.name, reason=item.reason)
    return tell_stored(extracted, run)


def tell_stored(extracted: Extracted, run: RunInfo) -> Stored:
    """Log how much of a batch is stored now, and return it."""
    stored = Stored(
        articles=len(extracted.extractions),
        claims=sum(len(extraction.claims or ()) for extraction in extracted.extractions),
        set_asides=len(extracted.set_asides),
    )
    words = f"stored {extracted.label}: {stored.articles} articles, {stored.claims} claims"
    tell("stored", words, run_id=run.id, batch=extracted.label, articles=stored.articles, claims=stored.claims)
    return stored


@contextmanager
def recorded(run: RunInfo, settings: Settings, details: Mapping[str, str]) -> Iterator[None]:
    """Keep a record of the run: begun, then completed, failed or interrupted; what was killed before is settled first.

    A run that is killed says nothing: the next one, or whoever looks, sees that its process has gone.
    """
    begin_logs(settings)
    settle_all(settings)
    begin_record(run, settings, details)
    tell("run-begun", f"{run.flow} has begun", run_id=run.id, flow=run.flow)
    try:
        with of_run(run.id):
            yield
    except BaseException as error:
        status = FAILED if isinstance(error, Exception) else INTERRUPTED  # a signal is no Exception
        with suppress(DatabaseError):  # what the run failed of is told, not that its record could not be closed
            settle([run.id], settings, status)
        tell("run-failed", f"{run.flow} has failed: {type(error).__name__}", run_id=run.id, error=type(error).__name__)
        raise


def begin_logs(settings: Settings) -> None:
    """Have what happens in a run of Prefect logged, on the terminal in the form that the settings name."""
    if FlowRunContext.get() is not None:  # without a server, a command says itself what is to be seen
        logging.getLogger(FAMILY).setLevel(logging.INFO)
    if settings.log_format is LogFormat.JSON:
        use_json_lines()


@patiently
def begin_record(run: RunInfo, settings: Settings, details: Mapping[str, str]) -> None:
    """Note that the run has begun, and in which process."""
    with writing(open_once(settings.database_url)) as session:
        start_run(session, run.id, run.flow, run.started_at, {**details, PROCESS: this_process()})


@patiently
def mark_completed(run: RunInfo, settings: Settings) -> None:
    """Note that the run did all it had to do, and what is new with it; its report can be printed at any time."""
    with writing(open_once(settings.database_url)) as session:
        note_changes(session, run.id)
        finish_run(session, run.id, COMPLETED, datetime.now(UTC))
    tell("run-completed", f"{run.flow} is done; its report is still to be printed", run_id=run.id, flow=run.flow)


def run_details(scope: str, settings: Settings) -> dict[str, str]:
    """Return what the record of a run keeps beside its times: what was asked for, and the versions at work."""
    return {
        SCOPE: scope,
        COMPONENT: component_version(settings),
        "comparison": comparison_version(settings),
        "judge": weigher_version(settings.judge),
        "rashomon": version("rashomon"),
    }
