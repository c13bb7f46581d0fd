"""A web page -> draft: main text and metadata by trafilatura, each date with where it came from."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from tasks.model.article import DateSource, SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.draft import Draft
from tasks.reading.extractor import bare_extraction, find_date
from tasks.reading.lines import Line, clean_line
from tasks.reading.moments import from_iso
from tasks.reading.urls import canonical_url, same_site

# Extraction took 0.1 milliseconds for a tag, whatever stood in it: this keeps what one page can cost near 10 seconds.
MAX_TAGS = 100_000
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S%z"
BLOCKS = ("p", "head", "item", "quote", "row", "list", "table", "code", "div")


def parse_page(page: str, *, url: str = "", now: datetime, min_words: int) -> Draft:
    """Return the draft of a page; `url` is where it was fetched from, "" for a file."""
    found = extract(page, url, now)
    published_at, date_source = published(found, page, url, now)
    outlet = clean_line(found.sitename or "")
    return Draft(
        lines=tuple(lines_of(found.body)),
        title=title_of(clean_line(found.title or ""), outlet),
        outlet=outlet,
        url=page_address(found.url or "", url),
        published_at=published_at,
        date_source=date_source,
        min_words=min_words,
    )


def extract(page: str, url: str, now: datetime) -> Any:
    """Return what trafilatura makes of a page; raise where that is nothing, or would take too long."""
    if page.count("<") > MAX_TAGS:
        raise UnreadableArticleError(
            SetAsideReason.TOO_LARGE, f"more than {MAX_TAGS:,} tags: no page of news has as many"
        )
    found: Any = bare_extraction(
        page,
        url=url or None,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=date_settings(now, guess=False),
    )
    if found is None or found.body is None:
        raise UnreadableArticleError(SetAsideReason.NO_ARTICLE, "no article was found in the page")
    return found


def date_settings(now: datetime, *, guess: bool) -> dict[str, Any]:
    """Return how a date is looked for: the first publication, with its time, never one in the future."""
    last = (now + timedelta(days=1)).strftime("%Y-%m-%d")  # somewhere it is tomorrow already
    return {"extensive_search": guess, "original_date": True, "outputformat": TIME_FORMAT, "max_date": last}


def published(found: Any, page: str, url: str, now: datetime) -> tuple[datetime | None, DateSource]:
    """Return the date that the page declares, else the one that a wider search guesses, and which of both it is."""
    if moment := from_iso(found.date or ""):
        return moment, DateSource.METADATA
    guessed = find_date(page, url=url or None, **date_settings(now, guess=True))
    moment = from_iso(guessed or "")
    return moment, DateSource.PAGE if moment else DateSource.NONE


def page_address(declared: str, fetched: str) -> str:
    """Return the canonical address that a page declares, if it may speak for it, else the one it was fetched from."""
    declared, fetched = canonical_url(declared), canonical_url(fetched)
    if not fetched:
        return declared
    # A page may not pass for one of another site, and a careless one names its home page on every article.
    home = urlsplit(declared).path in {"", "/"} and not urlsplit(declared).query
    return declared if declared and same_site(declared, fetched) and not home else fetched


def title_of(title: str, outlet: str) -> str:
    """Return the title without the outlet's name behind it."""
    for mark in (" - ", " | ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(mark)
        if found and outlet and tail.strip().casefold() == outlet.casefold():
            return head.strip()
    return title


def lines_of(body: Any) -> list[Line]:
    """Return the paragraphs of trafilatura's tree, headings marked."""
    heads = {clean_line(" ".join(head.itertext())) for head in body.iter("head")}
    for element in body.iter(*BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    for element in body.iter("cell"):
        element.tail = " " + (element.tail or "")
    for element in body.iter("lb"):
        rest = (element.tail or "").lstrip()
        element.tail = (" " if rest[:1].islower() else "\n") + rest
    texts = (clean_line(line) for line in "".join(body.itertext()).splitlines())
    return [Line(text=text, block=n, heading=text in heads) for n, text in enumerate(filter(None, texts))]
