"""Copies: whether one article repeats another, by the word sequences that they share.

Hashes of six-word sequences, every fourth kept, so that an article of 400 words keeps about a hundred numbers, and two
articles that share a sequence keep it both or neither. The share of the smaller article counts, since syndicated copies
are cut or wrapped.
"""

import re
from hashlib import blake2b

WORDS = 6
EVERY = 4
# Share of the smaller article's hashes from which it counts as a copy. Measured on the 3,583 pairs of articles of one
# FNC-1 story: every marked near copy shares 0.65 or more; articles written apart that quote one statement at length
# share 0.15 to 0.36 (some of those pairs were read). 0.40 leaves them apart; a copy with every fifth word changed is
# missed (it shares about 0.26), one that is cut or wrapped is not.
CONTAINMENT = 0.40
FEWEST = 8  # below that many hashes (some 35 words) a shared quotation alone would pass

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
