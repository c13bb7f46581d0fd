"""The three ways over the same articles that are compared; each runs in a process of its own, as a user would start it.

In one process the part that ran second was the dearer one, whichever it was.
"""

import os
from datetime import UTC, datetime

from bench.meter import Meter, children_cpu
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.settings import load_settings

set_prefect_defaults(verbose=False)  # before the verbs, which import Prefect

from tasks.attribution.pipeline import load_pipeline  # noqa: E402
from tasks.comparison.embeddings import load_embedder  # noqa: E402
from tasks.extract import extract_new  # noqa: E402
from tasks.read import find_all, read_all, sort_inputs  # noqa: E402
from tasks.steps.batches import RunInfo  # noqa: E402
from tasks.steps.comparing import compare_block, embed_new  # noqa: E402
from tasks.steps.material import load_material, print_report  # noqa: E402
from tasks.store import mark_completed, recorded, run_details, save_extracted  # noqa: E402


def load_models(meter: Meter) -> None:
    """Load what is loaded once in a process, apart from the stages that use it."""
    with meter.lap("load models"):
        load_pipeline(load_settings().spacy_model)
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
                extracted = extract_new(batch.label, reading.articles, set(), reading.set_asides, settings.spacy_model)
            with meter.lap("store"):
                save_extracted(extracted, run, settings)
        with meter.lap("compare: vectors"):
            embed_new(settings)
        with meter.lap("compare: relations"):
            while compare_block(settings).claims:
                pass
        mark_completed(run, settings)
    with meter.lap("publish"):
        print_report(load_material(run.id, settings), settings)


def run_raw(paths: list[str], meter: Meter) -> None:
    """Let spaCy alone go over the texts, as whole documents and in batches of its own choice."""
    settings = load_settings()
    nlp = load_pipeline(settings.spacy_model)
    [batch] = sort_inputs(find_all(paths, "", settings), len(paths)).batches
    texts = [article.text for article in read_all(batch.label, batch.inputs, settings, datetime.now(UTC)).articles]
    with meter.lap("raw spaCy"):
        for _ in nlp.pipe(texts):
            pass
    meter.counts = {"articles": len(texts), "words": sum(len(text.split()) for text in texts)}


def run_as_flow(paths: list[str], meter: Meter) -> None:
    """Run the flow over the articles into a new database; the start of the server is told apart."""
    from prefect import flow

    from flows.verify_articles import verify_articles

    os.environ["RASHOMON_DATABASE_URL"] = "sqlite:///flow.db"
    load_models(meter)
    with meter.lap("start of the temporary server"):
        flow(name="warm-up")(lambda: None)()
    before = children_cpu()
    with meter.lap("flow"):
        outcome = verify_articles(paths)
    meter.add("server during the flow", children_cpu() - before)
    meter.counts = {"claims": outcome.claims}


PARTS = {"raw": run_raw, "direct": run_directly, "flow": run_as_flow}
