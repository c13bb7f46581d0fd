"""Scores -> attributions that do not overlap: the outermost of each place, as annotators mark them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from threadpoolctl import ThreadpoolController

from tasks.attribution.tagger.arrays import Arrays, Floats, Ints
from tasks.attribution.tagger.hints import Hint
from tasks.attribution.tagger.inputs import describe_pairs, describe_tokens
from tasks.attribution.tagger.network import ROLES, Network, smooth

OTHER, CONTENT, SOURCE, CUE = range(len(ROLES))
LEAST_CONTENT = 0.15  # of the likeliest token, below which a cue has no content at all
LEAST_SOURCE = 0.3  # of the likeliest token, below which nobody is named
SOURCE_REACH = 12  # tokens on either side of the likeliest one that may belong to the source
PENALTY = 0.5  # for every change of role along a paragraph
# On matrices as small as these a second thread of numpy's takes four times the processor, and wins nothing.
_threads = ThreadpoolController()
OUTER = 0.9  # how likely what contains another must be, against that one, to take its place
FREE = 0.5  # the share of a content that must not belong to a surer attribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One attribution as row numbers of its batch; `probability` is the network's own, not calibrated."""

    head: int
    cue: Ints
    source: Ints
    content: Ints
    probability: float


def find_attributions(arrays: Arrays, hints: Sequence[Hint], network: Network, threshold: float) -> list[Found]:
    """Return the attributions of a batch that are at least as likely as the threshold, likeliest first."""
    with _threads.limit(limits=1):
        return list(_find(arrays, hints, network, threshold))


def _find(arrays: Arrays, hints: Sequence[Hint], network: Network, threshold: float) -> Iterator[Found]:
    tokens = describe_tokens(arrays, hints, network.weights.vocabulary)
    hidden = network.read(tokens, arrays.paragraph)
    probability = network.find_cues(hidden)
    # The root of it times what is at most 1 must reach the threshold: the other tokens need not be looked at.
    cues = np.nonzero(probability >= threshold**2)[0]
    if not len(cues):
        return
    pairs = describe_pairs(arrays, tokens, hints, cues, network.weights.vocabulary)
    scores, verdict = network.find_roles(hidden, pairs)
    bounds = np.searchsorted(pairs.group, np.arange(len(cues) + 1))
    parts = [scores[low:high] for low, high in pairwise(bounds.tolist())]
    first = pairs.token[bounds[:-1]]
    found = _read_roles(parts, first, cues, np.sqrt(probability[cues] * verdict))
    yield from keep_apart(sorted(found, key=lambda one: -one.probability), len(arrays), threshold)


def _read_roles(parts: list[Floats], first: Ints, cues: Ints, probability: Floats) -> Iterator[Found]:
    shifted = [_raise_content(scores) for scores in parts]
    for scores, roles, start, cue, sure in zip(parts, smooth(shifted, PENALTY), first, cues, probability, strict=True):
        inside = roles == CONTENT
        if not inside.any():
            continue
        worth = float(np.sqrt(np.exp(scores[inside, CONTENT]).mean()))
        yield Found(
            head=int(cue),
            cue=np.union1d(np.nonzero(roles == CUE)[0] + start, [cue]),
            source=_source(scores, roles) + start,
            content=np.nonzero(inside)[0] + start,
            probability=float(sure) * worth,
        )


def _raise_content(scores: Floats) -> Floats:
    """Return the scores with the likeliest content made likely: what is a cue has one, however hard to bound."""
    top = float(scores[:, CONTENT].max())
    if np.log(LEAST_CONTENT) < top < np.log(0.5):
        scores = scores.copy()
        scores[:, CONTENT] += np.log(0.6) - top
    return scores


def _source(scores: Floats, roles: Ints) -> Ints:
    inside = np.nonzero(roles == SOURCE)[0]
    if len(inside) or scores[:, SOURCE].max() < np.log(LEAST_SOURCE):
        return inside
    top = int(scores[:, SOURCE].argmax())
    near = np.abs(np.arange(len(scores)) - top) < SOURCE_REACH
    return np.nonzero(near & (scores[:, SOURCE] > np.log(LEAST_SOURCE * 0.6)) & (roles == OTHER))[0]


def keep_apart(found: Sequence[Found], size: int, threshold: float) -> list[Found]:
    """Return the attributions, surest first, that do not sit in the content of another: the outermost ones."""
    owner = np.full(size, -1)  # of each token that belongs to a content, the number of the attribution
    kept: dict[int, Found] = {}
    for number, one in enumerate(found):
        if one.probability < threshold:
            break
        inner = {n for n, other in kept.items() if other.head in one.content}
        if owner[one.head] >= 0 or any(one.probability < OUTER * kept[n].probability for n in inner):
            continue
        free = one.content[(owner[one.content] < 0) | np.isin(owner[one.content], list(inner))]
        if len(free) < FREE * len(one.content):
            continue
        for n in inner:
            owner[owner == n] = -1
            del kept[n]
        owner[free] = number
        kept[number] = replace(one, content=free)
    return list(kept.values())
