"""Children, as real processes: they stop when asked and when their parent is gone, and start again when they die."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

from tasks.model.errors import InputError, RashomonError
from tasks.serving import keeping
from tasks.serving.child import MAX_LOG, Child, Plan, last_lines
from tasks.serving.keeping import Kept, Notice
from tasks.serving.place import only_one
from tasks.serving.ports import claim_port, is_free
from tasks.serving.serve import stop_signals
from tasks.settings import ROOT
from tests.serving.machine import free_port

PLAIN = "import time; print('at work', flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {PLAIN}"
PARENT = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); "


def plan(folder: Path, code: str, *, patience: float = 20, outlives: float = 0) -> Plan:
    (folder / "childs_play.py").write_text(code)
    path = os.pathsep.join([str(ROOT), str(folder)])
    return Plan(
        name="the child",
        module="childs_play",
        arguments=(),
        environment=os.environ | {"PYTHONPATH": path},
        log=folder / "child.log",
        patience=patience,
        outlives=outlives,
    )


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "not within a minute"
        time.sleep(0.05)


def at_work(folder: Path) -> Callable[[], bool]:
    return lambda: (folder / "child.log").exists() and "at work" in (folder / "child.log").read_text()


def group_is_gone(leader: int) -> bool:
    """Return whether nobody of a process group is alive; what is dead and not yet buried does not count."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, group = path.read_text().rpartition(")")[2].split()[:3]
            if int(group) == leader and state != "Z":
                return False
    return True


def notices() -> tuple[list[Notice], Callable[[Notice], None]]:
    told: list[Notice] = []
    return told, told.append


def test_a_child_stops_when_it_is_asked(tmp_path: Path) -> None:
    told, tell = notices()
    kept = Kept(plan(tmp_path, PLAIN), tell)
    kept.look()
    until(at_work(tmp_path))

    kept.stop(Event())

    assert kept.child is not None
    assert kept.child.status == -signal.SIGTERM
    assert told == []


@pytest.mark.parametrize("hurried", [False, True])
def test_one_that_will_not_is_ended(tmp_path: Path, hurried: bool) -> None:
    told, tell = notices()
    kept = Kept(plan(tmp_path, STUBBORN, patience=600 if hurried else 0.5), tell)
    kept.look()
    until(at_work(tmp_path))
    hurry = Event()
    if hurried:
        hurry.set()

    kept.stop(hurry)

    assert kept.child is not None
    assert kept.child.status == -signal.SIGKILL
    assert [notice.event for notice in told] == ["ended"]


def test_what_a_dead_child_started_is_ended_and_the_child_starts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PAUSES", (0, 0))
    told, tell = notices()
    kept = Kept(plan(tmp_path, PARENT + PLAIN), tell)
    kept.look()
    first = kept.child
    assert first is not None
    until(at_work(tmp_path))
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait(60)

    kept.look()
    until(lambda: group_is_gone(first.process.pid))
    kept.look()

    assert kept.child is not None
    assert kept.child.process.pid != first.process.pid
    kept.stop(Event())
    assert [(notice.event, notice.fields["status"]) for notice in told] == [("died", -9)]
    assert "started again" in told[0].text


@pytest.mark.parametrize(
    ("code", "deaths", "words"),
    [
        pytest.param("raise SystemExit('no luck today')", 2, "ended 3 times in a row", id="again and again"),
        pytest.param("import sys; print('no such thing'); sys.exit(2)", 0, "no such thing", id="wrong use"),
    ],
)
def test_a_child_that_keeps_dying_is_given_up(
    code: str, deaths: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PAUSES", (0, 0))
    told, tell = notices()
    kept = Kept(plan(tmp_path, code), tell)

    def given_up() -> bool:
        kept.look()
        return False

    with pytest.raises(RashomonError, match=words) as error:
        until(given_up)

    assert len(told) == deaths
    assert "child.log" in str(error.value)
    assert ("no luck today" if deaths else "no such thing") in str(error.value)


def test_a_child_is_not_started_before_all_is_ready_for_it(tmp_path: Path) -> None:
    kept = Kept(plan(tmp_path, PLAIN), notices()[1], ready=lambda: False)

    kept.look()

    assert kept.child is None
    kept.stop(Event())


def test_a_child_leaves_with_its_parent(tmp_path: Path) -> None:
    """The parent is killed, and so can tell its children nothing."""
    made = plan(tmp_path, PLAIN)
    start = (
        "import os, time; from pathlib import Path; from tasks.serving.child import Child, Plan\n"
        "plan = Plan(name='x', module='childs_play', arguments=(), environment=dict(os.environ), "
        f"log=Path({str(made.log)!r}), patience=1)\n"
        "print(Child(plan).process.pid, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", start]
    with subprocess.Popen(command, env=dict(made.environment), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        until(at_work(tmp_path))
        assert not group_is_gone(child)
        parent.kill()

    until(lambda: group_is_gone(child))


def test_a_child_hears_the_interrupts_that_a_shell_has_switched_off(tmp_path: Path) -> None:
    code = "import signal; print('at work', signal.getsignal(signal.SIGINT), flush=True); import time; time.sleep(600)"
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        child = Child(plan(tmp_path, code))
    finally:
        signal.signal(signal.SIGINT, before)
    until(at_work(tmp_path))
    child.end()

    assert "default_int_handler" in last_lines(tmp_path / "child.log")


def test_a_log_that_has_grown_too_long_begins_anew(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    log.write_bytes(b"x" * (MAX_LOG + 1))
    child = Child(plan(tmp_path, PLAIN))
    until(at_work(tmp_path))
    child.end()

    assert log.stat().st_size < 1000
    assert (tmp_path / "child.1.log").stat().st_size == MAX_LOG + 1


def test_a_folder_is_for_one(tmp_path: Path) -> None:
    with (
        only_one(tmp_path / "new", "serving") as killed,
        pytest.raises(InputError, match=f"serving: process {os.getpid()} does so"),
        only_one(tmp_path / "new", "serving"),
    ):
        pass

    assert not killed
    with only_one(tmp_path / "new", "serving") as killed:
        assert not killed
    (tmp_path / "new" / "serve.lock").write_text("4711\n")  # what one that was killed leaves
    with only_one(tmp_path / "new", "serving") as killed:
        assert killed


def test_a_port_that_another_program_has_is_told() -> None:
    port = free_port()
    claim_port(port, "--port")
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as other:
        try:
            until(lambda: not is_free(port))
            with pytest.raises(InputError, match=f"port {port} is taken by another program.*--port"):
                claim_port(port, "--port")
        finally:
            other.terminate()


def test_the_first_signal_stops_and_the_second_hurries() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stop_signals() as (stopping, hurry):
        signal.raise_signal(signal.SIGTERM)
        assert (stopping.is_set(), hurry.is_set()) == (True, False)
        signal.raise_signal(signal.SIGINT)
        assert hurry.is_set()

    assert signal.getsignal(signal.SIGTERM) is before
