"""Embedder and network as they are, but each text and each pair read once, however many systems ask for it."""

from collections.abc import Sequence

import numpy as np

from tasks.comparison.embeddings import DIMENSIONS, Embedder, Vectors
from tasks.comparison.pairs import Probabilities, Reader
from training.comparison.sample import LABELS


class RememberingEmbedder(Embedder):
    """An embedder that keeps the vectors of what it has read."""

    def __init__(self, embedder: Embedder) -> None:
        """Take the embedder that reads."""
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in the order of the texts."""
        new = sorted(set(texts) - self._known.keys())
        self._known |= zip(new, self._embedder.embed(new), strict=True)
        return np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), DIMENSIONS)


class RememberingReader:
    """A network that keeps what it has said of each pair."""

    def __init__(self, reader: Reader) -> None:
        """Take the network that reads."""
        self._reader = reader
        self._known: dict[tuple[str, str], Probabilities] = {}

    @property
    def version(self) -> str:
        """Return the name of the weights."""
        return self._reader.version

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Return a row for each pair, in their order."""
        new = sorted(set(pairs) - self._known.keys())
        self._known |= zip(new, self._reader.probabilities(new), strict=True)
        return np.array([self._known[pair] for pair in pairs], np.float32).reshape(len(pairs), len(LABELS))
