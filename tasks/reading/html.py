"""A web page -> draft: main text and metadata by trafilatura, each field with where it came from."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tasks.model.article import FieldNote, SetAsideReason, Sureness
from tasks.model.errors import UnreadableArticleError
from tasks.reading.dateline import find_dateline
from tasks.reading.declared import Found, find_declared, known, moment_of
from tasks.reading.draft import Draft
from tasks.reading.extractor import bare_extraction, load_html
from tasks.reading.lines import Line, clean_line
from tasks.reading.pagedates import date_settings, published, stop_clocks
from tasks.reading.titles import letters_of
from tasks.reading.urls import canonical_url, outlet_of, same_site

# Extraction took 0.1 milliseconds for a tag, whatever stood in it: this keeps what one page can cost near 10 seconds.
MAX_TAGS = 100_000
BLOCKS = ("p", "head", "item", "quote", "row", "list", "table", "code", "div")


def parse_page(page: str, *, url: str = "", now: datetime, min_words: int) -> Draft:
    """Return the draft of a page; `url` is where it was fetched from, "" for a file."""
    tree = load_page(page)
    declared = find_declared(tree)
    if not moment_of(declared.get("published"), now):
        stop_clocks(tree)
    found = extract(tree, url, now)
    outlet, lines = clean_line(found.sitename or ""), lines_of(found.body)
    title, dateline = title_of(clean_line(found.title or ""), outlet), find_dateline(lines)
    address = page_address(found.url or "", url)
    moment, source, dated = published(tree, declared, found.date or "", dateline, url=address, now=now)
    draft = Draft(
        lines=tuple(lines),
        title=title,
        outlet=outlet,
        url=address,
        published_at=moment,
        date_source=source,
        author=known(declared, "author") or clean_line(found.author or "").replace(";", ","),
        site_name=known(declared, "site_name") or ("" if outlet == outlet_of(address) else outlet),
        modified_at=moment_of(declared.get("modified"), now),
        dateline=dateline.text if dateline else "",
        language=known(declared, "language"),
        min_words=min_words,
    )
    return replace(draft, notes=(*dated, *notes_on(draft, declared)))


def load_page(page: str) -> Any:
    """Return the tree of a page; raise where it has none, or would take too long."""
    if page.count("<") > MAX_TAGS:
        raise UnreadableArticleError(
            SetAsideReason.TOO_LARGE, f"more than {MAX_TAGS:,} tags: no page of news has as many"
        )
    tree: Any = load_html(page)
    if tree is None:
        raise UnreadableArticleError(SetAsideReason.NO_ARTICLE, "no article was found in the page")
    return tree


def extract(tree: Any, url: str, now: datetime) -> Any:
    """Return what trafilatura makes of a page; raise where that is nothing."""
    found: Any = bare_extraction(
        tree,
        url=url or None,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=date_settings(now, guess=False),
    )
    if found is None or found.body is None:
        raise UnreadableArticleError(SetAsideReason.NO_ARTICLE, "no article was found in the page")
    return found


def notes_on(draft: Draft, declared: Mapping[str, Found]) -> Iterator[FieldNote]:
    """Yield a note on each field that has a value, the date of publication aside."""
    for field in ("title", "author", "site_name", "modified_at", "language"):
        name = field.removesuffix("_at")
        value, told = getattr(draft, field), declared.get(name)
        if value and told and (field != "title" or letters_of(told.value).startswith(letters_of(value))):
            yield FieldNote(field=field, place=told.place, sureness=Sureness.DECLARED)
        elif value:
            yield FieldNote(field=field, place="page", sureness=Sureness.GUESSED)
    if draft.url:
        yield FieldNote(field="url", place="page", sureness=Sureness.DECLARED)
    if draft.dateline:
        yield FieldNote(field="dateline", place="text", sureness=Sureness.READ)


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
