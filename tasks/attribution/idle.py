"""Words that attribute elsewhere and tell a deed here: "asked for the bill", "claimed the prize", "said goodbye"."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from tasks.attribution.anonymity import hides_name
from tasks.attribution.colons import is_nobody
from tasks.attribution.cues import load_words
from tasks.attribution.discourse import Resolved
from tasks.attribution.drafts import Draft
from tasks.attribution.gazetteer import BODIES, GOVERNMENT, OUTLET_WORDS
from tasks.attribution.nominals import head_of
from tasks.attribution.phrases import passive
from tasks.attribution.things import load_nouns
from tasks.model.claim import EntityKind

TABLE = Path(__file__).with_name("idle.toml")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "INTJ", "DET"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "TO"})
DUE = frozenset({"will", "'ll", "shall", "to"})
ASKING = frozenset({"WP", "WRB", "WDT", "WP$", "MD"})
SUPPOSING = frozenset({"Were", "Had", "Should"})
LONGEST = 160  # characters of an object that is a mere thing
PUBLIC = frozenset({EntityKind.STATE, EntityKind.BODY, EntityKind.OUTLET})
SOMEBODY = frozenset({"him", "her", "me", "us"})
ABOUT = frozenset({"about", "of", "on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """With which objects a verb tells a deed."""

    nouns: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    things: bool = False
    people: bool = False
    private: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """The tables of `idle.toml` and `things.json`, ready for look-ups."""

    verbs: dict[str, Deed]
    passive: dict[str, frozenset[str]]
    according: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    things: frozenset[str]


@cache
def load_deeds() -> Deeds:
    """Return the tables; ValueError names a row that is wrong."""
    raw = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    words = {name: frozenset(listed) for name, listed in raw["words"].items()}
    return Deeds(
        verbs={lemma: _deed(lemma, row) for lemma, row in raw["verb"].items()},
        passive={name: frozenset(listed) for name, listed in raw["passive"].items()},
        according={name: frozenset(listed) for name, listed in raw["according"].items()},
        words=words,
        things=(load_nouns("things") | words["things"]) - words["not_things"] - BODIES - OUTLET_WORDS,
    )


def _deed(lemma: str, row: dict[str, Any]) -> Deed:
    unknown = row.keys() - {field.name for field in fields(Deed)}
    if unknown:
        raise ValueError(f"{TABLE.name}: row {lemma!r} knows no {sorted(unknown)}")
    values: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return Deed(**values)


def is_idle(draft: Draft, who: Resolved) -> bool:
    """Return whether a draft tells what was done or where things stand, and of nothing said."""
    if draft.speaker or not draft.cue or is_nobody(draft):
        return not draft.speaker and bool(draft.cue)
    if draft.cue[0].lower_ == "according" or draft.rule == "called":
        return _is_named(draft) if draft.rule == "called" else _by_measure(draft)
    if hides_name(draft):
        return True
    short = sum(span.end - span.start for span in draft.content) <= LONGEST
    content = draft.paragraph.tokens(draft.content) if short else []
    if any(map(draft.paragraph.quoted, content)):
        return False
    verb = next((token for token in draft.cue if token.pos_ in ("VERB", "AUX") and not _helps(token)), None)
    if verb is None:
        return False
    thing = _thing_of(content)
    plain = thing is not None and not _has_clause(content, thing) and _is_deed(draft, verb, thing, who)
    return plain or _is_supposed(verb) or _is_hoped(draft, verb)


def _is_deed(draft: Draft, verb: Token, thing: Token, who: Resolved) -> bool:
    deeds, words = load_deeds(), load_words()
    lemma = words.lemma(verb)
    nobody = deeds.words["nobody"]
    if any(token.lower_ in nobody and token.dep_ in ("pobj", "dobj") for token in _tokens(draft)) and not draft.negated:
        return True  # "was accused of nothing"
    if (not draft.source and _has_no_agent(verb, lemma)) or _is_dumb(draft):
        return True
    behind = thing.dep_ == "pobj" and thing.head.dep_ == "prep" and thing.head.head.pos_ in ("VERB", "AUX")
    # "calls out Cruz": with another word behind it the verb is another one
    second = next(
        (token.lower_ for token in draft.cue if token.i > verb.i and token.pos_ in ("ADP", "PART", "ADV")), ""
    )
    deed = deeds.verbs.get(f"{lemma} {thing.head.lower_ if behind else second}".rstrip())
    return deed is not None and _makes(deed, thing) and not (deed.private and _is_public(draft, who))


def _makes(deed: Deed, thing: Token) -> bool:
    """Return whether an object makes its verb a deed."""
    lemma = thing.lemma_.lower()
    named = bool({lemma, thing.lower_} & deed.nouns)
    if {lemma, thing.lower_} & deed.keep or (_claims(thing) and not named):
        return False
    about = any(child.dep_ == "prep" and child.lower_ in ABOUT for child in thing.children)
    known = thing.pos_ == "NOUN" and lemma in load_nouns("people")
    person = known or thing.ent_type_ == "PERSON" or thing.lower_ in SOMEBODY
    return (
        named
        or (deed.things and _is_thing(thing))
        or (deed.people and person)
        or (lemma in deed.own and any(child.dep_ == "poss" for child in thing.children))
        or (deed.bare and thing.dep_ in ("dobj", "intj", "dative") and not about)
    )


def _is_thing(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.text.islower() and noun.lemma_.lower() in load_deeds().things


def _claims(noun: Token) -> bool:
    """Return whether a noun phrase is a claim or holds one: "issued a warning", "told the tale that he was rich"."""
    words = load_words()
    if noun.lemma_.lower() in words.groups["claim_nouns"] | words.nouns.keys():
        return True
    return any(child.dep_ in ("acl", "ccomp") and child.tag_ != "VBN" for child in noun.children)


def _is_dumb(draft: Draft) -> bool:
    """Return whether what "speaks" is a bell, a cloud or a crossbar."""
    if not draft.source:
        return False
    head = head_of(draft.source)
    lemma = head.lemma_.lower()
    return head.pos_ == "NOUN" and head.text.islower() and (lemma in load_deeds().words["dumb"] or _is_thing(head))


def _is_public(draft: Draft, who: Resolved) -> bool:
    """Return whether a state, a body or an office acts, whose wish for things is a demand."""
    if who.entities and who.entities[0].kind in PUBLIC:
        return True
    words = {word for token in draft.source for word in (token.lower_, token.lemma_.lower())}
    return bool(words & (BODIES | GOVERNMENT))


def _has_no_agent(verb: Token, lemma: str) -> bool:
    """Return whether a passive is a deed of nobody named: "was promised a pony", "will be announced on Tuesday"."""
    verbs = load_deeds().passive
    due = any(child.lower_ in DUE for child in verb.children if child.dep_ in ("aux", "auxpass"))
    return passive(verb) and (lemma in verbs["verbs"] or (due and lemma in verbs["due"]))


def _is_named(draft: Draft) -> bool:
    """Return whether somebody or something gets its name: "called their daughter Edda"."""
    root = draft.root
    return root is not None and root.pos_ == "PROPN" and not any(True for _ in root.lefts)


def _by_measure(draft: Draft) -> bool:
    """Return whether something goes by a size, a plan or a custom, and nobody says so."""
    if not draft.source:
        return False
    head, deeds = head_of(draft.source), load_deeds().according
    lemma = head.lemma_.lower()
    if lemma in deeds["plain"]:
        return True
    if lemma in deeds["bare"] and not any(child.i < head.i for child in head.children):
        return True
    before = draft.cue[0].nbor(-1).text if draft.cue[0].i else ""
    after = draft.paragraph.doc[head.right_edge.i + 1 : head.right_edge.i + 2].text
    return lemma in deeds["made"] and bool(before) and "," not in (before, after)


def _thing_of(content: Sequence[Token]) -> Token | None:
    """Return the noun that a content is about, None where it is about none."""
    inside = {token.i for token in content}
    tops = [token for token in content if token.head.i not in inside or token.head == token]
    top = next((token for token in tops if token.pos_ in NOMINAL or token.dep_ == "prep"), None)
    while top is not None and (top.dep_ == "prep" or top.lemma_.lower() in load_deeds().words["measures"]):
        below = _behind(top)
        if below is None:
            break
        top = below
    return top if top is not None and top.pos_ in NOMINAL else None


def _behind(token: Token) -> Token | None:
    """Return what a preposition, or the "of" of a measure, leads to."""
    preps = [token] if token.dep_ == "prep" else [child for child in token.children if child.lower_ == "of"]
    return next((child for prep in preps for child in prep.children if child.dep_ == "pobj"), None)


def _has_clause(content: Sequence[Token], thing: Token) -> bool:
    """Return whether a content has a clause that is not only the next thing done: "said her name and sat down"."""
    outer = thing.head
    done = {token.i for token in outer.conjuncts for token in token.subtree} if thing.dep_ == "dobj" else set()
    return any(token.tag_ in FINITE and token.dep_ != "prep" and token.i not in done for token in content)


def _is_supposed(verb: Token) -> bool:
    """Return whether an act is only supposed or asked about: "Were he to deny it", "Is there reason to doubt her?"."""
    first = verb.sent[0]
    if any(token.text.endswith("?") for token in verb.sent[-2:]):
        return verb.tag_ == "VB" and (first.tag_ in ASKING or first.pos_ == "AUX")
    if first.text not in SUPPOSING:
        return False
    commas = [token.i for token in verb.sent if token.text == ","]
    return bool(commas) and verb.i < commas[0]


def _is_hoped(draft: Draft, verb: Token) -> bool:
    """Return whether "it promises to be" something."""
    it = len(draft.source) == 1 and draft.source[0].lower_ in ("it", "this", "that")
    return it and verb.lemma_ in ("promise", "threaten") and draft.root is not None and draft.root.lemma_ == "be"


def _helps(token: Token) -> bool:
    return token.dep_ in ("aux", "auxpass")


def _tokens(draft: Draft) -> list[Token]:
    return draft.paragraph.tokens(draft.content)
