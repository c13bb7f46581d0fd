"""Compare: the claims that are new -> relations and findings, once for each run."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.logs import tell
from tasks.settings import Settings
from tasks.steps.batches import Compared
from tasks.steps.comparing import compare_all


@task(task_run_name="compare", cache_policy=NO_CACHE)
def compare_claims(settings: Settings) -> Compared:
    """Compare every claim that waits for it, store what follows, and return how much it was."""
    compared = compare_all(settings)
    words = f"compared {compared.claims} claims: {compared.relations} relations, {compared.findings} findings renewed"
    tell("compared", words, claims=compared.claims, relations=compared.relations, findings=compared.findings)
    return compared
