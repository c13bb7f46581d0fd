"""Two texts that are the same but for one thing, and whether they exclude each other by it.

"Two men wait", "six men wait": they do. "The cat is not asleep", "the cat is awake"; "about 100 came", "98 came": they
do not. Structure decides here, since the corpora that the table of weights is fitted on show few such pairs, and a
small network takes "Peru" and "Chile" for two matters, or for one.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from tasks.comparison.alternatives import OPPOSITE, load_alternatives
from tasks.comparison.contrasts import Contrast, Unit, find_contrasts, lay_out, meets
from tasks.comparison.differences import HELPERS, count_negations, negated_once, negates
from tasks.comparison.judge import Label
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.tone import telegraphic
from tasks.model.numerals import ABOUT, AT_LEAST
from tasks.model.numerals import AT_MOST as NO_MORE

# How likely a conflict is at least, by the kind of the difference. Set by hand, below the share of conflicts among
# such pairs of the training corpora (352 of 355), which were made to differ: in news two like sentences can be on two
# events, with two countries above all.
SURE: Mapping[str, float] = {"country": 0.80, "nationality": 0.80, "city": 0.80}
AS_A_RULE = 0.90
BOTH_HOLD = 0.20  # how likely a conflict is at most where both hold: 9 of 491 such pairs of our making are conflicts
LEAST_SHARED = 2  # words
AGREEING = frozenset({"a", "an", "the", "is", "are", "was", "were", "has", "have", "does", "do", "s", "'s"})
# Where one of them stands, both texts may hold: "red or green", "also", "could".
OPEN = frozenset({"or", "either", "whether", "if", "also", "too", "another", "other", "else", "can", "than"})
NEGATING = frozenset({"not", "no", "never", "nobody", "without", "hardly", "fails", "failed"})
LOOSENING = ABOUT | AT_LEAST | NO_MORE | frozenset({"than", "at", "no", "a", "up", "to"})
PLACES = frozenset({"country", "nationality", "city"})


def find_apart(left: str, right: str) -> Contrast | None:
    """Return the contrast that is all that sets two texts apart, if they are the same besides and both cannot hold."""
    one, other = lay_out(left), lay_out(right)
    replaced, found = list(_replaced(one, other)), find_contrasts(left, right)
    if len(replaced) != 1 or min(len(one), len(other)) < LEAST_SHARED + 1:
        return None
    if len(found) != 1 or not _only(found[0], *replaced[0]) or _open(one, replaced[0][0]):
        return None
    return None if found[0].kind in PLACES and telegraphic(left) and telegraphic(right) else found[0]


def hold_together(left: str, right: str) -> bool:
    """Return whether two texts are the same but for a negated opposite, numbers that both hold, or a synonym."""
    one, other = (_without_negations(lay_out(text)) for text in (left, right))
    replaced = list(_replaced(one, other))
    if len(replaced) != 1 or min(len(one), len(other)) < LEAST_SHARED + 1:
        return False
    contrasts = find_contrasts(left, right)
    opposites = [contrast for contrast in contrasts if contrast.kind == OPPOSITE]
    if not contrasts and _synonyms(*replaced[0]):
        return len({count_negations(text, lay_out(text)) for text in (left, right)}) == 1
    if len(opposites) == 1 and negated_once(opposites[0], (left, right), (lay_out(left), lay_out(right))):
        return _only(opposites[0], *replaced[0])
    return not opposites and _loosened(*replaced[0]) and meets(left, right)


def _synonyms(mine: Sequence[Unit], yours: Sequence[Unit]) -> bool:
    """Return whether two stretches are one word each, besides words without content, and the words synonyms."""
    function = load_lexicon().texts["function"]
    ones, others = ([unit for unit in stretch if unit.word not in function] for stretch in (mine, yours))
    plain = len(ones) == len(others) == 1 and ones[0].value is None and others[0].value is None
    return plain and load_alternatives().synonyms(ones[0].word, others[0].word)


def _loosened(mine: Sequence[Unit], yours: Sequence[Unit]) -> bool:
    """Return whether one side has a number where the other has a looser one ("98", "about 100")."""
    numbers = [unit.value.quantity for unit in (*mine, *yours) if unit.value is not None]
    idle = load_lexicon().texts["function"] | LOOSENING
    rest = all(unit.value is not None or unit.word in idle for unit in (*mine, *yours))
    exact = {one.low for one in numbers if one is not None and one.low == one.high and not one.approximate}
    return rest and len(numbers) == len((mine, yours)) and len(exact) == 1


def _without_negations(units: Sequence[Unit]) -> list[Unit]:
    """Return the words without negations and what comes with them; a negation that an opposite is stays."""
    negation = load_lexicon().texts["negation"] & NEGATING
    return [unit for unit in units if unit.word not in negation | HELPERS and not negates(unit)]


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
    """Return the chances of two texts, a conflict being likely where one thing sets them apart, else unlikely.

    What is not a conflict keeps its shares of the rest.
    """
    found, now = find_apart(*pair), chances[Label.CONFLICT]
    then = max(now, SURE.get(found.kind, AS_A_RULE)) if found is not None else now
    if found is None and now > BOTH_HOLD and hold_together(*pair):
        then = BOTH_HOLD
    if then == now:
        return chances
    rest = (1.0 - then) / (1.0 - now)
    return {label: then if label is Label.CONFLICT else chance * rest for label, chance in chances.items()}
