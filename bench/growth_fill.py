"""Fills a database with a million claims in minutes: one story is stored as always, and its rows come again and again.

Each time they get other ids, names, days and vectors.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.growth_data import ARTICLES, CLAIMS, days, make_vectors
from tasks.comparison.embeddings import pack
from tasks.model.article import content_id

STORY = ARTICLES * CLAIMS
SCRAMBLE = 0x9E3779B97F4A7C15  # odd: every number times this is another one, below 2**64
TABLES = ("articles", "article_shingles", "claims", "claim_parties", "relations")
KEYS = {"id", "article_id", "claim_id", "left_id", "right_id"}
DAY = "%Y-%m-%d %H:%M:%S.%f"  # as SQLite keeps it
AT_ONCE = 50  # stories

Row = dict[str, Any]


def multiply(file: Path, stored: int, inside: int, window: timedelta) -> None:
    """Write the rows of the one story in a database until so many claims are stored, so many of them in the window."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA cache_size=-400000")
        rows = {table: read(database, table) for table in TABLES}
        for start in range(1, stored // STORY, AT_ONCE):
            stories = range(start, min(start + AT_ONCE, stored // STORY))
            copies = [Copy(rows, story, days(story, inside, stored, window)) for story in stories]
            for table in TABLES:
                insert(database, table, [row for copy in copies for row in again(rows, table, copy)])
            database.commit()


def read(database: sqlite3.Connection, table: str) -> list[Row]:
    """Return the rows of a table by column, in the order in which they were written."""
    cursor = database.execute(f"SELECT * FROM {table}")  # noqa: S608
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def insert(database: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Write rows of a table."""
    if rows:
        places = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({places})", [tuple(row.values()) for row in rows])  # noqa: S608


def again(rows: Mapping[str, Sequence[Row]], table: str, copy: "Copy") -> Iterator[Row]:
    """Yield the rows of a table as another story has them."""
    for row in rows[table]:
        new = row | {name: copy.keys[row[name]] for name in KEYS & row.keys()}
        if table == "articles":
            day = copy.days[copy.places[row["id"]]]
            new |= {
                "url": copy.url(row),
                "url_key": new["id"],
                "published_at": day,
                "retrieved_at": day,
                "dated_at": day,
            }
        elif table == "article_shingles":
            new["hash"] = (row["hash"] + copy.story * SCRAMBLE) % 2**62
        elif table == "claims":
            place = copy.places[row["id"]]
            new |= {name: renamed(row[name], copy.story, place) for name in ("entities", "proposition")}
            new["embedding"] = pack(next(copy.vectors))
        elif table == "claim_parties":
            place = copy.places[row["claim_id"]]
            new |= {"entity_id": renamed(row["entity_id"], copy.story, place), "dated_at": copy.days[place]}
        else:
            new["left_id"], new["right_id"] = sorted((new["left_id"], new["right_id"]))
        yield new


class Copy:
    """The same story once more: other ids, as articles and claims make them, other days and vectors."""

    def __init__(self, rows: Mapping[str, Sequence[Row]], story: int, dated: Iterable[datetime]) -> None:
        """Take the rows of the first story, the number of this one, and the days of its articles."""
        self.story = story
        self.days = [day.strftime(DAY) for day in dated]
        self.keys = {row["id"]: content_id(self.url(row), row["text"]) for row in rows["articles"]}
        self.places = {row["id"]: place for place, row in enumerate(rows["articles"])}
        for row in rows["claims"]:
            offsets = (offset for span in json.loads(row["content"]) + json.loads(row["cue"]) for offset in span)
            self.keys[row["id"]] = content_id(self.keys[row["article_id"]], row["voice"], *offsets)
            self.places[row["id"]] = self.places[row["article_id"]]
        numbers = range(story * ARTICLES, (story + 1) * ARTICLES)
        self.vectors = (vector for number in numbers for vector in make_vectors(number, story))

    def url(self, row: Row) -> str:
        """Return where an article stands."""
        return f"{row['url']}/{self.story}"


def renamed(text: str, story: int, article: int) -> str:
    """Return a text of the first story with the names of another one; an article has a speaker of its own."""
    for mark in ("-", ""):
        text = text.replace(f"ouse{mark}0", f"ouse{mark}{story}")
        text = text.replace(f"peaker{mark}{article}", f"peaker{mark}{story * ARTICLES + article}")
    return text
