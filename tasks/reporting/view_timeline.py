"""When what was said: a picture with a lane for each source, and the table that says the same."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tasks.model.finding import TAKEN, Finding, Side
from tasks.reporting.evidence import Evidence
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_claims import DateView, date_view
from tasks.reporting.view_lanes import PictureView, picture_view
from tasks.reporting.view_outlets import NO_OUTLET
from tasks.reporting.words import count, joined, side_title

LANES = 10
ROWS = 16  # of the table


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """One source on one side, in the table that says the same as the picture."""

    source: str
    side: str
    said: tuple[DateView, ...]
    published: tuple[tuple[DateView, str], ...]  # the day, and the outlets of that day


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """The picture, the table, and what is not in them; a single day is told in words and needs no picture."""

    picture: PictureView | None
    rows: tuple[TimeRow, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Spoken:
    """What one source said on one side: on which days, and who published it when."""

    said: set[date] = field(default_factory=set)
    published: dict[date | None, set[str]] = field(default_factory=dict)

    @property
    def days(self) -> dict[str, set[date]]:
        """Return the days that are known, by kind."""
        return {"said": self.said, "published": {day for day in self.published if day is not None}}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """All that was said of a finding, its sources in the order in which they are heard, and its days."""

    spoken: dict[tuple[str, Side], _Spoken]
    names: list[str]
    undated: int  # sources at the end of the names
    days: list[date]


def timeline_view(finding: Finding, evidence: Evidence, *, denied: bool = True) -> TimelineView | None:
    """Return the time line of a finding; None where one source speaks on one day, and there is nothing to order."""
    heard = _heard(finding, evidence)
    if len(heard.days) <= 1 and len(heard.names) <= 1:
        return None
    drawn = heard.names[: len(heard.names) - heard.undated][:LANES] if len(heard.days) > 1 else []
    rows = _rows(heard, denied=denied)
    known = {key: one.days for key, one in heard.spoken.items()}
    return TimelineView(
        picture=picture_view(drawn, known, heard.days) if drawn else None,
        rows=rows[:ROWS],
        notes=_notes(heard, len(drawn), len(rows)),
    )


def _heard(finding: Finding, evidence: Evidence) -> _Heard:
    spoken = _spoken(finding, evidence)
    first: dict[str, date] = {}
    for (name, _), one in spoken.items():
        first[name] = min((first.get(name, date.max), *one.days["said"], *one.days["published"]))
    return _Heard(
        spoken=spoken,
        names=sorted(first, key=lambda name: (first[name], name)),
        undated=sum(day == date.max for day in first.values()),
        days=sorted({day for one in spoken.values() for kept in one.days.values() for day in kept}),
    )


def _spoken(finding: Finding, evidence: Evidence) -> dict[tuple[str, Side], _Spoken]:
    found: dict[tuple[str, Side], _Spoken] = {}
    for member in finding.members:
        if member.side not in TAKEN:
            continue
        claim = evidence.claims[member.claim_id]
        article = evidence.article_of(claim)
        one = found.setdefault((speaker_of(claim, article).name, member.side), _Spoken())
        if claim.said_at is not None:
            one.said.add(_day_of(claim.said_at))
        published = None if article.published_at is None else _day_of(article.published_at)
        one.published.setdefault(published, set()).add(article.outlet or NO_OUTLET)
    return found


def _day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _rows(heard: _Heard, *, denied: bool) -> tuple[TimeRow, ...]:
    return tuple(
        TimeRow(
            source=name,
            side=side_title(side, denied=denied),
            said=tuple(_date(day) for day in sorted(heard.spoken[name, side].said)),
            published=tuple(
                (_date(day), joined(sorted(outlets)))
                for day, outlets in sorted(heard.spoken[name, side].published.items(), key=_dated_first)
            ),
        )
        for name in heard.names
        for side in TAKEN
        if (name, side) in heard.spoken
    )


def _dated_first(item: tuple[date | None, set[str]]) -> date:
    return item[0] or date.max


def _date(day: date | None) -> DateView:
    return date_view(None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC))


def _notes(heard: _Heard, drawn: int, rows: int) -> tuple[str, ...]:
    """Return in words what is not drawn."""
    more = len(heard.names) - heard.undated - drawn
    only = _date(heard.days[0]).words if heard.days else ""
    notes = (
        f"All that has a date here was said or published on {only}." if len(heard.days) == 1 else "",
        "None of it has a date." if not heard.days else "",
        f"Without any date: {count(heard.undated, 'source')}." if heard.undated and heard.days else "",
        f"{count(more, 'more source')} in the table." if more > 0 and drawn else "",
        f"{count(rows - ROWS, 'more row')} not shown." if rows > ROWS else "",
    )
    return tuple(filter(None, notes))
