import pytest

from tasks.model.errors import UnreadableArticleError
from tasks.reading.urls import canonical_url, check_url, outlet_of, same_site, without_credentials


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://WWW.Bay.example:443/a/../b/?utm_source=x&id=3#top", "https://www.bay.example/b/?id=3"),
        ("http://bay.example", "http://bay.example/"),
        ("https://bay.example/a?b=2&a=1", "https://bay.example/a?a=1&b=2"),
        ("https://bäy.example/ä", "https://xn--by-via.example/%C3%A4"),
        ("  https://bay.example/a  ", "https://bay.example/a"),
        ("javascript:alert(1)", ""),
        ("https://user:secret@bay.example/", ""),
        ("https://", ""),
        ("http://bay.example:port/", ""),
        ("http://[::1/", ""),
        ("HTTP://\x80", ""),
        ("ftp://bay.example/a", ""),
        ("", ""),
    ],
)
def test_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_outlet_of() -> None:
    assert outlet_of("https://www.bay.example/a") == "bay.example"
    assert outlet_of("") == ""


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("https://www.bay.example/a", "https://bay.example/b", True),
        ("https://m.bay.example/a", "https://bay.example/b", True),
        ("https://bay.example/a", "https://harbay.example/b", False),
        ("https://bay.example/a", "", False),
    ],
)
def test_same_site(left: str, right: str, same: bool) -> None:
    assert same_site(left, right) is same


@pytest.mark.parametrize(
    "url", ["https://user:secret@bay.example/", "https://user@bay.example/", "file:///etc/passwd", "gopher://x"]
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(UnreadableArticleError) as caught:
        check_url(url)
    assert "secret" not in str(caught.value)
    assert "secret" not in without_credentials(url)
