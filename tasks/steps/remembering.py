"""Feeds and what is remembered of them: what a feed shows is noted first, then read; free of Prefect.

All that is new in a feed is stored as still to be read, in one transaction with what the server said of the feed,
before any page is asked for. So a run may be killed at any point: the server may say "not modified" to the next one,
which still knows what is left to read. An entry is done in the transaction that stores its article.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

from tasks.model.article import Article, DateSource, SetAside, SetAsideReason, content_id
from tasks.reading.inputs import Input, InputKind, ReadingLimits
from tasks.reading.listings import find_listed
from tasks.reading.page import Page
from tasks.reading.urls import canonical_url, without_credentials
from tasks.steps.batches import Tried
from tasks.storage.articles import find_known_urls
from tasks.storage.database import Engine, reading, writing
from tasks.storage.feeds import EntryNote, FeedState, find_due, load_feed, save_feed


def entry_key(item: Input) -> str:
    """Return by what an entry is known again, in whichever feed: the address of its page, or its text."""
    url = canonical_url(item.url)
    return content_id(url) if url else content_id(item.title, item.text)


def to_json(item: Input) -> dict[str, Any]:
    """Return an input as plain JSON, without what is empty; it has no bytes beside its text."""
    given = {field.name: getattr(item, field.name) for field in fields(item) if field.name != "raw"}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in given.items() if value}


def from_json(said: dict[str, Any]) -> Input:
    """Return the input that was kept; what an older or newer version kept besides is passed over."""
    known = {field.name: said[field.name] for field in fields(Input) if field.name in said}
    known |= {"kind": InputKind(said["kind"]), "date_source": DateSource(said.get("date_source", "none"))}
    moments = {name: datetime.fromisoformat(said[name]) for name in known if name.endswith("_at")}
    return Input(**known | moments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is remembered of feeds, as one run meets it."""

    engine: Engine
    limits: ReadingLimits
    now: datetime

    def state_of(self, feed: str) -> FeedState:
        """Return what the server said of a feed when it was last read in full; empty where it never was."""
        with reading(self.engine) as session:
            return load_feed(session, without_credentials(feed))

    def look_into(self, feed: str, page: Page, state: FeedState, fetch: Callable[[str], Page]) -> Iterator[SetAside]:
        """Note what is new in the page of a feed, and yield what is set aside at once."""
        if page.unchanged or sha256(page.body).hexdigest() == state.sha256:
            return
        further: list[str] = []

        def at_hand(url: str) -> Page:
            if url == feed:
                return page
            further.append(url)
            return fetch(url)

        found = list(find_listed(feed, limits=self.limits, fetch=at_hand))
        items = [item for item in found if isinstance(item, Input)]
        if items:  # a feed that shows nothing is looked at in full again, and told of again
            # What only leads to lists may stay as it is while they change: its marks would hide that.
            self.remember(feed, FeedState() if further else state_in(page), items)
        yield from (item for item in found if isinstance(item, SetAside))

    def remember(self, feed: str, state: FeedState, items: Sequence[Input]) -> None:
        """Store what the server said of a feed, and which of its entries are still to be read."""
        urls = {url for url in (canonical_url(item.url) for item in items) if url}
        with writing(self.engine) as session:
            known = find_known_urls(session, urls)
            notes = [note_of(item, is_stored=canonical_url(item.url) in known) for item in items]
            save_feed(session, without_credentials(feed), state, notes, self.now)

    def still_to_read(self, feeds: Iterable[str]) -> list[Input]:
        """Return the entries of the feeds that may be read now, each once."""
        with reading(self.engine) as session:
            said = find_due(session, [without_credentials(feed) for feed in feeds], self.now)
        return list({entry_key(item): item for item in map(from_json, said)}.values())


def state_in(page: Page) -> FeedState:
    """Return by what the server, or else we, can tell that a page has not changed."""
    said = {name.lower(): value for name, value in page.headers.items()}
    return FeedState(
        etag=said.get("etag", ""),
        last_modified=said.get("last-modified", ""),
        sha256=sha256(page.body).hexdigest(),
    )


def note_of(item: Input, *, is_stored: bool) -> EntryNote:
    """Return what is remembered of an entry; one that gets another title or date has its page read again.

    Its text does not count: some feeds tell there how many comments a page has, and each would ask for it anew.
    """
    times = [getattr(item, field.name) for field in fields(item) if field.name.endswith("_at")]
    stamp = content_id(item.title, *times)
    return EntryNote(key=entry_key(item), stamp=stamp, said=to_json(item), is_stored=is_stored)


def tried_of(item: Input, outcomes: Iterable[Article | SetAside]) -> Iterator[Tried]:
    """Yield how an input came out, if a feed may have named it; one that held a whole feed is no entry of one."""
    found = list(outcomes)
    if item.kind in {InputKind.URL, InputKind.RECORD} and len(found) == 1:
        only = found[0]
        if isinstance(only, Article):
            yield Tried(key=entry_key(item), article_id=only.id)
        else:
            yield Tried(key=entry_key(item), reason=only.reason)


def settle(tried: Iterable[Tried], failed: Iterable[str]) -> list[Tried]:
    """Return how entries came out, after some of the articles failed in a later stage."""
    lost = set(failed)
    return [
        Tried(key=one.key, reason=SetAsideReason.FAILED) if one.article_id and one.article_id in lost else one
        for one in tried
    ]
