"""To which side of a statement a piece of an article leans, and how near it comes to its matter, without a model.

A piece is for the statement where it holds the same thing to be so, against it where it holds the contrary. What counts
is whether one of the two is turned and the other is not: by a denial, a negation that reaches the matter, or a word
that calls the matter not so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasks.comparison.checking.evidence import TURNED, Evidence
from tasks.comparison.checking.stated import Statement
from tasks.comparison.checking.words import compile_words, count_kinds, load_phrases
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.texts import has_kind, lemmas_of, read_words, share, stem
from tasks.model.claim import Position, Voice
from tasks.model.finding import Kind, Relation

FAR, NEAR = 0.35, 0.80  # cosines: unrelated sentences of one field have about .3, paraphrases .8
LEAD = 3  # sentences in which an article says what it is about
REACH = 5  # words behind a negation that it still turns, in one clause
_WORDS = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?|[,;:.!?]")
_ENDS = frozenset(",;:.!?") | {"but", "because", "although", "though"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """How strongly a piece is for a statement and against it: one of the two is 0."""

    favours: float = 0.0
    opposes: float = 0.0


def leaning(statement: Statement, one: Evidence) -> Leaning:
    """Return to which side a piece leans, as strongly as it meets the matter of the statement."""
    if one.piece.position is Position.NONE or "?" in one.piece.text:
        return Leaning()
    strength = max(met(statement, one), one.verdict.confidence if one.verdict and one.relation in _DECIDED else 0.0)
    match _side(statement, one):
        case Position.FOR:
            return Leaning(favours=strength)
        case Position.AGAINST:
            return Leaning(opposes=strength)
        case Position.NONE:
            return Leaning()


_DECIDED = frozenset({Relation.AGREE, Relation.CONFLICT})
_TURNS = frozenset({Kind.DENIAL, Kind.NEGATION})  # another number or date is no denial


def _side(statement: Statement, one: Evidence) -> Position:
    """Return on which side of a statement a piece is; a statement that is turned itself needs more to go by."""
    refuted = is_refuted(one.piece.text)
    contrary = one.relation is Relation.CONFLICT and one.verdict is not None and one.verdict.kind in _TURNS
    if is_turned(statement):
        if contrary:
            return Position.AGAINST
        denied = refuted or one.piece.act in TURNED or is_negated(one.piece.text, told_by(statement))
        return Position.FOR if denied or one.relation is Relation.AGREE else Position.NONE
    return Position.AGAINST if (contrary or _turns(statement, one)) != refuted else Position.FOR


def met(statement: Statement, one: Evidence) -> float:
    """Return how far a piece speaks of the matter of a statement, from 0 to 1."""
    lexicon = load_lexicon()
    asked, said = read_words(statement.text, lexicon), read_words(one.piece.text, lexicon)
    near = min(1.0, max(0.0, (one.cosine - FAR) / (NEAR - FAR)))
    return near * (0.5 + 0.5 * share(asked.stems, said.stems))


def is_turned(statement: Statement) -> bool:
    """Return whether a statement says that something is not so."""
    return any(held.position is Position.AGAINST for held in statement.held) or is_refuted(statement.text)


def _turns(statement: Statement, one: Evidence) -> bool:
    """Return whether a piece denies something, or negates what the statement tells."""
    if one.piece.act in TURNED:
        return one.piece.position is Position.AGAINST
    if one.piece.claim is not None and one.piece.position is not Position.AGAINST:
        return False
    return is_negated(one.piece.text, told_by(statement)) and not is_negated(statement.text, told_by(statement))


def told_by(statement: Statement) -> frozenset[str]:
    """Return the stems of what a statement tells of somebody: its verbs and events, else all its words."""
    verbs = frozenset(form for word in statement.held[0].proposition.predicates for form in (word, stem(word)))
    return verbs or read_words(statement.text, load_lexicon()).stems


@lru_cache(maxsize=65536)
def is_negated(text: str, asked: frozenset[str]) -> bool:
    """Return whether a negation reaches one of the words that are asked for."""
    plain = _idle().sub(" ", text.casefold().replace("\u2019", "'"))
    words = _WORDS.findall(plain)
    negations = load_lexicon().texts["negation"]
    return any(has_kind([word], negations) and _reaches(words[place + 1 :], asked) for place, word in enumerate(words))


@lru_cache(maxsize=1)
def _idle() -> re.Pattern[str]:
    return compile_words(load_phrases()["idle negations"])


def _reaches(words: Sequence[str], asked: frozenset[str]) -> bool:
    for word in words[:REACH]:
        if word in _ENDS:
            return False
        if not asked.isdisjoint((*lemmas_of(word), word[:-1])):  # "died" of "die"
            return True
    return False


@lru_cache(maxsize=65536)
def is_refuted(text: str) -> bool:
    """Return whether a text calls something not so, and does not take that back ("no hoax")."""
    kinds = count_kinds(text)
    return kinds["refute"] > 0


def side_features(statement: Statement, evidence: Sequence[Evidence]) -> dict[str, float]:
    """Return how strongly the outlet, its sources and the first sentences are for a statement and against it."""
    leanings = [(one, leaning(statement, one)) for one in evidence]
    own = [held for one, held in leanings if one.piece.voice is Voice.OUTLET]
    told = [held for one, held in leanings if one.piece.voice is Voice.SOURCE]
    lead = [held for one, held in leanings if one.piece.sentence < LEAD]
    values: dict[str, float] = {}
    for name, group in {"outlet": own, "source": told, "lead": lead}.items():
        values[f"{name}: for"] = max((held.favours for held in group), default=0.0)
        values[f"{name}: against"] = max((held.opposes for held in group), default=0.0)
    values["source: both sides"] = min(values["source: for"], values["source: against"])
    values["outlet: against alone"] = max(0.0, values["outlet: against"] - values["outlet: for"])
    weights = [held.favours**2 + held.opposes**2 for _, held in leanings]
    against = sum(held.opposes**2 for _, held in leanings)
    values["share: leaning against"] = against / sum(weights) if sum(weights) else 0.0
    return values
