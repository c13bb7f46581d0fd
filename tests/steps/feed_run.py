"""For the tests: one run over a feed, without Prefect's server and without spaCy, killed at a point that is named.

The feed's server is made up: it knows the marks that it gave, and says "not modified" to who brings the newest one.
"""

import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tasks import read
from tasks.model.article import SetAside
from tasks.model.errors import FetchError
from tasks.model.run import Extraction
from tasks.read import find_watched, read_all, sort_inputs
from tasks.reading.inputs import Input
from tasks.reading.page import Page
from tasks.settings import Settings
from tasks.steps.batches import Extracted, Reading, RunInfo
from tasks.steps.database import open_once
from tasks.storage.articles import load_articles, save_batch
from tasks.storage.database import reading, writing
from tasks.storage.feeds import save_tries
from tasks.storage.runs import start_run
from tasks.store import save_extracted

FEED = "https://bay.example/feed.xml"
NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


@dataclass(slots=True)
class Site:
    """A feed and its pages; asked with the mark of its newest state, the feed has not changed."""

    stories: list[str]
    titles: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    marks: bool = True

    def fetch(self, url: str, **known: str) -> Page:
        """Return the feed or a page, or raise as the downloader does."""
        self.asked.append((url, known))
        if url in self.failing:
            raise FetchError(f"{url}: the server answered 503")
        if url != FEED:
            return page_of(url, self.page(url.rsplit("/", 1)[1]))
        mark = f'"{len(self.stories)}{"".join(self.titles.values())}"'
        if known.get("etag") == mark:
            return Page(url_final=url, status=304, content_type="", body=b"")
        headers = {"etag": mark, "last-modified": "then"} if self.marks else {}
        return page_of(url, self.feed(), headers)

    def feed(self) -> str:
        """Return the feed as RSS."""
        items = "".join(
            f"<item><title>{self.titles.get(name, name)}</title><link>https://bay.example/{name}</link></item>"
            for name in self.stories
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bay Post</title>{items}</channel></rss>'

    def page(self, name: str) -> str:
        """Return a page with a story of its own."""
        body = self.bodies.get(name, f"The {name} said on Friday that it would close for a week, in spite of protests.")
        more = f"People near the {name} told reporters that they had heard of it only this morning, and by chance."
        return f"<html><body><article><h1>{name}</h1><p>{body}</p><p>{more}</p></article></body></html>"


def page_of(url: str, text: str, headers: dict[str, str] | None = None) -> Page:
    """Return an answer of the server."""
    kind = "text/html" if url != FEED else "application/rss+xml"
    return Page(url_final=url, status=200, content_type=kind, body=text.encode(), headers=headers or {})


def entries_of(found: Iterable[Input | SetAside]) -> list[str]:
    """Return the addresses of what is to be read."""
    return [item.url for item in found if isinstance(item, Input)]


def run_once(settings: Settings, now: datetime, point: str = "") -> int:
    """Do what a run of `watch` does up to the comparison, and return how many articles are new; one page a batch."""
    engine = open_once(settings.database_url)
    run = RunInfo(id="run", flow="watch-feeds", started_at=now)
    with writing(engine) as session:
        start_run(session, run.id, run.flow, run.started_at, {})
        before = len(load_articles(session))
    found = sort_inputs(find_watched(settings, now), 50)
    die_at("noted", point)
    for number, page in enumerate(found.pages):
        taken = read_all(page.name, [page], settings, now)
        die_at("fetched", point)
        if point == "in-transaction" and number == 2:
            die_within(extracted_of(taken), settings)
        save_extracted(extracted_of(taken), run, settings)
        die_at("first-batch", point)
    die_at("stored", point)
    with reading(engine) as session:
        return len(load_articles(session)) - before


def extracted_of(taken: Reading) -> Extracted:
    """Return a reading as extraction hands it on, without claims."""
    captures = {capture.sha256: capture for capture in taken.captures}
    items = [
        Extraction(
            article=article,
            claims=(),
            shingles=frozenset(),
            component="none",
            component_version="1",
            capture=captures[article.sha256],
        )
        for article in taken.articles
    ]
    return Extracted(label="", extractions=tuple(items), set_asides=taken.set_asides, tried=taken.tried)


def die_within(extracted: Extracted, settings: Settings) -> None:
    """Be killed when all is written and nothing is committed."""
    with writing(open_once(settings.database_url)) as session:
        save_batch(session, "run", extracted.extractions, extracted.set_asides)
        save_tries(session, [(one.key, one.article_id, one.reason) for one in extracted.tried], NOON)
        os.kill(os.getpid(), signal.SIGKILL)


def die_at(here: str, point: str) -> None:
    """Be killed if this is the point."""
    if here == point:
        os.kill(os.getpid(), signal.SIGKILL)


def stored_texts(settings: Settings) -> dict[str, int]:
    """Return the texts that are stored, with their versions; a text that is there twice is an error."""
    with reading(open_once(settings.database_url)) as session:
        articles = load_articles(session)
    texts = {article.text: article.version for article in articles}
    assert len(texts) == len(articles)
    return texts


def run_and_die(url: str, point: str) -> None:
    """Run once over a feed of five pages in this process, which is killed at the point."""
    read.downloader = lambda _: five_pages()  # type: ignore[assignment]
    run_once(Settings(database_url=url, feeds=(FEED,)), NOON, point)


def five_pages() -> Site:
    """Return a feed of five pages."""
    return Site(stories=["ferry", "mill", "school", "bridge", "market"])
