"""Real receivers on this machine: an HTTP server that takes webhooks, and an SMTP server that takes mails."""

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import BaseServer, StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

import pytest


@dataclass
class Received:
    """What came in, and where it is to be sent."""

    port: int = 0
    calls: list[dict[str, Any]] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)


@contextmanager
def serving(server: BaseServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def webhook() -> Iterator[Received]:
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.calls.append(json.loads(body) | {"content_type": self.headers["Content-Type"]})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    received.port = server.server_port
    with serving(server):
        yield received


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Received]:
    received = Received()

    class Handler(StreamRequestHandler):
        """As much of SMTP as it takes to be given a mail."""

        def handle(self) -> None:
            self.answer("220 ready")
            while line := self.rfile.readline().decode().strip():
                verb, _, rest = line.partition(" ")
                match verb.upper():
                    case "EHLO":
                        self.answer("250-here\r\n250 AUTH PLAIN")
                    case "AUTH":
                        received.logins.append(b64decode(rest.partition(" ")[2]).decode())
                        self.answer("235 welcome")
                    case "DATA":
                        self.answer("354 go on")
                        received.mails.append(message_from_bytes(self.body(), policy=policy.default))
                        self.answer("250 taken")
                    case "QUIT":
                        return self.answer("221 bye")
                    case _:
                        self.answer("250 fine")
            return None

        def body(self) -> bytes:
            lines = iter(self.rfile.readline, b".\r\n")
            return b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)

        def answer(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    received.port = server.server_address[1]
    with serving(server):
        yield received
