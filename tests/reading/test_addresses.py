from pathlib import Path

import pytest

from tasks.model.article import SetAside, SetAsideReason
from tasks.reading.inputs import find_inputs
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.sniff import Form, form_of

LIMITS = ReadingLimits()


def test_a_list_of_addresses(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "# what the harbour said\nhttps://bay.example/a#top\n\n  HTTP://bay.example/b  \n"
        "https://bay.example/a#top\nhttps://u:secret@bay.example/c\n"
    )
    found = list(find_inputs([str(path)], limits=LIMITS))
    assert [item.url for item in found if isinstance(item, Input)] == ["https://bay.example/a", "http://bay.example/b"]
    assert all(item.kind is InputKind.URL for item in found if isinstance(item, Input))
    assert [item.reason for item in found if isinstance(item, SetAside)] == [SetAsideReason.REFUSED]
    assert "secret" not in repr(found)


def test_a_line_far_down_that_is_no_address_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("https://bay.example/a-long-address-of-a-page\n" * 300 + "the ferry\nhttps://bay.example/z\n")
    found = list(find_inputs([str(path)], limits=LIMITS))
    assert [item.name.rsplit("/", 1)[-1] for item in found] == ["a-long-address-of-a-page", "list.txt#301", "z"]
    assert isinstance(found[1], SetAside)
    assert "line 301" in found[1].detail


def test_addresses_on_standard_input() -> None:
    found = list(find_inputs(["-"], stdin=lambda: "https://bay.example/a\nhttps://bay.example/b\n", limits=LIMITS))
    assert [item.name for item in found] == ["https://bay.example/a", "https://bay.example/b"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("https://bay.example/a", Form.ADDRESSES, id="one"),
        pytest.param("# only a comment", Form.TEXT, id="comments alone"),
        pytest.param("https://bay.example/a denies it", Form.TEXT, id="a sentence"),
        pytest.param("The ferry left.\nhttps://bay.example/a", Form.TEXT, id="text with an address"),
    ],
)
def test_what_lists_addresses(text: str, form: Form) -> None:
    assert form_of(text.encode()) is form
