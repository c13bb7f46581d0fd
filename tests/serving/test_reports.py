"""The report folder over HTTP: the pages are there, and nothing else is, however it is asked for."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tasks.serving.reports import HEADERS, serving_reports

PAGE = "report-20240301T120000Z-abcd1234.html"
PART = "report-20240301T120000Z-abcd1234/finding-1f.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "index.html").write_text("<p>newest: “mill”</p>", encoding="utf-8")
    (reports / PAGE).write_text("<p>one run</p>")
    (reports / "reports.json").write_text("[]")
    (reports / ".secret.html").write_text("secret")
    (reports / "notes.html").write_text("secret")
    (tmp_path / "rashomon.toml").write_text("secret")
    (tmp_path / PAGE).write_text("secret")
    (reports / PART).parent.mkdir()
    (reports / PART).write_text("<p>one finding</p>")
    (reports / PART).with_name("notes.html").write_text("secret")
    (tmp_path / "led").mkdir()
    (tmp_path / "led" / "finding-1f.html").write_text("secret")
    (reports / "report-20240301T120000Z-led").symlink_to(tmp_path / "led")
    (reports / "report-20240301T120000Z-feed.html").symlink_to(tmp_path / "rashomon.toml")
    return reports


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    with serving_reports(folder, 0) as address:
        yield int(address.rpartition(":")[2])


def ask(port: int, target: str, method: str = "GET", host: str | None = None) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, target, skip_host=True)
        connection.putheader("Host", host if host is not None else f"127.0.0.1:{port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer, answer.read().decode("utf-8")
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        pytest.param("/", "newest: “mill”", id="the newest"),
        pytest.param("/index.html", "newest", id="its name"),
        pytest.param("/index.html?from=ui", "newest", id="a query"),
        pytest.param(f"/{PAGE}", "one run", id="a report"),
        pytest.param(f"/{PART}", "one finding", id="a part of a large one"),
    ],
)
def test_a_page_is_served(target: str, words: str, port: int) -> None:
    answer, body = ask(port, target)

    assert answer.status == 200
    assert words in body
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "target",
    [
        "/reports.json",
        "/notes.html",
        "/.secret.html",
        "/../rashomon.toml",
        f"/../{PAGE}",
        f"/..%2f{PAGE}",
        f"//{PAGE}/..",
        "/%2e%2e/rashomon.toml",
        "/report-20240301T120000Z-feed.html",  # a link that leads out of the folder
        "/report-20240301T120000Z-none.html",
        "/report-20240301T120000Z-abcd1234/",
        "/report-20240301T120000Z-abcd1234/notes.html",
        "/report-20240301T120000Z-led/finding-1f.html",  # its folder is a link that leads out
        "/./index.html",
        "/sub/",
        "http://[",
    ],
)
def test_nothing_else_is(target: str, port: int) -> None:
    answer, body = ask(port, target)

    assert answer.status == 404
    assert "secret" not in body


def test_every_answer_carries_the_headers_that_keep_others_out(port: int) -> None:
    for target in ("/", "/nothing"):
        answer, _ = ask(port, target)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "Python" not in answer.headers["Server"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "", "127.0.0.1", "127.0.0.1:1"])
def test_a_foreign_name_is_not_answered(host: str, port: int) -> None:
    """A page of strangers can have its own name lead to this machine (DNS rebinding), and would read the answer."""
    answer, body = ask(port, "/", host=host.format(port=port))

    assert answer.status == 421
    assert "newest" not in body


def test_the_other_name_of_this_machine_is(port: int) -> None:
    assert ask(port, "/", host=f"localhost:{port}")[0].status == 200


def test_head_tells_the_same_without_the_page(port: int) -> None:
    page, _ = ask(port, "/")
    head, body = ask(port, "/", method="HEAD")

    assert (head.status, body) == (200, "")
    assert head.headers["Content-Length"] == page.headers["Content-Length"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_report_can_only_be_read(method: str, port: int) -> None:
    answer, _ = ask(port, "/", method=method)

    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_before_the_first_run_it_says_so(tmp_path: Path) -> None:
    with serving_reports(tmp_path / "none-yet", 0) as address:
        answer, body = ask(int(address.rpartition(":")[2]), "/")

    assert answer.status == 404
    assert "once a run has ended" in body


def test_only_this_machine_is_listened_to(port: int) -> None:
    with socket.socket() as probe:
        probe.settimeout(5)
        with pytest.raises(OSError, match="refused"):
            probe.connect(("127.0.0.2", port))  # as loopback as the other, and still not the address that is bound
