"""`rashomon read`: what reading takes, from where and with which date, what it drops and sets aside; nothing stored."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tasks.console.output import progress_bar, say, write_json
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.model.agencies import credit_of
from tasks.model.article import Article, SetAside
from tasks.model.evidence import Capture
from tasks.settings import load_settings

# What tells a date, for people; a kind that is not named here goes by its own word.
DATED_BY = {
    "header": "says the text's own header or record",
    "feed": "says the feed",
    "metadata": "says the page's metadata",
    "page": "guessed from the page",
    "dateline": "says the dateline",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One article as it would be taken: from which input, from which bytes, and whether another input had it before."""

    article: Article
    source: str
    capture: Capture | None
    again: bool = False


def show_reading(sources: Sequence[str], *, as_json: bool) -> None:
    """Print each article and each thing set aside that the sources hold, and how many there were of each."""
    counts: Counter[str] = Counter()
    for item in read_sources(sources, as_json=as_json):
        match item:
            case Seen():
                counts["again" if item.again else "taken"] += 1
                counts["dropped"] += len(item.article.residue)
            case SetAside():
                counts[item.reason.value] += 1
        match item:
            case Seen() if as_json:
                write_json(article_row(item))
            case SetAside() if as_json:
                write_json({"kind": "set-aside", "name": item.name, "reason": item.reason, "detail": item.detail})
            case Seen():
                show_article(item)
            case SetAside():
                say(f"SET ASIDE  {item.name}\n  {item.reason}: {item.detail}\n")
    if not as_json:
        say(summary_of(counts))


def read_sources(sources: Sequence[str], *, as_json: bool) -> Iterator[Seen | SetAside]:
    """Yield what the sources hold, as `verify` would take it."""
    set_prefect_defaults(verbose=False)
    from tasks.read import find_all, read_all

    settings, now = load_settings().model_copy(update={"keep_raw": False}), datetime.now(UTC)
    found = list(find_all(sources, "", settings))
    met: set[str] = set()
    with progress_bar(wanted=not as_json) as show:
        for number, item in enumerate(found, start=1):
            if isinstance(item, SetAside):
                yield item
            else:
                reading = read_all(item.name, [item], settings, now)
                captures = {capture.sha256: capture for capture in reading.captures}
                for article in reading.articles:
                    capture = captures.get(article.sha256)
                    yield Seen(article=article, source=item.name, capture=capture, again=article.id in met)
                    met.add(article.id)
                yield from reading.set_asides
            show("read", number, len(found))


def show_article(seen: Seen) -> None:
    """Print one article: its metadata, each line as it is taken, each line that is dropped."""
    article = seen.article
    say(f"{'TAKEN BEFORE' if seen.again else 'TAKEN'}  {article.place or seen.source}\n  {article.title}")
    say(f"  {article.outlet}, {date_of(article)}")
    say(f"  {origin_of(seen)}")
    credit = credit_of(article.text)
    if credit and credit.casefold() != article.outlet.casefold():
        say(f"  names {credit} as its origin")
    for start, line in () if seen.again else lines_of(article):
        heading = any(span.start == start for span in article.headings)
        say(f"  {'heading' if heading else 'text':>8} | {line}")
    for line in () if seen.again else article.residue:
        say(f"  {'dropped':>8} | {line}")
    say("")


def date_of(article: Article) -> str:
    """Return when an article was published, and what tells so."""
    if article.published_at is None:
        return "date unknown"
    note = article.note_on("published_at")
    told = DATED_BY.get(article.date_source.value, f"from the {article.date_source.value}")
    sure = f", {note.sureness.value} by {note.place}" if note else ""
    changed = f", changed {article.modified_at.isoformat(timespec='minutes')}" if article.modified_at else ""
    return f"{article.published_at.isoformat(timespec='minutes')} ({told}{sure}){changed}"


def origin_of(seen: Seen) -> str:
    """Return from where an article would be taken: the input, the answer of the server, the bytes."""
    capture = seen.capture
    if capture is None:
        return f"from {seen.source}"
    server = f"{capture.url_final} (answer {capture.status})" if capture.status else seen.source
    return f"from {server}, {capture.size:,} bytes, language {seen.article.language}"


def summary_of(counts: Mapping[str, int]) -> str:
    """Return how much would be taken, dropped and set aside, the last by reason."""
    known = ("taken", "again", "dropped")
    reasons = ", ".join(f"{reason} {counts[reason]}" for reason in sorted(counts) if reason not in known)
    parts = [f"taken: {counts['taken']}", f"lines dropped: {counts['dropped']}"]
    parts += [f"met twice: {counts['again']}"] if counts["again"] else []
    return "; ".join([*parts, f"set aside: {reasons or 0}"])


def lines_of(article: Article) -> Iterator[tuple[int, str]]:
    """Yield each line of the text with its offset."""
    start = 0
    for line in article.text.split("\n"):
        yield start, line
        start += len(line) + 1


def article_row(seen: Seen) -> dict[str, object]:
    """Return one article as a JSON line."""
    article, capture = seen.article, seen.capture
    return {
        "kind": "article",
        "id": article.id,
        "source": seen.source,
        "met_before": seen.again,
        "place": article.place,
        "title": article.title,
        "outlet": article.outlet,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "date_source": article.date_source,
        "modified_at": article.modified_at.isoformat() if article.modified_at else None,
        "author": article.author,
        "site_name": article.site_name,
        "dateline": article.dateline,
        "fields": {note.field: f"{note.place} ({note.sureness.value})" for note in article.field_notes},
        "language": article.language,
        "credit": credit_of(article.text),
        "sha256": article.sha256,
        "fetched_from": capture.url_final if capture else "",
        "status": capture.status if capture else 0,
        "size": capture.size if capture else None,
        "text": article.text,
        "headings": [[span.start, span.end] for span in article.headings],
        "dropped": article.residue,
    }
