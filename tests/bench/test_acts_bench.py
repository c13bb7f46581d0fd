import json
import sys
from pathlib import Path

import pytest

from bench import acts
from tasks.attribution.tagger.weights import RULES

TEXT = "The ministry denied any leak. The mayor said that the river was clean. The clerk sorted the post."
MARKS = [
    ("any leak", "denied", ("deny", "against", "certain")),
    ("that the river was clean", "said", ("judge", "for", "certain")),  # a label that our answer cannot meet
    ("the post", "sorted", ("nothing", "none", "certain")),
]


def place(words: str) -> list[list[int]]:
    return [[TEXT.index(words), TEXT.index(words) + len(words)]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    labels = [
        {"id": acts.hash_of("n1"), "content": place(content), "cue": place(cue)}
        | dict(zip(("act", "position", "certainty"), answer, strict=True))
        for content, cue, answer in MARKS
    ]
    (tmp_path / "labels.jsonl").write_text("".join(json.dumps(label) + "\n" for label in labels))
    monkeypatch.setenv("RASHOMON_EXTRACTOR", RULES)  # what is measured here is the arithmetic, not the extractor
    monkeypatch.setattr(acts, "LABELS", tmp_path / "labels.jsonl")
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "n1", "text": TEXT, "attributions": []}) + "\n")
    return path


def bench(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["bench.acts", *map(str, arguments)])
    acts.main()


def test_figures_stand_beside_the_baseline(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench(monkeypatch, data, "--part", "all")

    lines = capsys.readouterr().out.splitlines()
    found, alone, baseline = (
        next(line for line in lines if line.startswith(name))
        for name in ("extractor, what it found", "judge alone", "  everything a certain assertion")
    )
    for line in (found, alone):
        assert "    2  act 0.500  position 1.000" in line
        assert "denials 1.000" in line
    assert "act 0.000  position 0.500" in baseline


def test_errors_of_the_kept_part_stay_hidden(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [part] = {"kept" if label.kept else "open" for label in acts.read_labels("all")}
    bench(monkeypatch, data, "--part", part, "--errors", 9)

    assert ("the river was clean" in capsys.readouterr().out) == (part == "open")


def test_a_missing_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        bench(monkeypatch, tmp_path / "none.jsonl")

    assert "none.jsonl: no such file" in capsys.readouterr().err


def test_every_label_is_a_known_word() -> None:
    known = {"assert", "deny", "allege", "accuse", "confirm", "judge", "hedge", "urge", "promise", "decline", "retract"}
    labels = acts.read_labels("all")

    assert {label.answer[0] for label in labels} == known | {"attitude", "question"}
    assert {label.answer[1:] for label in labels if label.answer[0] == "question"} == {("none", "certain")}
