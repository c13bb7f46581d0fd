import pytest

from tasks.reading.header import split_header


@pytest.mark.parametrize(
    ("text", "fields", "rest"),
    [
        pytest.param(
            "title: A\nurl: http://b.example\n\nText.", {"title": "A", "url": "http://b.example"}, "\nText.", id="two"
        ),
        pytest.param("TITLE : A: b\r\nOutlet:\r\n\r\nText.", {"title": "A: b", "outlet": ""}, "\nText.", id="capitals"),
        pytest.param("\ufeff\n\nauthor: Ada\n\nText.", {"author": "Ada"}, "\nText.", id="empty lines before"),
        pytest.param("title: A\nText.", {}, "title: A\nText.", id="no empty line, so it is text"),
        pytest.param("Editor: Welcome!\n\nText.", {}, "Editor: Welcome!\n\nText.", id="interview"),
        pytest.param(
            "title: A\nEditor: Welcome!\n\nText.", {}, "title: A\nEditor: Welcome!\n\nText.", id="one unknown key"
        ),
        pytest.param("Text.\n\ntitle: A\n\nText.", {}, "Text.\n\ntitle: A\n\nText.", id="in the middle"),
        pytest.param("", {}, "", id="nothing"),
    ],
)
def test_split_header(text: str, fields: dict[str, str], rest: str) -> None:
    header, body = split_header(text)
    assert dict(header.fields) == fields
    assert body == rest
