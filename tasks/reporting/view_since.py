"""What is new since the run before, as the end of the run noted it: the same words whenever it is printed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tasks.model.change import Change, Difference, Since
from tasks.model.finding import READING_ORDER, Status
from tasks.reporting.words import count, headline, joined, minute, status_label

MOST = 7  # of one kind that are told; the rest is counted
NAMES = 3
TITLES: Final[Mapping[Change, tuple[str, str]]] = MappingProxyType(
    {
        Change.NEW: ("new finding", ""),
        Change.STATUS: ("finding", " with another status"),
        Change.MORE: ("finding", " with more sources or outlets"),
        Change.MERGED: ("finding", " that went into another one"),
        Change.ENDED: ("finding", " of which nothing is left"),
        Change.EDITED: ("edited article", ""),
        Change.FAILING: ("outlet", " that could not be read any more"),
    }
)
NAMED: Final = frozenset({Change.EDITED, Change.FAILING})  # by a title or a name, which stays as it is
FIRST = "This is the first run: nothing to compare with."
SAME = "Nothing that this run touches is new."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsView:
    """One thing that is new, with the place that it leads to, which is empty where this page has none."""

    anchor: str
    statement: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsGroup:
    """What is new in one way."""

    title: str
    items: tuple[NewsView, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceView:
    """The whole part: one line, and what is new."""

    words: str
    groups: tuple[NewsGroup, ...]


def since_view(since: Since | None, places: Iterable[str]) -> SinceView | None:
    """Return what is new; None where nothing was noted. `places` are the anchors that the page has."""
    if since is None:
        return None
    if since.before is None:
        return SinceView(words=FIRST, groups=())
    there = frozenset(places)
    told = {change: [one for one in since.differences if one.change is change] for change in Change}
    groups = tuple(_group(change, some, there) for change, some in told.items() if some)
    compared = f"Compared with what stood at the end of the run of {minute(since.before)}."
    return SinceView(words=compared if groups else f"{compared} {SAME}", groups=groups)


def fresh_places(since: Since | None) -> frozenset[str]:
    """Return the anchors of findings and articles that deserve to be told first, since a reader has not met them so."""
    if since is None:
        return frozenset()
    return frozenset(_place(one) for one in since.differences if _is_fresh(one))


def _is_fresh(one: Difference) -> bool:
    spreads = one.change is Change.MORE and bool(one.outlets) and one.after == Status.SINGLE_ORIGIN
    return one.change in {Change.NEW, Change.STATUS, Change.EDITED} or spreads


def _group(change: Change, some: Sequence[Difference], there: frozenset[str]) -> NewsGroup:
    ordered = sorted(
        some, key=lambda one: (_place(one) not in there, _rank(one), headline(one.words).casefold(), one.subject)
    )
    return NewsGroup(
        title=_title(change, len(some)),
        items=tuple(_news(one, there) for one in ordered[:MOST]),
        more=f"{len(some) - MOST:,} more" if len(some) > MOST else "",
    )


def _rank(one: Difference) -> int:
    """Return what a reader should meet first, by the status that a finding has."""
    return READING_ORDER.index(Status(one.after)) if one.after in READING_ORDER else len(READING_ORDER)


def _title(change: Change, number: int) -> str:
    """Return what a group holds, with how many."""
    noun, more = TITLES[change]
    return f"{count(number, noun)}{more}"


def _news(one: Difference, there: frozenset[str]) -> NewsView:
    place = _place(one)
    return NewsView(
        anchor=place if place in there else "",
        statement=(one.words if one.change in NAMED else headline(one.words)) or "Untitled",
        words=SAID[one.change](one),
    )


def _place(one: Difference) -> str:
    """Return where something stands: a finding that went into another one stands there."""
    match one.change:
        case Change.EDITED:
            return f"article-{one.subject}"
        case Change.FAILING:
            return "health"
        case Change.MERGED:
            return f"finding-{one.after}"
        case _:
            return f"finding-{one.subject}"


def _new_words(one: Difference) -> str:
    return _label(one.after)


def _status_words(one: Difference) -> str:
    more = _more_words(one)
    return f"{_label(one.before)} → {_label(one.after)}" + (f"; {more}" if more else "")


def _more_words(one: Difference) -> str:
    """Return who came to a finding: "2 more sources: Ada Holm and Piet Arends; 1 more outlet: Radio Lune"."""
    kinds = ((one.sources, "source"), (one.outlets, "outlet"))
    return "; ".join(f"{_more(len(names), noun)}: {_named(names)}" for names, noun in kinds if names)


def _more(number: int, noun: str) -> str:
    return count(number, f"more {noun}")


def _named(names: Sequence[str]) -> str:
    rest = len(names) - NAMES
    return joined([*names[:NAMES], f"{rest:,} more"] if rest > 0 else names)


def _edited_words(one: Difference) -> str:
    return f"{joined(one.outlets) or 'The outlet'} changed the text"


def _label(status: str) -> str:
    return status_label(Status(status)) if status else ""


SAID: Final[Mapping[Change, Callable[[Difference], str]]] = MappingProxyType(
    {
        Change.NEW: _new_words,
        Change.STATUS: _status_words,
        Change.MORE: _more_words,
        Change.MERGED: lambda _: "its claims stand in that finding now",
        Change.ENDED: lambda one: f"it was: {_label(one.before).lower()}; no claim that carried it counts any more",
        Change.EDITED: _edited_words,
        Change.FAILING: lambda _: "it has failed several runs in a row",
    }
)
