"""How large reports are, and what building them takes, over sizes; raw Jinja and a bare file copy are no match for it.

The baseline of each size is the same material as bare HTML: every text and every quote once, escaped, nothing else.
"""

import argparse
import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.made_material import make_material
from bench.meter import Meter
from tasks.reporting.material import Material
from tasks.reporting.render import write_report
from tasks.reporting.shelf import parts_folder
from tasks.settings import TEMPLATES

SIZES = ((20, 100), (100, 500), (500, 2_500), (2_000, 10_000))
LATER = re.compile(r"<noscript class=\"later\">.*?</noscript>", re.DOTALL)  # no part of the tree where scripts run
ELEMENT = re.compile(r"<[a-z]")


def main() -> None:
    """Print a line for each size, each measured in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench.report", description=__doc__)
    parser.add_argument("--size", nargs=2, type=int, metavar=("ARTICLES", "CLAIMS"), help="one size only")
    chosen = parser.parse_args()
    if chosen.size:
        measure(*chosen.size)
        return
    print(f"{'articles':>8}{'claims':>8}{'findings':>9}{'pages':>7}{'first MB':>10}{'all MB':>8}{'bare MB':>9}"
          f"{'nodes':>7}{'seconds':>9}{'cpu':>7}{'bare cpu':>10}{'MB before':>11}{'MB peak':>9}")  # fmt: skip
    for articles, claims in SIZES:
        command = [sys.executable, "-m", "bench.report", "--size", str(articles), str(claims)]
        subprocess.run(command, check=True)  # noqa: S603


def measure(articles: int, claims: int) -> None:
    """Build one report and print its line."""
    meter = Meter()
    with meter.lap("made"):
        material = make_material(articles, claims)
    with meter.lap("bare"):
        bare = bare_page(material)
    with tempfile.TemporaryDirectory() as folder, meter.lap("report"):
        paths = write_report(Path(folder), material, TEMPLATES)
        parts = sorted(parts_folder(paths.report).glob("*.html"))
        sizes = [path.stat().st_size for path in (paths.report, *parts)]
        nodes = count_nodes(paths.report.read_text(encoding="utf-8"))
    laps = meter.laps
    print(f"{articles:8,}{claims:8,}{len(material.findings):9,}{len(sizes):7,}{sizes[0] / 1e6:10.2f}"
          f"{sum(sizes) / 1e6:8.1f}{len(bare.encode()) / 1e6:9.2f}{nodes:7,}{laps['report'].wall:9.1f}"
          f"{laps['report'].cpu:7.1f}{laps['bare'].cpu:10.2f}{laps['made'].peak_mb:11.0f}"
          f"{laps['report'].peak_mb:9.0f}", flush=True)  # fmt: skip


def count_nodes(page: str) -> int:
    """Return how many elements a browser makes of a page before anything is unfolded."""
    return len(ELEMENT.findall(LATER.sub("<noscript></noscript>", page)))


def bare_page(material: Material) -> str:
    """Return every text and every quote once, escaped, and nothing else."""
    texts = {article.id: article.text for article in material.articles}
    quotes = ("".join(span.of(texts[claim.article_id]) for span in claim.content) for claim in material.claims)
    return "".join(f"<p>{html.escape(text)}</p>" for text in (*texts.values(), *quotes))


if __name__ == "__main__":
    main()
