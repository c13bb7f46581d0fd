from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from tasks.attribution.pipeline import load_pipeline
from tasks.attribution.tagger.arrays import pack
from tasks.attribution.tagger.decoding import Found, keep_apart
from tasks.attribution.tagger.network import smooth
from tasks.attribution.tagger.weights import Vocabulary, Weights, load_weights, save_weights, weights_version
from tasks.model.errors import InputError
from tasks.settings import load_settings

MODEL = load_settings().spacy_model
TEXT = "“We will rebuild the mill,” said Ines Falk, the mayor.\n\nIt rained. The union said that the roof had leaked."


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load(MODEL)
    pipeline.add_pipe("attribution")
    return pipeline


def test_the_component_works_in_any_pipeline(nlp: Language) -> None:
    doc = nlp(TEXT)

    first, second = doc._.attributions
    assert [span.text for span in first.content] == ["“We will rebuild the mill,”"]
    assert doc[first.head].text == "said"
    assert first.source[0].text.startswith("Ines Falk")
    assert [span.text for span in second.source] == ["The union"]
    assert second.content[0].text == "that the roof had leaked"
    assert 0 < second.confidence <= 1


def test_a_batch_gives_what_each_document_gives(nlp: Language) -> None:
    texts = [TEXT, "", "The board denied that it had been warned.", "It rained."]

    batch = [doc._.attributions for doc in nlp.pipe(texts)]
    alone = [nlp(text)._.attributions for text in texts]

    assert [[str(one.content) for one in found] for found in batch] == [
        [str(one.content) for one in found] for found in alone
    ]
    assert [len(found) for found in batch] == [2, 0, 1, 0]


def test_weights_that_are_not_there_are_named() -> None:
    with pytest.raises(InputError, match=r"there is no .*nowhere\.npz; choose rules, .*attribution"):
        load_pipeline(MODEL, "nowhere")
    assert weights_version("rules") == "rules"


def test_a_model_of_another_kind_is_refused() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("attribution")

    with pytest.raises(InputError, match="96"):
        pipeline("It rained.")


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    kinds = ("lemma", "lower", "tag", "dep", "entity", "function")
    words = Vocabulary.of({kind: ["say", "deny", kind] for kind in kinds})
    written = Weights(
        vocabulary=words, arrays={"a": np.eye(3, dtype=np.float32)}, threshold=0.25, calibration=((0, 0), (1, 1))
    )

    save_weights(tmp_path / "w.npz", written)
    read = load_weights(tmp_path / "w.npz")

    assert read.vocabulary.names == words.names
    assert (read.threshold, read.calibration) == (0.25, ((0, 0), (1, 1)))
    np.testing.assert_array_equal(read.arrays["a"], written.arrays["a"])
    deny = np.array([spacy.strings.get_string_id(word) for word in ("deny", "unheard")], np.uint64)
    assert read.vocabulary.rows("lemma", deny).tolist() == [words.names["lemma"].index("deny") + 1, 0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.lists(st.floats(-4, 0), min_size=4, max_size=4), min_size=1, max_size=4), max_size=3))
def test_smoothing_finds_the_best_of_all_paths(tables: list[list[list[float]]]) -> None:
    penalty = 0.5
    scores = [np.array(table, np.float32) for table in tables]

    def worth(path: tuple[int, ...], table: np.ndarray) -> float:
        changes = sum(a != b for a, b in pairwise(path))
        return float(sum(table[place, role] for place, role in enumerate(path)) - penalty * changes)

    for table, found in zip(scores, smooth(scores, penalty), strict=True):
        best = max(worth(path, table) for path in product(range(4), repeat=len(table)))
        assert worth(tuple(found.tolist()), table) == pytest.approx(best, abs=1e-4)


def test_what_sits_in_a_surer_content_is_left_out() -> None:
    def found(head: int, content: list[int], probability: float) -> Found:
        rows = np.array(content)
        return Found(head=head, cue=np.array([head]), source=rows[:0], content=rows, probability=probability)

    outer, inner = found(1, [2, 3, 4, 5, 6], 0.9), found(3, [4, 5], 0.8)
    crossing, unsure = found(8, [6, 9, 10], 0.7), found(12, [13], 0.1)

    kept = list(keep_apart([outer, inner, crossing, unsure], 20, 0.25))

    assert [one.head for one in kept] == [1, 8]
    assert kept[1].content.tolist() == [9, 10]


def test_a_tree_is_told_from_the_root_down(nlp: Language) -> None:
    doc = nlp("She said he left.\nIt rained.")
    arrays = pack([doc], [()])
    said, left = (next(token.i for token in doc if token.text == word) for word in ("said", "left"))

    assert arrays.depth[[said, left]].tolist() == [0, 1]
    assert arrays.path[left, :3].tolist() == [said, left, -1]
    assert len(set(arrays.paragraph.tolist())) == 2
