"""A program for the tests: opens the database and stores batches, as one worker of several does.

Arguments: the URL, a number for the worker, how many batches, and `die` to be killed within the last transaction.
"""

import os
import sys
from datetime import UTC, datetime

from tasks.model.article import Article, DateSource, Span
from tasks.model.claim import Act, Certainty, Claim, Proposition, Speech, Voice
from tasks.model.run import Extraction
from tasks.storage.articles import find_stored, save_batch
from tasks.storage.database import open_database, writing
from tasks.storage.runs import start_run

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
KILLED = 9


def extraction(worker: int, batch: int, place: int) -> Extraction:
    """Return one article with one claim; the first of each batch is the same for all workers."""
    number = batch if place == 0 else 1000 * worker + batch
    article = Article(
        url=f"https://a.example/{number % 7}",
        path="",
        outlet="Coast Herald",
        title="Port opens",
        published_at=None,
        date_source=DateSource.NONE,
        retrieved_at=NOON,
        language="en",
        sha256="",
        text=f"Text {number} {place}",
    )
    claim = Claim(
        article_id=article.id,
        voice=Voice.OUTLET,
        source=(),
        entities=(),
        resolved=True,
        cue=(),
        content=(Span(start=0, end=4),),
        speech=Speech.INDIRECT,
        act=Act.ASSERT,
        certainty=Certainty.CERTAIN,
        proposition=Proposition(statement="The port opens."),
    )
    shingles = frozenset(range(place, place + 50))
    return Extraction(article=article, claims=(claim,), shingles=shingles, component="rules", component_version="1")


def main(url: str, worker: int, batches: int, *, die: bool) -> None:
    """Store the batches, each in a transaction that reads before it writes."""
    engine = open_database(url)
    for batch in range(batches):
        items = [extraction(worker, batch, place) for place in range(5)]
        with writing(engine) as session:
            find_stored(session, [item.article.id for item in items], "1")
            start_run(session, "run-1", "verify-articles", NOON, {})
            save_batch(session, "run-1", items, [])
            if die and batch == batches - 1:
                os._exit(KILLED)
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), die="die" in sys.argv)
