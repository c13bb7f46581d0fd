import pytest

from tasks.reading.sniff import Form, form_of


@pytest.mark.parametrize(
    ("head", "form"),
    [
        pytest.param(b"", Form.EMPTY, id="nothing"),
        pytest.param(b"\xef\xbb\xbf \n", Form.EMPTY, id="only a mark"),
        pytest.param(b"%PDF-1.7", Form.PDF, id="PDF"),
        pytest.param(b"abc\x00def", Form.BINARY, id="null"),
        pytest.param("Text".encode("utf-16"), Form.TEXT, id="UTF-16"),
        pytest.param(b"The ferry left.", Form.TEXT, id="text"),
        pytest.param(b"<The ferry left>", Form.TEXT, id="text in angle brackets"),
        pytest.param(b"\n <!DOCTYPE HTML><p>a", Form.HTML, id="page"),
        pytest.param(b"<div class=x>a</div>", Form.HTML, id="piece of a page"),
        pytest.param(b"<?xml version='1.0'?><html xmlns='x'>", Form.HTML, id="XHTML"),
        pytest.param(b"<?xml version='1.0'?><rss version='2.0'>", Form.FEED, id="RSS"),
        pytest.param(b"<feed xmlns='http://www.w3.org/2005/Atom'>", Form.FEED, id="Atom"),
        pytest.param(b'{"text": "a"}\n{"text": "b"}', Form.RECORDS, id="records"),
        pytest.param(b'{"text": "' + b"a" * 9000, Form.RECORDS, id="a long record"),
        pytest.param(b"{curly} text", Form.TEXT, id="text in curly brackets"),
        pytest.param(b'{\n  "a": 1\n}', Form.TEXT, id="JSON over several lines"),
    ],
)
def test_form_of(head: bytes, form: Form) -> None:
    assert form_of(head) is form
