"""What a text says of itself, and its lines -> draft; each field with the place that it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tasks.model.article import DateSource, FieldNote, Sureness
from tasks.reading.dateline import find_dateline
from tasks.reading.draft import Draft
from tasks.reading.lines import Line, clean_line
from tasks.reading.moments import parse_moment
from tasks.reading.urls import canonical_url


def draft_with(
    fields: Mapping[str, str], lines: Sequence[Line], *, place: str, sureness: Sureness = Sureness.GIVEN
) -> Draft:
    """Return the draft of lines whose fields stand at one place; a date that is missing there is the dateline's."""
    dateline = find_dateline(lines)
    draft = Draft(
        lines=tuple(lines),
        title=clean_line(fields.get("title", "")),
        outlet=clean_line(fields.get("outlet", "")),
        url=canonical_url(fields.get("url", "")),
        author=clean_line(fields.get("author", "")),
        published_at=parse_moment(fields.get("published", "")),
        date_source=DateSource.HEADER,
        modified_at=parse_moment(fields.get("modified", "")),
        dateline=dateline.text if dateline else "",
        language=clean_line(fields.get("language", "")),
    )
    if not draft.published_at:
        moment = dateline.moment if dateline else None
        draft = replace(draft, published_at=moment, date_source=DateSource.DATELINE if moment else DateSource.NONE)
    return replace(draft, notes=tuple(notes_on(draft, place, sureness)))


def dated(draft: Draft, moment: datetime | None, place: str) -> Draft:
    """Return the draft with a date that is only guessed, if it has no better one and its dateline does not object."""
    dateline = find_dateline(draft.lines)
    if draft.published_at or not moment or (dateline and not dateline.allows(moment)):
        return draft
    note = FieldNote(field="published_at", place=place, sureness=Sureness.GUESSED)
    return replace(draft, published_at=moment, date_source=DateSource.PAGE, notes=(*draft.notes, note))


def notes_on(draft: Draft, place: str, sureness: Sureness) -> Iterator[FieldNote]:
    """Yield a note on each field that has a value: all stand at one place, but for what the dateline tells."""
    for name in ("title", "outlet", "url", "author", "published_at", "modified_at", "language"):
        if getattr(draft, name):
            by_line = name == "published_at" and draft.date_source is DateSource.DATELINE
            where, how = ("dateline", Sureness.READ) if by_line else (place, sureness)
            yield FieldNote(field=name, place=where, sureness=how)
    if draft.dateline:
        yield FieldNote(field="dateline", place="text", sureness=Sureness.READ)
