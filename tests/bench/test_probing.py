"""The probes are pairs with an answer, half of them kept aside, and are counted by what a judge calls them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import probing
from bench.probing import ALIKE, TABLES, lines_of, read_probes, spread
from tasks.comparison.judge import Judgement, Label

NAMES = {*map(str, Label), ALIKE}


class Always:
    """Finds every pair in conflict."""

    def judge(self, pairs: Sequence[tuple[str, str]], cosines: Sequence[float] | None = None) -> list[Judgement]:
        assert cosines is None
        return [Judgement(probabilities={Label.AGREE: 0.1, Label.CONFLICT: 0.8, Label.NEUTRAL: 0.1}) for _ in pairs]


def test_a_row_is_two_texts() -> None:
    assert spread("{Two|Six} men {wait|run}.") == ("Two men wait.", "Six men run.")


@pytest.mark.parametrize("table", TABLES)
def test_each_table_has_two_halves_of_different_pairs(table: str) -> None:
    probes = list(read_probes(table))
    assert {probe.expected for probe in probes} <= NAMES
    assert all(left != right for probe in probes for left, right in probe.pairs)
    pairs = Counter(pair for probe in probes for pair in probe.pairs)
    assert pairs.most_common(1)[0][1] == 1
    halves = {half: [(one.expected, one.kind) for one in probes if one.half == half] for half in ("tuned", "kept")}
    assert halves["tuned"] == halves["kept"]


def test_what_a_judge_says_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "load_crossencoder", lambda _: Always())
    monkeypatch.setattr(probing, "load_judge", lambda _: Always())
    head, first, *_ = lines_of("one_word", "kept", "any")
    assert head == "== one_word, kept: agree / conflict / neutral"
    assert " ".join(first.split()) == "conflict cardinal 20 network 0 / 20 / 0 joined 0 / 20 / 0"


def test_a_judge_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["probing", "--judge", str(Path("nowhere"))])
    assert probing.main() == 2
    assert "nowhere" in capsys.readouterr().err
