"""Extraction that takes too long ends, in whatever thread it runs, and nothing hits who comes after."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tasks.settings import Settings
from tasks.steps.timelimit import TimeLimitError, seconds_for, time_limit


def spin(until: float) -> str:
    while time.monotonic() < until:
        pass
    return "done"


def test_a_loop_in_another_thread_ends() -> None:
    def work() -> str:
        with time_limit(0.1):
            return spin(time.monotonic() + 60)

    with ThreadPoolExecutor(1) as pool, pytest.raises(TimeLimitError, match="longer than it may"):
        pool.submit(work).result()


def test_what_is_done_in_time_is_left_alone_afterwards() -> None:
    with time_limit(0.05):
        assert spin(time.monotonic()) == "done"

    assert spin(time.monotonic() + 0.2) == "done"


def test_a_long_text_may_take_longer() -> None:
    settings = Settings()

    assert seconds_for("", settings) == settings.limits.extract_seconds
    assert seconds_for("a" * 200_000, settings) == settings.limits.extract_seconds + 100
