"""A batch of articles is stored whole or not at all, and the same batch twice is one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.run import Extraction
from tasks.storage.articles import find_known_urls, find_stored, load_articles, save_batch
from tasks.storage.claims import find_uncompared, load_claims
from tasks.storage.comparisons import mark_compared, save_relations
from tasks.storage.database import reading, writing
from tasks.storage.findings import load_findings, save_findings
from tasks.storage.runs import load_set_asides, start_run

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
SET_ASIDE = SetAside(name="empty.txt", reason=SetAsideReason.EMPTY, detail="The file is empty.", sha256="cd" * 32)


def save(engine: Engine, *batch: Extraction, run: str = "run-1", set_asides: tuple[SetAside, ...] = ()) -> None:
    with writing(engine) as session:
        save_batch(session, run, batch, set_asides)


def test_an_article_comes_back_as_it_was(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article()
    claim = make.claim(article)
    save(engine, make.extraction(article, claim), set_asides=(SET_ASIDE,))
    with reading(engine) as session:
        assert load_articles(session) == [article]
        assert load_claims(session) == [claim]
        assert load_set_asides(session, "run-1") == [SET_ASIDE]


def test_the_same_batch_twice_leaves_the_same_rows(
    engine: Engine,
    make: SimpleNamespace,
    dump: Callable[[Engine], dict[str, list[str]]],
) -> None:
    article = make.article()
    batch = (make.extraction(article, make.claim(article), make.claim(article, 9), shingles=(1, -(2**63), 2**63 - 1)),)
    save(engine, *batch, set_asides=(SET_ASIDE, SET_ASIDE))
    before = dump(engine)
    save(engine, *batch, *batch, set_asides=(SET_ASIDE,))
    again = replace(article, retrieved_at=NOON + timedelta(days=9), title="Fetched again")
    save(engine, replace(batch[0], article=again))
    save(engine, replace(batch[0], claims=None, shingles=frozenset()))
    assert dump(engine) == before
    assert len(before["article_shingles"]) == 3
    assert len(before["run_set_asides"]) == 1


def test_another_run_sees_the_same_article(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article()
    save(engine, make.extraction(article, make.claim(article)))
    with writing(engine) as session:
        start_run(session, "run-2", "verify-articles", NOON, {})
    save(engine, replace(make.extraction(article), claims=None), run="run-2")
    with reading(engine) as session:
        assert load_articles(session, run_id="run-2") == [article]
        assert len(load_claims(session, article_ids=[article.id])) == 1
        assert load_articles(session, run_id="run-3") == []
        assert load_articles(session, ids=[]) == []


def test_what_raises_leaves_nothing_behind(
    engine: Engine,
    make: SimpleNamespace,
    dump: Callable[[Engine], dict[str, list[str]]],
) -> None:
    before = dump(engine)
    article = make.article()
    broken = make.claim(make.article("Another text."))  # its article is not stored
    with pytest.raises(IntegrityError):
        save(engine, make.extraction(article, make.claim(article), broken, shingles=(1,)), set_asides=(SET_ASIDE,))
    assert dump(engine) == before


def test_an_article_without_claims_waits_for_extraction(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article()
    save(engine, replace(make.extraction(article), claims=None))
    with reading(engine) as session:
        assert find_stored(session, [article.id], "1") == set()
    save(engine, make.extraction(article, make.claim(article)))
    with reading(engine) as session:
        assert find_stored(session, [article.id, "unknown"], "1") == {article.id}
        assert find_stored(session, [article.id], "2") == set()
        assert len(load_claims(session)) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)], ids=str)
@pytest.mark.parametrize("batches", [1, 3])
def test_versions_of_a_url_follow_time(
    engine: Engine, make: SimpleNamespace, order: tuple[int, ...], batches: int
) -> None:
    texts = [make.article(f"Text {day}.", published_at=NOON + timedelta(days=day)) for day in range(3)]
    lone = [make.article(f"File {day}.", url="", path=f"{day}.txt") for day in range(2)]
    items = [make.extraction(texts[place]) for place in order]
    parts = [items] if batches == 1 else [[item] for item in items]
    for part in parts:
        save(engine, *part, *map(make.extraction, lone))
    with reading(engine) as session:
        stored = {article.text: article.version for article in load_articles(session)}
    assert stored == {"Text 0.": 1, "Text 1.": 2, "Text 2.": 3, "File 0.": 1, "File 1.": 1}


def test_a_new_version_of_the_component_replaces_the_claims(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article(published_at=None)
    save(engine, make.extraction(article, make.claim(article), make.claim(article, 9), shingles=(1, 2)))
    later = replace(article, title="A better title", retrieved_at=NOON + timedelta(days=9))
    save(engine, make.extraction(later, make.claim(article, 20), version="2", shingles=(2, 3)))
    with reading(engine) as session:
        assert load_claims(session) == [make.claim(article, 20)]
        assert load_articles(session) == [replace(article, title="A better title")]
        assert find_stored(session, [article.id], "2") == {article.id}


def test_claims_that_shared_a_finding_with_replaced_ones_are_compared_again(
    engine: Engine,
    make: SimpleNamespace,
) -> None:
    one, two = make.article("One."), make.article("Two.", url="https://b.example")
    first, second, alone = make.claim(one), make.claim(two), make.claim(one, 30)
    save(engine, make.extraction(one, first, alone), make.extraction(two, second))
    with writing(engine) as session:
        pair = make.pair(first.id, second.id)
        save_relations(session, [pair], "c1")
        mark_compared(session, {first.id, second.id, alone.id}, "c1")
        both = make.finding(first.id, second.id, pairs=(pair,))
        save_findings(session, [both, make.finding(alone.id)], {first.id, second.id, alone.id})
    save(engine, make.extraction(one, first, version="2"))
    with writing(engine) as session:
        assert {claim.id for claim in find_uncompared(session, "c1")} == {first.id, second.id}
        assert [finding.id for finding in load_findings(session)] == [first.id]
        save_findings(session, [make.finding(first.id)], {first.id})  # the first of two chunks of new claims
        save_findings(session, [make.finding(second.id)], {second.id})
        assert {finding.id for finding in load_findings(session)} == {first.id, second.id}


@pytest.mark.parametrize(
    "field",
    [
        pytest.param({"title": "A\0B"}, id="zero-character"),
        pytest.param({"text": "half \ud800 pair"}, id="surrogate"),
        pytest.param({"residue": ("\udfff",)}, id="in-the-residue"),
    ],
)
def test_what_no_database_takes_is_set_aside_alone(
    engine: Engine, make: SimpleNamespace, field: dict[str, Any]
) -> None:
    good, bad = make.article(), make.article(**{"url": "", "path": "bad\udc80.txt", **field})
    save(engine, make.extraction(bad), make.extraction(good))
    with reading(engine) as session:
        assert load_articles(session) == [good]
        (noted,) = load_set_asides(session, "run-1")
    assert (noted.name, noted.reason) == ("bad?.txt", SetAsideReason.ENCODING)


def test_a_very_long_url_can_be_stored(engine: Engine, make: SimpleNamespace) -> None:
    article = make.article(url="https://a.example/" + "".join(chr(0x4E00 + place) for place in range(9000)))
    save(engine, make.extraction(article))
    with reading(engine) as session:
        assert load_articles(session) == [article]
        assert find_known_urls(session, [article.url, "https://b.example"]) == {article.url}
