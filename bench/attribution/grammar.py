"""What kind of cue and of source an attribution has: read off spaCy's tags, for all systems and the marks alike."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from tasks.attribution.cues import load_words
from tasks.attribution.gazetteer import BODIES, OUTLET_WORDS

NO_ACT = "not in our table"
SOURCES = ("named person", "role", "pronoun", "organisation", "place", "unnamed", "document", "none")
PLACES = frozenset({"GPE", "LOC", "FAC"})
NAMES = frozenset({"PROPN", "X"})
INDEFINITE = frozenset({"a", "an", "one", "some", "several", "many", "another", "other", "no"})


class Grammar:
    """The tokens of one article, found by their place in its text."""

    def __init__(self, parsed: Iterable[tuple[Any, int]]) -> None:
        """Take the parsed paragraphs, each with its offset in the text."""
        self._tokens = [(offset + token.idx, token) for doc, offset in parsed for token in doc]
        self._starts = [start for start, _ in self._tokens]
        # The small model takes the odd surname for a firm or a town: who is once a person stays one.
        self._people = {token.text for _, token in self._tokens if token.ent_type_ == "PERSON" and token.pos_ in NAMES}

    def act(self, cue: Sequence[tuple[int, int]]) -> str:
        """Return the act of the first cue word that our table knows; what turns the act is not looked at."""
        words = load_words()
        tables = {"VERB": words.verbs, "AUX": words.verbs, "NOUN": words.nouns, "ADJ": words.adjectives}
        for token in self._under(cue):
            row = tables.get(token.pos_, {}).get(token.lemma_.lower())
            if row is not None:
                return str(row.act)
        return NO_ACT

    def source(self, source: Sequence[tuple[int, int]]) -> str:
        """Return what kind of source the words name, one of SOURCES."""
        tokens = [token for token in self._under(source) if not (token.is_punct or token.is_space)]
        if not tokens:
            return "none"
        inside = {token.i for token in tokens if token.doc is tokens[0].doc}
        head = next((token for token in tokens if token.head.i not in inside or token.head.i == token.i), tokens[0])
        if head.pos_ in ("PRON", "DET"):
            return "pronoun"
        if any(token.text in self._people for token in tokens if token == head or _renames(token, head)):
            return "named person"
        return _named(head) if head.pos_ in NAMES else _described(head, tokens)

    def _under(self, spans: Sequence[tuple[int, int]]) -> list[Any]:
        return [
            token
            for start, end in spans
            for _, token in self._tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        ]


def _renames(token: Any, head: Any) -> bool:
    return bool(token.dep_ == "appos" and token.head == head)


def _named(head: Any) -> str:
    return "place" if head.ent_type_ in PLACES else "organisation"


def _described(head: Any, tokens: Sequence[Any]) -> str:
    """Return what a common noun stands for: "the report", "the company", "officials", "the minister"."""
    lemma = head.lemma_.lower()
    if lemma in load_words().groups["document_nouns"]:
        return "document"
    if lemma in BODIES | OUTLET_WORDS:
        return "organisation"
    vague = head.tag_ == "NNS" or any(token.lower_ in INDEFINITE for token in tokens if token.head == head)
    return "unnamed" if vague else "role"
