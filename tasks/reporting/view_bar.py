"""The stance bar: one block for each origin, so that a reader can count what the picture says."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.model.finding import Side

BLOCK = 26  # widest block, in units of the drawing
WIDTH = 234
GAP = 4
SIDES = {Side.FOR: "say so", Side.AGAINST: "deny", Side.DECLINES: "decline"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """One origin in the bar."""

    x: float
    width: float
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """The blocks of a bar and the same in words."""

    blocks: tuple[BlockView, ...]
    width: float
    words: str


def bar_view(origins: Mapping[Side, int], *, denied: bool = True) -> BarView:
    """Return one block for each origin, the sides apart, and the sentence that says the same."""
    total = sum(origins.values())
    step = min(BLOCK + GAP, (WIDTH - 2 * GAP) / total) if total else 0.0
    blocks: list[BlockView] = []
    x = 0.0
    for side in SIDES:
        for _ in range(origins.get(side, 0)):
            blocks.append(BlockView(x=round(x, 2), width=round(step * BLOCK / (BLOCK + GAP), 2), side=side.value))
            x += step
        x += GAP if origins.get(side, 0) else 0.0
    return BarView(blocks=tuple(blocks), width=round(x, 2), words=_words(origins, denied=denied))


def _words(origins: Mapping[Side, int], *, denied: bool) -> str:
    verbs = SIDES if denied else {**SIDES, Side.AGAINST: "say otherwise"}
    told = [f"{origins[side]} {verb}" for side, verb in verbs.items() if origins.get(side)]
    return f"Origins, at most: {', '.join(told)}" if told else "No origin counted"
