"""Which words stand for one another and which are opposites, read from `lexicon.toml`."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("lexicon.toml")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # compared by identity, so that caches can hold it
class Lexicon:
    """The classes of each word, the pairs of opposite classes, and the words with a special part."""

    classes: Mapping[str, frozenset[str]]  # word -> names of its classes
    pairs: Mapping[tuple[str, str], frozenset[str]]  # two words that stand together -> names of their classes
    opposites: frozenset[tuple[str, str]]  # names of classes, both ways round
    sequels: frozenset[tuple[str, str]]  # opposites of which one may follow the other
    light: frozenset[str]
    exchange: frozenset[str]
    directional: frozenset[str]
    once: frozenset[str]  # events that happen once to somebody
    whole: frozenset[str]  # words by which a number counts everything
    part: frozenset[str]  # words by which it counts a part
    texts: Mapping[str, frozenset[str]]  # kinds of words in texts that no parser has seen

    def classes_of(self, word: str) -> frozenset[str]:
        """Return the names of the classes that the word belongs to; none where the table does not know it."""
        return self.classes.get(word, frozenset())

    def alike(self, left: str, right: str) -> bool:
        """Return whether the two words are one word or share a class."""
        return left == right or bool(self.classes_of(left) & self.classes_of(right))

    def opposed(self, left: str, right: str) -> bool:
        """Return whether the words are opposites that cannot both hold of one thing."""
        return self._in(self.opposites, left, right)

    def may_follow(self, left: str, right: str) -> bool:
        """Return whether the words are opposites of which one may follow the other ("arrest", "release")."""
        return self._in(self.sequels, left, right)

    def _in(self, pairs: frozenset[tuple[str, str]], left: str, right: str) -> bool:
        """Return whether a pair of classes is listed; words that share a class are no opposites ("beat", "defeat")."""
        if self.alike(left, right):
            return False
        return any((one, other) in pairs for one in self.classes_of(left) for other in self.classes_of(right))

    def content(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the words that carry a matter: in small letters, once each, in their order."""
        folded = dict.fromkeys(word.casefold() for word in words)
        return tuple(word for word in folded if word not in self.light and any(map(str.isalnum, word)))


def read_lexicon(text: str) -> Lexicon:
    """Return the lexicon that a TOML text describes; an opposite without a class is a ValueError."""
    table = tomllib.loads(text)
    classes: dict[str, set[str]] = {}
    pairs: dict[tuple[str, str], set[str]] = {}
    for name, words in (*table["events"].items(), *table["things"].items()):
        for word in words:
            match word.split():
                case [first, second]:
                    pairs.setdefault((first, second), set()).add(name)
                case _:
                    classes.setdefault(word, set()).add(name)
    named = table["events"].keys() | table["things"].keys()
    unknown = sorted({name for pair in (*table["antonyms"], *table["sequels"]) for name in pair} - named)
    if unknown:
        raise ValueError(f"antonyms without a class: {', '.join(unknown)}")
    return Lexicon(
        classes={word: frozenset(names) for word, names in classes.items()},
        pairs={pair: frozenset(names) for pair, names in pairs.items()},
        opposites=_both_ways(table["antonyms"]),
        sequels=_both_ways(table["sequels"]),
        light=frozenset(table["light"]),
        exchange=frozenset(table["exchange"]),
        directional=frozenset(table["directional"]),
        once=frozenset(table["once"]),
        whole=frozenset(table["whole"]),
        part=frozenset(table["part"]),
        texts={kind: frozenset(words) for kind, words in table["texts"].items()},
    )


def _both_ways(pairs: Iterable[Sequence[str]]) -> frozenset[tuple[str, str]]:
    return frozenset(both for one, other in pairs for both in ((one, other), (other, one)))


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the lexicon that stands beside this file, read once."""
    return read_lexicon(FILE.read_text(encoding="utf-8"))
