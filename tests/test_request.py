"""What a person asks to be read, and what they are told where it cannot be."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tasks.model.errors import InputError
from tasks.request import Articles, Given, PastedText, check_request
from tasks.settings import Limits, Settings

SMALL = Settings(limits=Limits(max_file_bytes=1_000))


@pytest.mark.parametrize(
    ("given", "addresses", "files"),
    [
        pytest.param(["https://bay.example/a", "b.txt"], ("https://bay.example/a",), ("b.txt",), id="a list"),
        pytest.param(("-",), (), ("-",), id="standard input"),
        pytest.param([Path("b.txt")], (), ("b.txt",), id="a path"),
        pytest.param({"files": ["b.txt"]}, (), ("b.txt",), id="the form"),
        pytest.param({}, (), (), id="an empty form"),
    ],
)
def test_a_list_of_sources_and_the_form_mean_the_same(given: Any, addresses: Any, files: Any) -> None:
    articles = TypeAdapter[Any](Given).validate_python(given)

    assert (articles.addresses, articles.files) == (addresses, files)


@pytest.mark.parametrize(
    "given", ["b.txt", {"file": ["b.txt"]}, {"pasted": "He left."}, {"pasted": {"title": "x" * 301}}]
)
def test_what_does_not_fit_is_refused(given: Any) -> None:
    with pytest.raises(ValidationError):
        Articles.model_validate(given)


def test_rows_that_were_left_empty_count_for_nothing() -> None:
    articles = Articles(addresses=("", " https://bay.example/a "), files=(" ", "b.txt"))

    assert articles.sources == ["https://bay.example/a", "b.txt"]


def test_a_pasted_text_comes_under_a_header_of_what_is_known_of_it() -> None:
    pasted = PastedText(text="outlet: Old Post\nauthor: Ada\n\nHe left.\n", outlet="Bay\nPost", published="2024-03-01")

    assert pasted.as_article() == "outlet: Bay Post\nauthor: Ada\npublished: 2024-03-01\n\nHe left."
    assert PastedText(text="He left.\n").as_article() == "He left.\n"
    assert Articles(pasted=PastedText(title="He left")).text == ""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param({}, "nothing to read: give a web address, a file or folder, or paste a text", id="nothing"),
        pytest.param({"addresses": ["", " "]}, "nothing to read", id="empty rows"),
        pytest.param(
            {"addresses": ["bay.example/a"]}, "'bay.example/a' under Web addresses: .*https://", id="no scheme"
        ),
        pytest.param({"addresses": ["https://"]}, "names a host", id="no host"),
        pytest.param(
            {"addresses": ["ftp://u:secret@bay.example/a"]}, "'ftp://bay.example/a'|'bay.example/a'", id="a secret"
        ),
        pytest.param({"files": ["nowhere.txt"]}, "'nowhere.txt': no such file or folder", id="no such file"),
        pytest.param({"files": ["-"]}, "standard input .* paste the text instead", id="standard input"),
        pytest.param({"pasted": {"title": "He left"}}, "the text itself is missing", id="a title alone"),
        pytest.param({"pasted": {"text": "x" * 1_001}}, "1,001 bytes are more than the 1,000", id="too long"),
        pytest.param(
            {"pasted": {"text": "x", "published": "Friday"}}, "'Friday' is no day that can be read", id="no date"
        ),
        pytest.param({"pasted": {"text": "x", "url": "bay"}}, "'bay' is no web address", id="no address"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(given: Any, told: str) -> None:
    with pytest.raises(InputError, match=told) as raised:
        check_request(Articles.model_validate(given), SMALL, stdin=False)

    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "given",
    [
        {"addresses": ["https://bay.example/a"]},
        {"files": ["."]},
        {"pasted": {"text": "He left.", "published": "1 March 2024"}},
    ],
)
def test_what_can_be_read_passes(given: Any) -> None:
    check_request(Articles.model_validate(given), SMALL, stdin=False)
