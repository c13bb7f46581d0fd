"""What one document gives before its residue is dropped."""

from dataclasses import dataclass
from datetime import datetime

from tasks.model.article import DateSource, FieldNote
from tasks.reading.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The lines of a document and what it says of itself; "" and None where it says nothing."""

    lines: tuple[Line, ...]
    title: str = ""
    outlet: str = ""
    url: str = ""
    published_at: datetime | None = None
    date_source: DateSource = DateSource.NONE
    author: str = ""
    site_name: str = ""
    modified_at: datetime | None = None
    dateline: str = ""
    language: str = ""  # as the document declares it
    notes: tuple[FieldNote, ...] = ()  # where the document's own fields stand in it
    residue: tuple[str, ...] = ()  # lines that the document's own form tells to be none of the text
    given: bool = False  # a person says that this is an article, however short
    min_words: int = 1
