"""A real browser opens the report: nothing is fetched, nothing complains, nothing runs out of the page."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.reporting.material import Material, ReportPaths
from tasks.reporting.render import write_report
from tests.reporting.test_render import hostile_material

pytestmark = pytest.mark.server
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
BREAKING_OUT = "</script><script>document.title = 'run'</script><!--"
PHONE, WIDE = (390, 844), (1280, 900)


@dataclass
class Seen:
    """What the browser reported while it had the page open."""

    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    width: int = 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no chromium on this machine: the report is not opened in a browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


def open_page(browser: Browser, path: Path, size: tuple[int, int], scheme: str) -> Seen:
    seen = Seen()
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.messages.append(message.text))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    seen.width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    return seen


@pytest.fixture
def paths(material: Material, templates: Path, tmp_path: Path) -> ReportPaths:
    return write_report(tmp_path, material, templates)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_report_in_a_browser(browser: Browser, paths: ReportPaths, size: tuple[int, int], scheme: str) -> None:
    for path in (paths.report, paths.index):
        seen = open_page(browser, path, size, scheme)
        assert seen.requests == [path.as_uri()]
        assert seen.messages == []
        assert seen.width <= size[0]


def test_style_applies_under_the_policy(browser: Browser, paths: ReportPaths) -> None:
    page = browser.new_page()
    page.goto(paths.report.as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.nameplate')).borderBottomStyle") == "double"
    page.close()


@pytest.fixture
def hostile_paths(
    material: Material,
    templates: Path,
    new_article: Callable[..., Article],
    new_claim: Callable[..., Claim],
    tmp_path: Path,
) -> ReportPaths:
    return write_report(tmp_path, hostile_material(material, BREAKING_OUT, new_article, new_claim), templates)


def test_data_for_programs_is_read_and_not_run(browser: Browser, hostile_paths: ReportPaths) -> None:
    seen = open_page(browser, hostile_paths.report, WIDE, "light")
    assert (seen.requests, seen.messages) == ([hostile_paths.report.as_uri()], [])
    page = browser.new_page()
    page.goto(hostile_paths.report.as_uri())
    block = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    assert page.evaluate(f"{block}['@graph'][0].text") == BREAKING_OUT
    assert page.evaluate("[document.scripts.length, document.title === 'run']") == [1, False]
    page.close()
