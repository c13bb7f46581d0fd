"""The databases of one process, each opened once, whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from tasks.steps.database import open_once
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
