"""Publish: what is stored about one run -> its report, the index of reports, and what Prefect shows of it."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.logs import tell
from tasks.settings import Settings
from tasks.showing import leave_artifacts
from tasks.steps.batches import Published
from tasks.steps.material import load_material, print_report
from tasks.tell import tell_news


@task(task_run_name="publish", cache_policy=NO_CACHE)
def publish_report(run_id: str, settings: Settings) -> Published:
    """Write the report of a run, what Prefect shows beside it and events of what is new; return where the report is."""
    published, notice = print_report(load_material(run_id, settings), settings)
    tell("published", f"report written: {published.report}", run_id=run_id, report=published.report)
    leave_artifacts(notice, published)
    tell_news(settings)
    return published
