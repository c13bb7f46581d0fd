"""Forms of English verbs and nouns by rule, the irregular ones from `inflect.toml`."""

import re
import tomllib
from collections.abc import Callable
from functools import wraps
from pathlib import Path

_RAW = tomllib.loads(Path(__file__).with_name("inflect.toml").read_text(encoding="utf-8"))
_VERBS: dict[str, list[str]] = _RAW["verbs"]
_NOUNS: dict[str, str] = _RAW["nouns"]
_DOUBLED = frozenset(_RAW["doubled"]["verbs"])
_SINGLE = frozenset(_RAW["single"]["verbs"])
_SHORT = re.compile(r"[^aeiou]*(?:qu)?[aeiou][bdfgklmnprtvz]$")  # one syllable, one vowel, one consonant
_PREFIXED = re.compile(rf"(?P<prefix>re|over|under|out|mis|un)(?P<verb>{'|'.join(_VERBS)})$")
_REGULAR = frozenset(_RAW["regular"]["verbs"])
_HISSING = ("s", "x", "z", "ch", "sh")


def first_word(bend: Callable[[str], str]) -> Callable[[str], str]:
    """Return a rule that bends the first word alone: "called off"."""

    @wraps(bend)
    def bent(lemma: str) -> str:
        verb, *particle = lemma.split(" ")
        return " ".join((bend(verb), *particle))

    return bent


@first_word
def third(lemma: str) -> str:
    """Return what he, she or it does: "carries"."""
    if lemma in ("be", "have"):
        return {"be": "is", "have": "has"}[lemma]
    return plural_by_rule(lemma) if lemma not in ("do", "go") else f"{lemma}es"


@first_word
def past(lemma: str) -> str:
    """Return the simple past: "carried"."""
    return _irregular(lemma, 0) or _with_ed(lemma)


@first_word
def participle(lemma: str) -> str:
    """Return the past participle: "taken"."""
    return _irregular(lemma, 1) or _with_ed(lemma)


@first_word
def gerund(lemma: str) -> str:
    """Return the form with -ing: "lying", "making", "stopping"."""
    if lemma.endswith("ie"):
        return f"{lemma[:-2]}ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return f"{lemma[:-1]}ing"
    return f"{_stem(lemma)}ing"


def plural(noun: str) -> str:
    """Return the plural of a noun in small letters: "cities", "men"."""
    return _NOUNS.get(noun, plural_by_rule(noun))


def plural_by_rule(word: str) -> str:
    """Return a word with its -s, whatever it is."""
    if word.endswith(_HISSING):
        return f"{word}es"
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}s"


def _irregular(lemma: str, form: int) -> str:
    """Return an irregular form, also of a verb with a prefix before it: "rebuilt"; "" for a regular verb."""
    if lemma in _VERBS:
        return _VERBS[lemma][form]
    found = _PREFIXED.match(lemma)
    return found["prefix"] + _VERBS[found["verb"]][form] if found and lemma not in _REGULAR else ""


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return f"{lemma}d"
    if re.search(r"[^aeiou]y$", lemma):
        return f"{lemma[:-1]}ied"
    return f"{_stem(lemma)}ed"


def _stem(lemma: str) -> str:
    doubles = lemma in _DOUBLED or (_SHORT.match(lemma) is not None and lemma not in _SINGLE)
    return f"{lemma}{lemma[-1]}" if doubles else lemma
