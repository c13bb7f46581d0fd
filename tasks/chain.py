"""The verbs in their order, as both flows run them: read, extract, store for each batch; then compare, then publish.

A batch is handed on whole, so that a run of ten thousand articles holds the few that are on their way: the steps
of one batch are submitted one after the other, and the runner takes them in that order.

No verb is cached by Prefect (`NO_CACHE`): the database knows what is done already, and Prefect would hash every article
and claim that passes between two tasks.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import uuid4

from prefect.runtime import flow_run

from tasks.compare import compare_claims
from tasks.extract import extract_batch
from tasks.model.errors import RashomonError
from tasks.publish import publish_report
from tasks.read import by_host, name_pages, read_batch, read_pages
from tasks.settings import Settings
from tasks.steps.batches import Extracted, Found, Outcome, Published, Reading, RunInfo, Stored
from tasks.steps.progress import advance
from tasks.store import mark_completed, recorded, run_details, store_batch
from tasks.submitting import Future, as_completed, naming_dead_processes, submit
from tasks.tell import tell_news

Steps = dict[Future[Stored], Future[Extracted]]  # each store, and the extraction that it waits for


def begin_run(flow: str) -> RunInfo:
    """Return a run that begins now; a flow run that Prefect tries again keeps its id."""
    return RunInfo(id=str(flow_run.id or uuid4()), flow=flow, started_at=datetime.now(UTC))


def run_chain(found: Future[Found], run: RunInfo, settings: Settings, scope: str, *, only_new: bool = False) -> Outcome:
    """Take what was found through all verbs, and return what came of it.

    With `only_new` an article that is stored already is left out, and where nothing is new there is no report.
    """
    with recorded(run, settings, run_details(scope, settings)), naming_dead_processes():
        stored, stores = run_batches(found, run, settings, only_new=only_new)
        if only_new and not stored.articles:
            mark_completed(run, settings)
            tell_news(settings)  # an outlet may fail, and an earlier run may have been killed before it told
            return Outcome(run_id=run.id, summary="Nothing new.", set_asides=stored.set_asides)
        published = compare_and_publish(run, settings, stores)
    if not stored.articles:
        raise RashomonError(f"no article could be read; the report gives the reasons: {published.report}")
    return Outcome(
        run_id=run.id,
        report=published.report,
        index=published.index,
        summary=published.summary,
        articles=stored.articles,
        claims=stored.claims,
        set_asides=stored.set_asides,
    )


def compare_and_publish(run: RunInfo, settings: Settings, stores: Sequence[Future[Stored]]) -> Published:
    """Compare what the batches stored and print the report; return where it is."""
    advance("compare", 0, 1)
    compared = submit(compare_claims, settings, wait_for=stores)
    compared.result()
    advance("compare", 1, 1)
    mark_completed(run, settings)
    advance("publish", 0, 1)
    published = submit(publish_report, run.id, settings, wait_for=[compared]).result()
    advance("publish", 1, 1)
    return published


def run_batches(
    found: Future[Found], run: RunInfo, settings: Settings, *, only_new: bool
) -> tuple[Stored, list[Future[Stored]]]:
    """Read, extract and store all that was found; return how much is stored, and the tasks that did it."""
    steps: Steps = {}
    for label, readings in submit_readings(found, settings, run.started_at):
        extracted = submit(extract_batch, label, readings, settings, only_new=only_new)
        steps[submit(store_batch, extracted, run, settings)] = extracted
    stores, total, done = list(steps), len(steps), Stored()
    advance("read", 0, total)
    for number, store in enumerate(as_completed(stores), start=1):
        done += result_of(store, steps.pop(store))
        advance("read", number, total)
    return done, stores


def result_of(store: Future[Stored], extracted: Future[Extracted]) -> Stored:
    """Return what was stored, or raise the error that came first: the later task knows only that it was not run.

    What was extracted is asked for only then: from another process it would have to be fetched, texts and all.
    """
    try:
        return store.result()
    except Exception:
        extracted.result()
        raise


def submit_readings(
    found: Future[Found], settings: Settings, now: datetime
) -> Iterator[tuple[str, Sequence[Reading | Future[Reading]]]]:
    """Yield a label and the readings of each batch: what was set aside at once, local files together, pages by host."""
    inputs = found.result()
    if inputs.set_asides:
        yield "set-aside", [Reading(label="set-aside", articles=(), set_asides=inputs.set_asides)]
    for batch in inputs.batches:
        yield batch.label, [submit(read_batch, batch, settings, now, wait_for=[found])]
    for start in range(0, len(inputs.pages), settings.batch_size):
        pages = inputs.pages[start : start + settings.batch_size]
        hosts = [(name_pages(host, group), group) for host, group in by_host(pages).items()]
        readings = [submit(read_pages, group, label, settings, now, wait_for=[found]) for label, group in hosts]
        yield f"pages-{start + 1}-to-{start + len(pages)}", readings
