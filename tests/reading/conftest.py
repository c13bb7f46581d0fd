"""What the tests of reading share: a moment, limits, texts to read, and a real web server on loopback."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tasks.reading.download import Page
from tasks.reading.item import ReadingLimits

ARTICLE = (
    "The ferry company denied on Monday that its boat had left the quay too early.\n\n"
    "“We waited for the last passenger,” said Ada Brandt, who speaks for the company, “and the log shows it.”\n\n"
    "Passengers who were left behind said that nobody had warned them, and that the gate had been locked.\n"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ferry left too early, passengers say - Bay Post</title>
<meta property="og:site_name" content="Bay Post"><link rel="canonical" href="{canonical}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Ferry left too early, passengers say", "datePublished": "2024-03-05T21:40:00+02:00"}}</script>
<script>document.write("<p>The script claims that nobody was on board, the company said on Monday.</p>")</script>
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferry left too early, passengers say</h1>
<p>The ferry company denied on Monday that its boat had left the quay too early, as passengers claim.</p>
<h2>What the passengers say</h2>
<p>“Nobody warned us,” said Ada Brandt, who was left behind with two children and <b>all her luggage.
<p>The harbour master said that the gate had been locked at nine, which is when the boat was due to leave.</div>
</article><footer><p>Copyright 2024 Bay Post. All rights reserved.</p></footer></body></html>"""


@pytest.fixture
def now() -> datetime:
    return datetime(2024, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def limits() -> ReadingLimits:
    return ReadingLimits()


@pytest.fixture
def article_text() -> str:
    return ARTICLE


@pytest.fixture
def make_page() -> Callable[..., str]:
    def make(canonical: str = "https://bay.example/ferry?utm_source=x") -> str:
        return PAGE.format(canonical=canonical)

    return make


@pytest.fixture
def no_fetch() -> Callable[[str], Page]:
    def fetch(url: str) -> Page:
        raise AssertionError(f"nothing may be fetched here: {url}")

    return fetch


@dataclass(slots=True)
class Answer:
    """What the server answers at one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "text/html; charset=utf-8"})
    delay: float = 0.0  # seconds between two bytes


@dataclass(slots=True)
class Site:
    """A web server on loopback: what it answers, and what it was asked."""

    answers: dict[str, Answer]
    asked: list[tuple[str, str]]  # path, user agent
    headers: dict[str, str] = field(default_factory=dict)  # of the last request, by their names in small letters
    now: int = 0  # requests that are answered at this moment
    most: int = 0  # and the most that ever were
    port: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def say(self, path: str, body: str | bytes = b"", status: int = 200, delay: float = 0.0, **headers: str) -> None:
        raw = body.encode() if isinstance(body, str) else body
        named = {"content-type": "text/html; charset=utf-8"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(body=raw, status=status, headers=named, delay=delay)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site(answers={"/robots.txt": Answer(status=404)}, asked=[])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.now += 1
            found.most = max(found.most, found.now)
            try:
                self.answer()
            finally:
                found.now -= 1

        def answer(self) -> None:
            found.headers = {name.lower(): value for name, value in self.headers.items()}
            found.asked.append((self.path, self.headers.get("user-agent", "")))
            answer = found.answers.get(self.path, Answer(status=404, body=b"none"))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for byte in (
                    [answer.body] if not answer.delay else [answer.body[n : n + 1] for n in range(len(answer.body))]
                ):
                    self.wfile.write(byte)
                    self.wfile.flush()
                    time.sleep(answer.delay)
            except OSError:
                return  # the reader had enough, which is what some tests are about

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """Return what writes a PDF of pages of lines, object by object; `info` is its dictionary of metadata."""

    def make(pages: list[list[str]], info: str = "") -> bytes:
        kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
        for number, lines in enumerate(pages):
            shown = " ".join(f"({line}) Tj T*" for line in lines)
            stream = f"BT /F1 11 Tf 14 TL 72 760 Td {shown} ET"
            fonts = "/Resources << /Font << /F1 3 0 R >> >>"
            box = "/MediaBox [0 0 612 792]"
            objects.append(f"<< /Type /Page /Parent 2 0 R {box} {fonts} /Contents {5 + 2 * number} 0 R >>")
            objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(f"<< {info} >>")
        raw, places = b"%PDF-1.4\n", []
        for number, one in enumerate(objects, start=1):
            places.append(len(raw))
            raw += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        size, start = len(objects) + 1, len(raw)
        end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R "
        return raw + f"{end}/Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()

    return make


@pytest.fixture
def bomb() -> bytes:
    return gzip.compress(b"a" * 20_000_000)
