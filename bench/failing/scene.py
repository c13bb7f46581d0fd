"""What all cases share: articles of our own, an undisturbed run over them, and the rerun after each trouble."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bench.articles import vary
from bench.failing.house import House, NeverError, Server
from bench.failing.record import runs_of
from bench.failing.table import Left, Rows, compare_rows, read_export
from tasks.read import find_all, read_all, sort_inputs
from tasks.settings import ROOT, Settings

ARTICLES = 20  # four batches of five


@dataclass(slots=True)
class Scene:
    """A folder for all cases, the articles that they read, and what an undisturbed run makes of them."""

    folder: Path
    server: Server | None = None
    numbers: Iterator[int] = field(default_factory=count)
    known: dict[Path, Rows] = field(default_factory=dict)

    def need_server(self) -> Server:
        """Return the common server, for a case that does something to it."""
        if self.server is None:
            raise NeverError("this case needs the common Prefect server")
        return self.server

    @contextmanager
    def house(self, articles: Path | None = None, *, alone: bool = False, **settings: str) -> Iterator[House]:
        """Give a house with a database of its own, on the common server unless it is to stand alone."""
        folder = self.folder / f"case-{next(self.numbers)}"
        folder.mkdir()
        api = "" if alone or self.server is None else self.server.house.api
        house = House(folder, articles or self.articles(), api=api, settings=dict(settings))
        try:
            yield house
        finally:
            house.close()

    def articles(self, more: Callable[[Path], object] | None = None, name: str = "articles") -> Path:
        """Return a folder of made articles, with something added to them where that is asked for."""
        folder = self.folder / name
        if not folder.is_dir():
            folder.mkdir()
            settings = Settings()
            batch = sort_inputs(find_all([str(ROOT / "examples")], "", settings), 50).batches[0]
            vary(list(read_all("", batch.inputs, settings, datetime.now(UTC)).articles), ARTICLES, folder)
            if more:
                more(folder)
        return folder

    def undisturbed(self, articles: Path) -> Rows:
        """Return the rows of a run over some articles that nothing happens to; it is run once."""
        if articles not in self.known:
            with self.house(articles, alone=True) as house:
                house.succeed("verify", str(articles), "--json")
                self.known[articles] = exported(house)
        return self.known[articles]

    def rerun(self, house: House, expected: Path | None = None) -> Left:
        """Run the same again, undisturbed, and return what is missing or too much in the end."""
        house.succeed("verify", str(house.articles), "--json")
        return compare_rows(self.undisturbed(expected or house.articles), exported(house))


def exported(house: House) -> Rows:
    """Return what is stored in a house, exported."""
    house.succeed("export", str(house.folder / "out"), "--json")
    return read_export(house.folder / "out")


def records(house: House) -> list[str]:
    """Return how the runs of a house stand in our own record, the oldest first."""
    return [run.status for run in reversed(runs_of(house.database).values())]


def states(house: House, run: str) -> str:
    """Return what is shown of a run, in Prefect and in our own record."""
    return f"Prefect {house.state(run)}, record {runs_of(house.database)[run].status}"
