"""On a schedule: what is new in the feeds and the inbox folder of the settings."""

from prefect import flow

from tasks.chain import begin_run, run_chain
from tasks.options import name_watch, scope_of_watch
from tasks.read import find_news
from tasks.runners import chosen_runner
from tasks.settings import check_watched, load_settings
from tasks.settle import settle_record
from tasks.showing import shown
from tasks.steps.batches import Outcome
from tasks.submitting import submit


@flow(
    name="watch-feeds",
    flow_run_name=name_watch,
    task_runner=chosen_runner(),
    # Killed or cancelled, a run cannot close its own record; what it raises it does.
    on_crashed=[settle_record],
    on_cancellation=[settle_record],
)
@shown
def watch_feeds() -> Outcome:
    """Read what the feeds and the inbox hold that is not stored yet, compare it, and write a report."""
    settings = load_settings()
    check_watched(settings)
    found = submit(find_news, settings)
    return run_chain(found, begin_run("watch-feeds"), settings, scope_of_watch(settings), only_new=True)
