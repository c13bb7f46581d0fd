"""What the rules found, as features: the network learns where they can be trusted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from tasks.attribution.tagger.arrays import Floats, Ints

Rows = Sequence[int]
SILENT, NEITHER, IN_CONTENT, IN_SOURCE = range(4)  # what the rules say of a pair; SILENT: the cue is none of theirs
HINTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One attribution that the rules found, as row numbers of a batch."""

    head: int
    source: Rows
    content: Rows

    def moved(self, by: int) -> "Hint":
        """Return the hint where the rows of its document begin later."""
        return Hint(
            head=self.head + by, source=[row + by for row in self.source], content=[row + by for row in self.content]
        )


def head_of_cue(cue: Sequence[Token]) -> Token:
    """Return the token of a cue that the others hang on."""
    inside = {token.i for token in cue}
    return next((token for token in cue if token.head.i not in inside or token.head == token), cue[0])


def token_hints(hints: Iterable[Hint], size: int) -> Floats:
    """Return for each token whether it is a cue, in a source, in a content of the rules, (size, 3)."""
    flags = np.zeros((size, 3), np.float32)
    for hint in hints:
        flags[hint.head, 0] = 1
        flags[hint.source, 1] = 1
        flags[hint.content, 2] = 1
    return flags


def pair_hints(hints: Sequence[Hint], cue: Ints, token: Ints, size: int) -> Ints:
    """Return for each pair of a cue and a token what the rules say of it."""
    said = np.full(len(cue), SILENT)
    if not hints:
        return said
    known = np.zeros(size, bool)
    known[[hint.head for hint in hints]] = True
    said[known[cue]] = NEITHER
    pair = cue * size + token
    for role, rows in ((IN_CONTENT, [h.content for h in hints]), (IN_SOURCE, [h.source for h in hints])):
        keys = [np.asarray(part, np.int64) + hint.head * size for hint, part in zip(hints, rows, strict=True)]
        said[np.isin(pair, np.concatenate(keys))] = role
    return said
