"""How two bare texts stand to what they tell: which of them refuses it, keeps its distance, is a headline.

Two headlines on one story conflict where one of them refuses it, by whatever words: "not", "denies", "hoax". Where both
refuse it, each in its own words, they agree; features that look at one kind of word see two differences there.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tasks.comparison.checking.words import compile_words, count_kinds, load_phrases
from tasks.comparison.remembered import remembered

FILE = Path(__file__).with_name("tone.toml")
REFUSING = ("refute", "deny")
LONGEST = 25  # words of a headline
WRITTEN_LARGE = 0.8  # share of the longer words with a capital, from which a text is in title case
LONGER = 3  # letters, from which a word has a capital in a title
SAME_WORDS = 0.8  # share of the words of each that the other has, from which two texts are one text, changed
_WORD = re.compile(r"[^\W_][\w'\u2019-]*")
_OPENING, _CLOSING = "(?<!\\w)['\u2018\"\u201c]", "['\"\u2019\u201d](?!\\w)"
_QUOTED = re.compile(f"{_OPENING}[^'\"\u2018\u2019\u201c\u201d]+{_CLOSING}")
_QUOTES = re.compile(f"{_OPENING}|{_CLOSING}")
_MARKS = re.compile(f"[:!?#\u2026]|{_OPENING}")
_ARTICLES = frozenset({"a", "an", "the", "is", "are", "was", "were", "his", "her", "their", "its", "my", "our"})


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    idle = (*table["aside"], *load_phrases()["idle negations"])
    return {kind: compile_words(words) for kind, words in (table | {"aside": idle}).items()}


@remembered(4096)
def refuses(text: str) -> bool:
    """Return whether a text says of what it tells that it is not so, by whatever words."""
    plain = _plain(text)
    kinds = count_kinds(plain)
    negated = kinds["negate"] - len(_patterns()["aside"].findall(plain))
    return negated > 0 or any(kinds[kind] for kind in REFUSING) or _patterns()["refuse"].search(plain) is not None


@remembered(4096)
def keeps_distance(text: str) -> bool:
    """Return whether a text tells something without vouching for it: by its words, a question, quotation marks."""
    return "?" in text or _QUOTED.search(text) is not None or _patterns()["distance"].search(_plain(text)) is not None


@remembered(4096)
def is_headline(text: str) -> bool:
    """Return whether a text has the form of a headline: in title case, without articles, or marked as they are."""
    words = _WORD.findall(text)
    if not 0 < len(words) <= LONGEST or _stopped(text):
        return False
    return telegraphic(text) or _in_title_case(words) or _MARKS.search(text) is not None


def telegraphic(text: str) -> bool:
    """Return whether a text goes without articles and full stop: "Polls open in Peru"."""
    words = frozenset(map(str.casefold, _WORD.findall(text)))
    return not text.rstrip().endswith((".", "!", "?")) and _ARTICLES.isdisjoint(words)


def _stopped(text: str) -> bool:
    """Return whether a text ends as sentences do: with a full stop, or as a question that is not in title case."""
    plain = text.rstrip("'\"\u2019\u201d) \n")
    return plain.endswith(".") or (plain.endswith("?") and not _in_title_case(_WORD.findall(plain)))


def are_headlines(left: str, right: str) -> bool:
    """Return whether two texts are two headlines, or a headline and a claim as short: neither ends with a full stop."""
    short = max(len(_WORD.findall(left)), len(_WORD.findall(right))) <= LONGEST
    return short and not _stopped(left) and not _stopped(right) and (is_headline(left) or is_headline(right))


def _in_title_case(words: list[str]) -> bool:
    longer = [word for word in words[1:] if len(word) > LONGER]
    return bool(longer) and sum(word[0].isupper() for word in longer) >= WRITTEN_LARGE * len(longer)


def _plain(text: str) -> str:
    """Return a text in small letters without the quotation marks around its words, which hide them from a pattern."""
    return _QUOTES.sub(" ", text.casefold().replace("n\u2019t", "n't"))


def tone_of(left: str, right: str, values: Mapping[str, float]) -> dict[str, float]:
    """Return the named features of how two texts stand to what they tell; `values` are those of their words."""
    one, other = refuses(left), refuses(right)
    calm = not one and not other
    near, far = keeps_distance(left), keeps_distance(right)
    changed = min(values["covered"], values["covers"]) >= SAME_WORDS
    return {
        "headlines": float(are_headlines(left, right) and not changed),
        "one refuses": float(one != other),
        "both refuse": float(one and other),
        "one refuses x similar": float(one != other) * values["similar"],
        "distance in the first": float(calm and near and not far),
        "distance in the second": float(calm and far and not near),
    }
