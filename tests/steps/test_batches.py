import pickle
from collections.abc import Callable

import pytest
from prefect.utilities.collections import visit_collection

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.run import Extraction
from tasks.steps.batches import Extracted
from tasks.steps.handed import Handed


@pytest.fixture
def extracted(make_article: Callable[..., Article], make_claim: Callable[..., Claim]) -> Extracted:
    article = make_article("It rained.")
    claims = (make_claim(article, "It rained"),)
    item = Extraction(article=article, claims=claims, shingles=frozenset(), component="rules", component_version="1")
    return Extracted(label="all", extractions=(item, item), set_asides=())


def test_prefect_does_not_look_into_what_is_handed_on(extracted: Extracted) -> None:
    seen: list[type] = []

    visit_collection(extracted, lambda value: seen.append(type(value)), return_data=False)

    assert {Extracted, Handed} <= set(seen)
    assert not {Extraction, Article, Claim} & set(seen)


def test_what_is_handed_on_is_a_sequence_as_any(extracted: Extracted) -> None:
    items = extracted.extractions

    assert isinstance(items, Handed)
    assert [*items] == [items[0], items[1]] == [*items[0:2]]
    assert items == Handed(tuple(items)) == tuple(items) != (items[0],)
    assert hash(items) == hash(Handed(tuple(items)))
    assert repr(Handed([1])) == "Handed((1,))"


def test_another_process_gets_the_same(extracted: Extracted) -> None:
    assert pickle.loads(pickle.dumps(extracted)) == extracted  # noqa: S301


def test_a_process_that_only_hands_on_unpacks_nothing(extracted: Extracted, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = pickle.dumps(extracted)
    with monkeypatch.context() as patched:
        patched.setattr(Extraction, "__setstate__", None)
        sent_on = pickle.dumps(pickle.loads(sent))  # noqa: S301

    assert pickle.loads(sent_on) == extracted  # noqa: S301
