"""A large report as many pages: the same words, links that lead, nothing left behind."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.errors import EvidenceError
from tasks.reporting import render
from tasks.reporting.book import Book
from tasks.reporting.material import Material
from tasks.reporting.pages import Pages
from tasks.reporting.render import render_report, write_report
from tasks.reporting.shelf import parts_folder, remove_report
from tests.reporting.test_render import HOSTILE, Page, hostile_material

NAME = "report-20310407T050000Z-6b1f0a52.html"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every report a large one."""
    monkeypatch.setattr(render, "LARGEST", 1_000)


@pytest.mark.parametrize(
    ("href", "here", "expected"),
    [
        pytest.param("#finding-1f", "", "folder/finding-1f.html", id="to a finding"),
        pytest.param("#article-2a", "", "folder/article-2a.html", id="to an article"),
        pytest.param("#claim-3c", "", "folder/article-2a.html#claim-3c", id="to a claim in its article"),
        pytest.param("#matrix", "", "#matrix", id="on the page itself"),
        pytest.param("#set-aside", "", "#set-aside", id="a name of two words"),
        pytest.param("#main", "", "#main", id="the skip link"),
        pytest.param("#finding-1f", "finding-1f", "#finding-1f", id="a finding to itself"),
        pytest.param("#article-2a", "finding-1f", "article-2a.html", id="beside each other"),
        pytest.param("#claim-3c", "article-2a", "#claim-3c", id="a claim on its own page"),
        pytest.param("#matrix", "finding-1f", "../home.html#matrix", id="back to a part of the report"),
        pytest.param("#top", "finding-1f", "../home.html", id="back to the report"),
        pytest.param("#main", "finding-1f", "#main", id="the skip link of a part"),
    ],
)
def test_links(href: str, here: str, expected: str) -> None:
    pages = Pages(home="home.html", folder="folder", article_of={"3c": "2a"})
    assert pages.relink(f'<a href="{href}">x</a>', here) == f'<a href="{expected}">x</a>'


def test_what_only_looks_like_a_link_stays(material: Material, templates: Path) -> None:
    words = '<a href="#claim-nobody">x</a>'
    article = replace(material.articles[0], title=words)
    book = Book(replace(material, articles=(article,), claims=(), findings=()), templates, NAME)
    assert "&lt;a href=&#34;#claim-nobody&#34;&gt;" in book.contents()


@pytest.mark.usefixtures("small")
def test_every_link_leads_somewhere(material: Material, templates: Path, tmp_path: Path) -> None:
    report = write_report(tmp_path, material, templates).report
    parts = sorted(parts_folder(report).iterdir())
    assert len(parts) == len(material.findings) + len(material.articles)
    ids = {path: set(Page(path.read_text(encoding="utf-8")).ids) for path in (report, *parts)}
    followed = 0
    for path in ids:
        for tag, held in Page(path.read_text(encoding="utf-8")).elements:
            href = held.get("href") or ""
            if tag != "a" or href.startswith("https://") or href == "index.html":
                continue
            name, _, anchor = href.partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target in ids, href
            assert not anchor or anchor in ids[target], href
            followed += 1
    assert followed > 100


@pytest.mark.usefixtures("small")
def test_the_pages_hold_all_words_of_the_one(material: Material, templates: Path, tmp_path: Path) -> None:
    report = write_report(tmp_path, material, templates).report
    texts = [path.read_text(encoding="utf-8") for path in (report, *sorted(parts_folder(report).iterdir()))]
    pattern = re.compile(r'data-quote="([^"]*)"[^>]*>(.*?)</(?:blockquote|q)>', re.DOTALL)
    quotes = {found.group() for text in texts for found in pattern.finditer(text)}
    assert quotes == {found.group() for found in pattern.finditer(render_report(material, templates))}
    assert f"{len(material.claims)} of {len(material.claims)} quotes checked" in texts[0]


@pytest.mark.usefixtures("small")
def test_same_material_same_bytes(material: Material, templates: Path, tmp_path: Path) -> None:
    one, other = (write_report(tmp_path / name, material, templates).report for name in ("a", "b"))
    for path in (one, *sorted(parts_folder(one).iterdir())):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()
    assert other.exists()


def test_a_rerun_leaves_no_page_of_before(
    material: Material, templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(render, "LARGEST", 1_000)
        report = write_report(tmp_path, material, templates).report
        fewer = replace(material, findings=material.findings[:1])
        write_report(tmp_path, fewer, templates)
        assert len(list(parts_folder(report).glob("finding-*"))) == 1
    write_report(tmp_path, material, templates)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", report.name, "reports.json"]


@pytest.mark.usefixtures("small")
def test_a_report_goes_with_its_pages(material: Material, templates: Path, tmp_path: Path) -> None:
    report = write_report(tmp_path, material, templates).report
    remove_report(report)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "reports.json"]


@pytest.mark.usefixtures("small")
def test_a_wrong_quote_leaves_the_pages_as_they_were(
    material: Material, templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_report(tmp_path, material, templates).report
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}
    monkeypatch.setattr("tasks.reporting.book.prove_page", lambda *_: 1)
    with pytest.raises(EvidenceError, match="the pages mark"):
        write_report(tmp_path, replace(material, scope="another"), templates)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.html")} == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert report.exists()


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_strangers_text_stays_text(
    material: Material,
    templates: Path,
    new_article: Callable[..., Article],
    new_claim: Callable[..., Claim],
    words: str,
) -> None:
    def elements(given: str) -> list[list[str]]:
        book = Book(hostile_material(material, given, new_article, new_claim), templates, NAME)
        read = [Page(page) for _, page in book.parts()] + [Page(book.contents())]
        assert not any(page.crossed for page in read)
        return [[tag for tag, _ in page.elements] for page in read]

    assert elements(words) == elements("calm words")
