"""The tables of words that attribute, and which of them stand in a paragraph."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from tasks.attribution.languages import ENGLISH, table_of
from tasks.attribution.parsing import Paragraph
from tasks.model.claim import Act, Certainty

TABLE = Path(__file__).with_name("cues.toml")
# Where the second word of a phrase hangs on its verb: "push back", "stand by", "plead guilty", "cast doubt".
SECOND = frozenset({"prt", "advmod", "prep", "acomp", "oprd", "advcl", "dobj", "mark", "acl"})
# The table for each of spaCy's parts of speech; the tagger errs, so the other tables are asked after it.
PLACES = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One row of the table: what its source does, and where its content may stand."""

    lemma: str
    act: Act
    takes: frozenset[str]
    certainty: Certainty = Certainty.CERTAIN
    claims: bool = False  # a denial only with a claim, an allegation ... as its object
    noun: bool = False
    things: bool = False  # what cannot speak does it too: "the visit underlined", "the storm threatened to"
    word: str = ""  # the second word of a phrase: "back" of "push back"
    to_act: Act | None = None  # another act where an infinitive follows: "agreed that" confirms, "agreed to" promises
    person_to: Act | None = None  # another act where it has a subject of its own: "wants the state to pay"
    not_act: Act | None = None  # another act where the verb is negated: "did not rule out"
    else_act: Act | None = None  # another act where the object is no claim: "rejected the offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The tables of `cues.toml`, ready for look-ups."""

    verbs: dict[str, Cue]
    phrases: dict[str, dict[str, Cue]]  # by verb and second word
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    light: frozenset[str]
    lemmas: dict[str, str]  # what spaCy takes a word for, and what it is
    groups: dict[str, frozenset[str]]
    acts: dict[str, dict[str, Cue]]  # by part of speech and lemma: rows, and words that the rules need not find

    def has(self, group: str, word: str) -> bool:
        """Return whether a word belongs to a group of `[words]`."""
        return word in self.groups[group]

    def lemma(self, token: Token) -> str:
        """Return the lemma of a token, lower case and put right where spaCy is known to err."""
        lemma = token.lemma_.lower()
        return self.lemmas.get(lemma, lemma)


@cache
def load_words(language: str = ENGLISH) -> Words:
    """Return the cue table of a language, tables that it has not empty; ValueError names a row that is wrong."""
    raw = tomllib.loads(table_of(language, TABLE.name).read_text(encoding="utf-8"))
    rows = {
        "verb": {lemma: _cue(lemma, row) for lemma, row in raw["verb"].items()},
        "noun": {lemma: _cue(lemma, row, noun=True) for lemma, row in raw["noun"].items()},
        "adjective": {lemma: _cue(lemma, row) for lemma, row in raw["adjective"].items()},
    }
    acts, certainty = raw.get("acts", {}), raw.get("certainty", {})
    return Words(
        verbs=rows["verb"],
        phrases=_phrases(raw.get("phrase", {})),
        nouns=rows["noun"],
        adjectives=rows["adjective"],
        light=frozenset(raw.get("light", {}).get("verbs", ())),
        lemmas=raw.get("lemmas", {}),
        groups={name: frozenset(words) for name, words in raw.get("words", {}).items()},
        acts={place: _acts(acts.get(place, {}), certainty) | rows.get(place, {}) for place in (*rows, *acts)},
    )


def _cue(lemma: str, row: dict[str, Any], *, noun: bool = False, word: str = "") -> Cue:
    known = {field.name for field in fields(Cue)} - {"lemma", "noun", "word"}
    unknown = row.keys() - known
    if unknown or not isinstance(row.get("takes"), list):
        raise ValueError(f"{TABLE.name}: row {lemma!r} needs act and takes, and knows no {sorted(unknown)}")
    other = {name: Act(row[name]) for name in ("to_act", "person_to", "not_act", "else_act") if name in row}
    return Cue(
        lemma=lemma,
        act=Act(row["act"]),
        takes=frozenset(map(str, row["takes"])),
        certainty=Certainty(row.get("certainty", "certain")),
        claims=bool(row.get("claims")),
        things=noun or bool(row.get("things")),
        noun=noun,
        word=word,
        **other,
    )


def _phrases(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Cue]]:
    phrases: dict[str, dict[str, Cue]] = {}
    for name, row in rows.items():
        verb, _, word = name.partition(" ")
        phrases.setdefault(verb, {})[word] = _cue(name, row, word=word)
    return phrases


def _acts(lists: dict[str, list[str]], certainty: dict[str, list[str]]) -> dict[str, Cue]:
    sure = {lemma: Certainty(name) for name, lemmas in certainty.items() for lemma in lemmas}
    return {
        lemma: Cue(lemma=lemma, act=Act(act), takes=frozenset(), certainty=sure.get(lemma, Certainty.CERTAIN))
        for act, lemmas in lists.items()
        for lemma in lemmas
    }


def act_of_lemma(lemma: str, pos: str) -> tuple[Act, Certainty] | None:
    """Return what a word does and how sure it is, None for a word that no table knows; `pos` is spaCy's."""
    row = row_of_lemma(lemma, pos)
    return (row.act, row.certainty) if row is not None else None


def row_of_lemma(lemma: str, pos: str) -> Cue | None:
    """Return the row of a word, from the table of its part of speech or, where the tagger erred, from another."""
    tables = load_words().acts
    first = PLACES.get(pos, "other")
    for place in (first, *(other for other in tables if other != first)):
        if lemma in tables[place]:
            return tables[place][lemma]
    return None


def find_phrase(verb: Token, words: Words) -> Cue | None:
    """Return the row of a verb with its second word: "pushed back on", "stood by", "cast doubt on"."""
    rows = words.phrases.get(words.lemma(verb))
    if rows is None:
        return None
    objects = any(child.dep_ == "dobj" for child in verb.children)
    seconds = [child for child in verb.children if child.dep_ in SECOND]
    found = ((child, rows.get(child.lower_) or rows.get(child.lemma_.lower())) for child in seconds)
    # "called the meeting for Monday" calls for nothing; "charged him with theft" takes an object
    return next((row for child, row in found if row and not (objects and child.dep_ == "prep" and _alone(row))), None)


def _alone(row: Cue) -> bool:
    """Return whether a phrase takes no object beside its preposition."""
    return not any(place.startswith("object") for place in row.takes)


def find_cues(paragraph: Paragraph) -> Iterator[tuple[Token, Cue]]:
    """Yield the tokens outside quotation marks that may attribute, with their rows."""
    words = load_words()
    for token in paragraph.doc:
        cue = _row(token, words)
        if cue is not None and not paragraph.quoted(token) and not _supposed(token):
            yield token, cue


def _supposed(verb: Token) -> bool:
    """Return whether a clause only supposes something by its order: "Should he admit it", "Had she denied it"."""
    return any(
        child.dep_ == "aux" and child.lower_ in ("should", "had", "were") and child.is_title and child.is_sent_start
        for child in verb.lefts
    )


def _row(token: Token, words: Words) -> Cue | None:
    match token.pos_:
        case "VERB" | "AUX":
            felt = words.adjectives.get(token.lower_) if token.tag_ == "VBN" else None  # "is opposed to"
            return felt or find_phrase(token, words) or words.verbs.get(words.lemma(token))
        case "NOUN":
            # The tagger takes the odd verb for a noun: "the officials' claims" is none, "she claims it left" is one.
            if any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children):
                return words.verbs.get(words.lemma(token))
            return words.nouns.get(words.lemma(token))
        case "ADJ":
            return words.adjectives.get(words.lemma(token))
        case _:
            return None
