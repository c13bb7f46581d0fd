"""What a person sees of a run in Prefect: how far it is, how it ended, in plain words."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.context import FlowRunContext, TaskRunContext
from prefect.states import Completed, Failed

from tasks.model.errors import RashomonError
from tasks.steps.batches import Notice, Published
from tasks.steps.progress import listening

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger("rashomon.run")
FLOW_LOG, TASK_LOG = "prefect.flow_runs", "prefect.task_runs"
LONG = 5  # batches: a run of fewer is over before anybody has found its progress
CONFLICTS = (
    "Where sources stand against each other, in the order of the report, which shows the exact words. "
    "A narrow window hides the last columns: scroll to the right."
)
REPORT = "The whole report: every side with its exact words, the outlets, and what was set aside."
STEP = 5.0  # percent between two updates: twenty for a run, however long it is


def shown(flow: Callable[P, R]) -> Callable[P, R]:
    """Return the function of a flow so that Prefect shows how far it is, and its end in one plain sentence.

    What is raised on purpose says already what to do. Prefect would put the name of a class before it and a traceback
    into the log, as it still does for everything else. Outside of Prefect the function is what it was.
    """

    @wraps(flow)
    def run(*args: P.args, **kwargs: P.kwargs) -> Any:
        if not in_flow_run():
            return flow(*args, **kwargs)
        try:
            with listening(ProgressBar()):
                result = flow(*args, **kwargs)
        except RashomonError as error:
            return Failed(message=sentence(str(error)), data=error)
        return Completed(message=getattr(result, "summary", None), data=result)

    return run


def without_traceback(record: logging.LogRecord) -> bool:
    """Return whether a line of a log tells something new; an error raised on purpose loses its traceback.

    The state of the run has its message. What Prefect adds for itself ("Engine execution exited with unexpected
    exception") would tell a person that we broke, where they mistyped a name.
    """
    if not record.exc_info or not isinstance(record.exc_info[1], RashomonError):
        return True
    record.exc_info = None
    return record.name == TASK_LOG


for name in (FLOW_LOG, TASK_LOG, "prefect.engine"):
    logging.getLogger(name).addFilter(without_traceback)


def in_flow_run() -> bool:
    """Return whether Prefect runs what is at hand; without it, nobody would see an artifact."""
    return FlowRunContext.get() is not None or TaskRunContext.get() is not None


def sentence(words: str) -> str:
    """Return the words with a capital letter in front and a full stop behind."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) else '.'}"


@contextmanager
def for_show(key: str) -> Iterator[None]:
    """Let a run go on that cannot leave something in Prefect: all it found is stored, and its report is written."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  (whatever befell the server, or the way to it)
        # Its message stays out of the log: it may hold what was to be shown, which quotes articles.
        logger.warning("the artifact %r could not be left in Prefect: %s", key, type(error).__name__)


class ProgressBar:
    """Hears how many batches of a long run are done, and shows it as one artifact that is updated now and then."""

    def __init__(self) -> None:
        self.artifact: UUID | None = None
        self.told: float | None = None  # percent

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell Prefect, if that is worth its while."""
        if stage != "read" or total < LONG:
            return
        percent = 100 * done / total
        if self.told is not None and percent - self.told < STEP and done < total:
            return
        with for_show("progress"):
            self._tell(percent, total)
        self.told = percent

    def _tell(self, percent: float, total: int) -> None:
        if self.told is None:
            words = f"How many of {total:,} batches are read and stored; comparing them comes after that."
            made = create_progress_artifact(percent, key="progress", description=words)
            self.artifact = made if isinstance(made, UUID) else None
        elif self.artifact is not None:
            update_progress_artifact(self.artifact, percent)


def leave_artifacts(notice: Notice, published: Published) -> None:
    """Leave with the flow run at hand its summary, its conflicts as a table, and a link to the report."""
    if not in_flow_run():
        return
    with for_show("summary"):
        create_markdown_artifact(notice.summary, key="summary", description=published.summary)
    if notice.conflicts:
        with for_show("conflicts"):
            create_table_artifact(list(notice.conflicts), key="conflicts", description=CONFLICTS)
    if notice.link:
        with for_show("report"):
            create_link_artifact(notice.link, link_text="Open the report", key="report", description=REPORT)
