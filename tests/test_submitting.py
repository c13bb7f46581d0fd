"""The two places where verbs run must not be told apart by what they give: see also the exports in tests/flows."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from tasks.model.errors import RashomonError
from tasks.submitting import Future, as_completed, in_threads, naming_dead_processes, submit

Place = Callable[[Callable[[], object]], object]


@task(task_run_name="halve-{number}", cache_policy=NO_CACHE)
def halve(number: int, *, slowly: bool = False) -> int:
    if slowly:
        time.sleep(0.3)
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


@task(cache_policy=NO_CACHE)
def add(numbers: list[int]) -> int:
    return sum(numbers)


def with_prefect(body: Callable[[], object]) -> object:
    return flow(name="body")(body)()


def in_two_threads(body: Callable[[], object]) -> object:
    with in_threads(2):
        return body()


@pytest.fixture(params=["threads", pytest.param("prefect", marks=pytest.mark.server)])
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "threads":
        return in_two_threads
    request.getfixturevalue("prefect_server")
    return with_prefect


def test_futures_among_the_arguments_become_results(place: Place) -> None:
    def body() -> int:
        return submit(add, [submit(halve, 4), 5, submit(halve, submit(halve, 12))]).result()

    assert place(body) == 10


def test_many_verbs_that_wait_for_each_other_block_no_thread(place: Place) -> None:
    def body() -> int:
        halves = [submit(halve, number, slowly=number < 4) for number in range(0, 40, 2)]
        sums = [submit(add, [left, right]) for left, right in zip(halves, reversed(halves), strict=True)]
        return submit(add, sums, wait_for=halves).result()

    assert place(body) == 2 * sum(range(20))


def test_they_come_as_they_end(place: Place) -> None:
    def body() -> list[int]:
        return [one.result() for one in as_completed([submit(halve, 2, slowly=True), submit(halve, 4)])]

    assert place(body) == [2, 1]


def test_what_fails_says_so_and_stops_what_waits_for_it(place: Place) -> None:
    seen: list[str] = []

    def body() -> int:
        odd: Future[int] = submit(halve, 3)
        after: Future[int] = submit(add, [2], wait_for=[odd])
        for one in (odd, after):
            try:
                one.result()
            except Exception as error:  # noqa: BLE001  (what comes out is what is asked for)
                seen.append(str(error))
        return submit(halve, 2).result()

    assert place(body) == 1
    assert seen[0] == "3 is odd"
    assert len(seen) == 2


def test_a_killed_process_is_told_in_one_sentence() -> None:
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        pytest.raises(RashomonError, match="a process of this run was killed"),
        naming_dead_processes(),
    ):
        pool.submit(os._exit, 1).result()


def test_without_prefect_each_verb_is_logged_by_its_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "rashomon.run"), in_threads(1):
        submit(halve, 8).result()

    assert [record.getMessage().partition(" in ")[0] for record in caplog.records] == [
        "halve-8: begun",
        "halve-8: done",
    ]
