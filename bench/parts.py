"""The three ways over the same articles that are compared; each runs in a process of its own, as a user would start it.

In one process the part that ran second was the dearer one, whichever it was.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from unittest.mock import patch

from bench.meter import Meter, children_cpu
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.settings import load_settings

set_prefect_defaults(verbose=False)  # before the verbs, which import Prefect

from tasks import compare as verbs_compare  # noqa: E402
from tasks import extract as verbs_extract  # noqa: E402
from tasks import publish as verbs_publish  # noqa: E402
from tasks import read as verbs_read  # noqa: E402
from tasks import store as verbs_store  # noqa: E402
from tasks.attribution.pipeline import load_pipeline  # noqa: E402
from tasks.attribution.tagger.weights import RULES  # noqa: E402
from tasks.comparison.embeddings import load_embedder  # noqa: E402
from tasks.extract import extract_new  # noqa: E402
from tasks.read import find_all, read_all, sort_inputs  # noqa: E402
from tasks.steps.batches import RunInfo  # noqa: E402
from tasks.steps.comparing import compare_waiting, embed_new  # noqa: E402
from tasks.steps.material import load_material, print_report  # noqa: E402
from tasks.store import mark_completed, recorded, run_details, save_extracted  # noqa: E402

# The functions that the verbs wrap, where the verbs find them.
STEPS = (
    (verbs_read, "find_all"),
    (verbs_read, "read_all"),
    (verbs_extract, "find_known"),
    (verbs_extract, "extract_new"),
    (verbs_store, "save_extracted"),
    (verbs_compare, "compare_all"),
    (verbs_publish, "load_material"),
    (verbs_publish, "print_report"),
)


def load_models(meter: Meter) -> None:
    """Load what is loaded once in a process, apart from the stages that use it."""
    with meter.lap("load models"):
        load_pipeline(load_settings().spacy_model, load_settings().extractor)
        load_embedder()


def run_directly(paths: list[str], meter: Meter) -> None:
    """Take the articles through all stages by calling the same functions as the flow."""
    os.environ["RASHOMON_DATABASE_URL"] = "sqlite:///direct.db"
    settings, run = load_settings(), RunInfo(id="direct", flow="bench", started_at=datetime.now(UTC))
    load_models(meter)
    with recorded(run, settings, run_details("bench", settings)):
        with meter.lap("read"):
            found = sort_inputs(find_all(paths, "", settings), settings.batch_size)
        for batch in found.batches:
            with meter.lap("read"):
                reading = read_all(batch.label, batch.inputs, settings, run.started_at)
            with meter.lap("extract"):
                extracted = extract_new(batch.label, reading.articles, set(), reading.set_asides, settings)
            with meter.lap("store"):
                save_extracted(extracted, run, settings)
        with meter.lap("compare: vectors"):
            embed_new(settings)
        with meter.lap("compare: relations"):
            compare_waiting(settings)
        mark_completed(run, settings)
    with meter.lap("publish"):
        print_report(load_material(run.id, settings), settings)


def run_raw(paths: list[str], meter: Meter) -> None:
    """Let spaCy alone go over the texts, as whole documents and in batches of its own choice."""
    settings = load_settings()
    nlp = load_pipeline(settings.spacy_model, RULES)  # without the trained extractor in the pipe
    [batch] = sort_inputs(find_all(paths, "", settings), len(paths)).batches
    texts = [article.text for article in read_all(batch.label, batch.inputs, settings, datetime.now(UTC)).articles]
    with meter.lap("raw spaCy"):
        for _ in nlp.pipe(texts):
            pass
    meter.counts = {"articles": len(texts), "words": sum(len(text.split()) for text in texts)}


@contextmanager
def inner_steps(meter: Meter) -> Iterator[None]:
    """Add up the time of the processor that the steps themselves take inside the flow, thread by thread.

    What Prefect adds is told against these: the same functions in the same run, since two runs on a shared machine
    differ by more than that.
    """
    spent: list[float] = []

    def timed(step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def run(*args: Any, **kwargs: Any) -> Any:
            began = time.thread_time()
            try:
                return step(*args, **kwargs)
            finally:
                spent.append(time.thread_time() - began)

        return run

    with ExitStack() as stack:
        for verb, step in STEPS:
            stack.enter_context(patch.object(verb, step, timed(getattr(verb, step))))
        yield
    meter.add("the steps inside the flow", sum(spent))


def run_as_flow(paths: list[str], meter: Meter) -> None:
    """Run the flow over the articles into a new database; the start of the server is told apart."""
    from prefect import flow

    from flows.verify_articles import verify_articles

    os.environ["RASHOMON_DATABASE_URL"] = "sqlite:///flow.db"
    load_models(meter)
    with meter.lap("start of the temporary server"):
        flow(name="warm-up")(lambda: None)()
    before = children_cpu()
    with inner_steps(meter), meter.lap("flow"):
        outcome = verify_articles(paths)
    meter.add("server during the flow", children_cpu() - before)
    meter.counts = {"claims": outcome.claims}


PARTS = {"raw": run_raw, "direct": run_directly, "flow": run_as_flow}
