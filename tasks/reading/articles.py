"""Input and draft -> article: residue dropped, language checked, and each field from the surest place that has it."""

from collections.abc import Iterator
from datetime import datetime

from tasks.model.article import Article, FieldNote, SetAsideReason, Sureness
from tasks.model.errors import UnreadableArticleError
from tasks.reading.draft import Draft
from tasks.reading.folders import printable
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.language import UNKNOWN, check_language
from tasks.reading.lines import clean_line
from tasks.reading.residue import CleanText, clean_text
from tasks.reading.titles import first_sentence
from tasks.reading.urls import canonical_url, outlet_of

MAX_LINES = 20_000
MAX_CHARACTERS = 500_000  # a long magazine piece has a tenth of it
LONGEST_FIELD = 300  # characters of a title or an outlet; a page could send a million


def article_of(item: Input, draft: Draft, digest: str, *, limits: ReadingLimits, now: datetime) -> Article:
    """Return the article that a draft makes; raise with the reason where it makes none."""
    check_size(draft)
    title = (clean_line(item.title) or draft.title)[:LONGEST_FIELD]
    cleaned = clean_text(draft.lines, title=title, given=draft.given)
    check_prose(cleaned, draft, limits)
    fetched = item.kind is InputKind.URL and bool(draft.url)
    url = draft.url if fetched else canonical_url(item.url) or draft.url
    known = item.published_at is not None
    language = check_language(cleaned.text, limits.languages, declared=item.language or draft.language)
    return Article(
        url=url,
        path=printable(item.path),
        outlet=clean_line(outlet_for(item, draft, url))[:LONGEST_FIELD],
        title=(cleaned.title or first_sentence(cleaned.text.split("\n", 1)[0]))[:LONGEST_FIELD],
        published_at=item.published_at if known else draft.published_at,
        date_source=item.date_source if known else draft.date_source,
        retrieved_at=now,
        language=language,
        sha256=digest,
        text=cleaned.text,
        headings=cleaned.headings,
        residue=(*draft.residue, *cleaned.residue),
        author=(clean_line(item.author) or draft.author)[:LONGEST_FIELD],
        site_name=draft.site_name[:LONGEST_FIELD],
        modified_at=item.modified_at or draft.modified_at,
        dateline=draft.dateline[:LONGEST_FIELD],
        field_notes=tuple(notes_on(item, draft, cleaned, language)),
    )


def notes_on(item: Input, draft: Draft, cleaned: CleanText, language: str) -> Iterator[FieldNote]:
    """Yield a note on each field: what was told beforehand goes before what the document says."""
    told = {note.field: note for note in draft.notes}
    place = item.told_by or "header"
    how = Sureness.DECLARED if item.told_by in {"feed", "sitemap"} else Sureness.GIVEN
    for name in ("title", "author", "published_at", "modified_at"):
        if getattr(item, name):
            told[name] = FieldNote(field=name, place=place, sureness=how)
    if cleaned.title and "title" not in told:
        told["title"] = FieldNote(field="title", place="text", sureness=Sureness.READ)
    detected = language not in {UNKNOWN, item.language[:2].lower(), draft.language[:2].lower()}
    if detected:
        told["language"] = FieldNote(field="language", place="text", sureness=Sureness.GUESSED)
    elif language == UNKNOWN:
        told.pop("language", None)
    elif item.language:
        told["language"] = FieldNote(field="language", place=place, sureness=how)
    yield from told.values()


def check_size(draft: Draft) -> None:
    """Raise if a text is a book or a list: no article, and every later stage would pay for it."""
    lines, characters = len(draft.lines), sum(len(line.text) for line in draft.lines)
    if lines > MAX_LINES or characters > MAX_CHARACTERS:
        detail = f"{lines:,} lines and {characters:,} characters of text: too long for an article"
        raise UnreadableArticleError(SetAsideReason.TOO_LARGE, detail)


def check_prose(cleaned: CleanText, draft: Draft, limits: ReadingLimits) -> None:
    """Raise if there is no sentence of prose, or less than a page must have."""
    if not cleaned.text:
        # Some languages close their sentences with other marks: then that is the better reason.
        check_language("\n".join(line.text for line in draft.lines), limits.languages)
        detail = "no sentence of prose was found"
    elif cleaned.words < draft.min_words:
        detail = f"only {cleaned.words} words of prose were found"
    else:
        return
    raise UnreadableArticleError(SetAsideReason.NO_ARTICLE, detail)


def outlet_for(item: Input, draft: Draft, url: str) -> str:
    """Return who published: as somebody said it, else the host, else the name of the file."""
    said = (draft.outlet, item.outlet) if item.kind is InputKind.URL else (item.outlet, draft.outlet)
    file = printable(item.path or item.name).rsplit("/", 1)[-1].rsplit("#", 1)[0]
    return next(filter(None, (*said, outlet_of(url), file)))
