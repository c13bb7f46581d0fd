"""Noun phrases as sources: their head, their members, their name."""

from itertools import pairwise

from spacy.tokens import Token

from tasks.attribution.names import ARTICLES
from tasks.attribution.offices import apposed_to

TOGETHER = ("alongside", "with", "including", "as", "like")  # "analysts such as Kim"
LEADING = frozenset({"det", "poss", "amod", "punct", "predet", "nummod"})
NAMED = frozenset({"PERSON", "GPE", "ORG", "NORP"})


def belongs(token: Token, inside: set[int]) -> bool:
    """Return whether a name only tells whose or what something is: an owner, or behind a preposition."""
    listed = token.i + 1 < len(token.doc) and token.nbor().lower_ in ("and", ",", "&")  # whatever the parser says
    if token.dep_ in ("compound", "nmod") and token.head.i in inside and not listed:
        return True  # "the Obama White House"
    while token.i in inside:
        if token.dep_ == "poss":
            return True
        if token.dep_ == "pobj" and token.head.i in inside and token.head.lower_ not in TOGETHER:
            return True
        above = apposed_to(token) if token.dep_ == "appos" else token.head
        if above.i == token.i:
            return False
        token = above
    return False


def head_of(source: tuple[Token, ...]) -> Token:
    """Return the head of a noun phrase: the token whose head lies outside, no article where a noun does as well."""
    inside = {token.i for token in source}
    heads = [token for token in source if token.head.i not in inside or token.head.i == token.i]
    if len(heads) > 1 and heads[0].dep_ in LEADING:  # "the nurses allege that": a noun for the parser, with two words
        heads = [token for token in heads if token.pos_ in ("NOUN", "PROPN")] or heads
    return heads[0] if heads else source[-1]


def without_clauses(source: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return a source without what its clauses tell: "a trader, who asked not to be named" is a trader."""
    head = head_of(source)
    clauses = [child for child in head.children if child.dep_ in ("relcl", "acl") and child.i > head.i]
    told = {token.i for clause in clauses for token in clause.subtree}
    kept = [token for token in source if token.i not in told]
    while kept and (kept[-1].is_punct or kept[-1].is_space):
        kept.pop()
    return tuple(kept) or source


def apposed_name(source: tuple[Token, ...], head: Token) -> tuple[Token, ...]:
    """Return the name that a description is followed by: "Falk" of "a spokesman for Orion, Peter Falk", () if none."""
    if head.pos_ == "PROPN":
        return ()
    for token in source:
        comma = token.i > 0 and token.doc[token.left_edge.i - 1].text in (",", "(", "—", "–")
        if token.pos_ == "PROPN" and token.dep_ == "appos" and comma and apposed_to(token).i == head.i:
            inside = {t.i for t in source}
            return tuple(
                t for t in token.subtree if t.i in inside and (t.i == token.i or t.dep_ in ("compound", "flat"))
            )
    return _name_after_comma(source, head)


def _name_after_comma(source: tuple[Token, ...], head: Token) -> tuple[Token, ...]:
    """Return the name behind the comma where the parser hung it elsewhere: "Nordhaven and its auditor, KPW"."""
    commas = [place for place, token in enumerate(source) if token.text == "," and token.i > head.i]
    behind = source[commas[0] + 1 :] if commas else ()
    named = tuple(token for token in behind if token.pos_ == "PROPN")
    placed = any(token.ent_type_ in ("GPE", "LOC") for token in named)
    return named if named and named == behind and named[-1].dep_ == "appos" and not placed else ()


def _is_next(member: Token, child: Token) -> bool:
    """Return whether a child goes on with a list; of three countries the parser calls the second an apposition."""
    listed = child.dep_ == "appos" and member.ent_type_ == child.ent_type_ == "GPE"
    return child.dep_ == "conj" or listed


def parts_of(source: tuple[Token, ...], head: Token) -> list[tuple[Token, ...]]:
    """Return the members of a joint source: "Seoul and Tokyo", "Kim alongside Park", "ministers, including Park"."""
    inside = {token.i for token in source}
    heads = [head]
    for member in heads:  # grows while it is read: conjuncts hang on one another
        heads.extend(child for child in member.children if child.i in inside and _is_next(member, child))
    joined = [
        inner
        for child in head.subtree
        if child.i in inside and child.lower_ in ("alongside", "including", "with") and child.dep_ == "prep"
        for inner in child.children
        if inner.dep_ == "pobj" and inner.pos_ == "PROPN" and inner.ent_type_ in NAMED
    ]
    heads.extend(joined)
    return [_part(member, heads, inside) for member in heads]


def _part(member: Token, heads: list[Token], inside: set[int]) -> tuple[Token, ...]:
    """Return the words of one member, less the other members and what is said of a name behind a comma."""
    below = [other for other in heads if other.i != member.i and member.is_ancestor(other)]
    others = {token.i for other in below for token in other.subtree}
    aside = {t.i for c in member.children if c.dep_ == "appos" and member.pos_ == "PROPN" for t in c.subtree}
    lent = _lent(member, heads)
    own = [t for t in member.subtree if t.i in inside - others - aside and t.dep_ not in ("cc", "punct")]
    own = [t for t in own if not (t.dep_ == "prep" and t.lower_ in ("alongside", "including"))]
    commas = [t for t in member.subtree if t.text == "," and t.i in inside - others - aside]
    own = sorted({*own, *lent, *(commas if member.pos_ != "PROPN" else [])}, key=lambda token: token.i)
    while own and own[-1].is_punct:
        own.pop()
    return tuple(own) or (member,)


def _lent(member: Token, heads: list[Token]) -> list[Token]:
    """Return the name of a member that the parser hung on the one before: "Nordhaven and its auditor, KPW"."""
    if member.dep_ != "conj" or member.head not in heads or member.pos_ == "PROPN":
        return []
    names = [c for c in member.head.children if c.dep_ == "appos" and c.i > member.i and c.pos_ == "PROPN"]
    return [token for name in names[:1] for token in (member.doc[name.left_edge.i - 1], *name.subtree)]


def text_of(source: tuple[Token, ...]) -> str:
    """Return the words of a phrase as they stand."""
    return source[0].doc[source[0].i : source[-1].i + 1].text


def name_of(source: tuple[Token, ...]) -> str:
    """Return a phrase as a name: no article, nothing behind a comma ("Kim, a professor" -> "Kim"); never ""."""
    comma = next((place for place, token in enumerate(source) if token.text == ","), len(source))
    part = len(source) > 1 and source[1].lower_ == "of"  # "some of the rivals"
    kept = [t for at, t in enumerate(source[:comma]) if t.lower_ not in ARTICLES or (part and not at)]
    joined = [token.text_with_ws if _touches(token, after) else f"{token.text} " for token, after in pairwise(kept)]
    name = "".join([*joined, *(token.text for token in kept[-1:])]).removesuffix("'s").strip()
    return name if any(map(str.isalnum, name)) else text_of(source)


def _touches(token: Token, after: Token) -> bool:
    return after.i == token.i + 1
