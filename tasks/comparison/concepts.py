"""What a proposition is about, as concepts that can be matched with those of another one."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from tasks.comparison.lexicon import Lexicon
from tasks.comparison.remembered import remembered
from tasks.model.claim import Proposition

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
NEGATION = re.compile(
    r"\b(?:not?|never|none|nobody|nothing|neither|nor|deny|denie[ds]|denying|cannot|rather than|instead of)\b"
    r"|n[\u2019']t\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+")  # inside a sentence, where only names have one
SHORT = 3  # shorter names prove nothing about a longer word
HEAD_WEIGHT = 2.0  # what the head phrase names is what the claim is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One word of a proposition with the classes that it stands for."""

    word: str
    names: frozenset[str]  # the word and its classes: two concepts match where these meet
    event: bool
    head: bool  # it stands in the head phrase
    named: bool = False  # written with a capital: a name that no party carries ("Amsterdam")

    @property
    def weight(self) -> float:
        """Return how much the concept counts among those of its proposition."""
        return HEAD_WEIGHT if self.head else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of one proposition is met in another, and by which words."""

    share: float
    matched: tuple[tuple[Concept, Concept], ...]

    @property
    def events(self) -> tuple[tuple[Concept, Concept], ...]:
        """Return the matched pairs whose first word stands for an event."""
        return tuple(pair for pair in self.matched if pair[0].event)

    @property
    def things(self) -> tuple[tuple[Concept, Concept], ...]:
        """Return the matched pairs whose first word stands for a thing."""
        return tuple(pair for pair in self.matched if not pair[0].event)


@remembered(16_384)  # each claim meets many partners
def concepts_of(proposition: Proposition, lexicon: Lexicon) -> tuple[Concept, ...]:
    """Return the concepts of a proposition: its events and things, without the names of its parties and light words."""
    names = {word for party in proposition.parties for word in words_of(party.entity.name)}
    events = lexicon.content(proposition.predicates)
    untrue = lexicon.texts["denial"] if _negated_by_a_word(proposition) else frozenset()
    things = [
        word
        for word in lexicon.content(proposition.terms)
        if word not in events and word not in untrue and not _is_name(word, names)
    ]
    core = words_of(proposition.core)
    capitals = {word.casefold() for word in _CAPITAL.findall(proposition.statement)}
    joined, taken = _join_pairs((*events, *things), lexicon, core)
    return (
        *(_concept(word, lexicon, core, event=True) for word in events if word not in taken),
        *joined,
        *(
            replace(_concept(word, lexicon, core, event=False), named=word in capitals)
            for word in things
            if word not in taken
        ),
    )


def _negated_by_a_word(proposition: Proposition) -> bool:
    """Return whether it is a word like "hoax" that makes a proposition negative: it is then no thing of its own."""
    return proposition.negated and not NEGATION.search(proposition.statement)


def _is_name(word: str, names: Collection[str]) -> bool:
    """Return whether a word is part of a party's name or made from it ("Korean" for "Korea")."""
    return any(word == name or (len(name) > SHORT and word.startswith(name[:-1])) for name in names)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters."""
    return tuple(_WORD.findall(text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


def _concept(word: str, lexicon: Lexicon, core: Sequence[str], *, event: bool) -> Concept:
    return Concept(word=word, names=lexicon.classes_of(word) | {word}, event=event, head=_in_core(word, core))


def _in_core(word: str, core: Sequence[str]) -> bool:
    """Return whether a form of the lemma stands in the head phrase ("trading" for "trade")."""
    stem = word[:-1] if word.endswith(("e", "y")) and len(word) > len("by") else word
    return any(token.startswith(stem) for token in core)


def _join_pairs(
    words: Sequence[str], lexicon: Lexicon, core: Sequence[str]
) -> tuple[tuple[Concept, ...], frozenset[str]]:
    """Return a thing for each two words that make a class together ("military equipment"), and the words it takes."""
    pairs = {pair: classes for pair, classes in lexicon.pairs.items() if set(words).issuperset(pair)}
    joined = tuple(
        Concept(
            word=" ".join(pair),
            names=classes | {" ".join(pair)},
            event=False,
            head=any(_in_core(part, core) for part in pair),
        )
        for pair, classes in pairs.items()
    )
    return joined, frozenset(word for pair in pairs for word in pair)


def cover(covered: Sequence[Concept], by: Sequence[Concept]) -> Coverage:
    """Return how much of the first proposition's weight meets a concept of the second; 0 where it has none."""
    matched = []
    for concept in covered:
        partner = max(
            (other for other in by if concept.names & other.names),
            key=lambda other: (other.word == concept.word, other.event == concept.event, other.head),
            default=None,
        )
        if partner is not None:
            matched.append((concept, partner))
    total = sum(concept.weight for concept in covered)
    return Coverage(
        share=sum(concept.weight for concept, _ in matched) / total if total else 0.0, matched=tuple(matched)
    )


def heads(concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """Return the events in the head phrase, or all events where it names none."""
    events = tuple(concept for concept in concepts if concept.event)
    return tuple(concept for concept in events if concept.head) or events


def names_apart(left: Sequence[Concept], right: Sequence[Concept]) -> bool:
    """Return whether each side has a name that the other lacks: "in Scotland" and "in Amsterdam" are two matters."""
    return all(
        any(one.named and not any(one.names & other.names for other in others) for one in ones)
        for ones, others in ((left, right), (right, left))
    )


def find_opposites(
    left: Sequence[Concept], right: Sequence[Concept], opposed: Callable[[str, str], bool]
) -> tuple[tuple[Concept, Concept], ...]:
    """Return the pairs of opposite words, events first; a word that is met on the other side has none."""
    unmet_left = [one for one in left if not any(one.names & other.names for other in right)]
    unmet_right = [one for one in right if not any(one.names & other.names for other in left)]
    pairs = ((one, other) for one in unmet_left for other in unmet_right if opposed(one.word, other.word))
    return tuple(sorted(pairs, key=lambda pair: not (pair[0].event and pair[1].event)))
