"""`rashomon read`: what reading takes, drops and sets aside, shown and not stored."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tasks.console.output import progress_bar, say, write_json
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.model.article import Article, SetAside
from tasks.settings import load_settings


def show_reading(sources: Sequence[str], *, as_json: bool) -> None:
    """Print each article and each thing set aside that the sources hold."""
    for item in read_sources(sources, as_json=as_json):
        match item:
            case Article() if as_json:
                write_json(article_row(item))
            case SetAside() if as_json:
                write_json({"kind": "set-aside", "name": item.name, "reason": item.reason, "detail": item.detail})
            case Article():
                show_article(item)
            case SetAside():
                say(f"SET ASIDE  {item.name}\n  {item.reason}: {item.detail}\n")


def read_sources(sources: Sequence[str], *, as_json: bool) -> Iterator[Article | SetAside]:
    """Yield what the sources hold, as `verify` would take it."""
    set_prefect_defaults(verbose=False)
    from tasks.read import find_all, read_all

    settings, now = load_settings(), datetime.now(UTC)
    found = list(find_all(sources, "", settings))
    with progress_bar(wanted=not as_json) as show:
        for number, item in enumerate(found, start=1):
            if isinstance(item, SetAside):
                yield item
            else:
                reading = read_all(item.name, [item], settings, now)
                yield from reading.articles
                yield from reading.set_asides
            show("read", number, len(found))


def show_article(article: Article) -> None:
    """Print one article: its metadata, each line as it is taken, each line that is dropped."""
    date = article.published_at.isoformat(timespec="minutes") if article.published_at else "date unknown"
    say(f"TAKEN  {article.place}\n  {article.title}\n  {article.outlet}, {date} ({article.date_source})")
    for start, line in lines_of(article):
        heading = any(span.start == start for span in article.headings)
        say(f"  {'heading' if heading else 'text':>8} | {line}")
    for line in article.residue:
        say(f"  {'dropped':>8} | {line}")
    say("")


def lines_of(article: Article) -> Iterator[tuple[int, str]]:
    """Yield each line of the text with its offset."""
    start = 0
    for line in article.text.split("\n"):
        yield start, line
        start += len(line) + 1


def article_row(article: Article) -> dict[str, object]:
    """Return one article as a JSON line."""
    return {
        "kind": "article",
        "id": article.id,
        "place": article.place,
        "title": article.title,
        "outlet": article.outlet,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "date_source": article.date_source,
        "language": article.language,
        "text": article.text,
        "headings": [[span.start, span.end] for span in article.headings],
        "dropped": article.residue,
    }
