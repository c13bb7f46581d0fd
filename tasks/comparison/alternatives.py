"""What excludes what: words of one kind, opposites, countries; from `alternatives.toml` and two tables beside it."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

from tasks.comparison.lexicon import Lexicon, load_lexicon
from tasks.comparison.texts import lemmas_of
from tasks.model.countries import read_countries

FILE = Path(__file__).with_name("alternatives.toml")
OPPOSITES = Path(__file__).with_name("opposites.json")  # WordNet 3.0; training/lexicon made it
SYNONYMS = OPPOSITES.with_name("synonyms.json")  # likewise
OPPOSITE = "opposite"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alternatives:
    """The tables: kinds of words, pairs of opposites, irregular forms, and names of countries as rows of words."""

    kinds: Mapping[tuple[str, ...], tuple[str, str]]  # words in small letters -> the kind, and the first of its names
    opposites: frozenset[tuple[str, str]]  # both ways round
    like: frozenset[tuple[str, str]]  # listed as opposites, and none
    senses: Mapping[str, frozenset[int]]  # a word in small letters -> the sets of synonyms that it is in
    irregular: Mapping[str, str]  # form -> lemma
    nations: Mapping[tuple[str, ...], tuple[str, str]]  # the words of a name -> its kind and the country's code
    lexicon: Lexicon

    def lemmas(self, word: str) -> frozenset[str]:
        """Return what the lemma of a word in small letters may be."""
        known = self.irregular.get(word)
        return frozenset((*lemmas_of(word), *((known,) if known else ())))

    def synonyms(self, left: str, right: str) -> bool:
        """Return whether two words in small letters can mean the same."""
        ones, others = self.lemmas(left), self.lemmas(right)
        senses = [frozenset().union(*(self.senses.get(word, ()) for word in words)) for words in (ones, others)]
        return bool(ones & others or senses[0] & senses[1])

    def between(self, left: str, right: str) -> str:
        """Return "opposite" where two words in small letters exclude each other, "" where they do not."""
        ones, others = self.lemmas(left), self.lemmas(right)
        every = set(product(ones, others))
        if ones & others or every & self.like:
            return ""
        if every & self.opposites:
            return OPPOSITE
        opposed = any(self.lexicon.opposed(one, other) for one, other in every)
        return OPPOSITE if opposed and not any(self.lexicon.alike(one, other) for one, other in every) else ""


def _kinds(lists: Mapping[str, list[str]]) -> dict[tuple[str, ...], tuple[str, str]]:
    """Return each name of a thing with its kind; the names of one thing ("grey/gray") share the first of them."""
    return {
        tuple(name.split()): (kind, thing.split("/")[0])
        for kind, things in lists.items()
        for thing in things
        for name in thing.split("/")
    }


def _nations(own: Mapping[str, Mapping[str, list[str]]]) -> dict[tuple[str, ...], tuple[str, str]]:
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for country in read_countries():
        for kind, names in (("nationality", country.demonyms), ("country", country.names), ("city", country.capitals)):
            for name in names:
                found.setdefault(tuple(name.replace("-", " ").split()), (kind, country.code))
    for kind, codes in own.items():
        found |= {tuple(name.split()): (kind, code) for code, names in codes.items() for name in names}
    people = {words: value for words, value in found.items() if value[0] == "nationality"}
    return {(*words[:-1], f"{words[-1]}s"): value for words, value in people.items()} | found


@lru_cache(maxsize=1)
def load_alternatives() -> Alternatives:
    """Return the tables, read once."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    wordnet = json.loads(OPPOSITES.read_text(encoding="utf-8"))
    return Alternatives(
        kinds=_kinds(table["kinds"]),
        opposites=_both_ways((*table["opposites"]["pairs"], *wordnet["pairs"])),
        like=_both_ways(table["like"]["pairs"]),
        senses=_senses(json.loads(SYNONYMS.read_text(encoding="utf-8"))["sets"]),
        irregular=wordnet["irregular"],
        nations=_nations(table["nations"]),
        lexicon=load_lexicon(),
    )


def _senses(sets: Iterable[list[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, words in enumerate(sets):
        for word in words:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _both_ways(pairs: Iterable[list[str]]) -> frozenset[tuple[str, str]]:
    return frozenset(both for one, other in pairs for both in ((one, other), (other, one)))
