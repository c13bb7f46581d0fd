"""By hand: the files, folders, web addresses or the text that a person names."""

from prefect import flow

from tasks.chain import begin_run, run_chain
from tasks.options import VerifyOptions, name_run, scope_of
from tasks.read import find_batches
from tasks.runners import chosen_runner
from tasks.settings import load_settings
from tasks.settle import settle_record
from tasks.steps.batches import Outcome
from tasks.submitting import submit

DEFAULTS = VerifyOptions()


@flow(
    name="verify-articles",
    flow_run_name=name_run,
    task_runner=chosen_runner(),
    # Killed or cancelled, a run cannot close its own record; what it raises it does.
    on_crashed=[settle_record],
    on_cancellation=[settle_record],
)
def verify_articles(sources: list[str], text: str = "", options: VerifyOptions = DEFAULTS) -> Outcome:
    """Read articles, find who said what, compare the claims, and write a report.

    Args:
        sources: Files, folders, web addresses of pages or feeds; leave empty for a pasted text.
        text: The text of one article, pasted.
        options: What this run does otherwise than the settings say.
    """
    settings = options.apply(load_settings())
    found = submit(find_batches, sources, text, settings)
    return run_chain(found, begin_run("verify-articles"), settings, scope_of(sources, text))
