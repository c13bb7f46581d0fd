import pytest

from bench import pace


@pytest.mark.parametrize("words", [pace.WORDS, 12])
def test_claims_have_the_words_that_they_are_said_to_have(words: int) -> None:
    pairs = pace.make_pairs(words)

    assert len(pairs) == pace.PAIRS
    assert {len(text.split()) for pair in pairs for text in pair} == {words}
    assert pairs == pace.make_pairs(words), "the same in every run"
    assert len(set(pairs)) == len(pairs), "and no pair twice"


def test_the_first_run_is_not_counted() -> None:
    runs: list[int] = []

    assert pace.quickest(lambda: runs.append(len(runs)), runs=3) >= 0.0
    assert len(runs) == 4
