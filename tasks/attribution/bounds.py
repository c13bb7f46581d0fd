"""Where a content must end: at what another says, at a full stop, at what became of the noun it belongs to."""

from collections.abc import Iterable

from spacy.tokens import Token

from tasks.attribution.cues import load_words
from tasks.attribution.parsing import Paragraph
from tasks.attribution.phrases import SUBJECTS

STOPS = frozenset({";", ".", "!", "?"})


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
