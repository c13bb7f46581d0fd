"""Contents that the network cut inside a phrase: "counter Russia's", "contamination in the second"."""

from collections.abc import Collection

from spacy.tokens import Token

# What stands before the head of its phrase, and what a verb or preposition cannot go without.
LEADING = frozenset({"det", "poss", "amod", "compound", "nummod", "nmod", "quantmod", "aux", "auxpass", "neg"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
COMPLEMENTS = frozenset({"dobj", "pobj", "pcomp", "xcomp", "ccomp", "attr", "acomp", "oprd"})


def complete(content: list[Token], barred: Collection[int]) -> list[Token]:
    """Return a content whose last word begins what follows with the rest of that; `barred`: tokens that are not its."""
    inside = {token.i for token in content}
    last = content[-1] if content else None
    while last is not None:
        end = _needed(last)
        added = range(last.i + 1, end + 1)
        if not added or any(row in barred or row in inside for row in added):
            break
        inside.update(added)
        last = last.doc[end]
    doc = content[0].doc if content else None
    return [doc[row] for row in sorted(inside)] if doc is not None else []


def _needed(last: Token) -> int:
    """Return the place of the last token that a content ending here still needs."""
    if last.dep_ == "case" and last.head.dep_ == "poss":
        last = last.head
    if last.dep_ in LEADING and last.head.i > last.i and last.head.sent == last.sent:
        return last.head.i
    verb = last.head
    if last.dep_ in SUBJECTS and verb.i > last.i and any(_is_that(child, last) for child in verb.children):
        return verb.right_edge.i  # "and that the law": broken or not
    for child in last.rights:
        if child.dep_ in COMPLEMENTS and child.left_edge.i == last.i + 1:
            return child.right_edge.i
    return last.i


def _is_that(mark: Token, subject: Token) -> bool:
    """Return whether a word is the "that" before a subject."""
    return mark.dep_ == "mark" and mark.lower_ == "that" and mark.i < subject.i
