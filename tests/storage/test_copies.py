"""Articles that share word sequences are found, and all copies point at one article."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from tasks.storage.articles import load_articles, save_batch
from tasks.storage.copies import find_copy_candidates, load_copy_roots, load_family, load_shingles, set_family
from tasks.storage.database import reading, writing

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


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
        pytest.param([((1, 0), 0), ((2, 1), 0)], id="copy-of-a-copy"),
        pytest.param([((2, 1), 1), ((1, 0), 0)], id="root-becomes-a-copy"),
        pytest.param([((1, 0), 1), ((2, 0), 0)], id="another-root"),
        pytest.param([((1, 0), 0), ((2, 0), 0), ((1, 0), 0)], id="twice"),
    ],
)
def test_copies_point_at_the_first(engine: Engine, ids: list[str], noted: list[tuple[tuple[int, int], int]]) -> None:
    with writing(engine) as session:
        for articles, root in noted:
            family = load_family(session, [ids[article] for article in articles])
            set_family(session, [one.article_id for one in family], ids[root])
    with reading(engine) as session:
        assert load_copy_roots(session, ids) == {ids[0]: ids[0], ids[1]: ids[0], ids[2]: ids[0], ids[3]: ids[3]}
        assert [article.copy_of for article in load_articles(session, ids=[ids[1]])] == [ids[0]]


def test_a_family_knows_outlets_credits_and_when_each_page_was_first_seen(
    engine: Engine, make: SimpleNamespace
) -> None:
    first = make.article("LARDEN (Reuters) - The port opens on Monday.", published_at=NOON)
    edited = make.article("The port opens on Tuesday, it said.", published_at=NOON + timedelta(days=1))
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(first), make.extraction(edited)], [])
        (page,) = load_family(session, [first.id])
    assert (page.article_id, page.outlet, page.seen_at, page.credit) == (edited.id, "Coast Herald", NOON, "")


def test_copies_of_a_text_that_is_edited_belong_to_the_newest_text(engine: Engine, make: SimpleNamespace) -> None:
    first = make.article("The port opens on Monday.", published_at=NOON)
    copy = make.article("The port opens on Monday, too.", url="https://copy.example/port")
    edited = make.article("The port opens on Tuesday.", published_at=NOON + timedelta(days=1))
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(first), make.extraction(copy)], [])
        set_family(session, [first.id, copy.id], first.id)
        save_batch(session, "run-1", [make.extraction(edited)], [])
    with reading(engine) as session:
        roots = load_copy_roots(session, [first.id, copy.id, edited.id])
    assert roots == {first.id: first.id, copy.id: edited.id, edited.id: edited.id}


def test_an_edited_copy_stays_a_copy(engine: Engine, make: SimpleNamespace) -> None:
    original = make.article("The port opens on Monday.", url="https://first.example/port")
    copy = make.article("The port opens on Monday, too.", published_at=NOON)
    edited = make.article("The port opens on Tuesday.", published_at=NOON + timedelta(days=1))
    with writing(engine) as session:
        save_batch(session, "run-1", [make.extraction(original), make.extraction(copy)], [])
        set_family(session, [original.id, copy.id], original.id)
        save_batch(session, "run-1", [make.extraction(edited)], [])
    with reading(engine) as session:
        roots = load_copy_roots(session, [original.id, copy.id, edited.id])
    assert roots == {original.id: original.id, copy.id: copy.id, edited.id: original.id}
