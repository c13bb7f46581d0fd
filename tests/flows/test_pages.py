from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from prefect import flow

from tasks.model.article import SetAsideReason
from tasks.read import by_host, host_of, name_pages, read_pages, sort_inputs
from tasks.reading.download import TRIES
from tasks.reading.inputs import Input, InputKind
from tasks.settings import Settings, load_settings
from tasks.steps.batches import Reading

pytestmark = pytest.mark.usefixtures("prefect_server", "workspace")

PAGE = """<html><head><title>Mill closes</title></head><body><article><h1>Mill closes</h1>
<p>The Larden paper mill will close for a week, its director Tom Reed said on Monday after a meeting with the mayor.</p>
<p>Environment Minister Ana Petrov said the mill had released chlorine into the river, which the company denies.</p>
</article></body></html>"""


class Unsteady(BaseHTTPRequestHandler):
    """Fails as often as the path says, then gives the page."""

    asked: dict[str, int] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked[self.path] = self.asked.get(self.path, 0) + 1
        number = self.path.strip("/")
        faults = int(number) if number.isdigit() else 0
        good = self.asked[self.path] > faults
        self.send_response(404 if self.path == "/robots.txt" else 200 if good else 503)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode() if good else b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


@pytest.fixture
def site() -> Iterator[str]:
    Unsteady.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Unsteady) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def take(url: str, settings: Settings) -> Reading:
    item = Input(name=url, kind=InputKind.URL, url=url)

    @flow
    def one_page() -> Reading:
        return read_pages([item], host_of(item), settings, datetime.now(UTC))

    return one_page()


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        pytest.param(0, None, id="at once"),
        pytest.param(TRIES - 1, None, id="at the last try"),
        pytest.param(TRIES, SetAsideReason.FETCH_FAILED, id="never"),
    ],
)
def test_a_page_is_tried_again_where_it_may_pass(
    faults: int, reason: SetAsideReason | None, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASHOMON_ALLOW_HOSTS", "127.0.0.1")
    monkeypatch.setattr("tasks.reading.download.sleep", lambda _: None)
    reading = take(f"{site}/{faults}", load_settings())

    assert len(reading.articles) == (0 if reason else 1)
    assert [item.reason for item in reading.set_asides] == ([reason] if reason else [])
    assert Unsteady.asked[f"/{faults}"] == min(faults + 1, TRIES)


def test_what_will_not_pass_is_tried_once(site: str) -> None:
    reading = take(f"{site}/0", load_settings())

    assert [item.reason for item in reading.set_asides] == [SetAsideReason.REFUSED]
    assert Unsteady.asked == {}


def test_pages_are_asked_for_host_after_host_so_that_a_run_draws_a_box_for_each() -> None:
    names = [f"https://{host}.example/{number}" for number in range(20) for host in ("bay", "www.bay", "moor")]
    pages = sort_inputs([Input(name=name, kind=InputKind.URL, url=name) for name in names], 50).pages
    hosts = by_host(pages)

    assert sorted(page.name for page in pages) == sorted(names)
    assert [page for group in hosts.values() for page in group] == list(pages)
    assert [name_pages(host, group) for host, group in hosts.items()] == [
        "bay.example-40-pages",
        "moor.example-20-pages",
    ]
    assert name_pages("bay.example", pages[:1]) == "bay.example"
