"""Measure each stage, called directly and as a flow, and print a table of ratios to raw spaCy on the same articles."""

import argparse
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.articles import find_files, vary
from bench.meter import Meter, children_cpu
from bench.table import show
from tasks.prefect_settings import set_prefect_defaults
from tasks.settings import ROOT, load_settings

set_prefect_defaults(verbose=False)  # before the verbs, which import Prefect

from tasks.attribution.pipeline import load_pipeline  # noqa: E402
from tasks.batches import RunInfo  # noqa: E402
from tasks.comparing import compare_block, embed_new  # noqa: E402
from tasks.comparison.embeddings import load_embedder  # noqa: E402
from tasks.extract import extract_new  # noqa: E402
from tasks.material import load_material, print_report  # noqa: E402
from tasks.model.article import Article  # noqa: E402
from tasks.read import find_all, read_all, sort_inputs  # noqa: E402
from tasks.store import mark_completed, recorded, run_details, save_extracted  # noqa: E402


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--articles", type=Path, metavar="DIR", help="measure with these files, not with made ones")
    parser.add_argument("--count", type=int, default=200, help="how many articles to make (200)")
    chosen = parser.parse_args()
    meter = Meter()
    with tempfile.TemporaryDirectory() as folder:
        paths = find_sources(chosen.articles, chosen.count, Path(folder))
        os.chdir(folder)  # the databases and reports of the benchmark go with it
        articles = run_directly(paths, meter)
        run_as_flow(paths, meter)
        run_raw(articles, meter)  # last: whole documents take the most memory
        show(meter, articles)


def find_sources(named: Path | None, count: int, folder: Path) -> list[str]:
    """Return the files to measure with: those of the folder that is named, else varied examples."""
    if named:
        return [str(path.absolute()) for path in find_files(named)]
    (folder / "articles").mkdir()
    settings = load_settings()
    [batch] = sort_inputs(find_all([str(ROOT / "examples")], "", settings), 1_000).batches
    examples = read_all(batch.label, batch.inputs, settings, datetime.now(UTC))
    return [str(path) for path in vary(list(examples.articles), count, folder / "articles")]


def run_directly(paths: list[str], meter: Meter) -> list[Article]:
    """Take the articles through all stages by calling the same functions as the flow, and return them."""
    os.environ["RASHOMON_DATABASE_URL"] = "sqlite:///direct.db"
    settings, run = load_settings(), RunInfo(id="direct", flow="bench", started_at=datetime.now(UTC))
    with meter.lap("load models"):
        load_pipeline(settings.spacy_model)
        load_embedder()
    articles: list[Article] = []
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
            articles += reading.articles
        with meter.lap("compare: vectors"):
            embed_new(settings)
        with meter.lap("compare: relations"):
            while compare_block(settings).claims:
                pass
        mark_completed(run, settings)
    with meter.lap("publish"):
        print_report(load_material(run.id, settings), settings)
    return articles


def run_raw(articles: list[Article], meter: Meter) -> None:
    """Let spaCy alone go over the texts, as whole documents and in batches of its own choice."""
    nlp = load_pipeline(load_settings().spacy_model)
    with meter.lap("raw spaCy"):
        for _ in nlp.pipe(article.text for article in articles):
            pass


def run_as_flow(paths: list[str], meter: Meter) -> None:
    """Run the flow over the same articles into a new database; the start of the server is told apart."""
    from prefect import flow

    from flows.verify_articles import verify_articles

    os.environ["RASHOMON_DATABASE_URL"] = "sqlite:///flow.db"
    with meter.lap("start of the temporary server"):
        flow(name="warm-up")(lambda: None)()
    before = children_cpu()
    with meter.lap("flow"):
        verify_articles(paths)
    meter.add("server during the flow", children_cpu() - before)


if __name__ == "__main__":
    main()
