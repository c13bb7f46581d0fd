import socket
from collections.abc import Callable
from threading import Event
from time import monotonic

import httpx2
import pytest
from httpcore2 import ConnectError, ConnectTimeout, ReadTimeout, SyncBackend

from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.download import Downloader
from tasks.reading.guard import GuardedBackend, is_public, permitted, remaining
from tasks.reading.item import ReadingLimits
from tasks.reading.patience import Patience


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse, not to serve on
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("not an address", False),
        ("168.63.129.16", False),  # metadata services of clouds
        ("192.0.0.192", False),
        ("100.100.100.200", False),
        ("fd00:ec2::254", False),
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::a9fe:a9fe", False),
        ("::7f00:1", False),
        ("::ffff:0:127.0.0.1", False),
        ("2001:0:7f00:1::", False),
        ("fec0::1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1",
        "017700000001", "0", "0.0", "::1", "::", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1",
    ],
)  # fmt: skip
def test_no_spelling_of_this_machine_gets_through(host: str) -> None:
    with pytest.raises(UnreadableArticleError, match="private or local"):
        permitted(host, 80, frozenset())


def test_a_host_may_be_allowed_by_name_or_by_address() -> None:
    assert permitted("127.0.0.1", 80, frozenset({"127.0.0.1"})) == ["127.0.0.1"]
    assert "127.0.0.1" in permitted("localhost", 80, frozenset({"localhost"}))
    assert permitted("127.1", 80, frozenset({"127.0.0.1"})) == ["127.0.0.1"]


def test_one_private_address_among_public_ones_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(None, None, None, "", (address, 80)) for address in ("10.0.0.1", "93.184.216.34")]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert permitted("bay.example", 80, frozenset()) == ["93.184.216.34"]


@pytest.mark.parametrize("later", ["10.0.0.1", "127.0.0.1", "169.254.169.254"])
def test_a_name_that_changes_its_address_is_judged_by_the_one_that_is_used(
    later: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the first answer is public, every later one is not."""
    answers, reached = ["93.184.216.34"], list[str]()

    def answer(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(None, None, None, "", (answers.pop() if answers else later, 80))]

    def connect(_: object, host: str, *__: object) -> None:
        reached.append(host)
        raise ConnectError("nobody answers")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr(SyncBackend, "connect_tcp", connect)
    monkeypatch.setattr("tasks.reading.download.sleep", lambda _: None)
    with pytest.raises(UnreadableArticleError, match="private or local"):
        Downloader(ReadingLimits(delay_seconds=0)).fetch("http://bay.example/")
    assert reached == ["93.184.216.34"]  # that of robots.txt; the try after it met the private one


def test_a_look_up_that_never_ends_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Event()

    def never(*_: object, **__: object) -> list[tuple[object, ...]]:
        gate.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    started = monotonic()
    with pytest.raises(ConnectTimeout):
        permitted("bay.example", 80, frozenset(), 0.1)
    gate.set()
    assert monotonic() - started < 3


def test_every_client_has_the_guard_where_the_library_looks_for_it() -> None:
    """The library has no public door for a backend: this fails on the day that the private one moves."""
    downloader = Downloader(ReadingLimits())
    asked: list[str] = []

    class Watched(GuardedBackend):
        def connect_tcp(self, host: str, *_: object, **__: object) -> None:  # type: ignore[override]
            asked.append(host)
            raise UnreadableArticleError.__new__(UnreadableArticleError)

    with downloader.network.client(Patience.of(5)) as client:
        assert isinstance(client._transport, httpx2.HTTPTransport)
        assert isinstance(client._transport._pool._network_backend, GuardedBackend)
        client._transport._pool._network_backend = Watched((), monotonic() + 5)
        with pytest.raises(UnreadableArticleError):
            client.get("http://bay.example/")
    assert asked == ["bay.example"]


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
def test_the_environment_cannot_lead_around_the_guard(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    with pytest.raises(UnreadableArticleError, match="private or local"):
        Downloader(ReadingLimits()).fetch("http://localhost/")


def test_no_step_goes_beyond_the_deadline() -> None:
    assert remaining(monotonic() + 5, 2) == 2
    assert remaining(monotonic() + 5, 20) < 5.1
    with pytest.raises(ReadTimeout):
        remaining(monotonic() - 1, 20)


def test_a_name_that_nobody_knows_may_be_known_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Callable[[], None]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    monkeypatch.setattr("tasks.reading.download.sleep", lambda _: None)
    with pytest.raises(FetchError, match="could not be looked up"):
        Downloader(ReadingLimits()).fetch("http://bay.example/")
