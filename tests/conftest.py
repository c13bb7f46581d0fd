"""What all tests share: Prefect kept off the network, one Prefect server for flow tests, builders, strictness in CI."""

import os
import shutil
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings as hypothesis_settings

from tasks.console.prefect_settings import set_prefect_defaults
from tasks.model.article import Article, DateSource, Span
from tasks.model.claim import Act, Certainty, Claim, Proposition, Speech, Voice

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Before any test imports Prefect, which reads them then.
set_prefect_defaults()
os.environ.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "false")
OURS = {"RASHOMON_REQUIRE_ALL", "RASHOMON_RENEW_GOLD", "RASHOMON_LONG", "RASHOMON_SCREENSHOTS"}
for name in [name for name in os.environ if name.startswith("RASHOMON_") and name not in OURS]:
    del os.environ[name]  # a developer's own settings are none of the tests' business
REQUIRE_ALL = os.environ.get("RASHOMON_REQUIRE_ALL", "") not in {"", "0"}

hypothesis_settings.register_profile("local", deadline=None, max_examples=40)  # CI tries 100 of each
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)  # the same cases on every machine
hypothesis_settings.load_profile("ci" if os.environ.get("CI") or REQUIRE_ALL else "local")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
QUIET = (
    "--no-sandbox",
    *("--use-angle=swiftshader", "--enable-unsafe-swiftshader"),  # WebGL without a card: the graph of a run needs it
    *("--disable-background-networking", "--disable-component-update"),
)
MOMENT = datetime(2024, 3, 1, 12, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs a flow: it starts a real Prefect server, which takes most of the quick tests' minute."""
    for item in items:
        if isinstance(item, pytest.Function) and "prefect_server" in item.fixturenames:
            item.add_marker(pytest.mark.server)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where everything is required: nothing may be missing there."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but RASHOMON_REQUIRE_ALL is set: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that something was not tested; the reasons stand in the summary above."""
    if skipped := terminalreporter.stats.get("skipped"):
        note = f"{len(skipped)} TESTS WERE SKIPPED on this machine (reasons above); .ci/run skips none"
        terminalreporter.write_sep("!", note, yellow=True, bold=True)


class MakeArticle(Protocol):
    """Makes an article from a text; everything else has a default."""

    def __call__(
        self, text: str, *, url: str = ..., outlet: str = ..., published_at: datetime | None = ...
    ) -> Article: ...


class MakeClaim(Protocol):
    """Makes a claim about an article from the words of its content and its source."""

    def __call__(self, article: Article, content: str, *, source: str = ..., act: Act = ...) -> Claim: ...


@pytest.fixture
def make_article() -> MakeArticle:
    def make(
        text: str,
        *,
        url: str = "https://gazette.example/story",
        outlet: str = "The Gazette",
        published_at: datetime | None = MOMENT,
    ) -> Article:
        return Article(
            url=url,
            path="",
            outlet=outlet,
            title=text.split("\n", 1)[0][:60],
            published_at=published_at,
            date_source=DateSource.METADATA if published_at else DateSource.NONE,
            retrieved_at=MOMENT,
            language="en",
            sha256="0" * 64,
            text=text,
        )

    return make


@pytest.fixture
def make_claim() -> MakeClaim:
    def span(article: Article, words: str) -> tuple[Span, ...]:
        start = article.text.index(words)
        return (Span(start=start, end=start + len(words)),) if words else ()

    def make(article: Article, content: str, *, source: str = "", act: Act = Act.ASSERT) -> Claim:
        return Claim(
            article_id=article.id,
            voice=Voice.SOURCE if source else Voice.OUTLET,
            source=span(article, source),
            entities=(),
            resolved=True,
            cue=(),
            content=span(article, content),
            speech=Speech.INDIRECT,
            act=act,
            certainty=Certainty.CERTAIN,
            proposition=Proposition(statement=content),
        )

    return make


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """Give flow tests one temporary Prefect server, without heartbeats: each flow run waits a second for its own."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness  # slow to import, and only flow tests need it

    with (
        prefect_test_harness(server_startup_timeout=120),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Give Debian's browser, which downloads nothing by itself."""
    from playwright.sync_api import sync_playwright  # slow to import, and few tests need it

    if not CHROMIUM:
        pytest.skip("no chromium on this machine: nothing is opened in a browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def no_server() -> Iterator[None]:
    """Hide the Prefect server of the other tests, with the runs that they killed, from a command in this process."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        yield
