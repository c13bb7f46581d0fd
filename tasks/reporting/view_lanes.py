"""The picture of a time line: a lane for each source, a sign for each day on which something was said or published.

It is drawn in units that fit a phone. All signs of one look are one path and their letters one text, so that a picture
costs a page few elements, however many articles carry a matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tasks.model.finding import TAKEN, Side
from tasks.reporting.words import side_letter

WIDTH = 360  # units: the width of a phone
EDGE = 12
NAME = 44  # signs of a name that fit above its lane
HEAD, LANE, FOOT = 0, 44, 26  # heights
NAMED, LINED = 17, 32  # from the top of a lane to the foot of its name, and to its line
SIZE = 6.5  # half the height of a sign
STEP = 2 * SIZE + 2.5  # signs of one lane that stand nearer are pushed apart
WORDS = 85  # what the words of a day at the end of the axis take
KINDS = ("said", "published")

Days = Mapping[str, set[date]]  # by kind


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneView:
    """One source with the place of its name and of its line."""

    name: str
    y: float
    line: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SignsView:
    """All signs of one look: their outlines as one path, and a letter in each."""

    look: str
    path: str
    letters: str
    xs: str
    ys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TickView:
    """One day on the axis."""

    words: str
    x: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """What is drawn, in the units of the drawing."""

    width: int
    height: int
    lanes: tuple[LaneView, ...]
    signs: tuple[SignsView, ...]
    ticks: tuple[TickView, ...]


def picture_view(drawn: Sequence[str], spoken: Mapping[tuple[str, Side], Days], days: Sequence[date]) -> PictureView:
    """Return the lanes of the sources in their order; the days are all that any of them spoke or was published on."""
    return PictureView(
        width=WIDTH,
        height=HEAD + LANE * len(drawn) + FOOT,
        lanes=tuple(_lane(number, name) for number, name in enumerate(drawn)),
        signs=_signs(drawn, spoken, days),
        ticks=_ticks(days),
    )


def _lane(number: int, name: str) -> LaneView:
    top = HEAD + LANE * number
    return LaneView(name=shortened(name, NAME), y=top + NAMED, line=top + LINED)


def shortened(name: str, room: int) -> str:
    """Return the name as far as there is room for it in a picture; the table beside it has all of it."""
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"


def _signs(
    drawn: Sequence[str], spoken: Mapping[tuple[str, Side], Days], days: Sequence[date]
) -> tuple[SignsView, ...]:
    """Return the signs of all lanes by their look: whose side, and whether said or published."""
    placed: dict[tuple[Side, str], list[tuple[float, float]]] = {}
    for number, name in enumerate(drawn):
        marks = sorted(
            (day, TAKEN.index(side), KINDS.index(kind))
            for side in TAKEN
            for kind, kept in spoken.get((name, side), {}).items()
            for day in kept
        )
        places = _apart([_at(day, days) for day, _, _ in marks])
        for x, (_, side, kind) in zip(places, marks, strict=True):
            placed.setdefault((TAKEN[side], KINDS[kind]), []).append((x, _lane(number, name).line))
    return tuple(_look(side, kind, placed[side, kind]) for side in TAKEN for kind in KINDS if (side, kind) in placed)


def _at(day: date, days: Sequence[date]) -> float:
    """Return the place of the day on the axis."""
    share = (day - days[0]).days / max((days[-1] - days[0]).days, 1)
    return EDGE + share * (WIDTH - 2 * EDGE)


def _apart(places: Sequence[float]) -> list[float]:
    """Return the places pushed apart so that no sign hides another, and back into the picture where they leave it."""
    step = min(STEP, (WIDTH - 2 * EDGE) / max(len(places) - 1, 1))
    found: list[float] = []
    for x in places:
        found.append(max(x, found[-1] + step) if found else x)
    most: float = WIDTH - EDGE
    for at in reversed(range(len(found))):
        found[at] = min(found[at], most)
        most = found[at] - step
    return [round(x, 1) for x in found]


def _look(side: Side, kind: str, places: Sequence[tuple[float, float]]) -> SignsView:
    return SignsView(
        look=f"{side.value}-{kind}",
        path=" ".join(_outline(side, x, y) for x, y in places),
        letters=side_letter(side) * len(places),
        xs=" ".join(f"{x:g}" for x, _ in places),
        ys=" ".join(f"{y + 3:g}" for _, y in places),
    )


def _outline(side: Side, x: float, y: float) -> str:
    """Return the outline of a sign: round says so, square denies, a diamond declines."""
    r = SIZE
    match side:
        case Side.FOR:
            return f"M{x - r:g} {y:g}a{r} {r} 0 1 0 {2 * r:g} 0a{r} {r} 0 1 0 {-2 * r:g} 0z"
        case Side.AGAINST:
            return f"M{x - r:g} {y - r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z"
        case Side.DECLINES | Side.BESIDE:
            return f"M{x:g} {y - r:g}l{r} {r}l{-r} {r}l{-r} {-r}z"


def _ticks(days: Sequence[date]) -> tuple[TickView, ...]:
    """Return the first and the last day, and one of those between that has room for its words."""
    inner = [day for day in days if EDGE + WORDS < _at(day, days) < WIDTH - EDGE - WORDS]
    middle = inner[len(inner) // 2 :][:1]
    return (
        TickView(words=f"{_short(days[0])} {days[0].year}", x=EDGE, anchor="start"),
        *(TickView(words=_short(day), x=round(_at(day, days), 1), anchor="middle") for day in middle),
        TickView(words=f"{_short(days[-1])} {days[-1].year}", x=WIDTH - EDGE, anchor="end"),
    )


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
