"""Compare: the claims that are new -> relations and findings, once for each run."""

from prefect import task

from tasks.settings import Settings
from tasks.steps.batches import Compared
from tasks.steps.comparing import compare_all


@task(task_run_name="compare")
def compare_claims(settings: Settings) -> Compared:
    """Compare every claim that waits for it, store what follows, and return how much it was."""
    return compare_all(settings)
