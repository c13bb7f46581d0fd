"""What is free is handed back, and a C library that cannot do it is no trouble."""

import ctypes
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tasks.steps import trimming
from tasks.steps.trimming import give_back


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    trimming._trim.cache_clear()
    yield
    trimming._trim.cache_clear()


def test_the_library_is_asked_once_for_its_call_and_each_time_to_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    opened: list[object] = []

    def open_library(name: object) -> object:
        opened.append(name)
        return SimpleNamespace(malloc_trim=asked.append)

    monkeypatch.setattr(ctypes, "CDLL", open_library)
    give_back()
    give_back()
    assert (asked, opened) == ([0, 0], [None])


@pytest.mark.parametrize("fault", [AttributeError, OSError, TypeError])
def test_another_library_is_left_alone(fault: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_name: object) -> object:
        raise fault

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    give_back()


def test_it_runs_here() -> None:
    give_back()
