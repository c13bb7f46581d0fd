"""A real browser opens every kind of page: nothing is fetched, nothing complains, everybody can use it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from bench.made_material import make_material
from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.reporting import render
from tasks.reporting.material import Material
from tasks.reporting.render import render_report, write_report
from tasks.reporting.shelf import parts_folder
from tests.reporting.test_render import hostile_material

pytestmark = pytest.mark.server
PHONE, WIDE = (390, 844), (1280, 900)
BREAKING_OUT = "</script><script>document.title = 'run'</script><!--"
KINDS = ("report", "index", "contents", "finding", "article", "empty")


@pytest.fixture
def pages(material: Material, templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Every kind of page, as a run writes them: the report, the same as many pages, and one without articles."""
    whole = write_report(tmp_path / "whole", material, templates)
    nothing = replace(material, articles=(), claims=(), findings=())
    empty = write_report(tmp_path / "empty", nothing, templates)
    monkeypatch.setattr(render, "LARGEST", 1_000)
    many = write_report(tmp_path / "many", material, templates)
    parts = parts_folder(many.report)
    return {
        "report": whole.report,
        "index": whole.index,
        "contents": many.report,
        "finding": min(parts.glob("finding-*.html")),
        "article": min(parts.glob("article-*.html")),
        "empty": empty.report,
    }


@contextmanager
def opened(browser: Browser, path: Path, size: tuple[int, int] = WIDE, **given: Any) -> Iterator[Page]:
    """Give a page that is open; afterwards nothing may have been asked for but pages, and nothing said."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **given)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert [url for url in asked if not re.fullmatch(r"file://[^?]*\.html(#.*)?", url)] == []
    assert said == []


def unfold(page: Page) -> None:
    """Open all that is folded, as a reader would."""
    closed = "[...document.querySelectorAll('details:not([open])')]"
    folded = "[...document.querySelectorAll('details[open] noscript.later')]"
    while page.evaluate(f"{closed}.map(part => {{ part.open = true }}).length"):  # what was folded holds folded parts
        page.wait_for_function(f"{folded}.every(held => !held.closest('details').open)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "index"])  # that is the report with a list
def test_everybody_can_use_it(
    browser: Browser, pages: dict[str, Path], kind: str, size: tuple[int, int], scheme: str
) -> None:
    with opened(browser, pages[kind], size, color_scheme=scheme) as page:
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in found] == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_whole_without_a_script(browser: Browser, pages: dict[str, Path], kind: str) -> None:
    with opened(browser, pages[kind], java_script_enabled=False) as page:
        assert page.locator(".tools:visible").count() == 0
        for part in page.locator("details").all():
            part.locator("summary").first.evaluate("summary => summary.parentElement.open = true")
        bare = page.locator("body").inner_text()
    with opened(browser, pages[kind]) as page:
        unfold(page)
        page.evaluate("document.querySelector('.tools')?.remove()")
        assert page.locator("body").inner_text().split() == bare.split()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_while_it_opens(browser: Browser, pages: dict[str, Path], kind: str) -> None:
    with opened(browser, pages[kind], PHONE) as page:
        page.wait_for_timeout(200)
        moved = page.evaluate(
            "new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
            " sum += one.value }).observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 200) })"
        )
        assert moved == 0


def test_a_word_without_end_widens_no_page(
    browser: Browser,
    templates: Path,
    tmp_path: Path,
    *,
    material: Material,
    new_article: Callable[..., Article],
    new_claim: Callable[..., Claim],
) -> None:
    """A stranger's name of three hundred letters, wherever a name, a title or a quote may stand."""
    page = render_report(hostile_material(material, "x" * 300, new_article, new_claim), templates)
    (tmp_path / "long.html").write_text(page, encoding="utf-8")
    with opened(browser, tmp_path / "long.html", PHONE) as shown:
        unfold(shown)
        assert shown.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_style_applies_under_the_policy(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["report"]) as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.nameplate')).borderBottomStyle") == "double"


def test_a_large_story_opens_small(browser: Browser, templates: Path, tmp_path: Path) -> None:
    """A hundred articles and five hundred claims."""
    (tmp_path / "large.html").write_text(render_report(make_material(100, 500), templates), encoding="utf-8")
    assert (tmp_path / "large.html").stat().st_size <= 1_500_000
    with opened(browser, tmp_path / "large.html") as page:
        assert page.evaluate("document.querySelectorAll('*').length") <= 5_000


@pytest.fixture
def hostile(
    material: Material,
    templates: Path,
    new_article: Callable[..., Article],
    new_claim: Callable[..., Claim],
    tmp_path: Path,
) -> Path:
    return write_report(tmp_path, hostile_material(material, BREAKING_OUT, new_article, new_claim), templates).report


def test_data_for_programs_is_read_and_not_run(browser: Browser, hostile: Path) -> None:
    with opened(browser, hostile) as page:
        block = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
        assert page.evaluate(f"{block}['@graph'][0].text") == BREAKING_OUT
        assert page.evaluate("[document.scripts.length, document.title === 'run']") == [2, False]


class TestTools:
    """What the script adds, with the story of the tests."""

    @pytest.fixture
    def page(self, browser: Browser, pages: dict[str, Path]) -> Iterator[Page]:
        with opened(browser, pages["report"]) as page:
            yield page

    @staticmethod
    def shown(page: Page) -> list[str]:
        return [text.strip() for text in page.locator("#findings .finding:visible h3").all_inner_texts()]

    def test_search_reads_what_is_folded(self, page: Page) -> None:
        every = self.shown(page)
        page.fill("#q", "HERON wells")
        assert len(self.shown(page)) < len(every)
        page.fill("#q", "wells")
        some = self.shown(page)
        assert 0 < len(some) < len(every)
        assert page.locator("#found").inner_text().startswith(f"{len(some)} of {len(every)} findings")
        page.keyboard.press("Escape")
        assert self.shown(page) == every

    def test_what_is_asked_stands_in_the_address(self, browser: Browser, page: Page) -> None:
        every = self.shown(page)
        page.click("#filters summary")
        page.select_option("#status", "disputed")
        some = self.shown(page)
        assert 0 < len(some) < len(every)
        assert "status=disputed" in page.url
        with opened(browser, Path(page.url.split("#")[0].removeprefix("file://"))) as other:
            other.goto(page.url)
            other.reload()
            assert self.shown(other) == some
            other.click("button[type=reset]")
            expect(other).to_have_url(re.compile("^[^#]*$"))
            assert self.shown(other) == every

    @pytest.mark.parametrize("name", ["act", "source", "outlet"])
    def test_every_choice_finds_something(self, page: Page, name: str) -> None:
        page.click("#filters summary")
        values = page.evaluate(f"[...document.querySelectorAll('#{name} option')].map(one => one.value)")
        every = self.shown(page)
        assert len(values) > 2
        for value in values[1:]:
            page.select_option(f"#{name}", value)
            assert 0 < len(self.shown(page)) <= len(every)
        assert self.shown(page) != every

    def test_days_and_order(self, page: Page) -> None:
        every = self.shown(page)
        page.click("#filters summary")
        page.fill("#to", "1999-01-01")
        assert self.shown(page) == []
        page.fill("#to", "")
        page.select_option("#sort", "newest")
        newest = page.evaluate("[...document.querySelectorAll('#findings .finding')].map(one => one.dataset.last)")
        assert newest == sorted(newest, reverse=True)
        page.select_option("#sort", "weight")
        weights = page.evaluate("[...document.querySelectorAll('#findings .finding')].map(one => +one.dataset.weight)")
        assert weights == sorted(weights, reverse=True)
        page.select_option("#sort", "")
        assert self.shown(page) == every

    def test_keys(self, page: Page) -> None:
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.press("j")
        assert page.input_value("#q") == "j"
        page.fill("#q", "")
        page.evaluate("document.activeElement.blur()")
        focused = "document.activeElement.closest('.finding')?.id"
        page.keyboard.press("j")
        first = page.evaluate(focused)
        page.keyboard.press("j")
        assert first != page.evaluate(focused)
        page.keyboard.press("k")
        assert page.evaluate(focused) == first
        page.click("#filters summary")
        page.uncheck("#keys")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("j")
        assert page.evaluate(focused) is None

    def test_a_link_opens_what_it_leads_to(self, page: Page) -> None:
        link = page.locator("a", has_text="In the stored text").first
        marked = page.locator(f"[id='{link.evaluate('link => link.hash.slice(1)')}'] + mark").first
        link.click()
        expect(marked).to_be_visible()
        page.reload()
        expect(marked).to_be_visible()
        page.evaluate("document.querySelectorAll('#articles details').forEach(part => { part.open = false })")
        expect(marked).to_be_hidden()
        link.click()  # the address is the same as before
        expect(marked).to_be_visible()

    def test_on_paper_links_are_footnotes(self, page: Page) -> None:
        for size in ("A4", "Letter"):
            path = Path(page.url.removeprefix("file://").split("#")[0]).with_suffix(f".{size}.pdf")
            page.pdf(path=path, format=size)
            words = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(path).pages).split())
            assert re.search(r"Article \[\d\]", words)
            assert "https://wire.example/2031/04/lune-solvent" in words
            assert "Filter and order" not in words
