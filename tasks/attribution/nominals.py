"""Noun phrases as sources: their head, their members, their name."""

from itertools import pairwise

from spacy.tokens import Token

from tasks.attribution.cast import ARTICLES
from tasks.attribution.gazetteer import GROUPS, NOT_PEOPLE, PERSON_ENDINGS

TOGETHER = ("alongside", "with", "including", "as", "like")  # "analysts such as Kim"


def belongs(token: Token, inside: set[int]) -> bool:
    """Return whether a name only tells whose or what something is: an owner, or behind a preposition."""
    while token.i in inside:
        if token.dep_ == "poss":
            return True
        if token.dep_ == "pobj" and token.head.i in inside and token.head.lower_ not in TOGETHER:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def head_of(source: tuple[Token, ...]) -> Token:
    """Return the head of a noun phrase: the token whose head lies outside."""
    inside = {token.i for token in source}
    heads = [token for token in source if token.head.i not in inside or token.head.i == token.i]
    return heads[0] if heads else source[-1]


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
        if inner.dep_ == "pobj" and inner.pos_ == "PROPN" and inner.ent_type_ in ("PERSON", "GPE", "ORG", "NORP")
    ]
    heads.extend(joined)
    parts = []
    for member in heads:
        below = [other for other in heads if other.i != member.i and member.is_ancestor(other)]
        others = {token.i for other in below for token in other.subtree}
        aside = {t.i for c in member.children if c.dep_ == "appos" and member.pos_ == "PROPN" for t in c.subtree}
        left_out = others | aside
        own = tuple(t for t in member.subtree if t.i in inside - left_out and t.dep_ not in ("cc", "punct"))
        own = tuple(t for t in own if not (t.dep_ == "prep" and t.lower_ in ("alongside", "including")))
        parts.append(own or (member,))
    return parts


def text_of(source: tuple[Token, ...]) -> str:
    """Return the words of a phrase as they stand."""
    return source[0].doc.text[source[0].idx : source[-1].idx + len(source[-1])]


def name_of(source: tuple[Token, ...]) -> str:
    """Return a phrase as a name: no article, nothing behind a comma ("Kim, a professor" -> "Kim")."""
    comma = next((place for place, token in enumerate(source) if token.text == ","), len(source))
    kept = [token for token in source[:comma] if token.lower_ not in ARTICLES]
    joined = [token.text_with_ws if _touches(token, after) else f"{token.text} " for token, after in pairwise(kept)]
    return "".join([*joined, *(token.text for token in kept[-1:])]).removesuffix("'s")


def _touches(token: Token, after: Token) -> bool:
    return after.i == token.i + 1


def is_people(head: Token) -> bool:
    """Return whether a noun means people: by the table, or by its ending ("dockers", "councillor", "chairwoman")."""
    lemma = head.lemma_.lower()
    if {lemma, head.lower_} & GROUPS:
        return True
    return head.pos_ in ("NOUN", "PROPN") and lemma.endswith(PERSON_ENDINGS) and lemma not in NOT_PEOPLE
