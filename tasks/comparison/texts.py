"""Two bare texts as numbers: what a judge can weigh where no parser has seen them."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from tasks.comparison.lexicon import Lexicon, load_lexicon
from tasks.comparison.remembered import remembered

_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['\u2019][^\W\d_]+)?")
_SUFFIXES = ("'s", "\u2019s", "ies", "ied", "ing", "ed", "es", "s", "ly", "er", "est")
SHORTEST_STEM = 3
_UNITS = (
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NUMBERS = {word: float(value) for value, word in enumerate(chain(*_UNITS))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one text, sorted into what they are good for."""

    content: tuple[str, ...]
    stems: frozenset[str]
    classes: frozenset[str]
    names: frozenset[str]  # written with a capital inside the sentence
    numbers: frozenset[float]
    kinds: Mapping[str, bool]  # whether a negation, a denial, a hedge, a universal word is there
    pairs: frozenset[tuple[str, str]]
    length: int
    question: bool


@remembered(4096)
def read_words(text: str, lexicon: Lexicon) -> Words:
    """Return the words of a text."""
    tokens = _TOKEN.findall(text)
    folded = [token.casefold().replace("\u2019", "'") for token in tokens]
    content = [word for word in folded if word not in lexicon.texts["function"]]
    stems = [stem(word) for word in content]
    return Words(
        content=tuple(content),
        stems=frozenset(stems),
        classes=frozenset().union(*(classes_of(word, lexicon) for word in content)),
        names=frozenset(stem(token.casefold()) for token in tokens[1:] if token[0].isupper()),
        numbers=frozenset(number for word in folded if (number := number_of(word)) is not None),
        kinds={kind: has_kind(folded, lexicon.texts[kind]) for kind in ("negation", "denial", "hedge", "universal")},
        pairs=frozenset(pairwise(stems)),
        length=len(tokens),
        question="?" in text,
    )


def has_kind(words: Sequence[str], kind: frozenset[str]) -> bool:
    """Return whether one of the words is of a kind; "didn't" is one with "n't"."""
    return any(word in kind or (word.endswith("n't") and "n't" in kind) for word in words)


def stem(word: str) -> str:
    """Return the word without its ending: enough to match "supplied" with "supplies"."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
            return word[: -len(suffix)]
    return word[:-1] if word.endswith(("e", "y")) and len(word) > SHORTEST_STEM else word


def lemmas_of(word: str) -> tuple[str, ...]:
    """Return what the lemma of a word may be."""
    base = stem(word)
    doubled = base[:-1] if base[-2:-1] == base[-1:] else base
    return word, base, f"{base}e", f"{base}y", doubled


def classes_of(word: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the classes of whatever the word may be a form of."""
    return frozenset().union(*(lexicon.classes_of(lemma) for lemma in lemmas_of(word)))


def number_of(word: str) -> float | None:
    """Return the number that a word stands for, if any."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    try:
        return float(word.replace(",", "")) if word[:1].isdigit() else None
    except ValueError:
        return None


def find_antonyms(left: Words, right: Words, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return the pairs of words, one on each side alone, that are opposites of any sort."""
    ones = [word for word in left.content if stem(word) not in right.stems and classes_of(word, lexicon)]
    others = [word for word in right.content if stem(word) not in left.stems and classes_of(word, lexicon)]
    both = lexicon.opposites | lexicon.sequels
    return tuple(
        (one, other)
        for one in ones
        for other in others
        if not classes_of(one, lexicon) & classes_of(other, lexicon)
        and any((here, there) in both for here in classes_of(one, lexicon) for there in classes_of(other, lexicon))
    )


def share(part: frozenset[str], whole: frozenset[str]) -> float:
    """Return which share of the first set stands in the second; 1 where the first is empty."""
    return len(part & whole) / len(part) if part else 1.0


def features_of(premise: str, hypothesis: str, cosine: float) -> dict[str, float]:
    """Return the named features of a pair of texts; the table of weights has a row for each."""
    lexicon = load_lexicon()
    left, right = read_words(premise, lexicon), read_words(hypothesis, lexicon)
    base = _overlap(left, right, cosine) | _marks(left, right) | _mismatches(left, right, lexicon)
    return (
        base
        | {f"{name} x covered": base[name] * base["covered"] for name in CROSSED}
        | {f"{name} x similar": base[name] * cosine for name in CROSSED}
    )


CROSSED = ("negation on one side", "denial on one side", "opposite words", "other number", "other name", "hedge")


def _overlap(left: Words, right: Words, cosine: float) -> dict[str, float]:
    covered = share(right.stems, left.stems)
    return {
        "similar": cosine,
        "similar over .6": max(0.0, cosine - 0.6),
        "similar over .85": max(0.0, cosine - 0.85),
        "covered": covered,
        "wholly covered": float(covered == 1.0),
        "covered by class": share(right.classes, left.classes),
        "covers": share(left.stems, right.stems),
        "word pairs": len(left.pairs & right.pairs) / len(right.pairs) if right.pairs else 0.0,
        "covered x similar": covered * cosine,
        "length": math.log1p(left.length),
        "length of the second": math.log1p(right.length),
    }


def _marks(left: Words, right: Words) -> dict[str, float]:
    marks: dict[str, float] = {}
    for kind in ("negation", "denial"):
        one, other = left.kinds[kind], right.kinds[kind]
        marks |= {f"{kind} in the first": one, f"{kind} in the second": other, f"{kind} on one side": one != other}
    marks |= {
        "hedge": left.kinds["hedge"] and not right.kinds["hedge"],
        "hedge in the second": right.kinds["hedge"],
        "universal": right.kinds["universal"] and not left.kinds["universal"],
        "question": left.question or right.question,
    }
    return {name: float(value) for name, value in marks.items()}


def _mismatches(left: Words, right: Words, lexicon: Lexicon) -> dict[str, float]:
    numbers = bool(right.numbers) and bool(left.numbers)
    return {
        "opposite words": float(bool(find_antonyms(left, right, lexicon))),
        "other number": float(numbers and not right.numbers <= left.numbers),
        "same number": float(numbers and right.numbers <= left.numbers),
        "new number": float(bool(right.numbers) and not left.numbers),
        "other name": float(bool(right.names - left.stems) and bool(left.names - right.stems)),
        "new name": 1.0 - share(right.names, left.stems),
    }
