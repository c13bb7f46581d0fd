"""The forward pass in numpy: which tokens are cues, and what each token of their paragraph is to them.

Tokens are read with their neighbours (convolutions) and their relatives in spaCy's tree (a graph layer); then every cue
looks at its paragraph, as in labelling semantic roles (He et al. 2017), and a few more convolutions smooth the answer.
`training/attribution/network.py` is the same in torch, and training checks that both agree.
"""

from collections.abc import Sequence

import numpy as np

from tasks.attribution.tagger.arrays import Flags, Floats, Ints, starts_group
from tasks.attribution.tagger.inputs import Pairs, Tokens
from tasks.attribution.tagger.weights import Weights

ROLES = ("other", "content", "source", "cue")


class Network:
    """The weights, ready to be applied."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._a = weights.arrays
        self._layers = sum(name.startswith("smooth.") and name.endswith(".weight") for name in self._a)
        # What a lemma adds to a pair is the same for every pair, so it is worked out once.
        self._branch = self._a["lemma.weight"] @ self._a["branch.weight"].T
        self._ancestor = self._a["lemma.weight"] @ self._a["ancestor.weight"].T

    def read(self, tokens: Tokens, paragraph: Ints) -> Floats:
        """Return what each token means where it stands, (n, hidden)."""
        embedded = [
            self._a[f"{kind}.weight"][getattr(tokens, kind)] for kind in ("lemma", "lower", "tag", "dep", "entity")
        ]
        hidden = _relu(self._linear("enter", np.concatenate([*embedded, tokens.dense], axis=1)))
        hidden = self._convolve("near", hidden, paragraph)
        relatives = [
            hidden,
            *(_take(hidden, getattr(tokens, kind)) for kind in ("head", "subject", "clause", "object")),
        ]
        hidden = hidden + _relu(self._linear("tree", np.concatenate(relatives, axis=1)))
        return self._convolve("wide", hidden, paragraph)

    def find_cues(self, hidden: Floats) -> Floats:
        """Return the probability of each token to be the head of a cue, (n,)."""
        inner = _relu(self._linear("cue_inner", hidden))
        return _sigmoid(self._linear("cue_outer", inner)[:, 0])

    def find_roles(self, hidden: Floats, pairs: Pairs) -> tuple[Floats, Floats]:
        """Return the log probabilities of the four roles for each pair, (rows, 4), and of each cue to be one, (cues,).

        The second probability has seen the paragraph with the eyes of the cue, so it knows whether a content is there.
        """
        token, cue = self._linear("token_side", hidden), self._linear("cue_side", hidden)
        total = token[pairs.token] + cue[pairs.cue]
        total += self._a["distance.weight"][pairs.distance]
        total += self._a["place.weight"][pairs.place]
        total += self._a["hint.weight"][pairs.hint]
        total += self._branch[pairs.branch]
        total += self._ancestor[pairs.ancestor]
        for number in range(pairs.crossed.shape[1]):
            total += self._a[f"crossed.{number}.weight"][pairs.crossed[:, number]]
        total = _relu(total)
        starts = np.nonzero(starts_group(pairs.group))[0]
        own = np.nonzero(pairs.token == pairs.cue)[0]
        for layer in range(self._layers):
            total = self._convolve(f"smooth.{layer}", total, pairs.group, reach=2**layer)
            if layer == 0:
                around = np.concatenate([np.maximum.reduceat(total, starts), total[own]], axis=1)
                seen = self._linear("pool_group", around)[pairs.group] + self._linear("pool_token", total)
                total = total + _relu(seen)
        verdict = _relu(
            self._linear("verdict_inner", np.concatenate([np.maximum.reduceat(total, starts), total[own]], axis=1))
        )
        return _log_softmax(self._linear("role", total)), _sigmoid(self._linear("verdict_outer", verdict)[:, 0])

    def _linear(self, name: str, values: Floats) -> Floats:
        sums: Floats = values @ self._a[f"{name}.weight"].T + self._a[f"{name}.bias"]
        return sums

    def _convolve(self, name: str, values: Floats, group: Ints, reach: int = 1) -> Floats:
        around = (_shift(values, group, reach), values, _shift(values, group, -reach))
        return values + _relu(self._linear(name, np.concatenate(around, axis=1)))


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0, out=values)


def _sigmoid(values: Floats) -> Floats:
    probability: Floats = np.float32(1) / (np.float32(1) + np.exp(-values))
    return probability


def _log_softmax(scores: Floats) -> Floats:
    scores = scores - scores.max(axis=1, keepdims=True)
    logs: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return logs


def _take(values: Floats, rows: Ints) -> Floats:
    """Return the rows asked for, zeros for row -1."""
    taken = values[rows]
    taken[rows < 0] = 0
    return taken


def _shift(values: Floats, group: Ints, by: int) -> Floats:
    """Return the rows moved down by some places, zeros where a row would come from another group."""
    moved = np.zeros_like(values)
    if len(values) <= abs(by):
        return moved
    to, source = (slice(by, None), slice(None, -by)) if by > 0 else (slice(None, by), slice(-by, None))
    moved[to] = values[source] * (group[to] == group[source])[:, None]
    return moved


def smooth(scores: Sequence[Floats], penalty: float) -> Sequence[Ints]:
    """Return the best roles of each cue's tokens where a change of role costs `penalty`: Viterbi, all cues at once."""
    if not scores:
        return []
    lengths = [len(rows) for rows in scores]
    longest = max(lengths)
    padded = np.zeros((len(scores), longest, len(ROLES)), np.float32)
    for number, rows in enumerate(scores):
        padded[number, : len(rows)] = rows
    best = padded[:, 0].copy()
    came = np.zeros(padded.shape, np.int8)
    stay = np.arange(len(ROLES), dtype=np.int8)
    for place in range(1, longest):
        top = best.argmax(axis=1)
        moved = best.max(axis=1) - penalty
        keep: Flags = best >= moved[:, None]
        came[:, place] = np.where(keep, stay, top[:, None])
        best = np.where(keep, best, moved[:, None]) + padded[:, place]
    roles = np.zeros((len(scores), longest), np.int64)
    cue = np.arange(len(scores))
    roles[:, -1] = best.argmax(axis=1)
    for place in range(longest - 1, 0, -1):
        roles[:, place - 1] = came[cue, place, roles[:, place]]
    return [row[:length] for row, length in zip(roles, lengths, strict=True)]
