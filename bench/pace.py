"""How many pairs are judged in a second of the processor, beside the packaged embedder on the same claims.

The claims are drawn from words of our own, 25 to a claim, of which some are split into several tokens, as names are. A
figure is that of the quickest of several short runs: what other programs take away only ever makes a run slower.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence

from tasks.comparison.crossencoder import CrossEncoder
from tasks.comparison.embeddings import Embedder
from tasks.comparison.judge import LexicalJudge
from tasks.comparison.pairs import PairJudge
from training.comparison.fit_judge import NOTHING

WORDS = 25
PAIRS, RUNS = 32, 5
SMALL = ("the", "a", "of", "in", "on", "and", "that", "to", "for", "with", "by", "after", "said", "would", "was", "has")
LARGE = (
    "mayor", "harbour", "ship", "grain", "steel", "minister", "council", "bridge", "river", "school", "train", "court",
    "price", "market", "farm", "winter", "road", "border", "talks", "vote", "Kestwick", "Orvane", "Halvorsen",
)  # fmt: skip


def make_pairs(words: int) -> list[tuple[str, str]]:
    """Return pairs of claims of so many words; the same ones in every run."""
    chance = random.Random(0)  # noqa: S311  a draw of words, no secret

    def claim() -> str:
        return " ".join(chance.choice(LARGE if place % 2 else SMALL) for place in range(words)) + "."

    return [(claim(), claim()) for _ in range(PAIRS)]


def quickest(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the seconds of the processor that the quickest run takes, after one that is not counted."""
    work()
    found = []
    for _ in range(runs):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return min(found)


def pace_lines(embedder: Embedder, reader: CrossEncoder | None) -> Iterator[str]:
    """Yield what is read in a second: claims by the embedder, pairs one way by the network, pairs by the judges."""
    pairs = make_pairs(WORDS)
    claims = [text for pair in pairs for text in pair]
    yield f"embedder: {len(claims) / quickest(lambda: embedder.embed(claims)):.0f} claims of {WORDS} words"
    yield f"lexical judge: {PAIRS / quickest(lambda: LexicalJudge(embedder).judge(pairs)):.0f} pairs of new claims"
    if reader is not None:
        yield network_line(reader, pairs, WORDS)
        yield network_line(reader, make_pairs(WORDS // 2), WORDS // 2)
        judge = PairJudge(embedder, reader, NOTHING)
        yield f"joined judge: {PAIRS / quickest(lambda: judge.features(pairs)):.0f} pairs of new claims, read both ways"


def network_line(reader: CrossEncoder, pairs: Sequence[tuple[str, str]], words: int) -> str:
    """Return how many forward passes of the network on these pairs fit into a second."""
    tokens = sum(reader.count_tokens(pairs)) / len(pairs)
    speed = len(pairs) / quickest(lambda: reader.probabilities(pairs))
    return f"network: {speed:.0f} forward passes on two claims of {words} words, {tokens:.0f} tokens"
