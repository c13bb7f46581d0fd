"""Who quotes whom: outlets on one side, sources on the other, a line where an outlet carries what a source says."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.model.claim import Claim, Voice
from tasks.reporting.evidence import Evidence
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_lanes import shortened
from tasks.reporting.view_outlets import NO_OUTLET
from tasks.reporting.words import count

NODES = 12  # of each side
LEAST = 2  # outlets and sources; with fewer there is nothing to see that a list does not say
MOST_LINES = 44  # more cross so often that no eye can follow one
NAME = 21  # signs of a name that fit beside the lines
WIDTH, STEP = 360, 22
LEFT, RIGHT = 138, 222  # where the lines begin and end
GAP, BASE = 5, 3.5  # between a line and its name; from the middle of a name to its foot
OFTEN = 3  # statements from which a line is drawn thick


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeView:
    """An outlet or a source with the foot of its name."""

    name: str
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesView:
    """All lines of one look as one path: through another outlet, or at first hand, often or seldom."""

    look: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One source in the table that says the same: which outlets carry it, how often, and at second hand or not."""

    source: str
    outlets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMap:
    """What is drawn, in the units of the drawing."""

    width: int
    height: int
    left: int
    right: int
    outlets: tuple[NodeView, ...]
    sources: tuple[NodeView, ...]
    lines: tuple[LinesView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """The picture, its table, who passes on what another outlet has, and in words what is left out."""

    picture: DrawnMap | None  # None: too little or too much to see; the notes say which
    rows: tuple[MapRow, ...]
    passes: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quoting:
    """How often each outlet carries each source, how often of that at second hand, and from which outlet."""

    every: Counter[tuple[str, str]]  # outlet, source
    second: Counter[tuple[str, str]]
    passed: Counter[tuple[str, str]]  # outlet, the outlet before it
    nobodys: int  # statements of somebody who is not known

    def heaviest(self, side: int) -> list[str]:
        """Return the names of one side, those that carry or say most first."""
        found = Counter[str]()
        for key, number in self.every.items():
            found[key[side]] += number
        return sorted(found, key=lambda name: (-found[name], name))


def map_view(evidence: Evidence) -> MapView | None:
    """Return the map of a report; None where nobody who is known is quoted."""
    quoting = _quoting(evidence)
    if not quoting.every:
        return None
    every_outlet, every_source = quoting.heaviest(0), quoting.heaviest(1)
    outlets, sources = every_outlet[:NODES], every_source[:NODES]
    refused = _refused(outlets, sources, quoting)
    return MapView(
        picture=None if refused else _drawn(outlets, sources, quoting),
        rows=tuple(row for row in (_row(source, outlets, quoting) for source in sources) if row.outlets),
        passes=_passes(quoting),
        notes=_notes(refused, len(every_outlet) - len(outlets), len(every_source) - len(sources), quoting.nobodys),
    )


def _notes(refused: str, outlets: int, sources: int, nobodys: int) -> tuple[str, ...]:
    """Return in words why there is no picture, and what stands neither in it nor in the table."""
    notes = (
        refused,
        f"{count(outlets, 'more outlet')} not shown here" if outlets else "",
        f"{count(sources, 'more source')} not shown here" if sources else "",
        f"Left out, since nobody knows who speaks: {count(nobodys, 'statement')}" if nobodys else "",
    )
    return tuple(filter(None, notes))


def _quoting(evidence: Evidence) -> _Quoting:
    every, second, passed = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    nobodys = 0
    for claim in evidence.claims.values():
        if claim.voice is not Voice.SOURCE:
            continue
        article = evidence.article_of(claim)
        outlet, before = article.outlet or NO_OUTLET, _before(claim, evidence)
        rows = speaker_of(claim, article).rows
        nobodys += not rows
        for _, name, _ in rows:
            every[outlet, name] += 1
            second[outlet, name] += bool(before)
        if before and before != outlet:
            passed[outlet, before] += 1
    return _Quoting(every=every, second=second, passed=passed, nobodys=nobodys)


def _before(claim: Claim, evidence: Evidence) -> str:
    """Return the outlet or person that the claim came through, or whose article was copied; "" at first hand."""
    copied = evidence.article_of(claim).copy_of
    if claim.via or not copied:
        return claim.via[0] if claim.via else ""
    return (evidence.articles[copied].outlet if copied in evidence.articles else "") or NO_OUTLET


def _refused(outlets: Sequence[str], sources: Sequence[str], quoting: _Quoting) -> str:
    """Return why no picture is drawn; empty where one helps."""
    number = len(_pairs(outlets, sources, quoting))
    if len(outlets) < LEAST or len(sources) < LEAST:
        return "There is too little for a picture: the table says all."
    if number > MOST_LINES:
        return f"No picture: it would have {number} lines that cross. The table says the same."
    return ""


def _pairs(outlets: Sequence[str], sources: Sequence[str], quoting: _Quoting) -> list[tuple[str, str]]:
    return [(outlet, source) for outlet in outlets for source in sources if (outlet, source) in quoting.every]


def _drawn(outlets: Sequence[str], sources: Sequence[str], quoting: _Quoting) -> DrawnMap:
    """Return the picture of the outlets and sources that a line joins, each source near those who carry it."""
    pairs = _pairs(outlets, sources, quoting)
    left = [outlet for outlet in outlets if any(outlet == one for one, _ in pairs)]
    carriers = {source: [left.index(one) for one, other in pairs if other == source] for source in sources}
    held = [source for source in sources if carriers[source]]
    right = sorted(held, key=lambda source: (sum(carriers[source]) / len(carriers[source]), source))
    rows = max(len(left), len(right))
    places = {**_places(0, left, rows), **_places(1, right, rows)}
    return DrawnMap(
        width=WIDTH,
        height=STEP * rows,
        left=LEFT - GAP,
        right=RIGHT + GAP,
        outlets=tuple(NodeView(name=shortened(name, NAME), y=places[0, name] + BASE) for name in left),
        sources=tuple(NodeView(name=shortened(name, NAME), y=places[1, name] + BASE) for name in right),
        lines=_lines(pairs, places, quoting),
    )


def _places(side: int, names: Sequence[str], rows: int) -> dict[tuple[int, str], float]:
    """Return the height of each name, the shorter side spread over the longer one."""
    step = STEP * rows / len(names)
    return {(side, name): round(step * (at + 0.5), 1) for at, name in enumerate(names)}


def _lines(
    pairs: Sequence[tuple[str, str]], places: Mapping[tuple[int, str], float], quoting: _Quoting
) -> tuple[LinesView, ...]:
    drawn: dict[str, list[str]] = {}
    bend = (LEFT + RIGHT) // 2
    for outlet, source in pairs:
        start, end = places[0, outlet], places[1, source]
        look = "second" if quoting.second[outlet, source] == quoting.every[outlet, source] else "first"
        thick = " often" if quoting.every[outlet, source] >= OFTEN else ""
        path = f"M{LEFT} {start:g}C{bend} {start:g} {bend} {end:g} {RIGHT} {end:g}"
        drawn.setdefault(look + thick, []).append(path)
    return tuple(LinesView(look=look, path="".join(drawn[look])) for look in sorted(drawn))


def _row(source: str, outlets: Sequence[str], quoting: _Quoting) -> MapRow:
    carried = [(outlet, quoting.every[outlet, source]) for outlet in outlets if (outlet, source) in quoting.every]
    words = [f"{outlet} ({_times(outlet, source, quoting)})" for outlet, _ in sorted(carried, key=_most_first)]
    return MapRow(source=source, outlets=", ".join(words))


def _most_first(carried: tuple[str, int]) -> tuple[int, str]:
    return -carried[1], carried[0]


def _times(outlet: str, source: str, quoting: _Quoting) -> str:
    number, second = quoting.every[outlet, source], quoting.second[outlet, source]
    if not second:
        return f"{number:,}"
    return f"{number:,}, at second hand" if second == number else f"{number:,}, {second:,} of them at second hand"


def _passes(quoting: _Quoting) -> tuple[str, ...]:
    """Return who passes on what another outlet or person has, those who do it most first."""
    ordered = sorted(quoting.passed.items(), key=lambda item: (-item[1], item[0]))
    told = tuple(f"{outlet} has {count(n, 'statement')} from {before}" for (outlet, before), n in ordered[:NODES])
    more = len(ordered) - len(told)
    return (*told, f"{count(more, 'more line')} of this kind") if more else told
