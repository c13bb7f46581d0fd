"""What the network reads of each token, and of each pair of a cue and a token of its paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.attribution.tagger.arrays import Arrays, Flags, Floats, Ints, starts_group
from tasks.attribution.tagger.hints import Hint, pair_hints, token_hints
from tasks.attribution.tagger.weights import Vocabulary

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
CLAUSES = ("ccomp", "xcomp")
OBJECTS = ("dobj", "attr", "pobj", "oprd")
WINDOW = 160  # tokens on either side of a cue that may belong to it
HASHED = 2039  # rows of each table of crossed features; what falls together there is rare
FAR = 3  # sentences, and quotations between, that are told apart
PLACES = (2 * FAR + 1) ** 2 * 2
BUCKETS = 28  # distances in tokens: 14 on either side


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Row numbers of the embedding tables, the dense features (n, d), and where related tokens stand (-1: none)."""

    lemma: Ints
    lower: Ints
    tag: Ints
    dep: Ints
    entity: Ints
    dense: Floats
    head: Ints
    subject: Ints
    clause: Ints
    object: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """One row for each token that may belong to a cue; `group` numbers the cues, their rows stand together."""

    group: Ints
    token: Ints
    cue: Ints
    crossed: Ints  # (rows, 4): hashed combinations of what leads from the cue to the token in the tree
    distance: Ints
    place: Ints  # sentence, quotations between, quoted
    branch: Ints  # lemma of the token below their common ancestor that leads to the token
    ancestor: Ints  # lemma of that ancestor, where it is not the cue
    hint: Ints  # what the rules say


def describe_tokens(arrays: Arrays, hints: Sequence[Hint], vocabulary: Vocabulary) -> Tokens:
    """Return what the network reads of each token."""
    row = np.arange(len(arrays))
    dep = vocabulary.rows("dep", arrays.dep)
    child = arrays.head != row
    dense = (
        arrays.tensor,
        _children(arrays, dep, child, vocabulary),
        _flags(arrays),
        token_hints(hints, len(arrays)),
    )
    return Tokens(
        lemma=vocabulary.rows("lemma", arrays.lemma),
        lower=vocabulary.rows("lower", arrays.lower),
        tag=vocabulary.rows("tag", arrays.tag),
        dep=dep,
        entity=vocabulary.rows("entity", arrays.entity),
        dense=np.concatenate(dense, axis=1),
        head=arrays.head,
        subject=_first_child(arrays, dep, child, vocabulary, SUBJECTS),
        clause=_first_child(arrays, dep, child, vocabulary, CLAUSES),
        object=_first_child(arrays, dep, child, vocabulary, OBJECTS),
    )


def _children(arrays: Arrays, dep: Ints, child: Flags, vocabulary: Vocabulary) -> Floats:
    """Return which relations, and which function words, stand among the children of each token."""
    function = vocabulary.rows("function", arrays.lower)
    relations = np.zeros((len(arrays), vocabulary.size("dep")), np.float32)
    relations[arrays.head[child], dep[child]] = 1
    words = np.zeros((len(arrays), vocabulary.size("function")), np.float32)
    words[arrays.head[child], function[child]] = 1
    words[:, 0] = 0
    return np.concatenate([relations, words], axis=1)


def _flags(arrays: Arrays) -> Floats:
    quote, sentence = arrays.quote, arrays.sentence
    inside = quote > 0
    new_sentence, new_paragraph, new_quote = (starts_group(values) for values in (sentence, arrays.paragraph, quote))
    ends_sentence, ends_quote = np.roll(new_sentence, -1), np.roll(new_quote, -1)
    share = (np.bincount(sentence, inside) / np.bincount(sentence))[sentence]
    columns = (
        inside, inside & new_quote, inside & ends_quote, new_sentence, ends_sentence, new_paragraph,
        arrays.title, arrays.punct, share > 0, share > 0.5, share > 0.95, arrays.depth == 0,  # noqa: PLR2004
    )  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _first_child(arrays: Arrays, dep: Ints, child: Flags, vocabulary: Vocabulary, relations: tuple[str, ...]) -> Ints:
    """Return the first child of each token with one of the relations, -1 where there is none."""
    wanted = [vocabulary.names["dep"].index(name) + 1 for name in relations if name in vocabulary.names["dep"]]
    rows = np.nonzero(np.isin(dep, wanted) & child)[0][::-1]
    found = np.full(len(arrays), -1)
    found[arrays.head[rows]] = rows  # backwards: the first one is written last
    return found


def describe_pairs(arrays: Arrays, tokens: Tokens, hints: Sequence[Hint], cues: Ints, vocabulary: Vocabulary) -> Pairs:
    """Return the pairs of each cue with the tokens of its paragraph."""
    low = np.maximum(np.searchsorted(arrays.paragraph, arrays.paragraph[cues], "left"), cues - WINDOW)
    high = np.minimum(np.searchsorted(arrays.paragraph, arrays.paragraph[cues], "right"), cues + WINDOW)
    length = high - low
    group = np.repeat(np.arange(len(cues)), length)
    token = np.arange(len(group)) - np.repeat(np.cumsum(length) - length, length) + np.repeat(low, length)
    cue = cues[group]
    crossed, branch, ancestor = _relate(arrays, tokens, cue, token, vocabulary.size("dep"))
    return Pairs(
        group=group,
        token=token,
        cue=cue,
        crossed=crossed,
        distance=_bucket(token - cue),
        place=_place(arrays, cue, token),
        branch=branch,
        ancestor=ancestor,
        hint=pair_hints(hints, cue, token, len(arrays)),
    )


def _relate(arrays: Arrays, tokens: Tokens, cue: Ints, token: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """Return what lies between cue and token in the tree: the way up, the way down, and the words on it."""
    path, depth = arrays.path, arrays.depth
    shared = np.cumprod((path[cue] == path[token]) & (path[cue] >= 0), axis=1).sum(axis=1) - 1
    same = shared >= 0  # in one sentence
    up, down = depth[cue] - shared, depth[token] - shared
    deepest = path.shape[1] - 1

    def step(of: Ints, levels: int, where: Flags) -> Ints:
        return np.where(same & where, path[of, np.minimum(shared + levels, deepest)], -1)

    first, second = step(token, 1, down > 0), step(token, 2, down > 1)
    last = step(cue, 1, up > 0)
    common = path[token, np.maximum(shared, 0)]
    relation = np.append(tokens.dep, 0)  # -1 reads the last
    lemma = np.append(tokens.lemma, 0)
    ups, downs = np.where(same, np.minimum(up, 4), 5), np.where(same, np.minimum(down, 4), 5)
    after = (token > cue).astype(np.int64)
    crossed = (
        ((ups * size + relation[last]) * size + relation[first]) * 2 + after,
        ((ups * size + relation[first]) * size + relation[second]) * 2 + after,
        ((downs * size + relation[first]) * size + tokens.dep[token]) * 6 + ups,
        (tokens.dep[cue] * size + relation[first]) * 12 + ups * 2 + after,
    )
    return np.stack(crossed, axis=1) % HASHED, lemma[first], np.where(last >= 0, lemma[common], 0)


def _bucket(distance: Ints) -> Ints:
    """Return distances in ranges that grow: exact up to five, then by three, then two wide ones."""
    size = np.abs(distance)
    near = np.select([size < 6, size < 24, size < 64], [size, 6 + (size - 6) // 3, 12], 13)  # noqa: PLR2004
    return np.where(distance < 0, BUCKETS // 2 + near, near)


def _place(arrays: Arrays, cue: Ints, token: Ints) -> Ints:
    """Return in which sentence a token stands from its cue, how many quotations lie between, whether it is quoted."""
    width = 2 * FAR + 1
    begun = np.cumsum(starts_group(arrays.quote) & (arrays.quote > 0))
    sentences = _near(arrays.sentence[token] - arrays.sentence[cue])
    between = _near(begun[token] - begun[cue])
    return (sentences * width + between) * 2 + (arrays.quote[token] > 0)


def _near(steps: Ints) -> Ints:
    """Return steps either way as numbers from 0 to twice FAR."""
    return np.minimum(np.maximum(steps, -FAR), FAR) + FAR
