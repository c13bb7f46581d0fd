"""A person at Prefect's pages: the run form filled in, the run looked at, the report opened from its summary.

With RASHOMON_SCREENSHOTS naming a folder each step leaves a picture there.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.flows.conftest import TEXTS
from tests.flows.test_pages import PAGE
from tests.flows.test_server import Server, process, server
from tests.serving.machine import wait_for

__all__ = ["server"]  # a fixture: one server for this module

pytestmark = pytest.mark.server
PICTURES = os.environ.get("RASHOMON_SCREENSHOTS", "")
PATIENCE = 60_000  # milliseconds
TRIES, BUSY = 5, 503
NOTHING = "Nothing to read: give a web address, a file or folder, or paste a text."
NO_FILE = "'nowhere.txt': no such file or folder (a web address begins with https://)."
READ, FETCHED = (
    ("read-1-to-4", "extract-1-to-4", "store-1-to-4"),
    ("fetch-127.0.0.1-2-pages", "extract-pages-1-to-2", "store-pages-1-to-2"),
)
TASKS = {"find-inputs", *READ, *FETCHED, "compare", "publish"}
ARROWS = {arrow for way in (READ, FETCHED) for arrow in pairwise(("find-inputs", *way, "compare", "publish"))}
PASTED = "Mayor Ida Moss denied on Sunday that the Larden paper mill had released chlorine into the river Ost."


class Silent(SimpleHTTPRequestHandler):
    """Serves a folder."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


class Story(BaseHTTPRequestHandler):
    """Serves one article, wherever it is asked for."""

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


@contextmanager
def serving(handler: Any) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(Story) as address:
        yield address


@pytest.fixture(scope="module", autouse=True)
def reports(server: Server) -> Iterator[str]:
    """Give the address of the reports, and a worker whose runs link to it."""
    folder = server.home / "reports"
    folder.mkdir()
    with serving(partial(Silent, directory=str(folder))) as address:
        environment = server.environment | {
            "RASHOMON_REPORT_URL": address,
            "RASHOMON_ALLOW_HOSTS": "127.0.0.1",
            "RASHOMON_LIMITS__DELAY_SECONDS": "0",
        }
        start = ("worker", "start", "--pool", "local", "--type", "process")
        with process(*start, log=server.home / "worker.log", cwd=server.home, environment=environment):
            yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context.new_page()
    context.close()


def picture(page: Page, name: str) -> None:
    """Keep a picture, if pictures are wanted, once the page looks the same twice."""
    if not PICTURES:
        return
    Path(PICTURES).mkdir(parents=True, exist_ok=True)
    before, now = b"", page.screenshot(animations="disabled")
    for _ in range(TRIES):
        if now == before:
            break
        page.wait_for_timeout(500)
        before, now = now, page.screenshot(animations="disabled")
    (Path(PICTURES) / f"{name}.png").write_bytes(now)


def open_form(page: Page, server: Server) -> None:
    """Go the way of a person: all deployments, this one, its run form."""
    page.goto(f"{server.api.address.removesuffix('/api')}/deployments")
    page.get_by_role("link", name="verify-articles", exact=True).first.click()
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("Custom run").click()
    field(page, "Web addresses").wait_for()


def field(page: Page, title: str) -> Locator:
    """Return the field of the form that has this title."""
    label = page.locator(":scope > .p-label__header .schema-form-property__label")
    return page.locator(".schema-form-property", has=label.filter(has_text=re.compile(rf"^{title}( \(Optional\))?$")))


def fill(page: Page, title: str, words: str) -> None:
    field(page, title).locator("textarea, input").first.fill(words)


def add_row(page: Page, title: str, words: str) -> None:
    rows = field(page, title).locator("textarea")
    number = rows.count()
    field(page, title).get_by_role("button", name="Add item").click()
    rows.nth(number).fill(words)


def choose(page: Page, title: str, choice: str) -> None:
    field(page, title).locator(".p-select-button__control").focus()
    page.keyboard.press("Space")
    page.get_by_role("option").filter(has_text=re.compile(rf"^{choice}$")).click()


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()


def submit_until_taken(page: Page) -> str:
    """Return the id of the run that the form has made; a busy server may ask to be asked again (503)."""
    for _ in range(TRIES):
        with page.expect_response("**/create_flow_run") as caught:
            submit(page)
        if caught.value.status != BUSY:
            return str(caught.value.json()["id"])
    pytest.fail("the server took no run")


def start_run(server: Server, articles: dict[str, Any]) -> str:
    """Return the id of a run that is asked for without a browser."""
    where = f"deployments/{server.api.deployment('verify-articles')['id']}/create_flow_run"
    return str(server.api.post(where, parameters={"articles": articles})["id"])


def wait_until_ended(server: Server, run_id: str) -> Any:
    return wait_for(lambda: server.api.ended(run_id), "the run", lambda: server.log("worker.log"))


def arrows_of(server: Server, run_id: str, tasks: int) -> set[tuple[str, str]]:
    """Return the arrows that the page draws, by the names of their ends, once so many tasks are recorded."""

    def drawn() -> Any:
        nodes = dict(server.api.get(f"flow_runs/{run_id}/graph-v2")["nodes"])
        return nodes if len(nodes) == tasks else None

    nodes = wait_for(drawn, "the graph of the run", lambda: server.log("worker.log"))
    return {(node["label"], nodes[child["id"]]["label"]) for node in nodes.values() for child in node["children"]}


def open_artifact(page: Page, run: str, name: str) -> None:
    page.goto(run)
    page.get_by_text("Artifacts", exact=True).click()
    page.get_by_text(name, exact=True).first.click()
    page.wait_for_url("**/artifacts/artifact/*")


def test_the_form_says_what_is_wrong(page: Page, server: Server) -> None:
    open_form(page, server)
    picture(page, "1-form")
    fill(page, "Articles in a batch", "5000")
    submit(page)
    expect(page.get_by_text("5000 is greater than the maximum of 1000").first).to_be_visible()
    picture(page, "2-a-limit-is-passed")

    fill(page, "Articles in a batch", "50")
    add_row(page, "Web addresses", "bay.example/story")
    submit(page)
    expect(
        field(page, "Web addresses").get_by_text("'bay.example/story' does not match 'https?://'").first
    ).to_be_visible()
    field(page, "Web addresses").scroll_into_view_if_needed()
    picture(page, "3-no-web-address")


def test_a_person_goes_from_the_form_to_the_report(page: Page, server: Server, site: str, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    open_form(page, server)
    fill(page, "Files and folders", str(tmp_path))
    add_row(page, "Web addresses", f"{site}/mill")
    add_row(page, "Web addresses", f"{site}/river")
    fill(page, "Text", PASTED)
    fill(page, "Outlet", "Larden Herald")
    fill(page, "Published", "3 March 2024")
    picture(page, "4-form-filled")
    choose(page, "Agreement and conflict are judged by", "words alone")
    picture(page, "5-options-chosen")
    run_id = submit_until_taken(page)
    ended = wait_until_ended(server, run_id)
    assert ended["state_type"] == "COMPLETED", server.log("worker.log")
    assert ended["parameters"]["options"]["judge"] == "words alone"
    assert arrows_of(server, run_id, len(TASKS)) == ARROWS
    page.reload()  # the form has led to the runs of this deployment
    page.get_by_role("link", name=ended["name"]).first.click()
    expect(page.get_by_text("Completed", exact=True).first).to_be_visible()
    expect(page.locator("canvas").first).to_be_visible()
    run = page.url
    picture(page, "6-run")

    open_artifact(page, run, "conflicts")
    expect(page.get_by_text("Ana Petrov").first).to_be_visible()
    picture(page, "7-conflicts")
    open_artifact(page, run, "summary")
    picture(page, "8-summary")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the report").click()
    report = opened.value
    expect(report.locator("#outlets .people").get_by_text("Larden Herald")).to_be_visible()
    picture(report, "9-report")


def test_what_only_the_worker_knows_is_the_state_of_the_run(server: Server) -> None:
    asked = {NOTHING: start_run(server, {}), NO_FILE: start_run(server, {"files": ["nowhere.txt"]})}
    for told, run_id in asked.items():
        run = wait_until_ended(server, run_id)
        logs = server.api.post("logs/filter", logs={"flow_run_id": {"any_": [run_id]}})

        assert (run["state_type"], run["state"]["message"]) == ("FAILED", told)
        assert logs
        assert [line["message"] for line in logs if "Traceback" in line["message"]] == []
