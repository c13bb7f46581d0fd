"""A feed on a real server on loopback, asked by the real downloader: what it says of a feed is said back to it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from tasks.settings import Settings
from tests.steps.feed_run import run_once, stored_texts

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
SAID = "The ferry company denied on Monday that its boat had left the quay too early, and showed the log to reporters."
MORE = "Passengers who were left behind said that nobody had warned them, and that the gate had been locked at nine."


class Bay(BaseHTTPRequestHandler):
    """Gives a feed with a mark, two pages, and a sitemap index that leads to a sitemap."""

    asked: ClassVar[list[tuple[str, str | None, int]]] = []
    missing: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        known = self.headers.get("if-none-match")
        body, status = self.body(), 200
        if self.path == "/feed.xml" and known == '"v1"':
            body, status = "", 304
        elif self.path == "/robots.txt" or self.path in self.missing:
            body, status = "none", 404
        self.asked.append((self.path, known, status))
        self.send_response(status)
        self.send_header("content-type", "text/html" if "xml" not in self.path else "application/xml")
        if self.path == "/feed.xml":
            self.send_header("etag", '"v1"')
        self.end_headers()
        self.wfile.write(body.encode())

    def body(self) -> str:
        here = f"http://{self.headers['host']}"
        match self.path:
            case "/feed.xml":
                items = "".join(f"<item><title>{n}</title><link>{here}/{n}</link></item>" for n in ("ferry", "mill"))
                return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bay</title>{items}</channel></rss>'
            case "/index.xml":
                inner = f"<sitemap><loc>{here}/map.xml</loc></sitemap>"
                return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>'
            case "/map.xml":
                inner = f"<url><loc>{here}/ferry</loc></url>"
                return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'
            case _:
                return f"<html><body><article><h1>{self.path}</h1><p>{SAID}</p><p>{MORE}</p></article></body></html>"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


@pytest.fixture
def site() -> Iterator[str]:
    Bay.asked.clear()
    Bay.missing.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Bay) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def settings_for(feed: str, folder: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{folder / 'r.db'}", feeds=(feed,), allow_hosts=("127.0.0.1",))


def paths() -> list[tuple[str, str | None, int]]:
    return [asked for asked in Bay.asked if asked[0] != "/robots.txt"]


def test_the_second_run_brings_the_mark_back_and_fetches_no_page(site: str, tmp_path: Path) -> None:
    settings = settings_for(f"{site}/feed.xml", tmp_path)
    Bay.missing.add("/mill")
    assert run_once(settings, NOON) == 1
    assert {path for path, _, _ in paths()} == {"/feed.xml", "/ferry", "/mill"}
    Bay.asked.clear()
    assert run_once(settings, NOON + timedelta(minutes=1)) == 0
    assert paths() == [("/feed.xml", '"v1"', 304)]
    Bay.missing.clear()
    Bay.asked.clear()
    assert run_once(settings, NOON + timedelta(minutes=30)) == 1  # the page that was missing, from memory
    assert [path for path, _, _ in paths()] == ["/feed.xml", "/mill"]


def test_what_leads_to_lists_is_followed_each_time(site: str, tmp_path: Path) -> None:
    settings = settings_for(f"{site}/index.xml", tmp_path)
    assert run_once(settings, NOON) == 1
    Bay.asked.clear()
    assert run_once(settings, NOON + timedelta(hours=1)) == 0
    assert [path for path, _, _ in paths()] == ["/index.xml", "/map.xml"]
    assert len(stored_texts(settings)) == 1
