"""Extraction in which an article fails alone; free of Prefect, which `rashomon extract` does not need."""

from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from threading import Lock

from tasks.attribution import pipeline
from tasks.attribution.tagger.weights import weights_version
from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.errors import InputError
from tasks.settings import Settings
from tasks.steps.timelimit import seconds_for, time_limit

COMPONENT = pipeline.COMPONENT

Outcome = tuple[Article, tuple[Claim, ...] | Exception]

# spaCy holds the interpreter nearly all the time: a second thread in the pipeline would only double the memory.
_one_at_a_time = Lock()


def component_version(settings: Settings) -> str:
    """Return the version of what makes claims: our rules, the trained weights and the language model under them."""
    model = settings.spacy_model
    ours = f"{pipeline.VERSION}+{weights_version(settings.extractor)}"
    try:
        return f"{ours}+{model}-{version(model.replace('_', '-'))}"
    except PackageNotFoundError:  # a model in a folder: its path must do
        return f"{ours}+{model}"


def extract_claims(articles: Sequence[Article], settings: Settings) -> Iterator[Outcome]:
    """Yield each article with its claims or its error; an article that brings a bug out fails alone."""
    try:
        nlp = pipeline.load_pipeline(settings.spacy_model, settings.extractor)
    except OSError as error:
        told = str(error).partition(". ")[0]
        raise InputError(f"the language model {settings.spacy_model!r} cannot be loaded: {told}") from error
    seconds = seconds_for("".join(article.text for article in articles), settings)
    with _one_at_a_time:
        try:
            with time_limit(seconds):
                outcomes = list(pipeline.extract_articles(articles, nlp))
            yield from outcomes
        except Exception as error:  # noqa: BLE001  (which article it was is found by taking each alone)
            if len(articles) == 1:
                yield articles[0], error
                return
        else:
            return
    for article in articles:
        yield from extract_claims([article], settings)
