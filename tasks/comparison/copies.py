"""Copies: whether one article repeats another, by the word sequences that they share.

Hashes of six-word sequences, every fourth kept, so that an article of 400 words keeps about a hundred numbers, and two
articles that share a sequence keep it both or neither. The share of the smaller article counts, since syndicated copies
are cut or wrapped.
"""

import re
from hashlib import blake2b
from itertools import islice

WORDS = 6
EVERY = 4
# Share of the smaller article's hashes from which it counts as a copy. Measured on the 3,583 pairs of articles of one
# FNC-1 story: every marked near copy shares 0.65 or more; articles written apart that quote one statement at length
# share 0.15 to 0.36 (some of those pairs were read). 0.40 leaves them apart; a copy with every fifth word changed is
# missed (it shares about 0.26), one that is cut or wrapped is not.
CONTAINMENT = 0.40
FEWEST = 8  # below that many hashes (some 35 words) a shared quotation alone would pass
MAYBE = 0.10  # from here up to there the sentences decide
MOST_SENTENCES = 300  # of each text: every one meets every other, and a page may hold thousands
LEAST_WORDS = 5  # of a sentence outside quotation marks
# Of 3,097 pairs of articles of one FNC-1 story, 563 share between a tenth and two fifths. With these two numbers 17 of
# them count as copies; read by hand, twelve were taken over sentence by sentence, and five retold from one source.
ALIKE = 0.55  # share of the longer sentence's words from which one sentence is the other, edited
SAME = 0.50  # share of the smaller text, quotations left out, that must stand so in the other one

_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»|„[^“]*“")
_SENTENCE = re.compile(r"(?<=[.!?…”\"])\s+|\n+")
_WORD = re.compile(r"\w+", re.UNICODE)
_POSITIVE = (1 << 63) - 1  # databases keep signed 64-bit integers


def shingles(text: str) -> frozenset[int]:
    """Return the kept hashes of the six-word sequences of a text, the same on every machine."""
    words = _WORD.findall(text.casefold())
    sequences = (" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1))
    hashes = (
        int.from_bytes(blake2b(sequence.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") & _POSITIVE
        for sequence in sequences
    )
    return frozenset(number for number in hashes if number % EVERY == 0)


def containment(shared: int, smaller_total: int) -> float:
    """Return the share of the smaller article that the other one holds too."""
    return shared / smaller_total if smaller_total else 0.0


def is_copy(shared: int, smaller_total: int) -> bool:
    """Return whether two articles that share so many hashes are one text."""
    return smaller_total >= FEWEST and containment(shared, smaller_total) >= CONTAINMENT


def may_be_copy(shared: int, smaller_total: int) -> bool:
    """Return whether two articles share so much that a look at their sentences is worth its time."""
    return smaller_total >= FEWEST and containment(shared, smaller_total) >= MAYBE


def same_sentences(left: str, right: str) -> bool:
    """Return whether most of what the smaller text says in its own words stands in the other one, edited.

    Words that are changed here and there break most word sequences, and leave most sentences recognisable. What is
    quoted does not count: two reporters may quote one speech at length.
    """
    smaller, larger = sorted((own_sentences(left), own_sentences(right)), key=lambda found: sum(map(len, found)))
    found = sum(len(words) for words in smaller if any(alike(words, other) >= ALIKE for other in larger))
    total = sum(map(len, smaller))
    return total >= FEWEST * LEAST_WORDS and found >= SAME * total


def own_sentences(text: str) -> list[frozenset[str]]:
    """Return the words of each sentence of a text, outside quotation marks."""
    parts = _SENTENCE.split(_QUOTED.sub(" ", text.casefold()))
    sentences = (frozenset(_WORD.findall(part)) for part in parts)
    return list(islice((words for words in sentences if len(words) >= LEAST_WORDS), MOST_SENTENCES))


def alike(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share of the longer sentence's words that both have."""
    return len(left & right) / max(len(left), len(right))
