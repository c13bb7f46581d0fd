"""Whatever the order, the batches and the repetitions: the same articles end in the same rows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tasks.model.run import Extraction
from tasks.storage.articles import save_batch
from tasks.storage.database import open_database, writing
from tasks.storage.runs import start_run

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
Dump = Callable[[Engine], dict[str, list[str]]]
SIGHTINGS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), min_size=1, max_size=12)  # URL, text


def article_of(make: SimpleNamespace, url: int, text: int) -> Extraction:
    """Return the extraction of one of fifteen articles; the texts of a URL are not in the order of their times."""
    day = (text * 3) % 5
    article = make.article(
        f"Text {text}.",
        url=f"https://{url}.example" if url else "",
        path=f"{text}.txt",
        published_at=NOON + timedelta(day),
    )
    result: Extraction = make.extraction(article, *(make.claim(article, 10 * place) for place in range(text)))
    return result


def rows_after(make: SimpleNamespace, dump: Dump, batches: Iterable[Sequence[tuple[int, int]]]) -> dict[str, list[str]]:
    """Return all rows of a new database in which the batches were stored one after the other."""
    engine = open_database("sqlite:///:memory:")
    with writing(engine) as session:
        start_run(session, "run-1", "verify-articles", NOON, {})
    for batch in batches:
        with writing(engine) as session:
            save_batch(session, "run-1", [article_of(make, *place) for place in batch], [])
    rows = dump(engine)
    engine.dispose()
    return rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(sightings=SIGHTINGS, size=st.integers(1, 5), data=st.data())
def test_order_batches_and_repetitions_do_not_matter(
    make: SimpleNamespace, dump: Dump, sightings: list[tuple[int, int]], size: int, data: st.DataObject
) -> None:
    repeated = data.draw(st.permutations(sightings + sightings[:size]))
    batches = [repeated[first : first + size] for first in range(0, len(repeated), size)]
    once = rows_after(make, dump, [sightings])
    assert rows_after(make, dump, batches) == once
    assert len(once["articles"]) == len(set(sightings))
