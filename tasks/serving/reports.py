"""The report folder over HTTP, on this machine alone: the pages of reports and nothing else that may lie there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tasks.reporting.shelf import INDEX, PAGE, PART
from tasks.serving.ports import LOOPBACK

NAMES = (LOOPBACK, "localhost")  # another name that leads here is a page of strangers that reads our reports
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # What a page may load it says itself, in a meta tag; who may frame it can only be said here.
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # index.html is another page after each run
}


@contextmanager
def serving_reports(folder: Path, port: int) -> Iterator[str]:
    """Serve the pages of a folder inside the block; yield the address."""

    class Handler(ReportHandler):
        root = folder

    with ThreadingHTTPServer((LOOPBACK, port), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class ReportHandler(BaseHTTPRequestHandler):
    """Answers with one of the pages; a name is looked up in a pattern, never joined to a path as it came."""

    root: Path
    timeout = 10  # seconds of silence after which a connection is dropped
    server_version, sys_version = "rashomon", ""

    def do_GET(self) -> None:
        """Answer with a page."""
        self.answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer as for GET, without the page."""
        self.answer(with_body=False)

    def refuse(self) -> None:
        """Answer a method that would change something."""
        self.send_text(HTTPStatus.METHOD_NOT_ALLOWED, "Reports can be read, and nothing else.", allow="GET, HEAD")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = refuse  # noqa: N815

    def answer(self, *, with_body: bool) -> None:
        """Send the page that the path names, or say why not."""
        if not self.is_meant_for_us():
            self.send_text(HTTPStatus.MISDIRECTED_REQUEST, f"Open the reports as http://{LOOPBACK}.")
            return
        page = find_page(self.root, self.path)
        if page is None:
            self.send_text(HTTPStatus.NOT_FOUND, "There is no such report; / shows the newest, once a run has ended.")
        else:
            self.send(HTTPStatus.OK, page, "text/html; charset=utf-8", with_body=with_body)

    def is_meant_for_us(self) -> bool:
        """Return whether the browser asked for this machine by a name that only this machine has (DNS rebinding)."""
        port = self.connection.getsockname()[1]
        return self.headers.get_all("Host", []) in ([f"{name}:{port}"] for name in NAMES)

    def send_text(self, status: HTTPStatus, text: str, *, allow: str = "") -> None:
        """Send one line of text, and close: what else came with a request that was refused is not read."""
        self.close_connection = True
        self.send(status, f"{text}\n".encode(), "text/plain; charset=utf-8", allow=allow)

    def send(self, status: HTTPStatus, body: bytes, kind: str, *, with_body: bool = True, allow: str = "") -> None:
        """Send an answer with the headers that every answer carries."""
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        if allow:
            self.send_header("Allow", allow)
        self.end_headers()
        if with_body and self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name in the library)
        """Say nothing: who reads which report is nobody's business."""


def find_page(root: Path, target: str) -> bytes | None:
    """Return the page that the target of a request names, None where it names none."""
    try:
        name = urlsplit(target).path.removeprefix("/") or INDEX
    except ValueError:
        return None
    if name != INDEX and not PAGE.fullmatch(name) and not PART.fullmatch(name):
        return None
    path = root / name
    try:
        is_led_away = path.is_symlink() or (path.parent != root and path.parent.is_symlink())
        return None if is_led_away else path.read_bytes()
    except OSError:
        return None
