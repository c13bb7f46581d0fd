"""Extract: articles -> claims, once for each article and version of the component."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.comparison.copies import shingles
from tasks.logs import tell
from tasks.model.article import Article, SetAside, SetAsideReason
from tasks.model.claim import Claim
from tasks.model.errors import UnreadableArticleError
from tasks.model.evidence import Capture
from tasks.model.run import Extraction
from tasks.reading.repeated import mark_repeated
from tasks.settings import Settings
from tasks.steps.batches import Extracted, Reading, Tried
from tasks.steps.database import open_once
from tasks.steps.inhand import extract_in_hand
from tasks.steps.patiently import patiently
from tasks.steps.remembering import settle
from tasks.steps.safely import COMPONENT, component_version
from tasks.storage.articles import find_stored
from tasks.storage.database import reading
from tasks.storage.purging import find_purged


@task(task_run_name="extract-{label}", cache_policy=NO_CACHE)
def extract_batch(label: str, readings: Sequence[Reading], settings: Settings, *, only_new: bool = False) -> Extracted:
    """Return the claims of the articles of some readings; what this version has read before is not read again.

    With `only_new` such an article is left out altogether, as if nobody had brought it, and so is one that was purged.
    """
    brought = mark_repeated(article for reading in readings for article in reading.articles)
    articles = {article.id: article for article in brought}
    captures = {capture.sha256: capture for reading in readings for capture in reading.captures}
    set_asides = tuple(item for reading in readings for item in reading.set_asides)
    known = find_known(articles, settings)
    if only_new:
        done = known | find_removed(articles, settings)
        articles = {key: article for key, article in articles.items() if key not in done}
    extracted = extract_new(label, articles.values(), known, set_asides, settings)
    return with_origins(extracted, captures, [one for reading in readings for one in reading.tried], articles)


def with_origins(
    extracted: Extracted, captures: Mapping[str, Capture], tried: Sequence[Tried], given: Collection[str]
) -> Extracted:
    """Return what extraction gave with what it was read from, and with how the entries of feeds came out."""
    items = [replace(item, capture=captures.get(item.article.sha256)) for item in extracted.extractions]
    failed = set(given) - {item.article.id for item in items}
    return replace(extracted, extractions=tuple(items), tried=tuple(settle(tried, failed)))


@patiently
def find_known(article_ids: Collection[str], settings: Settings) -> set[str]:
    """Return those of the articles whose claims are stored as this version finds them."""
    with reading(open_once(settings.database_url)) as session:
        return find_stored(session, article_ids, component_version(settings))


def find_removed(article_ids: Collection[str], settings: Settings) -> set[str]:
    """Return those of the articles that were purged: their files may still lie in the inbox."""
    with reading(open_once(settings.database_url)) as session:
        return find_purged(session, article_ids)


def extract_new(
    label: str, articles: Iterable[Article], known: set[str], set_asides: Iterable[SetAside], settings: Settings
) -> Extracted:
    """Return an Extraction for each article; one that fails joins what was set aside before."""
    items = list(articles)
    new = [article for article in items if article.id not in known]
    outcomes = extract_in_hand(new, settings)
    extractions = [
        make_extraction(article, claims, settings) for article, claims in outcomes if isinstance(claims, tuple)
    ]
    failures = [set_aside(article, error) for article, error in outcomes if isinstance(error, Exception)]
    extractions += [make_extraction(article, None, settings) for article in items if article.id in known]
    return Extracted(label=label, extractions=tuple(extractions), set_asides=(*set_asides, *failures))


def make_extraction(article: Article, claims: tuple[Claim, ...] | None, settings: Settings) -> Extraction:
    """Return what storage keeps of an article; claims are None where they are stored already."""
    return Extraction(
        article=article,
        claims=claims,
        shingles=shingles(article.text),
        component=COMPONENT,
        component_version=component_version(settings),
    )


def set_aside(article: Article, error: Exception) -> SetAside:
    """Return why an article gave no claims; the log names the kind of error alone, whose words may be the text's."""
    tell(
        "failed",
        f"no claims from an article: {type(error).__name__}",
        article_id=article.id,
        error=type(error).__name__,
    )
    if isinstance(error, UnreadableArticleError):
        return SetAside(name=article.place, reason=error.reason, detail=error.detail, sha256=article.sha256)
    detail = f"{type(error).__name__}: {error}"
    return SetAside(name=article.place, reason=SetAsideReason.FAILED, detail=detail, sha256=article.sha256)
