"""What the tests of steps share."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tasks.steps.database import open_once
from tasks.storage.tables import Base


@pytest.fixture
def dump_file() -> Callable[[str], list[str]]:
    """A function that gives every row of every table of a database, as text."""

    def read(url: str) -> list[str]:
        with open_once(url).connect() as connection:
            tables = Base.metadata.sorted_tables
            return [
                f"{table.name} {row!r}"
                for table in tables
                for row in sorted(connection.execute(sa.select(table)), key=repr)
            ]

    return read
