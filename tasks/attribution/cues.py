"""The table of words that attribute, and which of them stand in a paragraph."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from tasks.attribution.parsing import Paragraph
from tasks.model.claim import Act, Certainty

TABLE = Path(__file__).with_name("cues.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One row of the table: what its source does, and where its content may stand."""

    lemma: str
    act: Act
    takes: frozenset[str]
    certainty: Certainty = Certainty.CERTAIN
    claims: bool = False  # a denial only with a claim, an allegation ... as its object
    noun: bool = False
    to_act: Act | None = None  # another act where an infinitive follows: "agreed that" confirms, "agreed to" promises


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The tables of `cues.toml`, ready for look-ups."""

    verbs: dict[str, Cue]
    particles: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    light: frozenset[str]
    groups: dict[str, frozenset[str]]

    def has(self, group: str, word: str) -> bool:
        """Return whether a word belongs to a group of `[words]`."""
        return word in self.groups[group]


@cache
def load_words() -> Words:
    """Return the cue table; ValueError names a row that is wrong."""
    raw = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return Words(
        verbs={lemma: _cue(lemma, row) for lemma, row in raw["verb"].items()},
        particles={lemma: _cue(lemma, row) for lemma, row in raw["particle"].items()},
        nouns={lemma: _cue(lemma, row, noun=True) for lemma, row in raw["noun"].items()},
        adjectives={lemma: _cue(lemma, row) for lemma, row in raw["adjective"].items()},
        light=frozenset(raw["light"]["verbs"]),
        groups={name: frozenset(words) for name, words in raw["words"].items()},
    )


def _cue(lemma: str, row: dict[str, object], *, noun: bool = False) -> Cue:
    unknown = row.keys() - {"act", "takes", "certainty", "claims", "to_act"}
    if unknown or not isinstance(row.get("takes"), list):
        raise ValueError(f"{TABLE.name}: row {lemma!r} needs act and takes, and knows no {sorted(unknown)}")
    return Cue(
        lemma=lemma,
        act=Act(str(row["act"])),
        takes=frozenset(map(str, row["takes"] if isinstance(row["takes"], list) else [])),
        certainty=Certainty(str(row.get("certainty", "certain"))),
        claims=bool(row.get("claims")),
        to_act=Act(str(row["to_act"])) if "to_act" in row else None,
        noun=noun,
    )


def find_cues(paragraph: Paragraph) -> Iterator[tuple[Token, Cue]]:
    """Yield the tokens outside quotation marks that may attribute, with their rows."""
    words = load_words()
    for token in paragraph.doc:
        cue = _row(token, words)
        if cue is not None and not paragraph.quoted(token):
            yield token, cue


def _row(token: Token, words: Words) -> Cue | None:
    lemma = token.lemma_.lower()
    match token.pos_:
        case "VERB" | "AUX":
            particle = next((child.lower_ for child in token.children if child.dep_ in ("prt", "advmod")), "")
            return words.particles.get(f"{lemma} {particle}") or words.verbs.get(lemma)
        case "NOUN":
            # The tagger takes the odd verb for a noun: "the officials' claims" is none, "she claims it left" is one.
            if any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children):
                return words.verbs.get(lemma)
            return words.nouns.get(lemma)
        case "ADJ":
            return words.adjectives.get(lemma)
        case _:
            return None
