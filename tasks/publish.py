"""Publish: what is stored about one run -> its report, the index of reports, and a summary in Prefect."""

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.context import TaskRunContext

from tasks.settings import Settings
from tasks.steps.batches import Published
from tasks.steps.material import load_material, print_report


@task(task_run_name="publish", cache_policy=NO_CACHE)
def publish_report(run_id: str, settings: Settings) -> Published:
    """Write the report of a run and a summary beside it in Prefect, and return where the report is."""
    published, markdown = print_report(load_material(run_id, settings), settings)
    if TaskRunContext.get() is not None:  # without a server there is nothing to leave it in
        create_markdown_artifact(markdown, key="report", description=published.summary)
    return published
