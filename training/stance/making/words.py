"""A word of a sentence put for one that means the same, for one that is wider, or for one that excludes it."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

from spacy.tokens import Token

from training.stance.making import inflect
from training.stance.making.frames import make_base
from training.stance.making.pairs import AGREE, CONFLICT, NEUTRAL, OWN, Base, Bundle, agree, conflict, oneway, some
from training.stance.making.rephrase import TURNING

Table = Mapping[str, Mapping[str, list[str]]]
_HERE = Path(__file__)
_RAW = tomllib.loads(_HERE.with_name("words.toml").read_text(encoding="utf-8"))
_GENERAL = tomllib.loads(_HERE.with_name("grammar.toml").read_text(encoding="utf-8"))["general"]
PARTS = {"VERB": "verbs", "ADJ": "adjectives", "NOUN": "nouns", "ADV": "adverbs"}
# Where a word carries the sentence: its verb, what is said of the subject, the object; not a clause far down.
NEAR = frozenset({"ROOT", "acomp", "attr", "dobj", "nsubj", "nsubjpass"})
BELOW = frozenset({"amod", "advmod", "dobj"})
MANY = frozenset({"men", "women", "troops", "soldiers", "weapons", "arms"})
LIMITED = re.compile(
    r"\b(?:than|not|no|never|only|just|if|or|either|neither|too|as|ever|may|might|could|whether)\b|n't\b", re.IGNORECASE
)
FORMS: dict[str, Callable[[str], str]] = {
    "VBD": inflect.past, "VBN": inflect.participle, "VBZ": inflect.third, "VBG": inflect.gerund, "VB": str, "VBP": str,
    "NN": str, "NNS": inflect.plural, "JJ": str, "RB": str, "JJR": str, "JJS": str, "RBR": str,
}  # fmt: skip


def read_table(raw: Mapping[str, str], *, mutual: bool = True) -> dict[str, dict[str, list[str]]]:
    """Return part of speech -> word -> its partners; "a/b" pairs, a space inside written as "_"."""
    table: dict[str, dict[str, list[str]]] = {}
    for part, lines in raw.items():
        words = table.setdefault(part, {})
        for pair in lines.split():
            one, other = pair.replace("_", " ").split("/")
            words.setdefault(one, []).append(other)
            if mutual:
                words.setdefault(other, []).append(one)
    return table


OPPOSITE, SAME = read_table(_RAW["opposite"]), read_table(_RAW["same"])
WIDER = read_table(_GENERAL, mutual=False)


def make_antonym(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield a sentence against itself with one word turned into its opposite."""
    yield from _with_frames(base, rng, "opposite")
    if base.clause is not None and not base.clause.negated and not LIMITED.search(base.text) and ":" not in base.text:
        for made in _with_words(base, rng, OPPOSITE):
            yield some(rng, conflict(base.text, made), 1)


def make_synonym(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield a sentence against itself with one word put for another that means the same."""
    yield from _with_frames(base, rng, "same")
    for made in _with_words(base, rng, SAME):
        yield some(rng, agree(base.text, made), 1)


def make_wider(base: Base, rng: Random) -> Iterator[Bundle]:
    """Yield a sentence against itself with one word put for a wider one."""
    if base.clause is None or base.clause.negated or TURNING.search(base.text):
        return
    for made in _with_words(base, rng, WIDER):
        yield [oneway(base.text, made, AGREE), oneway(made, base.text, NEUTRAL)]


def _with_frames(base: Base, rng: Random, kind: str) -> Iterator[Bundle]:
    """Yield the invented sentence with another verb that its frame names, beside one of the other kind."""
    if base.origin != OWN:
        return
    same, opposite = base.frame.get("same"), base.frame.get("opposite")
    if kind == "same" and same:
        yield some(rng, agree(base.text, make_base(base.frame, base.filled, rng.choice(list(same))).text), 1)
    if kind == "opposite" and opposite:
        other = make_base(base.frame, base.filled, rng.choice(list(opposite))).text
        yield some(rng, conflict(base.text, other), 1)
        if same:
            yield [oneway(make_base(base.frame, base.filled, rng.choice(list(same))).text, other, CONFLICT)]


def _with_words(base: Base, rng: Random, table: Table) -> Iterator[str]:
    """Yield the sentence with one word put for a partner of the table, at most two."""
    doc = base.doc
    if doc is None:
        return
    found = [(token, partners) for token in doc if (partners := find_partners(token, table))]
    if table is not SAME:
        found = [(token, partners) for token, partners in found if _carries(token) and not _is_group(token)]
    for token, partners in rng.sample(found, min(2, len(found))):
        form = bend(token, rng.choice(partners))
        if form is not None and form != token.text:
            before, after = doc[: token.i].text_with_ws, doc[token.i :].text_with_ws[len(token.text) :]
            before = re.sub(r"\b([Aa])n? $", r"\1n " if form[0] in "aeiou" else r"\1 ", before)
            made = (before + form + after).strip(" .")
            yield made[:1].upper() + made[1:]


def find_partners(token: Token, table: Table) -> list[str]:
    """Return the partners of a word where it stands plainly: no name, no part of a set phrase."""
    part = PARTS.get(token.pos_)
    if part is None or token.ent_type_ or (token.text[:1].isupper() and token.i > 0):
        return []
    words, kinds = table.get(part, {}), {child.dep_ for child in token.children}
    if part == "verbs":
        loose = {"prt", "xcomp", "ccomp", "dative", "agent", "acomp", "oprd"} & kinds
        bare = "prep" in kinds and "dobj" not in kinds and token.tag_ != "VBN"
        return [] if loose or bare or token.dep_ in ("amod", "aux") else words.get(token.lemma_.lower(), [])
    if part == "nouns":
        joined = token.i + 1 < len(token.doc) and token.nbor().text == "-"
        taken = joined or token.dep_ == "compound" or "compound" in kinds
        return [] if taken else words.get(token.lemma_.lower(), [])
    return words.get(token.lower_, []) if not {"xcomp", "ccomp", "prep"} & kinds else []


def _is_group(token: Token) -> bool:
    """Return whether the word speaks of many, of whom others may be the opposite."""
    noun = token.head if token.dep_ == "amod" else token
    return noun.tag_ == "NNS" and (token.dep_ != "amod" or noun.dep_ in ("nsubj", "nsubjpass"))


def _carries(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    head = token.head
    below = token.dep_ in BELOW and head.dep_ in NEAR and (head.dep_ == "ROOT" or head.head.dep_ == "ROOT")
    return (token.dep_ in NEAR and head.dep_ == "ROOT") or below


def bend(token: Token, partner: str) -> str | None:
    """Return a partner in the form of the word it stands for, None where there is no such form."""
    rule = FORMS.get(token.tag_)
    if rule is None or (partner in MANY and token.tag_ == "NN"):
        return None
    return partner if partner in MANY else rule(partner)
