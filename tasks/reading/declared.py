"""What a page declares of itself where machines read it, each field with the place that it stands in.

trafilatura knows more places, but not which of them it took a value from; and that is what a reader of a report must be
told. So these are asked first, and what the library finds beyond them is shown as a guess.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tasks.reading.jsonld import find_article
from tasks.reading.lines import clean_line
from tasks.reading.moments import from_iso, parse_moment

METAS = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "author": ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "creator"),
    "site_name": ("og:site_name", "application-name", "publisher"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate",
        "publish-date", "publish_date", "publication_date", "dc.date.issued", "dcterms.created", "dc.date", "date",
    ),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"),
    "language": ("content-language", "dc.language"),
}  # fmt: skip
FIELDS = {name: field for field, names in METAS.items() for name in names}
TIMES = {"datepublished": "published", "datemodified": "modified"}
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)")
LONGEST = 500  # characters of one field


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value, and the place that it stands in."""

    value: str
    place: str


def find_declared(tree: Any) -> dict[str, Found]:
    """Return what a page declares, by the names of our fields."""
    scripts = [node.text or "" for node in tree.iter("script") if "ld+json" in (node.get("type") or "").lower()]
    found: dict[str, Found] = {}
    for field, value in find_article(scripts, list(find_titles(tree))).items():
        found[field] = Found(value=value, place="json-ld")
    for place, field, value in (*find_metas(tree), *find_times(tree)):
        if value and not (field == "author" and "://" in value):  # some name the author by an address
            found.setdefault(field, Found(value=value, place=place))
    if language := clean_line(tree.get("lang") or ""):
        found.setdefault("language", Found(value=language, place="html"))
    return found


def find_titles(tree: Any) -> Iterator[str]:
    """Yield the titles of a page, which tell its article from others that it lists."""
    for element in tree.iter("title", "h1", "h2"):
        yield clean_line(" ".join(element.itertext())[:LONGEST])


def find_metas(tree: Any) -> Iterator[tuple[str, str, str]]:
    """Yield place, field and value of the meta tags that are known, the surest of each field first."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        ).lower()
        if name in FIELDS:
            metas.setdefault(name, clean_line((meta.get("content") or "")[:LONGEST]))
    yield from (("meta", field, metas[name]) for name, field in FIELDS.items() if name in metas)


def find_times(tree: Any) -> Iterator[tuple[str, str, str]]:
    """Yield place, field and value of the elements that are marked as the article's dates."""
    for element in tree.iter("time", "span", "meta"):
        field = TIMES.get((element.get("itemprop") or "").lower())
        if field is None and element.tag == "time" and element.get("pubdate") is not None:
            field = "published"
        if field:
            said = element.get("datetime") or element.get("content") or element.text or ""
            yield "time", field, clean_line(said[:LONGEST])


def moment_of(found: Found | None, now: datetime) -> datetime | None:
    """Return the moment that a page declares, None where it lies in the future: somewhere it is tomorrow already."""
    moment = parse_moment(found.value) if found else None
    return moment if moment and moment <= now + timedelta(days=1) else None


def address_moment(url: str) -> datetime | None:
    """Return the day that an address is filed under."""
    match = IN_ADDRESS.search(url)
    return from_iso(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}") if match else None


def known(found: Mapping[str, Found], field: str) -> str:
    """Return the value of a field, "" where the page does not declare it."""
    return found[field].value if field in found else ""
