"""Two texts that are the same but for one thing, and exclude each other by it: "Two men wait", "Six men wait".

Structure decides here, since the corpora that the table of weights is fitted on show few such pairs, and a small
network takes "Peru" and "Chile" for two matters, or for one.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from tasks.comparison.contrasts import Contrast, Unit, find_contrasts, lay_out
from tasks.comparison.differences import negates
from tasks.comparison.judge import Label
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.tone import telegraphic

# How likely a conflict is at least, by the kind of the difference. Set by hand, below the share of conflicts among
# such pairs of the training corpora (352 of 355), which were made to differ: in news two like sentences can be on two
# events, with two countries above all.
SURE: Mapping[str, float] = {"country": 0.80, "nationality": 0.80, "city": 0.80}
AS_A_RULE = 0.90
LEAST_SHARED = 2  # words
AGREEING = frozenset({"a", "an", "the", "is", "are", "was", "were", "has", "have", "does", "do", "s", "'s"})
# Where one of them stands, both texts may hold: "red or green", "also", "could".
OPEN = frozenset({"or", "either", "whether", "if", "also", "too", "another", "other", "else", "can", "than"})
PLACES = frozenset({"country", "nationality", "city"})


def find_apart(left: str, right: str) -> Contrast | None:
    """Return the contrast that is all that sets two texts apart, if they are the same besides and both cannot hold."""
    one, other = lay_out(left), lay_out(right)
    replaced = list(_replaced(one, other))
    if len(replaced) != 1 or min(len(one), len(other)) < LEAST_SHARED + 1:
        return None
    found = find_contrasts(left, right)
    if len(found) != 1 or not _only(found[0], *replaced[0]) or _open(one, replaced[0][0]):
        return None
    return None if found[0].kind in PLACES and telegraphic(left) and telegraphic(right) else found[0]


def _replaced(one: Sequence[Unit], other: Sequence[Unit]) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
    """Yield the stretches in which two texts differ by more than the words that agree with another word."""
    matcher = SequenceMatcher(None, [unit.stem for unit in one], [unit.stem for unit in other], autojunk=False)
    for step, start, end, other_start, other_end in matcher.get_opcodes():
        mine, yours = one[start:end], other[other_start:other_end]
        if step != "equal" and not all(unit.word in AGREEING for unit in (*mine, *yours)):
            yield mine, yours


def _only(contrast: Contrast, mine: Sequence[Unit], yours: Sequence[Unit]) -> bool:
    """Return whether two stretches hold the contrast and, besides it, nothing but words without content."""
    texts = load_lexicon().texts
    idle = texts["function"] - texts["negation"]
    sides = ((mine, contrast.left), (yours, contrast.right))
    return all(unit.word in idle or _told(unit) == text.casefold() for stretch, text in sides for unit in stretch)


def _told(unit: Unit) -> str:
    return unit.value.text.casefold() if unit.value is not None else unit.word


def _open(units: Sequence[Unit], changed: Sequence[Unit]) -> bool:
    """Return whether the words that two texts share negate, hedge or leave open what is changed."""
    texts = load_lexicon().texts
    shared = [unit for unit in units if unit not in changed]
    closing = texts["negation"] | texts["hedge"] | OPEN
    return len(shared) < LEAST_SHARED or any(unit.word in closing or negates(unit) for unit in shared)


def told_apart(pair: tuple[str, str], chances: dict[Label, float]) -> dict[Label, float]:
    """Return the chances of two texts, a conflict being likely where one thing sets them apart.

    What is not a conflict keeps its shares of the rest.
    """
    found = find_apart(*pair)
    least = SURE.get(found.kind, AS_A_RULE) if found is not None else 0.0
    if chances[Label.CONFLICT] >= least:
        return chances
    rest = (1.0 - least) / (1.0 - chances[Label.CONFLICT])
    return {label: least if label is Label.CONFLICT else chance * rest for label, chance in chances.items()}
