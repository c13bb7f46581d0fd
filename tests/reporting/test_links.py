"""Only http and https leave a report, and a fragment leads to the words."""

import pytest

from tasks.reporting.links import fragment_url, safe_url


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("JaVaScRiPt:alert(1)", id="script in odd letters"),
        pytest.param("java\tscript:alert(1)", id="script with a tab"),
        pytest.param(" https://a.example", id="space in front"),
        pytest.param("https://a.example/\nx", id="line break"),
        pytest.param("data:text/html,<b>", id="data"),
        pytest.param("vbscript:x", id="vbscript"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("//a.example/x", id="no scheme"),
        pytest.param("https:", id="no host"),
        pytest.param("http://[", id="no address at all"),
        pytest.param("", id="nothing"),
    ],
)
def test_unsafe_addresses_become_nothing(url: str) -> None:
    assert safe_url(url) == ""
    assert fragment_url(url, "words") == ""


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example/b?c=d&e=f#g", "HTTPS://a.example/"])
def test_safe_addresses_stay_as_they_are(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    ("url", "words", "expected"),
    [
        pytest.param("https://a.example/b", "it works", "https://a.example/b#:~:text=it%20works", id="short"),
        pytest.param("https://a.example/#c", "it", "https://a.example/#c:~:text=it", id="fragment of its own"),
        pytest.param("https://a.example/", "a-b, & c", "https://a.example/#:~:text=a%2Db%2C%20%26%20c", id="signs"),
        pytest.param("https://a.example/", "  ", "https://a.example/", id="no words"),
        pytest.param(
            "https://a.example/",
            "a b c d e f g h i j k l m n",
            "https://a.example/#:~:text=a%20b%20c%20d%20e,j%20k%20l%20m%20n",
            id="long: the two ends",
        ),
        pytest.param("https://a.example/", "\ud800", "https://a.example/#:~:text=%3F", id="lone surrogate"),
    ],
)
def test_text_fragment(url: str, words: str, expected: str) -> None:
    assert fragment_url(url, words) == expected
