"""Where a content must end: at what another says, at a full stop, at what became of the noun it belongs to."""

import re
from collections.abc import Collection, Iterable

from spacy.tokens import Token

from tasks.attribution.cues import load_words
from tasks.attribution.parsing import Paragraph
from tasks.attribution.phrases import SUBJECTS

STOPS = frozenset({";", ".", "!", "?"})
LINKS = frozenset({"and", "but", "or", "nor", "yet"})
CONTRASTS = frozenset({"while", "whereas"})
CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[ap]m)?")
LEAD = 8  # words that a cut-off subject may have


def within_stops(paragraph: Paragraph, cue: Token, tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that no semicolon or full stop outside a quotation parts from a cue."""
    said = list(tokens)
    reach = cue.doc[min([cue.i, *(token.i for token in said)]) : max([cue.i, *(token.i for token in said)]) + 1]
    stops = [token.i for token in reach if token.text in STOPS and not paragraph.quoted(token)]
    before = max((stop for stop in stops if stop < cue.i), default=-1)
    behind = min((stop for stop in stops if stop > cue.i), default=len(cue.doc))
    return [token for token in said if before < token.i < behind]


def own_phrase(noun: Token, tokens: list[Token]) -> list[Token]:
    """Return a content without what becomes of the noun it belongs to: "the finding that it leaked was buried"."""
    if noun.pos_ != "NOUN" or noun.dep_ not in SUBJECTS:
        return tokens
    own = {token.i for token in noun.subtree}
    return [token for token in tokens if token.i in own] or tokens


def without_basis(cue: Token, tokens: list[Token]) -> list[Token]:
    """Return a content without the evidence named before it: "wrote, citing a memo, that it would close"."""
    citing = [t for t in tokens[:1] for t in t.ancestors if t.lemma_ in load_words().groups["citing"] and t.i > cue.i]
    aside = {token.i for verb in citing[:1] if verb.tag_ == "VBG" for token in verb.subtree}
    return [token for token in tokens if token.i not in aside] or tokens


def without_next(paragraph: Paragraph, cue: Token, tokens: list[Token]) -> list[Token]:
    """Return a content without what another says behind a semicolon: "Kyiv says it fired; Moscow denies it"."""
    stops = [token for token in tokens if token.text == ";" and token.i > cue.i and not paragraph.quoted(token)]
    for stop in stops:
        behind = (token for token in tokens if token.i > stop.i and load_words().lemma(token) in load_words().verbs)
        if any(child.dep_ in SUBJECTS and child.i > stop.i for verb in behind for child in verb.children):
            return [token for token in tokens if token.i < stop.i]
    return tokens


def without_day(cue: Token, tokens: list[Token]) -> list[Token]:
    """Return a content without the day of speaking: "said on Friday it would close", where the "on" may be lost."""
    if not tokens or tokens[0].i <= cue.i:
        return tokens
    prep = next((token for token in (tokens[0], *tokens[0].ancestors) if token.dep_ == "prep"), None)
    if prep is None or prep.lower_ != "on" or prep.i != cue.i + 1:
        return tokens
    days = [child for child in prep.children if child.ent_type_ == "DATE"]
    rest = [token for token in tokens if not days or token.i > days[0].i]
    return rest if any(token.dep_ in SUBJECTS for token in rest) else tokens


def is_stamp(first: Token) -> bool:
    """Return whether a paragraph begins with the time of day at which it was written, as in a live blog."""
    return CLOCK.fullmatch(first.text) is not None


def without_lead(tokens: list[Token], taken: Collection[int]) -> list[Token]:
    """Return a content without the link and the first words of what is said next: "that it fell, but the union".

    `taken`: the tokens of all attributions, so that it is known to be another one's.
    """
    if len(tokens) > 1 and tokens[-1].lower_ == "as":
        tokens = tokens[:-1]  # "rejected that figure as": what it is called is no part of it
    for row in range(len(tokens) - 1, max(len(tokens) // 2, len(tokens) - LEAD), -1):  # the greater part stays
        link, rest = tokens[row], tokens[row + 1 :]
        next_is_taken = bool(rest) or tokens[-1].i + 1 in taken
        if link.lower_ in LINKS and next_is_taken and all(_leads_on(token, rest, taken) for token in rest):
            return tokens[:row]
    return tokens


def _leads_on(token: Token, rest: list[Token], taken: Collection[int]) -> bool:
    """Return whether a word belongs to a subject in the rest of a content, whose verb stands behind the content."""
    subject = next((one for one in (token, *token.ancestors) if one.dep_ in SUBJECTS or one.pos_ == "VERB"), None)
    if subject is None or subject not in rest:
        return False
    return subject.dep_ in SUBJECTS and subject.head.i > rest[-1].i and subject.head.i in taken


def without_contrast(paragraph: Paragraph, tokens: list[Token], speaking: Iterable[Token]) -> list[Token]:
    """Return a content without what others say against it: "12 had died, while the rebels put it at 45"."""
    inside = {token.i for token in tokens}
    others = (verb for verb in speaking if is_contrast(verb) and not paragraph.quoted(verb))
    aside = {token.i for verb in others if verb.head.i in inside for token in verb.subtree}
    return [token for token in tokens if token.i not in aside] or tokens


def is_contrast(verb: Token) -> bool:
    """Return whether a verb is that of a clause with "while" behind a comma, which is another one's word.

    Its tense tells: in "said 12 had died, while the rebels put it at 45" it is that of "said", not of "had died".
    """
    mark = next((child for child in verb.children if child.lower_ in CONTRASTS and child.i == verb.left_edge.i), None)
    said = verb.head
    if mark is None or verb.dep_ != "advcl" or mark.i < said.i or mark.nbor(-1).text != ",":
        return False
    helped = [any(child.dep_ in ("aux", "auxpass") for child in one.children) for one in (said, verb)]
    return helped == [True, False] and verb.tag_ == said.head.tag_
