"""A hostile server, on loopback and bounded in all it does; the reader meets it in a process of its own.

RASHOMON_LONG=1 takes the limits that ship instead of short ones, which takes minutes.
"""

import json
import os
import socket
import ssl
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tasks.settings import ROOT

LONG = os.environ.get("RASHOMON_LONG", "") not in {"", "0"}
SHORT = {"connect_seconds": 2.0, "read_seconds": 1.0, "timeout_seconds": 2.0, "total_seconds": 6.0}
MEMORY = 300  # MB above idle
WASTE = 200  # pieces of a megabyte, after which even an endless answer ends

READER = """
import json, sys, time
from datetime import UTC, datetime
from tasks.model.article import Article
from tasks.model.errors import FetchError
from tasks.reading import download
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.read import read_each

def memory(name):
    # Not what the system counts as this process's peak: that begins with the peak of the process that started it.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith(name))

def read(url, limits):
    item = Input(name=url, kind=InputKind.URL, url=url)
    try:
        found = list(read_each(item, limits=limits, now=datetime.now(UTC), fetch=download.Downloader(limits).fetch))
    except FetchError as error:
        return ["fetch-failed", str(error)]
    first = found[0]
    return ["article", first.text] if isinstance(first, Article) else [first.reason.value, first.detail]

asked = json.load(sys.stdin)
limits = ReadingLimits(allow_hosts=frozenset({"127.0.0.1"}), **asked["limits"])
download.PAUSE = asked["pause"]
read(asked["good"], limits)
idle, found = memory("VmRSS"), {}
for name, url in asked["urls"].items():
    started = time.monotonic()
    kind, detail = read(url, limits)
    found[name] = {"kind": kind, "detail": detail[:2000], "seconds": time.monotonic() - started}
print(json.dumps({"idle": idle, "peak": memory("VmHWM"), "found": found}))
"""

PROSE = (
    "<p>The ferry company denied on Monday that its boat had left the quay too early, as passengers say.</p>"
    "<p>The harbour master said that the gate had been locked at nine, which is when the boat was due to leave.</p>"
)
GOOD = (
    f"<html><head><title>Ferry</title></head><body><article><h1>Ferry left</h1>{PROSE}</article></body></html>".encode()
)
LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
RSS = b"<rss version='2.0'><channel><title>&j;</title></channel></rss>"


def packed(piece: bytes, megabytes: int, bits: int = zlib.MAX_WBITS | 16, *, begin: bytes = b"") -> bytes:
    """Return a small answer that inflates to so many megabytes; made piece by piece, so that it bursts nobody here."""
    packer = zlib.compressobj(1, wbits=bits)
    block = piece * (1_000_000 // len(piece))
    return packer.compress(begin) + b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def answer(body: bytes = b"", status: str = "200 OK", kind: str = "text/html", **headers: str) -> bytes:
    """Return a whole answer."""
    said = {"content-type": kind, "content-length": str(len(body))}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def to(address: str) -> bytes:
    """Return a redirect."""
    return answer(status="302 Found", location=address)


def drip(connection: socket.socket, raw: bytes) -> None:
    """Send a byte every now and then; each comes in time, all together do not."""
    for byte in raw:
        connection.sendall(bytes([byte]))
        time.sleep(0.2)


def pour(connection: socket.socket, head: bytes, *, chunked: bool) -> None:
    """Send megabyte after megabyte, until nobody listens any more."""
    connection.sendall(head)
    piece = os.urandom(500_000).hex().encode()
    for _ in range(WASTE):
        connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)


def index_of_itself(connection: socket.socket) -> None:
    """Send an index of sitemaps that lists itself."""
    here = f"http://127.0.0.1:{connection.getsockname()[1]}/index-of-itself"
    connection.sendall(answer(f"<sitemapindex><sitemap><loc>{here}</loc></sitemap></sitemapindex>".encode()))


def pdf(stream: bytes) -> bytes:
    """Return a PDF of one page whose content is packed."""
    return (
        b"%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>"
        b"\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
        b"\nendobj\n4 0 obj\n<</Filter/FlateDecode"
        b"/Length %d>>\nstream\n%s\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%%%EOF\n"
        % (len(stream), stream)
    )


WHOLE: dict[str, tuple[bytes, str, str]] = {
    "loop": (to("/loop"), "refused", "redirects"),
    "private": (to("http://10.0.0.1/"), "refused", "private or local"),
    "metadata": (to("http://169.254.169.254/latest/meta-data/"), "refused", "private or local"),
    "other-spelling": (to("http://0xa.1/"), "refused", "private or local"),
    "file": (to("file:///etc/hostname"), "refused", "http"),
    "credentials": (to("http://reader:secret@127.0.0.1/"), "refused", "password"),
    "long-location": (to("/" + "a" * 60_000), "not-found", ""),
    "odd-location": (to("http://[::1/"), "refused", "302"),
    "busy": (answer(status="503 Busy"), "fetch-failed", "503"),
    "wait": (answer(status="429 Slow", retry_after="10800"), "fetch-failed", "left alone"),
    "bomb": (answer(packed(b"a", 400), content_encoding="gzip"), "too-large", "longer than"),
    "packed-sitemap": (
        answer(packed(b" ", 400, begin=b"<urlset>"), kind="application/gzip"),
        "too-large",
        "unpacks",
    ),
    "ten-gigabytes": (answer(b"a", content_length="10000000000"), "too-large", "longer than"),
    "short": (answer(b"a", content_length="5000"), "fetch-failed", ""),
    "odd-length": (answer(b"a", content_length="-1"), "fetch-failed", ""),
    "two-lengths": (answer(b"a", content_length="1\r\ncontent-length: 9"), "fetch-failed", ""),
    "odd-chunks": (answer(b"zz\r\n", transfer_encoding="chunked"), "fetch-failed", ""),
    "damaged": (answer(b"no gzip", content_encoding="gzip"), "fetch-failed", ""),
    "long-header": (answer(b"a", x="a" * 10_000_000), "fetch-failed", ""),
    "many-headers": (answer(b"a", x="a" + "\r\nx: a" * 200_000), "fetch-failed", ""),
    "no-http": (b"hello there\r\n\r\n", "fetch-failed", ""),
    "picture": (answer(b"\x89PNG\r\n\x1a\n" + bytes(5000)), "binary", "PNG"),
    "broken-feed": (answer(b"<rss><channel><item><title>cut o", kind="application/rss+xml"), "no-article", "entry"),
    "laughs": (answer(LAUGHS + RSS, kind="application/rss+xml"), "no-article", "entry"),
    "laughs-in-sitemap": (
        answer(LAUGHS + b"<urlset><url><loc>&j;</loc></url></urlset>", kind="text/xml"),
        "no-article",
        "sitemap",
    ),
    "tags": (answer(b"<html><body>" + b"<b>" * 200_000), "too-large", "tags"),
    "deep": (answer(b"<html><body>" + b"<div>" * 20_000 + b"The ferry left at nine."), "no-article", ""),
    "packed-pdf": (answer(pdf(packed(b"(a) Tj ", 150, zlib.MAX_WBITS)), kind="application/pdf"), "t|n|u", "PDF"),
    "odd-charset": (answer(GOOD, kind="text/html; charset=hex_codec"), "article", "denied"),
    "wrong-charset": (answer(GOOD, kind="text/html; charset=utf-16"), "n|l|e", ""),
}  # fmt: skip
MOVING: dict[str, tuple[Callable[[socket.socket], None], str, str]] = {
    "index-of-itself": (index_of_itself, "too-large", "index"),
    "drip": (lambda connection: drip(connection, answer(GOOD)), "fetch-failed", "no answer within"),
    "silent": (lambda _: time.sleep(30 if LONG else 3), "fetch-failed", "no answer within"),
    "endless": (
        lambda connection: pour(
            connection,
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n",
            chunked=True,
        ),
        "too-large",
        "longer than",
    ),
    "no-length": (
        lambda connection: pour(connection, b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n", chunked=False),
        "too-large",
        "longer than",
    ),
    "endless-headers": (
        lambda connection: pour(connection, b"HTTP/1.1 200 OK\r\nx: ", chunked=False),
        "fetch-failed",
        "",
    ),
}
CASES = {name: case[1:] for name, case in (WHOLE | MOVING).items()} | {
    "plain-behind-tls": ("refused", "secure"),
    "own-certificate": ("refused", "certificate"),
}


def talk(connection: socket.socket) -> None:
    """Answer one request as its path says, and close."""
    with suppress(OSError), connection:
        connection.settimeout(10)
        path = first_line(connection)
        if path == "good":
            connection.sendall(answer(GOOD))
        elif path in MOVING:
            MOVING[path][0](connection)
        elif path in WHOLE:
            connection.sendall(WHOLE[path][0])
        else:
            connection.sendall(answer(status="404 None"))


def first_line(connection: socket.socket) -> str:
    """Return the path of a request."""
    return connection.recv(65_536).split(b" ")[1].decode("latin-1").strip("/")


def serve(listener: socket.socket, context: ssl.SSLContext | None = None) -> None:
    """Answer each connection in a thread of its own, until the listener is closed."""
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with suppress(OSError):
                wrapped = context.wrap_socket(connection, server_side=True) if context else connection
                Thread(target=talk, args=(wrapped,), daemon=True).start()


def own_certificate(folder: Path) -> ssl.SSLContext:
    """Return the context of a server whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Let a reader in a process of its own meet every case, and give what it found."""
    plain, secure = socket.create_server(("127.0.0.1", 0)), socket.create_server(("127.0.0.1", 0))
    context = own_certificate(tmp_path_factory.mktemp("tls"))
    for listener, tls in ((plain, None), (secure, context)):
        Thread(target=serve, args=(listener, tls), daemon=True).start()
    base = f"http://127.0.0.1:{plain.getsockname()[1]}"
    urls = {name: f"{base}/{name}" for name in CASES}
    urls["plain-behind-tls"] = base.replace("http:", "https:") + "/good"
    urls["own-certificate"] = f"https://127.0.0.1:{secure.getsockname()[1]}/good"
    asked = {"good": f"{base}/good", "urls": urls, "limits": {} if LONG else SHORT, "pause": 1.0 if LONG else 0.1}
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    done = subprocess.run(
        [sys.executable, "-c", READER],
        input=json.dumps(asked), capture_output=True, text=True, timeout=3_000, env=environment, check=False,
    )  # fmt: skip
    plain.close()
    secure.close()
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", CASES)
def test_each_case_ends_in_time_with_a_named_reason(name: str, met: dict[str, Any]) -> None:
    found, (kind, words) = met["found"][name], CASES[name]
    assert any(found["kind"].startswith(one) for one in kind.split("|")), found
    assert any(word in found["detail"] for word in words.split("|")), found
    assert found["detail"]
    assert "secret" not in found["detail"]
    assert found["seconds"] < (60 if LONG else 25)


def test_memory_stays_within_its_roof(met: dict[str, Any]) -> None:
    assert 0 < met["peak"] - met["idle"] < MEMORY
