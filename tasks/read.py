"""Read: sources -> inputs -> articles. Every failure has its reason."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.model.article import Article, SetAside, SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.model.evidence import Capture
from tasks.reading.download import Downloader, Page
from tasks.reading.inputs import Input, InputKind, ReadingLimits, find_inputs, text_input
from tasks.reading.read import read_each, read_entry
from tasks.reading.urls import is_url, outlet_of, without_credentials
from tasks.settings import Settings
from tasks.steps.batches import Batch, Found, Reading, Tried
from tasks.steps.capturing import Recorder
from tasks.steps.database import open_once
from tasks.steps.remembering import Memory, tried_of
from tasks.storage.feeds import FeedState

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
    """Return what the inbox of the settings holds, and what is still to be read of what its feeds have shown."""
    return sort_inputs(find_watched(settings, datetime.now(UTC)), settings.batch_size)


@task(task_run_name="fetch-{label}", cache_policy=NO_CACHE)
def read_pages(pages: Sequence[Input], label: str, settings: Settings, now: datetime) -> Reading:
    """Return the articles of pages of one host, or those of feeds among them; one that cannot be had is set aside.

    The download tries again itself: it alone knows what a server asks for, and how long the address took already.
    """
    return read_all(label, pages, settings, now)


def find_all(sources: Sequence[str], text: str, settings: Settings) -> Iterator[Input | SetAside]:
    """Yield what the sources and a pasted text hold, read from standard input where a source is `-`."""
    if text.strip():
        yield text_input(text)
    if sources or not text.strip():
        yield from find_inputs(sources, stdin=sys.stdin.read, limits=reading_limits(settings))


def find_watched(settings: Settings, now: datetime) -> Iterator[Input | SetAside]:
    """Yield what the inbox holds and what is left to read of the feeds; one that cannot be fetched is set aside."""
    limits = reading_limits(settings)
    memory = Memory(engine=open_once(settings.database_url), limits=limits, now=now)
    local = [feed for feed in settings.feeds if not is_url(feed)] + ([str(settings.inbox)] if settings.inbox else [])
    if local:
        yield from find_inputs(local, limits=limits)
    feeds = [feed for feed in settings.feeds if is_url(feed)]
    for feed in feeds:
        state = memory.state_of(feed)
        try:
            page = fetch_feed(feed, state, downloader(limits).fetch)
        except FetchError as error:
            yield SetAside(name=without_credentials(feed), reason=SetAsideReason.FETCH_FAILED, detail=str(error))
        except UnreadableArticleError as error:
            yield SetAside(name=without_credentials(feed), reason=error.reason, detail=error.detail)
        else:
            yield from memory.look_into(feed, page, state, downloader(limits).fetch)
    yield from memory.still_to_read(feeds)


def fetch_feed(feed: str, state: FeedState, fetch: Callable[..., Page]) -> Page:
    """Return the page of a feed; where the server gave it a mark, it is asked whether the feed has changed since."""
    marks = {"etag": state.etag, "modified": state.last_modified}
    known = {name: mark for name, mark in marks.items() if mark}
    return fetch(feed, **known)


def sort_inputs(found: Iterable[Input | SetAside], size: int) -> Found:
    """Return local inputs in batches of a size, pages host after host, and what was set aside at once."""
    items = list(found)
    urls = [item for item in items if isinstance(item, Input) and item.kind is InputKind.URL]
    pages = tuple(page for group in by_host(urls).values() for page in group)
    local = [item for item in items if isinstance(item, Input) and item.kind is not InputKind.URL]
    batches = tuple(
        Batch(label=f"{start + 1}-to-{min(start + size, len(local))}", inputs=tuple(local[start : start + size]))
        for start in range(0, len(local), size)
    )
    return Found(batches=batches, pages=pages, set_asides=tuple(item for item in items if isinstance(item, SetAside)))


def read_all(label: str, inputs: Iterable[Input], settings: Settings, now: datetime) -> Reading:
    """Return what the inputs gave; a passing fault of the network counts as final here."""
    return gather(label, [read_once(item, settings, now) for item in inputs])


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one input gave, what that was read from, and how it came out for the feed that may have named it."""

    outcomes: Sequence[Article | SetAside]
    captures: Sequence[Capture] = ()
    tried: Sequence[Tried] = ()


def read_once(item: Input, settings: Settings, now: datetime) -> Taken:
    """Return what an input gave at the first try."""
    try:
        return read_one(item, settings, now)
    except FetchError as error:
        return read_unfetched(item, error, settings, now)


def read_one(item: Input, settings: Settings, now: datetime) -> Taken:
    """Return what an input gave; only a passing fault of the network is raised."""
    limits = reading_limits(settings)
    recorder = make_recorder(settings, downloader(limits).fetch, now)
    try:
        outcomes: Sequence[Article | SetAside] = list(read_each(item, limits=limits, now=now, fetch=recorder.fetch))
    except UnreadableArticleError as error:
        outcomes = [SetAside(name=item.name, reason=error.reason, detail=error.detail)]
    except FetchError:
        raise
    except Exception as error:  # noqa: BLE001  (a bug that one article brings out must not stop the others)
        outcomes = [SetAside(name=item.name, reason=SetAsideReason.FAILED, detail=f"{type(error).__name__}: {error}")]
    return taken(item, outcomes, recorder)


def read_unfetched(item: Input, error: FetchError, settings: Settings, now: datetime) -> Taken:
    """Return what is known of a page that could not be fetched: the text in its feed, or the note that it failed."""

    def fail(_url: str) -> Page:
        raise error

    recorder = make_recorder(settings, fail, now)
    return taken(item, [read_entry(item, limits=reading_limits(settings), now=now, fetch=recorder.fetch)], recorder)


def make_recorder(settings: Settings, ask: Callable[[str], Page], now: datetime) -> Recorder:
    """Return what fetches pages and keeps what the settings want kept of them."""
    return Recorder(ask=ask, now=now, keep_raw=settings.keep_raw, max_file_bytes=settings.limits.max_file_bytes)


def taken(item: Input, outcomes: Sequence[Article | SetAside], recorder: Recorder) -> Taken:
    """Return what an input gave with what belongs to it."""
    return Taken(
        outcomes=outcomes,
        captures=list(recorder.of_articles(item, outcomes)),
        tried=list(tried_of(item, outcomes)),
    )


def by_host(pages: Iterable[Input]) -> dict[str, tuple[Input, ...]]:
    """Return pages by their host: it is asked for one at a time, so that a task for each of them would only wait."""
    groups: dict[str, list[Input]] = {}
    for page in pages:
        groups.setdefault(host_of(page), []).append(page)
    return {host: tuple(group) for host, group in groups.items()}


def name_pages(host: str, pages: Sequence[Input]) -> str:
    """Return what pages of a host are called in the name of their task."""
    return host if len(pages) == 1 else f"{host}-{len(pages)}-pages"


def host_of(item: Input) -> str:
    """Return the host of a page, for the name of its task."""
    return outlet_of(item.url) or item.name


def gather(label: str, inputs: Iterable[Taken]) -> Reading:
    """Return what inputs gave by kind; the same article met twice is one."""
    given = list(inputs)
    items = [outcome for one in given for outcome in one.outcomes]
    articles = {item.id: item for item in items if isinstance(item, Article)}
    return Reading(
        label=label,
        articles=tuple(articles.values()),
        set_asides=tuple(item for item in items if isinstance(item, SetAside)),
        captures=tuple({capture.sha256: capture for one in given for capture in one.captures}.values()),
        tried=tuple(tried for one in given for tried in one.tried),
    )


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
