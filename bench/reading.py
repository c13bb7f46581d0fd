"""How well and how quickly pages are read, beside the extraction library alone on the same pages.

The pages are made (`bench/pages.py`), since those of public benchmarks may not be shared: they show what breaks, not
how good reading is on pages that nobody here has seen. `python -m bench.reading FOLDER` reads the HTML files of a
folder instead, for speed alone. A figure of speed is that of the quickest of several runs in turns: what other programs
take away only ever makes a run slower.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.pages import MadePage, make_pages
from tasks.model.article import Article, SetAside
from tasks.reading.extractor import bare_extraction
from tasks.reading.inputs import find_inputs
from tasks.reading.item import Input, ReadingLimits
from tasks.reading.markup import decode_page
from tasks.reading.page import Page
from tasks.reading.pagedates import date_settings
from tasks.reading.read import read_each

LIMITS = ReadingLimits()
NOW = datetime(2024, 6, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one reader took from a page."""

    text: str = ""
    title: str = ""
    author: str = ""
    published: datetime | None = None


def main() -> None:
    """Print the figures that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="measure the speed on these HTML files, not on made ones")
    parser.add_argument("--count", type=int, default=1_000, help="how many pages to make (1000)")
    parser.add_argument("--runs", type=int, default=3, help="how often each reader reads them (3)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder, pages = chosen.folder, []
        if folder is None:
            folder, pages = Path(made), list(make_pages(chosen.count))
            for number, page in enumerate(pages):
                (folder / f"{number:05}.html").write_text(page.html, encoding="utf-8")
        paths = sorted(folder.glob("**/*.htm*"))
        for line in (*quality_lines(pages, paths), *speed_lines(paths, chosen.runs)):
            print(line)


def alone(path: Path) -> Taken:
    """Return what the library takes from a page, asked as this project asks it."""
    settings = date_settings(NOW, guess=True)
    found = bare_extraction(
        decode_page(path.read_bytes()),
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=settings,
    )
    if found is None:
        return Taken()
    published = datetime.fromisoformat(found.date) if found.date else None
    return Taken(text=found.text or "", title=found.title or "", author=found.author or "", published=published)


def ours(path: Path) -> Taken:
    """Return what reading takes from a page."""
    [result] = [one for item in find_inputs([str(path)], limits=LIMITS) for one in read_one(item)]
    if isinstance(result, SetAside):
        return Taken()
    return Taken(text=result.text, title=result.title, author=result.author, published=result.published_at)


def read_one(item: Input | SetAside) -> Iterator[Article | SetAside]:
    """Yield what an input holds."""
    if isinstance(item, SetAside):
        yield item
    else:
        yield from read_each(item, limits=LIMITS, now=NOW, fetch=no_network)


def no_network(url: str) -> Page:
    """Fail: local pages ask for nothing."""
    raise AssertionError(url)


def quality_lines(pages: Sequence[MadePage], paths: Sequence[Path]) -> Iterator[str]:
    """Yield how much of the text each reader finds, how much else, and how often title, author and date are right."""
    if not pages:
        return
    yield f"{len(pages):,} made pages; a date or a name that a page does not tell is none"
    yield f"{'':24}{'P':>7}{'R':>7}{'F1':>7}{'title':>8}{'author':>8}{'date':>7}{'invented dates':>16}"
    for name, reader in (("reading", ours), ("library alone", alone)):
        taken = [reader(path) for path in paths]
        yield quality_line(name, pages, taken)
        for style in dict.fromkeys(page.style for page in pages):
            some = [(page, one) for page, one in zip(pages, taken, strict=True) if page.style == style]
            yield quality_line(f"  {style}", [page for page, _ in some], [one for _, one in some])


def quality_line(name: str, pages: Sequence[MadePage], taken: Sequence[Taken]) -> str:
    """Return one line of the table."""
    same = total = wanted = 0
    for page, one in zip(pages, taken, strict=True):
        expected = Counter(" ".join(page.paragraphs).split())
        found = Counter(one.text.replace(page.title, "", 1).split())
        same, total, wanted = same + (expected & found).total(), total + found.total(), wanted + expected.total()
    precision, recall = same / max(total, 1), same / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    pairs = list(zip(pages, taken, strict=True))
    right = (
        sum(one.title == page.title for page, one in pairs) / len(pairs),
        sum(one.author == page.author for page, one in pairs) / len(pairs),
        sum(day(one.published) == day(page.published) for page, one in pairs) / len(pairs),
    )
    invented = sum(one.published is not None and page.published is None for page, one in pairs)
    shares = "".join(f"{share:>8.1%}" for share in right)
    return f"{name:24}{precision:>7.3f}{recall:>7.3f}{f1:>7.3f}{shares}{invented:>15}"


def day(moment: datetime | None) -> str:
    """Return the day of a moment, "" for none."""
    return moment.date().isoformat() if moment else ""


def speed_lines(paths: Sequence[Path], runs: int) -> Iterator[str]:
    """Yield pages per second of the processor, and the share of the library's own speed."""
    seconds = {reader: [0.0] * runs for reader in (alone, ours)}
    ours(paths[0])  # the model of languages is loaded once
    for run in range(runs):
        for reader in (alone, ours):
            seconds[reader][run] = measured(reader, paths)
    library, reading = min(seconds[alone]), min(seconds[ours])
    yield f"library alone: {len(paths) / library:.1f} pages per second of the processor"
    yield f"reading: {len(paths) / reading:.1f}, {library / reading:.1%} of it"


def measured(reader: Callable[[Path], Taken], paths: Sequence[Path]) -> float:
    """Return the seconds of the processor that one reader takes for all pages."""
    before = time.process_time()
    for path in paths:
        reader(path)
    return time.process_time() - before


if __name__ == "__main__":
    main()
