import os
from pathlib import Path

import pytest

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.errors import InputError
from tasks.reading.inputs import Input, InputKind, ReadingLimits, find_inputs, text_input

LIMITS = ReadingLimits()


def names(found: list[Input | SetAside]) -> list[str]:
    """Return the last parts of the names."""
    return [item.name.rsplit("/", 1)[-1] for item in found]


def reasons(found: list[Input | SetAside]) -> dict[str, SetAsideReason]:
    """Return why what was set aside was set aside."""
    return {item.name.rsplit("/", 1)[-1]: item.reason for item in found if isinstance(item, SetAside)}


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/a.html", "a.txt", ".hidden", "README.md", "LICENSE", "notes", "script.js"):
        (tmp_path / name).write_text("He left.")
    found = list(find_inputs([str(tmp_path)], limits=LIMITS))
    assert names(found) == ["a.txt", "a.html", "c.txt", "notes", "script.js"]
    assert reasons(found) == {"script.js": SetAsideReason.UNSUPPORTED}
    assert all(Path(item.path).is_absolute() for item in found if isinstance(item, Input))


def test_what_cannot_be_read_has_its_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(50_000_000)  # takes no room on the disk
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "gone").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "lines.jsonl").write_text('{"text": "He left."}\nbroken\n')
    found = list(find_inputs([str(tmp_path)], limits=LIMITS))
    assert reasons(found) == {
        "gone": SetAsideReason.NOT_FOUND,
        "lines.jsonl#2": SetAsideReason.BAD_RECORD,
        "long.txt": SetAsideReason.TOO_LARGE,
        "loop": SetAsideReason.LINK_LOOP,
        "picture.txt": SetAsideReason.BINARY,
        "pipe": SetAsideReason.UNSUPPORTED,
        "self": SetAsideReason.LINK_LOOP,
    }
    # An empty file is told when it is read, with those that hold nothing but white space.
    assert [item.name.rsplit("/", 1)[-1] for item in found if isinstance(item, Input)] == ["empty.txt", "lines.jsonl#1"]


def test_folders_that_link_to_each_other_end(tmp_path: Path) -> None:
    for name in "abcdef":
        (tmp_path / name).mkdir()
        (tmp_path / name / "text.txt").write_text("He left.")
        for other in "abcdef":
            (tmp_path / name / f"to-{other}").symlink_to(tmp_path / other)
    found = list(find_inputs([str(tmp_path)], limits=LIMITS))
    assert sum(isinstance(item, Input) for item in found) == 6


def test_a_deep_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    depth = 1050  # deeper than a function may call itself; made from inside, since it is longer than a path may be
    monkeypatch.chdir(tmp_path)
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    found = list(find_inputs([str(tmp_path)], limits=LIMITS))
    for _ in range(depth):  # from inside again: what tidies up after tests may call itself too deeply
        os.chdir("..")
        Path("d").rmdir()
    assert set(reasons(found).values()) <= {SetAsideReason.REFUSED}
    assert len(found) <= 1


def test_a_file_is_read_once_whatever_it_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("He left.")
    (tmp_path / "b.txt").symlink_to("a.txt")
    monkeypatch.chdir(tmp_path)
    found = list(find_inputs(["a.txt", "./a.txt", str(tmp_path), "a.txt"], limits=LIMITS))
    assert names(found) == ["a.txt"]


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        pytest.param([], "no source", id="none"),
        pytest.param(["nothing.txt"], "no such file", id="no such file"),
        pytest.param(["www.bay.example/ferry"], "https://", id="address without a scheme"),
        pytest.param(["ftp://user:secret@bay.example/a"], "only http", id="other scheme"),
        pytest.param(["https://user:secret@bay.example/a"], "without the user name", id="password"),
        pytest.param(["He left. " * 600], "no such file", id="a text for a name"),
        pytest.param(["a\x00b"], "no such file", id="null character"),
        pytest.param([""], "no such file", id="empty name"),
        pytest.param(["-"], "standard input", id="no standard input"),
    ],
)
def test_wrong_use_says_what_to_do(sources: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        list(find_inputs(sources, limits=LIMITS))
    assert "secret" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_addresses() -> None:
    (page,) = find_inputs(["https://bay.example/a#top"], limits=LIMITS)
    assert isinstance(page, Input)
    assert (page.kind, page.url) == (InputKind.URL, "https://bay.example/a")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("He left.", ["standard input"], id="text"),
        pytest.param('{"text": "a"}\n{"text": "b"}\n', ["standard input#1", "standard input#2"], id="records"),
        pytest.param("a" * 6_000_000, ["standard input"], id="too long"),
    ],
)
def test_standard_input(text: str, found: list[str]) -> None:
    assert names(list(find_inputs(["-"], stdin=lambda: text, limits=LIMITS))) == found


def test_a_long_file_of_records_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    line = b'{"text": "' + b"He left. " * 100 + b'"}\n'
    path.write_bytes(line * 8000 + b'{"text": "' + b"a" * 6_000_000 + b'"}\n' + line)
    found = list(find_inputs([str(path)], limits=LIMITS))
    assert path.stat().st_size > LIMITS.max_file_bytes
    assert reasons(found) == {"many.jsonl#8001": SetAsideReason.TOO_LARGE}
    assert len(found) == 8002


def test_text_input() -> None:
    assert text_input("He left.").kind is InputKind.TEXT
