"""The words of a source that the network found, made whole: a source is one phrase and stands in one piece.

Of some fifteen thousand marked attributions hardly one has a source in two pieces, so where the network jumps over a
verb it has taken two speakers for one.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from spacy.tokens import Token

from tasks.attribution.coordination import HEARERS
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import trim
from tasks.attribution.names import is_bodily, is_people
from tasks.attribution.phrases import noun_phrase, source_of

Words = tuple[Token, ...]
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
PRONOUNS = frozenset({"PRP", "WP"})


def source_words(cue: Token, found: Sequence[Token], ruled: Words, barred: Collection[int]) -> Words:
    """Return the words of a source; `ruled`: what the rules take for it, `barred`: tokens of cue and content."""
    timed = {token.i for child in cue.children if child.dep_ == "npadvmod" for token in child.subtree}
    plain = [token for token in found if token.i not in timed] or found  # "the firm today announced"
    source = _one_speaker(cue, _without_told(cue, plain), ruled)
    return _without_holes(_phrase(_with_antecedent(source)), barred)


def _one_speaker(cue: Token, source: Words, ruled: Words) -> Words:
    """Return one of the pieces that a verb parts: "the county said it fell, but the union accused" is the union's.

    It is taken where it stands nearest to the cue and is what the rules take for the subject too; else all stay, since
    of marked articles each of the two signs alone was wrong once in four times.
    """
    pieces = _pieces(source)
    parted = (token for left, right in pairwise(pieces) for token in _between(left, right))
    verbs = [token for token in parted if token.pos_ in ("VERB", "AUX")]
    if not verbs or _is_own_clause(pieces[0], verbs):
        return source
    if not any(load_words().lemma(verb) in load_words().verbs for verb in verbs):
        return source  # nobody else says anything in between
    speaking = [piece for piece in pieces if _may_speak(piece)] or pieces
    subject = ruled or (source_of(cue) if cue.pos_ in ("VERB", "AUX") else ())
    nearest = min(speaking, key=lambda piece: min(abs(token.i - cue.i) for token in piece))
    same = {token.i for token in subject if token.is_alpha} == {token.i for token in nearest if token.is_alpha}
    return subject if subject and same else source


def _may_speak(piece: Sequence[Token]) -> bool:
    """Return whether a piece names somebody who may say something, and not by another one: "her group"."""
    if any(token.tag_ == "PRP$" for token in piece):
        return False
    return any(
        token.ent_type_ in NAMED or token.tag_ in PRONOUNS or is_people(token) or is_bodily(token) for token in piece
    )


def _is_own_clause(first: Sequence[Token], verbs: Sequence[Token]) -> bool:
    """Return whether verbs stand in a clause of the first piece: "the aide who (preferred not to) be quoted"."""
    return all(any(own.is_ancestor(verb) for own in first) for verb in verbs)


def _without_holes(source: Words, barred: Collection[int]) -> Words:
    """Return a source with the words between its pieces, where nothing of another part is among them."""
    pieces = _pieces(source)
    holes = [token for left, right in pairwise(pieces) for token in _between(left, right)]
    verbs = [token for token in holes if token.pos_ in ("VERB", "AUX")]
    if not holes:
        return source
    if any(token.is_bracket or token.i in barred for token in holes) or not _is_own_clause(pieces[0], verbs):
        return source
    return tuple(sorted((*source, *holes), key=lambda token: token.i))


def _pieces(source: Sequence[Token]) -> list[list[Token]]:
    """Return the words of a source as runs that punctuation alone does not part."""
    runs: list[list[Token]] = []
    for token in trim(source):
        if runs and all(between.is_punct or between.is_space for between in _between(runs[-1], [token])):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _between(left: Sequence[Token], right: Sequence[Token]) -> Sequence[Token]:
    return list(left[0].doc[left[-1].i + 1 : right[0].i])


def _without_told(cue: Token, source: Sequence[Token]) -> Words:
    """Return a source without who is told: "the deputy told the minister"."""
    told = [child for child in cue.children if child.dep_ in ("dobj", "dative") and load_words().lemma(cue) in HEARERS]
    hearers = {token.i for child in told for token in child.subtree}
    return tuple(token for token in source if token.i not in hearers) or tuple(source)


def _phrase(source: Words) -> Words:
    """Return a source without its relative clauses and days: "Viktor Stane on Friday" is Viktor Stane."""
    inside = {token.i for token in source}
    tops = [token for token in source if token.head.i not in inside or token.head == token]
    if len(tops) != 1 or tops[0].pos_ not in ("NOUN", "PROPN"):
        return source
    kept = [token for token in noun_phrase(tops[0]) if token.i in inside]
    while len(kept) > 1 and kept[-1].dep_ == "prep":
        kept.pop()
    return tuple(kept) if len(kept) * 2 >= len(source) else source


def _with_antecedent(source: Words) -> Words:
    """Return a source with the words that "who" or "which" stands for before it."""
    if len(source) != 1 or source[0].tag_ not in ("WP", "WDT"):
        return source
    clause = next((token for token in source[0].ancestors if token.dep_ == "relcl"), None)
    before = noun_phrase(clause.head) if clause is not None else ()
    return (*(token for token in before if token.i < source[0].i), *source)
