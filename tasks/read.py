"""Read: sources -> inputs -> articles. Every failure has its reason."""

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.model.article import Article, SetAside, SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.download import Downloader, Page
from tasks.reading.inputs import Input, InputKind, ReadingLimits, find_inputs, text_input
from tasks.reading.listings import find_listed
from tasks.reading.read import read_each, read_entry
from tasks.reading.urls import canonical_url, is_url, outlet_of
from tasks.settings import Settings
from tasks.steps.batches import Batch, Found, Reading
from tasks.steps.database import open_once
from tasks.storage.articles import find_known_urls
from tasks.storage.database import reading

downloader = lru_cache(maxsize=4)(Downloader)  # one for each process: it keeps the distance between two requests


@task(task_run_name="find-inputs", cache_policy=NO_CACHE)
def find_batches(sources: Sequence[str], text: str, settings: Settings) -> Found:
    """Return what the sources hold, in batches; a source that does not exist is an InputError."""
    return sort_inputs(find_all(sources, text, settings), settings.batch_size)


@task(task_run_name="read-{batch.label}", cache_policy=NO_CACHE)
def read_batch(batch: Batch, settings: Settings, now: datetime) -> Reading:
    """Return the articles of a batch of local inputs, and what was set aside."""
    return read_all(batch.label, batch.inputs, settings, now)


@task(task_run_name="find-news", cache_policy=NO_CACHE)
def find_news(settings: Settings) -> Found:
    """Return what the feeds and the inbox of the settings hold, without the pages that are stored already."""
    found = list(find_watched(settings))
    urls = {canonical_url(item.url) for item in found if isinstance(item, Input) and item.kind is InputKind.URL}
    with reading(open_once(settings.database_url)) as session:
        known = find_known_urls(session, urls)
    return sort_inputs((item for item in found if not is_known(item, known)), settings.batch_size)


@task(task_run_name="fetch-{label}", cache_policy=NO_CACHE)
def read_page(item: Input, label: str, settings: Settings, now: datetime) -> Reading:
    """Return the article of one page, or those of a feed; a download that failed to the last is set aside.

    The download tries again itself: it alone knows what a server asks for, and how long the address took already.
    """
    return gather(label, read_once(item, settings, now))


def find_all(sources: Sequence[str], text: str, settings: Settings) -> Iterator[Input | SetAside]:
    """Yield what the sources and a pasted text hold, read from standard input where a source is `-`."""
    if text.strip():
        yield text_input(text)
    if sources or not text.strip():
        yield from find_inputs(sources, stdin=sys.stdin.read, limits=reading_limits(settings))


def find_watched(settings: Settings) -> Iterator[Input | SetAside]:
    """Yield what the feeds and the inbox hold; a feed that cannot be fetched is set aside, and the others go on."""
    limits = reading_limits(settings)
    local = [feed for feed in settings.feeds if not is_url(feed)] + ([str(settings.inbox)] if settings.inbox else [])
    if local:
        yield from find_inputs(local, limits=limits)
    for feed in settings.feeds:
        if is_url(feed):
            yield from find_in_feed(feed, limits)


def find_in_feed(feed: str, limits: ReadingLimits) -> Iterator[Input | SetAside]:
    """Yield the entries of a feed on the network, or the reason why it could not be fetched."""
    yield from find_listed(feed, limits=limits, fetch=downloader(limits).fetch)


def is_known(item: Input | SetAside, urls: Collection[str]) -> bool:
    """Return whether an input is a page that is stored already."""
    return isinstance(item, Input) and item.kind is InputKind.URL and canonical_url(item.url) in urls


def sort_inputs(found: Iterable[Input | SetAside], size: int) -> Found:
    """Return local inputs in batches of a size, pages one by one, and what was set aside at once."""
    items = list(found)
    pages = tuple(item for item in items if isinstance(item, Input) and item.kind is InputKind.URL)
    local = [item for item in items if isinstance(item, Input) and item.kind is not InputKind.URL]
    batches = tuple(
        Batch(label=f"{start + 1}-to-{min(start + size, len(local))}", inputs=tuple(local[start : start + size]))
        for start in range(0, len(local), size)
    )
    return Found(batches=batches, pages=pages, set_asides=tuple(item for item in items if isinstance(item, SetAside)))


def read_all(label: str, inputs: Iterable[Input], settings: Settings, now: datetime) -> Reading:
    """Return what the inputs gave; a passing fault of the network counts as final here."""
    return gather(label, [outcome for item in inputs for outcome in read_once(item, settings, now)])


def read_once(item: Input, settings: Settings, now: datetime) -> Sequence[Article | SetAside]:
    """Return what an input gave at the first try."""
    try:
        return read_one(item, settings, now)
    except FetchError as error:
        return [read_unfetched(item, error, settings, now)]


def read_one(item: Input, settings: Settings, now: datetime) -> Sequence[Article | SetAside]:
    """Return what an input gave; only a passing fault of the network is raised."""
    limits = reading_limits(settings)
    try:
        return list(read_each(item, limits=limits, now=now, fetch=downloader(limits).fetch))
    except UnreadableArticleError as error:
        return [SetAside(name=item.name, reason=error.reason, detail=error.detail)]
    except FetchError:
        raise
    except Exception as error:  # noqa: BLE001  (a bug that one article brings out must not stop the others)
        return [SetAside(name=item.name, reason=SetAsideReason.FAILED, detail=f"{type(error).__name__}: {error}")]


def read_unfetched(item: Input, error: FetchError, settings: Settings, now: datetime) -> Article | SetAside:
    """Return what is known of a page that could not be fetched: the text in its feed, or the note that it failed."""

    def fail(_url: str) -> Page:
        raise error

    return read_entry(item, limits=reading_limits(settings), now=now, fetch=fail)


def host_of(item: Input) -> str:
    """Return the host of a page, for the name of its task."""
    return outlet_of(item.url) or item.name


def gather(label: str, outcomes: Iterable[Article | SetAside]) -> Reading:
    """Return the outcomes by kind; the same article met twice is one."""
    items = list(outcomes)
    articles = {item.id: item for item in items if isinstance(item, Article)}
    set_asides = tuple(item for item in items if isinstance(item, SetAside))
    return Reading(label=label, articles=tuple(articles.values()), set_asides=set_asides)


def reading_limits(settings: Settings) -> ReadingLimits:
    """Return the part of the settings that reading needs."""
    limits = settings.limits
    return ReadingLimits(
        max_file_bytes=limits.max_file_bytes,
        max_page_bytes=limits.max_page_bytes,
        max_feed_bytes=limits.max_feed_bytes,
        connect_seconds=limits.connect_seconds,
        read_seconds=limits.read_seconds,
        timeout_seconds=limits.timeout_seconds,
        total_seconds=limits.total_seconds,
        delay_seconds=limits.delay_seconds,
        proxy=settings.proxy,
        languages=settings.languages,
        allow_hosts=frozenset(settings.allow_hosts),
    )
