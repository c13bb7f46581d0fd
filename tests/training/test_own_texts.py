"""What the marks of our own texts are read into, and what is refused; the texts that are shipped can all be read."""

from pathlib import Path

import pytest

from training.attribution.own_texts import Attribution, MarkError, Row, read_own

OWN = Path(__file__).parents[2] / "training" / "attribution" / "own"


def read(folder: Path, marked: str) -> list[Row]:
    """Return what is read from a file that holds this."""
    path = folder / "harbour.txt"
    path.write_text(marked, encoding="utf-8")
    return read_own(path)


def words(row: Row, attribution: Attribution) -> tuple[list[str], list[str], list[str]]:
    """Return source, cue and content as words of the text."""
    parts = (attribution["source"] or [], attribution["cue"] or [], attribution["content"])
    source, cue, content = ([row["text"][start:end] for start, end in spans] for spans in parts)
    return source, cue, content


@pytest.mark.parametrize(
    ("marked", "text", "expected"),
    [
        pytest.param(
            "{s1:The vet} {c1:denies} {k1:that the goat was ill}.",
            "The vet denies that the goat was ill.",
            [(["The vet"], ["denies"], ["that the goat was ill"])],
            id="one of each",
        ),
        pytest.param(
            "{k1:“It was,”} {s1:she} {c1:said}, {k1:“not ours.”}\n\n{k0:“Nor yours.”}",
            "“It was,” she said, “not ours.”\n\n“Nor yours.”",
            [(["she"], ["said"], ["“It was,”", "“not ours.”", "“Nor yours.”"])],
            id="a content in parts goes on in the next paragraph",
        ),
        pytest.param(
            "{s1+2:Ola} {c1:resigned, saying} {k1:he was tired} and {c2:refused} {k2:to add anything}.",
            "Ola resigned, saying he was tired and refused to add anything.",
            [(["Ola"], ["resigned, saying"], ["he was tired"]), (["Ola"], ["refused"], ["to add anything"])],
            id="a source of two attributions",
        ),
        pytest.param(
            "{k1:The toll} {c1:is expected} {k1:to rise}.\n{s1:Q}{c1::} {k1:Why?}",
            "The toll is expected to rise.\nQ: Why?",
            [([], ["is expected"], ["The toll", "to rise"]), (["Q"], [":"], ["Why?"])],
            id="numbers begin again in each paragraph; a colon is a cue",
        ),
        pytest.param("The ferry sank.", "The ferry sank.", [], id="nobody says anything"),
    ],
)
def test_reads_marks(
    tmp_path: Path, marked: str, text: str, expected: list[tuple[list[str], list[str], list[str]]]
) -> None:
    (row,) = read(tmp_path, f"=== Two goats\n\n{marked}\n\n")
    assert row["text"] == text
    assert [words(row, attribution) for attribution in row["attributions"]] == expected


def test_articles_are_named_by_file_and_title(tmp_path: Path) -> None:
    rows = read(tmp_path, "=== First of May\nOne.\n=== Second\nTwo.\n\nThree.\n")
    assert [(row["id"], row["text"]) for row in rows] == [
        ("own/harbour/first-of-may", "One."),
        ("own/harbour/second", "Two.\n\nThree."),
    ]


def test_reads_the_files_of_a_folder_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("quay.txt", "buoy.txt", "README.md"):
        (tmp_path / name).write_text("=== One\nPlain.\n", encoding="utf-8")
    assert [row["id"] for row in read_own(tmp_path)] == ["own/buoy/one", "own/quay/one"]


@pytest.mark.parametrize(
    ("marked", "wrong"),
    [
        pytest.param("{s1:She} {c1:said", "{c1: is not closed", id="open at the end of the paragraph"),
        pytest.param("{k1:he {c1:said} so}", "{c1: opens inside {k1:", id="nested"),
        pytest.param("She said} so", "} at column 9 belongs to no mark", id="closed without being opened"),
        pytest.param("{q1:She} said so", "{ at column 1 belongs to no mark", id="unknown role"),
        pytest.param("{s1:She} {c1:said} so", "attribution 1 has no content", id="no content"),
        pytest.param("{c1:said} {k1: so}", "space at its edge", id="space inside the mark"),
        pytest.param("{c1:said} {k1:}", "is empty", id="empty"),
        pytest.param("{k0:“Nor yours.”}", "after an attribution", id="goes on from nothing"),
        pytest.param("=== One", "used before", id="title twice"),
    ],
)
def test_refuses_and_names_the_place(tmp_path: Path, marked: str, wrong: str) -> None:
    with pytest.raises(MarkError) as raised:
        read(tmp_path, f"=== One\nPlain.\n\n{marked}\n")
    assert "harbour.txt:4: " in str(raised.value)
    assert wrong in str(raised.value)


def test_text_before_the_first_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarkError, match=r"harbour\.txt:1: text before the first title"):
        read(tmp_path, "Plain.\n")


def test_the_shipped_texts_can_be_read() -> None:
    rows = read_own(OWN)
    assert len(rows) >= 100
    assert len({row["id"] for row in rows}) == len(rows)
    assert not [row["id"] for row in rows if {"{", "}"} & set(row["text"])]
