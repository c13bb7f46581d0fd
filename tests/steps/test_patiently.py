"""A transaction is tried again where the database was lost, and nowhere else."""

import pickle

import pytest

from tasks.model.errors import DatabaseError
from tasks.steps.patiently import patiently


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr("tasks.steps.patiently.time.sleep", waited.append)
    return waited


def failing(times: int, *, passing: bool) -> tuple[list[int], DatabaseError]:
    return list(range(times)), DatabaseError("the database is away", passing=passing)


def test_a_lost_database_is_asked_again_until_it_is_back(waits: list[float]) -> None:
    left, error = failing(3, passing=True)

    @patiently
    def work(answer: str) -> str:
        if left:
            left.pop()
            raise error
        return answer

    assert work("stored") == "stored"
    assert waits == [1, 2, 4]


def test_after_a_minute_the_error_is_told(waits: list[float]) -> None:
    @patiently
    def work() -> None:
        raise DatabaseError("the database is away", passing=True)

    with pytest.raises(DatabaseError, match="away"):
        work()
    assert sum(waits) == 60


@pytest.mark.parametrize("error", [DatabaseError("the disk is full", passing=False), ValueError("a bug")])
def test_nothing_else_is_tried_again(error: Exception, waits: list[float]) -> None:
    @patiently
    def work() -> None:
        raise error

    with pytest.raises(type(error)):
        work()
    assert waits == []


def test_the_error_comes_whole_out_of_another_process() -> None:
    error = pickle.loads(pickle.dumps(DatabaseError("the disk is full", passing=False)))  # noqa: S301  (our own)

    assert (str(error), error.passing) == ("the disk is full", False)
