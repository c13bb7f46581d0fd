"""`rashomon check`: who says so, who denies it, who only reports it; wrong use is told before anything is loaded."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tasks.console.lines import Row, article_of, run_lines, text_of
from tasks.console.output import progress_bar
from tasks.console.preview import Seen, read_sources
from tasks.model.article import SetAside
from tasks.model.errors import InputError, RashomonError
from tasks.settings import load_settings


def check_sources(statement: str, sources: Sequence[str], *, as_json: bool) -> None:
    """Print what the articles of the sources do with a statement; nothing is stored."""
    if not statement.strip() or not sources:
        raise InputError("name a STATEMENT and at least one SOURCE, or --stories IN.jsonl OUT.jsonl")
    from tasks.reading.inputs import check_names

    check_names(list(sources))
    from tasks.console.stances import failed, print_groups, print_rows
    from tasks.steps.checking import check_articles

    items = list(read_sources(sources, as_json=as_json))
    articles = [item.article for item in items if isinstance(item, Seen)]
    aside = [item for item in items if isinstance(item, SetAside)]
    checked = []
    with progress_bar(wanted=not as_json) as show:
        for number, one in enumerate(check_articles(statement, articles, load_settings()), start=1):
            show("check", number, len(articles))
            if isinstance(one.found, Exception):
                aside.append(failed(one))
            else:
                checked.append((one.article, one.found))
    (print_rows if as_json else print_groups)(statement, checked, aside)
    if not checked:
        raise RashomonError("no article could be read")


def check_stories(source: Path, target: Path) -> None:
    """Write for each story what its articles do with its claim."""
    run_lines(story_lines, source, target)


def story_lines(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the stances of the articles of each story, in their order; an empty article is silent."""
    from tasks.console.stances import answer_row
    from tasks.steps.checking import check_articles

    settings = load_settings()
    for row in rows:
        claim = text_of(row, "claim")
        listed = row.get("articles")
        if not isinstance(listed, list):
            raise InputError(f"the row with id {row.get('id')!r} has no list under 'articles'")
        articles = [article_of(text_of(one, "text"), number) for number, one in enumerate(listed)]
        found = check_articles(claim, [article for article in articles if article is not None], settings)
        answers = [next(found) if article is not None else None for article in articles]
        told = zip(listed, answers, strict=True)
        yield {"id": row.get("id"), "articles": [{"aid": one.get("aid"), **answer_row(got)} for one, got in told]}
