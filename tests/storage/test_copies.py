"""Articles that share word sequences are found, and all copies point at one article."""

from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from tasks.storage.articles import load_articles, save_batch
from tasks.storage.copies import find_copy_candidates, load_copy_roots, load_shingles, set_copy
from tasks.storage.database import reading, writing


@pytest.fixture
def ids(engine: Engine, make: SimpleNamespace) -> list[str]:
    """Four articles whose shingles overlap more or less with those of the first."""
    shingles = ((1, 2, 3, 4), (1, 2, 3, 9), (4, 5), (-7, 8))
    articles = [make.article(f"Text {place}.", url=f"https://{place}.example") for place in range(4)]
    items = [make.extraction(article, shingles=part) for article, part in zip(articles, shingles, strict=True)]
    with writing(engine) as session:
        save_batch(session, "run-1", items, [])
    return [article.id for article in articles]


def test_the_nearest_copy_comes_first(engine: Engine, ids: list[str]) -> None:
    with reading(engine) as session:
        found = find_copy_candidates(session, ids[0], {1, 2, 3, 4}, limit=5)
        assert found == [(ids[1], 3, 4), (ids[2], 1, 2)]
        assert find_copy_candidates(session, ids[0], {1, 2, 3, 4}, limit=1) == found[:1]
        assert find_copy_candidates(session, ids[0], set(), limit=5) == []
        assert find_copy_candidates(session, "", {-7}, limit=5) == [(ids[3], 1, 2)]
        assert load_shingles(session, ids[3]) == {-7, 8}


@pytest.mark.parametrize(
    "noted",
    [
        pytest.param([(1, 0), (2, 1)], id="copy-of-a-copy"),
        pytest.param([(2, 1), (1, 0)], id="root-becomes-a-copy"),
        pytest.param([(1, 0), (2, 0), (0, 1)], id="both-ways-round"),
        pytest.param([(1, 0), (2, 0), (1, 0), (2, 0)], id="twice"),
    ],
)
def test_copies_point_at_the_first(engine: Engine, ids: list[str], noted: list[tuple[int, int]]) -> None:
    with writing(engine) as session:
        for article, original in noted:
            set_copy(session, ids[article], ids[original])
    with reading(engine) as session:
        assert load_copy_roots(session, ids) == {ids[0]: ids[0], ids[1]: ids[0], ids[2]: ids[0], ids[3]: ids[3]}
        assert [article.copy_of for article in load_articles(session, ids=[ids[1]])] == [ids[0]]
