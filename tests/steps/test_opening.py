"""The databases of one process, each opened once, whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import sqlalchemy as sa

from tasks.steps.database import MANY, open_once
from tasks.storage.database import Engine

THREADS = 4


def test_threads_that_open_a_new_file_at_once_get_one_engine(tmp_path: Path) -> None:
    together = Barrier(THREADS)

    def opened(_: int) -> Engine:
        together.wait()
        return open_once(f"sqlite:///{tmp_path / 'new.db'}")

    with ThreadPoolExecutor(THREADS) as pool:
        engines = list(pool.map(opened, range(THREADS)))
    assert len({id(engine) for engine in engines}) == 1
    engines[0].dispose()


def test_what_is_no_longer_held_is_closed(tmp_path: Path) -> None:
    """Its connections would stay open until the garbage collector finds them."""
    first = open_once(f"sqlite:///{tmp_path / 'first.db'}")
    with first.connect() as connection:
        connection.execute(sa.select(1))
    assert isinstance(first.pool, sa.QueuePool)
    assert first.pool.checkedin() == 1
    for number in range(MANY):
        open_once(f"sqlite:///{tmp_path / f'{number}.db'}")
    assert first.pool.checkedin() == 0
    assert open_once(f"sqlite:///{tmp_path / 'first.db'}") is not first
