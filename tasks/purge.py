"""Purge: what is old -> gone, with a summary in Prefect."""

from datetime import UTC, datetime

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from tasks.logs import tell
from tasks.reporting.purged import purge_line, purge_markdown
from tasks.settings import Settings
from tasks.steps.purging import age_of, purge


@task(task_run_name="purge", cache_policy=NO_CACHE)
def purge_old(days: int, settings: Settings, *, reports: bool) -> dict[str, int]:
    """Take out what was last met more than so many days ago, and return how much went."""
    gone, shrunk = purge(age_of(days, datetime.now(UTC)), settings, reports=reports)
    counts, bytes_freed = gone.counts(), shrunk.before - shrunk.after
    tell("purged", f"purged what is older than {days} days: {purge_line(counts, bytes_freed)}", counts=counts)
    markdown = purge_markdown(days, counts, bytes_freed, shrunk.note)
    create_markdown_artifact(markdown, key="purge", description=purge_line(counts, bytes_freed))
    return counts
