import pytest

from tasks.comparison import remembered as room
from tasks.comparison.remembered import forget_all, remembered


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_forgetting", [])


def test_an_answer_is_kept_until_all_is_forgotten() -> None:
    asked: list[str] = []

    @remembered(2)
    def read(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert [read("one"), read("one"), read("two")] == ["ONE", "ONE", "TWO"]
    assert asked == ["one", "two"]
    forget_all()
    assert read("one") == "ONE"
    assert asked == ["one", "two", "one"]


def test_no_more_is_kept_than_asked_for() -> None:
    asked: list[int] = []

    @remembered(1)
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(1), double(2), double(1)] == [2, 4, 2]
    assert asked == [1, 2, 1]
