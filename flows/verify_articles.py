"""By hand: the web addresses, files, folders or the text that a person names."""

from prefect import flow
from prefect.runtime import deployment

from tasks.chain import begin_run, run_chain
from tasks.options import VerifyOptions, name_run, scope_of
from tasks.read import find_batches
from tasks.request import Articles, Given, check_request
from tasks.runners import chosen_runner
from tasks.settings import load_settings
from tasks.settle import settle_record
from tasks.showing import shown
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
@shown
def verify_articles(articles: Given, options: VerifyOptions = DEFAULTS) -> Outcome:
    """Read articles, find who said what, compare the claims, and write a report.

    Args:
        articles: What to read. Fill in one of the three, or several.
        options: What this run does otherwise than the settings say; leave it as it is if in doubt.
    """
    asked = Articles.model_validate(articles)
    settings = options.apply(load_settings())
    check_request(asked, settings, stdin=not deployment.id)
    found = submit(find_batches, asked.sources, asked.text, settings)
    return run_chain(found, begin_run("verify-articles"), settings, scope_of(asked.sources, asked.text))
