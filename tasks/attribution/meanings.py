"""What the words of a cue do together: "refused to confirm", "voiced concern over", "tried to walk back"."""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from tasks.attribution.cues import Cue, find_phrase, load_words, row_of_lemma
from tasks.attribution.polarity import is_denied
from tasks.model.claim import Act

# A verb of these acts does not do what hangs on it: "vowed to sue" promises, "declined to criticise" says nothing.
HELD_BACK = frozenset({Act.URGE, Act.PROMISE, Act.DECLINE, Act.ATTITUDE})
ENDINGS = ("s", "es", "d", "ed", "ing")
RESISTED = frozenset({"resist", "help", "hesitate"})  # "could not resist criticising" criticises
OBJECTS = ("dobj", "attr", "conj", "oprd", "nsubj", "nsubjpass")

Meaning = tuple[Cue | None, Token | None]


def is_verb(token: Token) -> bool:
    """Return whether a token is a verb that does not only help another."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")


def find_meaning(cue: Sequence[Token]) -> Meaning:
    """Return the row that says what a cue does, and the word of the cue that it belongs to; two None where unknown."""
    verbs = [(token, row) for token in cue if is_verb(token) and (row := _row(token, cue)) is not None]
    nouns = [(token, row) for token in cue if token.pos_ in ("NOUN", "PROPN") and (row := _row(token, cue)) is not None]
    if verbs:
        verb, row = _speaking(verbs)
        noun = next(((own, below) for own, below in nouns if own.head == verb and own.dep_ in OBJECTS), None)
        return (noun[1], noun[0]) if noun is not None and not row.word and _is_light(verb) else (row, verb)
    heads = [(token, row) for token, row in nouns if token.dep_ != "compound"] or nouns  # "a long shot plan" is a plan
    others = [(token, row) for token in cue if not is_verb(token) and (row := _row(token, cue)) is not None]
    token, found = next(iter(heads or others), (None, None))
    return found, token


def _row(token: Token, cue: Sequence[Token]) -> Cue | None:
    words = load_words()
    if token.tag_ == "VBN" and token.lower_ in words.acts["adjective"]:
        return words.acts["adjective"][token.lower_]  # "are not convinced"
    phrase = _phrase(token, cue) if token.pos_ in ("VERB", "AUX") else None
    known = phrase or row_of_lemma(words.lemma(token), token.pos_)
    return known or (_row_of_form(token) if token.is_title or token.is_upper else None)


def _phrase(verb: Token, cue: Sequence[Token]) -> Cue | None:
    """Return the row of a verb with its second word, which the parser may hang elsewhere: "called for it to end"."""
    words = load_words()
    rows = words.phrases.get(words.lemma(verb), {})
    behind = (rows.get(token.lower_) for token in cue if rows and token.i > verb.i)
    return find_phrase(verb, words) or next((row for row in behind if row is not None), None)


def _row_of_form(token: Token) -> Cue | None:
    """Return the row of a word that the tagger misread and left as it stands: "Smith Urges Voters"."""
    if token.is_stop:
        return None
    form = token.lower_
    stems = [form, *(form.removesuffix(end) for end in ENDINGS if form.endswith(end))]
    found = (row_of_lemma(stem + more, "VERB") for stem in stems for more in ("", "e"))
    return next((row for row in found if row is not None), None)


def _speaking(verbs: Sequence[tuple[Token, Cue]]) -> tuple[Token, Cue]:
    """Return the verb that carries the act: the last one, unless one before it holds it back."""
    leading = load_words().groups["leading_verbs"]
    (first, opening) = verbs[0]
    own = [(verb, row) for verb, row in verbs if verb == first or not _stands_aside(verb, first, opening)]
    for (verb, row), (following, _) in pairwise(own):
        passed = verb.lemma_.lower() in leading or (verb.lemma_ in RESISTED and is_denied(verb))
        if row.act in HELD_BACK and not passed and following.dep_ not in ("pcomp", "advcl"):
            return verb, row
        if row.word and row.act in HELD_BACK:
            return verb, row  # "stopped short of blaming"
    return own[-1]


def _stands_aside(verb: Token, first: Token, opening: Cue) -> bool:
    """Return whether a verb tells how it was said or what was left out: "said, laughing", "said without naming"."""
    how = verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head == first and "quote" in opening.takes
    return how or (verb.dep_ == "pcomp" and verb.head.lower_ == "without")


def _is_light(verb: Token) -> bool:
    words, lemma = load_words(), verb.lemma_.lower()
    return lemma in words.light or lemma in words.groups["announcing"] or lemma in ("be", "do", "take")
