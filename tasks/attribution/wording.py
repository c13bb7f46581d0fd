"""A content as a short sentence that stands alone: names for pronouns, who is meant, no quotation marks."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Token

from tasks.attribution.drafts import Draft
from tasks.attribution.features import is_event
from tasks.attribution.standins import FIRST_MANY, joined
from tasks.model.claim import Act, Entity, Party

QUOTES = re.compile(r"[\"“”„«»‘]|``|''")
IRREGULAR = {"am": "is", "'m": "is", "are": "is", "'re": "is", "were": "was", "have": "has", "'ve": "has", "do": "does"}
HISSING = ("s", "x", "z", "ch", "sh", "o")


def word_statement(
    draft: Draft,
    tokens: Sequence[Token],
    implicit: tuple[Party, ...],
    names: Mapping[Token, str],
    own: Sequence[Entity],
) -> str:
    """Return the statement of a content; `names` stand in for tokens, `implicit` are those who do it unnamed."""
    kept = [
        token for place, token in enumerate(tokens) if place or not (token.lower_ == "any" and draft.act is Act.DENY)
    ]
    # A lone apostrophe is a quotation mark unless it is tagged as a possessive: "the United States' ships".
    said = {token: "" if token.text in "'’" and token.tag_ != "POS" else names.get(token, token.text) for token in kept}
    said |= {verb: third for verb, third in _agreeing(kept, names, len(own)) if verb in said}
    said |= {verb: _third(verb.lemma_) for verb in _gerunds(kept, implicit)}
    spaces = [after.i > token.i + 1 or bool(token.whitespace_) for token, after in pairwise(kept)]
    spaces = [space and bool(said[token]) for token, space in zip(kept, spaces, strict=False)]
    words = "".join(said[token] + " " * space for token, space in zip(kept, [*spaces, False], strict=False))
    words = " ".join(QUOTES.sub("", words).split()).strip(" ,;:.")
    if implicit and words:
        words = _with_actors(words, draft, kept[0].tag_ == "VBG", joined([party.entity for party in implicit]))
    return words[:1].upper() + words[1:]


def _with_actors(words: str, draft: Draft, gerund: bool, names: str) -> str:
    """Return a statement with those who are meant: "arms deals by Iran", "Iran sends troops", "wrongdoing (Iran)"."""
    root = draft.root
    if gerund or (root is not None and root.pos_ in ("VERB", "AUX")):
        return f"{names} {words[:1].lower() + words[1:]}"
    return f"{words} by {names}" if root is not None and is_event(root) else f"{words} ({names})"


def _agreeing(tokens: Sequence[Token], names: Mapping[Token, str], number: int) -> list[tuple[Token, str]]:
    """Return the verbs that follow a name in place of "I" or "we": "I am" -> "Kim is", "we expect" -> "Kim expects"."""
    changed: list[tuple[Token, str]] = []
    for subject in tokens:
        first = subject in names and subject.lower_ in ("i", *FIRST_MANY) and subject.dep_ in ("nsubj", "nsubjpass")
        if first and (subject.lower_ == "i" or number == 1):
            finite = [t for t in (*subject.head.lefts, subject.head) if t.tag_ in ("VBP", "VBD") and t.i > subject.i]
            changed.extend((verb, _agreed(verb)) for verb in finite[:1])
    return changed


def _agreed(verb: Token) -> str:
    if verb.tag_ == "VBD" and verb.lower_ != "were":
        return verb.text
    spaced = " " if verb.text.startswith("'") else ""  # "I'm" -> "Kim is"
    return spaced + (IRREGULAR.get(verb.lower_) or _third(verb.lemma_))


def _gerunds(tokens: Sequence[Token], implicit: tuple[Party, ...]) -> list[Token]:
    """Return the gerund that carries the content: "Iran supplying drones" reads "Iran supplies drones"."""
    inside = {token.i for token in tokens}
    verb = next((token for token in tokens if token.tag_ == "VBG"), None)
    if verb is None or any(child.dep_ in ("aux", "auxpass", "neg") for child in verb.children):
        return []
    if verb is tokens[0]:
        return [verb] if implicit else []
    named = verb.i - 1 in inside and verb.nbor(-1).pos_ == "PROPN" and verb.nbor(-1).text != ","
    first = all(token.pos_ in ("PROPN", "PART", "DET") for token in tokens if token.i < verb.i)
    carries = verb.dep_ in ("acl", "pcomp", "ccomp", "xcomp") and (
        verb.head.i not in inside or verb.head is verb.nbor(-1)
    )
    return [verb] if named and first and carries else []


def _third(lemma: str) -> str:
    """Return the third person of a verb: "supply" -> "supplies"."""
    lemma = lemma.lower()
    if lemma in ("be", "have"):
        return {"be": "is", "have": "has"}[lemma]
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(HISSING) else f"{lemma}s"
