"""The failure table: `python -m bench.failure [CASE...]` tries all with real processes, and says what came of it."""

import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.failing.alone import ALONE
from bench.failing.house import prefect_server
from bench.failing.killed import WITH_SERVER
from bench.failing.lost import LOST
from bench.failing.scene import Scene
from bench.failing.served import SERVED
from bench.failing.table import Case, print_table

Try = Callable[[Scene], Case]


def run_cases(scene: Scene, tries: Sequence[Try]) -> Iterator[Case]:
    """Yield what came of each case; one that goes wrong is a line of the table as well."""
    for one in tries:
        try:
            yield one(scene)
        except Exception as error:  # noqa: BLE001  (the other cases are worth their time)
            traceback.print_exc()
            yield Case(done=one.__name__, happened=f"NOT AS EXPECTED: {type(error).__name__}: {error}", shown="")


def main(names: Sequence[str]) -> None:
    """Print the failure table, or the lines of it that are named."""
    with_server, without = (
        [one for one in some if not names or one.__name__ in names] for some in (WITH_SERVER, (*ALONE, *LOST, *SERVED))
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and nothing that was started stays
    with TemporaryDirectory(prefix="failure") as folder:
        print_table(all_cases(Scene(Path(folder)), with_server, without))


def all_cases(scene: Scene, with_server: Sequence[Try], without: Sequence[Try]) -> Iterator[Case]:
    """Yield what came of all cases; the server is started for those that need it."""
    if with_server:
        with prefect_server(scene.folder / "server", scene.articles()) as server:
            scene.server = server
            yield from run_cases(scene, with_server)
    yield from run_cases(scene, without)


if __name__ == "__main__":
    main(sys.argv[1:])
