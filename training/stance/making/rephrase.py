"""The same told otherwise, less told, more told; and other facts of the same article."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from spacy.tokens import Doc, Token

from training.stance.making.clause import sentence, verb_group
from training.stance.making.negation import pairs_of_opposites
from training.stance.making.pairs import AGREE, NEUTRAL, Base, Bundle, agree, both, conflict, oneway, some
from training.stance.making.shells import spoken

_RAW = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))
LIGHT = frozenset(_RAW["facts"]["light"])
LOOSE = frozenset(_RAW["detail"]["loose"])
SET_OFF = frozenset({"appos", "relcl", "advcl", "acl"})
PHRASES = frozenset({"in", "on", "at", "during", "near", "after", "before"})
LEADS = re.compile(
    r"(?!In (?:all|fact|short|return|turn|addition|other)\b)"
    r"(?:In|On|At|After|Before|During|By|Since|Under|When|Despite|Although|Because|Last|Until)\b"
)
# Words under which the part does not follow from the whole.
TURNING = re.compile(r"\b(?:no|not|never|few|only|if|less|every|all|any|most|than|each|without)\b|n't\b", re.IGNORECASE)
PERSON = re.compile(r"[A-Z]\w+ [A-Z]\w+$")
TOO_ALIKE = 0.34  # share of words above which two statements of an article may say the same
SHORTEST, LONGEST, CUT, LEAD = 4, 20, 12, 9  # words of a sentence left, of one turned round, of a detail, of a lead


def make_reported(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield the sentence with and without somebody who says it, and the negated one said."""
    found = pairs_of_opposites(base, rng)
    if found is None or base.clause is None:
        return
    (yes, no), named = found, base.clause.named
    say, say_no = (spoken(rng, "say", text, named=named) for text in found)
    yield some(rng, [oneway(say, yes, AGREE), oneway(say_no, no, AGREE), *conflict(say, no), *conflict(say_no, yes)], 2)


def make_cleft(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield "it was X who did it" against the plain sentence, and "it was not X who"."""
    clause = base.clause
    if (
        clause is None
        or not clause.past
        or clause.modal
        or clause.negated
        or clause.lead
        or clause.adverb
        or clause.plural
    ):
        return
    if not PERSON.match(clause.subject) or len(base.text.split()) > LONGEST or not clause.person:
        return
    words = f"{clause.subject} who {verb_group(clause)} {clause.rest}"
    yield some(rng, [*agree(f"It was {words}", base.text), *conflict(f"It was not {words}", base.text)], 2)


def make_order(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield the sentence with what leads in put last."""
    clause = base.clause
    if clause is None or not LEADS.match(clause.lead) or "," in clause.lead[:-1] + clause.rest:
        return
    if len(clause.lead.split()) > LEAD:
        return
    low = f"{clause.lead[0].lower()}{clause.lead[1:-1]}"
    yield some(rng, agree(base.text, f"{sentence(replace(clause, lead=''))} {low}"), 1)
    if pairs_of_opposites(base, rng) is not None:
        yield some(
            rng, conflict(base.text, f"{sentence(replace(clause, lead='', negated=not clause.negated))} {low}"), 1
        )


def make_detail(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield the sentence with a detail dropped, which it implies and which does not imply it."""
    if base.doc is None or base.clause is None or base.clause.negated or TURNING.search(base.text):
        return
    cuts = [cut for token in base.doc if (cut := without_detail(base.doc, token)) is not None]
    if cuts:
        short = rng.choice(cuts)
        yield [oneway(base.text, short, AGREE), oneway(short, base.text, NEUTRAL)]


def without_detail(doc: Doc, token: Token) -> str | None:
    """Return the text without a detail: an apposition, a relative clause, an adjective, a phrase of time or place."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    subject = next((child for child in token.sent.root.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or start < subject.left_edge.i:
        return None
    if start == 0 or not 1 <= end - start <= CUT:
        return None
    if token.dep_ == "amod":
        if not _is_loose(token):
            return None
    elif token.dep_ in SET_OFF:
        if doc[start - 1].text != "," or (end < len(doc) and doc[end].text != ","):
            return None
        start, end = start - 1, end + (end < len(doc))
    elif (
        token.head.lemma_ == "be"
        or not (token.dep_ == "prep" and token.head.dep_ == "ROOT" and token.lower_ in PHRASES)
        or end != len(doc)
    ):
        return None
    made = re.sub(r"\s+([,;:.'’])", r"\1", f"{doc[:start].text_with_ws.rstrip()} {doc[end:].text}").strip(" .,")
    return _with_article(made) if len(made.split()) >= SHORTEST else None


def _is_loose(token: Token) -> bool:
    """Return whether an adjective may go: it narrows something particular, and is no name."""
    noun = token.head
    definite = any(child.lower_ in ("the", "his", "her", "its", "their", "a", "an") for child in noun.lefts)
    alone = token.left_edge == token.right_edge and token.lower_ in LOOSE
    near = (
        noun.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass")
        and token.i + 1 <= noun.i
        and token.nbor(-1).pos_ != "ADV"
        and token.nbor(-1).text != ","
    )
    return (
        definite
        and alone
        and near
        and not token.ent_type_
        and token.nbor().text != "-"
        and token.nbor(-1).text != "-"
        and token.text.islower()
    )


def _with_article(text: str) -> str:
    return re.sub(r"\b([Aa])n? (?=([a-z]))", lambda found: f"{found[1]}{'n' if found[2] in 'aeio' else ''} ", text)


def make_other_fact(bases: Sequence[Base], rng: Random) -> Iterator[Bundle]:
    """Yield two facts of one article that share a word but not their matter."""
    by_topic: dict[str, list[Base]] = {}
    for base in bases:
        by_topic.setdefault(base.topic, []).append(base)
    for listed in by_topic.values():
        for base in listed:
            others = [other for other in listed if other.text != base.text and _is_near(base.text, other.text)]
            if others:
                yield _other_fact(base, rng.choice(others), rng)


def _other_fact(base: Base, other: Base, rng: Random) -> Bundle:
    """Return the two facts, plain or one of them negated or said: a negation alone makes no conflict."""
    left, right = pairs_of_opposites(base, rng), pairs_of_opposites(other, rng)
    one = base.text if left is None else rng.choice(left)
    two = other.text if right is None else rng.choice(right)
    if rng.random() < 0.4 and base.clause is not None:  # noqa: PLR2004
        one = spoken(rng, rng.choice(("say", "deny")), one, named=base.clause.named)
    return some(rng, both(one, two, NEUTRAL), 1)


def _is_near(one: str, other: str) -> bool:
    left, right = ({word.lower() for word in re.findall(r"\w+", text)} - LIGHT for text in (one, other))
    return bool(left & right) and len(left & right) / len(left | right) < TOO_ALIKE
