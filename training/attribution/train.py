"""Trains the extractor: `python -m training.attribution.train --data FILE.jsonl --out models/attribution.npz`.

FILE holds marked articles, as those of PolNeAR (Newell et al. 2018), one JSON object a line: {"id", "text",
"attributions": [{"source", "cue", "content"}]}, spans as [start, end] offsets. `--own DIR` reads texts of our own, and
both may be given. `--keep N` leaves out the last N articles, as for the figures in the card. Seeded. Needs the extra
`training` (torch); ten to fifteen minutes on one core for 700 articles.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tasks.attribution.parsing import make_parser
from tasks.attribution.tagger.arrays import Ints
from tasks.attribution.tagger.decoding import CONTENT, CUE, SOURCE
from tasks.attribution.tagger.inputs import Pairs, Tokens, describe_pairs, describe_tokens
from tasks.attribution.tagger.network import Network
from tasks.attribution.tagger.weights import Vocabulary, Weights, save_weights
from tasks.settings import load_settings
from training.attribution.corpus import Example, make_examples, make_vocabulary, read_rows
from training.attribution.network import TorchNetwork, export, join_pairs, join_tokens
from training.attribution.own_texts import read_own

HIDDEN, PAIR, DROPOUT = 96, 80, 0.25
RATE, DECAY, CLIP = 2e-3, 0.01, 1.0
ARTICLES = 6  # in a batch
CUE_WEIGHT = 6.0  # cues are rare, and everything hangs on them
VERDICT_WEIGHT = 0.3
WRONG_CUE = 0.1  # tokens wrongly thought this likely to be cues are shown to the verdict
THRESHOLD = 0.55  # best end to end on articles 501-600 with weights from the first 500


@dataclass(frozen=True, slots=True)
class Item:
    """An example with what the network reads of it."""

    example: Example
    tokens: Tokens
    is_cue: np.ndarray


def prepare(examples: Sequence[Example], vocabulary: Vocabulary) -> list[Item]:
    """Return the examples ready for training."""
    items = []
    for example in examples:
        is_cue = np.zeros(len(example.arrays), np.float32)
        is_cue[[one.head for one in example.marked]] = 1
        items.append(Item(example, describe_tokens(example.arrays, example.hints, vocabulary), is_cue))
    return items


def pairs_of(item: Item, wrong: Ints, vocabulary: Vocabulary) -> tuple[Pairs, np.ndarray] | None:
    """Return the pairs of the marked cues and of some wrong ones, with the role of each."""
    marked = item.example.marked
    cues = np.concatenate([np.array([one.head for one in marked], np.int64), wrong])
    if not len(cues):
        return None
    pairs = describe_pairs(item.example.arrays, item.tokens, item.example.hints, cues, vocabulary)
    bounds = np.searchsorted(pairs.group, np.arange(len(cues) + 1))
    roles = np.zeros(len(pairs.group), np.int64)
    for one, low, high in zip(marked, bounds, bounds[1:], strict=False):
        for role, rows in ((CUE, one.cue), (SOURCE, one.source), (CONTENT, one.content)):
            place = rows - pairs.token[low] + low
            roles[place[(place >= low) & (place < high)]] = role
    return pairs, roles


def batches(items: Sequence[Item], chance: random.Random) -> Iterator[list[Item]]:
    """Yield the items shuffled, a few at a time."""
    order = chance.sample(list(items), len(items))
    for start in range(0, len(order) - ARTICLES + 1, ARTICLES):
        yield order[start : start + ARTICLES]


def loss_of(network: TorchNetwork, batch: Sequence[Item], vocabulary: Vocabulary, *, wrong_too: bool) -> Tensor:
    """Return the loss of the cues and, each cue counting by the root of its paragraph's length, of the roles."""
    joined = join_tokens([(item.tokens, item.example.arrays.paragraph) for item in batch])
    hidden = network.read(joined)
    logits = network.score_cues(hidden)
    truth = torch.from_numpy(np.concatenate([item.is_cue for item in batch]))
    loss = CUE_WEIGHT * functional.binary_cross_entropy_with_logits(logits, truth)
    likely = torch.sigmoid(logits).detach().numpy() > WRONG_CUE
    parts, offsets, offset, good = [], [], 0, []
    for item in batch:
        end = offset + len(item.is_cue)
        wrong = np.nonzero(likely[offset:end] & (item.is_cue == 0))[0] if wrong_too else np.zeros(0, np.int64)
        part = pairs_of(item, wrong, vocabulary)
        if part is not None:
            parts.append(part)
            offsets.append(offset)
            good.append(np.arange(len(item.example.marked) + len(wrong)) < len(item.example.marked))
        offset = end
    if not parts:
        return loss
    pairs = join_pairs([pairs for pairs, _ in parts], offsets)
    answers = torch.from_numpy(np.concatenate([roles for _, roles in parts]))
    scores, verdicts = network.score_roles(hidden, pairs)
    each = functional.cross_entropy(scores, answers, reduction="none")
    truth = torch.from_numpy(np.concatenate(good).astype(np.float32))
    # What is no cue has no roles to learn from, only its verdict.
    weight = (truth * torch.bincount(pairs["group"]).float().rsqrt())[pairs["group"]]
    verdict = functional.binary_cross_entropy_with_logits(verdicts, truth)
    return loss + (each * weight).sum() / weight.sum() + VERDICT_WEIGHT * verdict


def train(items: Sequence[Item], vocabulary: Vocabulary, epochs: int, seed: int) -> TorchNetwork:
    """Return the network after some passes over the items."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311  an order of articles is no secret
    network = TorchNetwork(vocabulary, items[0].tokens.dense.shape[1], HIDDEN, PAIR, DROPOUT)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * (len(items) // ARTICLES)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.1)
    network.train()
    for epoch in range(epochs):
        total = 0.0
        for batch in batches(items, chance):
            loss = loss_of(network, batch, vocabulary, wrong_too=epoch > 1)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"pass {epoch + 1} of {epochs}: loss {total / (len(items) // ARTICLES):.4f}", flush=True)
    network.eval()
    return network


def check_same(network: TorchNetwork, weights: Weights, item: Item) -> None:
    """Raise AssertionError unless numpy gives the answers that torch gives."""
    arrays = item.example.arrays
    plain = Network(weights)
    hidden = plain.read(item.tokens, arrays.paragraph)
    cues = np.arange(0, len(arrays), 9)
    pairs = describe_pairs(arrays, item.tokens, item.example.hints, cues, weights.vocabulary)
    with torch.no_grad():
        batch = join_tokens([(item.tokens, arrays.paragraph)])
        deep = network.read(batch)
        np.testing.assert_allclose(plain.find_cues(hidden), torch.sigmoid(network.score_cues(deep)), atol=1e-4)
        scores, verdicts = network.score_roles(deep, join_pairs([pairs], [0]))
    found, sure = plain.find_roles(hidden, pairs)
    np.testing.assert_allclose(found, torch.log_softmax(scores, 1), atol=1e-3)
    np.testing.assert_allclose(sure, torch.sigmoid(verdicts), atol=1e-3)


def main() -> None:
    """Read the arguments, train, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.attribution.train", description=__doc__)
    parser.add_argument("--data", type=Path, help="marked articles, one JSON object a line")
    parser.add_argument("--own", type=Path, help="a folder of our own marked texts")
    parser.add_argument("--keep", type=int, default=0, help="leave out the last N articles of the data")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    rows = read_rows(given.data) if given.data else []
    rows = rows[: len(rows) - given.keep]
    rows += [row for path in sorted(given.own.glob("*.txt")) for row in read_own(path)] if given.own else []
    if not rows:
        parser.error("name marked articles with --data, --own or both")
    torch.set_num_threads(1)  # the same sums in the same order on every machine
    examples = list(make_examples(rows, make_parser(load_settings().spacy_model)))
    vocabulary = make_vocabulary(examples)
    items = prepare(examples, vocabulary)
    network = train(items, vocabulary, given.epochs, given.seed)
    weights = Weights(vocabulary=vocabulary, arrays=export(network), threshold=THRESHOLD)
    check_same(network, weights, items[0])
    save_weights(given.out, weights)
    print(f"{given.out}: {len(examples)} articles, {sum(len(e.marked) for e in examples)} attributions")


if __name__ == "__main__":
    main()
