import pytest

from tasks.model.article import DateSource, SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.plaintext import decode, draft_of

SENTENCE = "The café’s owner said “no” — twice."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_decode(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


@pytest.mark.parametrize(
    ("raw", "reason", "words"),
    [
        pytest.param(b"", SetAsideReason.EMPTY, "empty", id="nothing"),
        pytest.param(b" \n\t\r\n", SetAsideReason.EMPTY, "empty", id="white space"),
        pytest.param("\u00a0\u2003\n".encode(), SetAsideReason.EMPTY, "white space", id="other white space"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", SetAsideReason.BINARY, "a PNG picture", id="picture"),
        pytest.param(b"Text\x00text", SetAsideReason.BINARY, "binary data", id="null"),
        pytest.param(
            "Le maire a déclaré que la forêt était fermée à cause du feu près de l’école.".encode("cp1252"),
            SetAsideReason.ENCODING,
            r"looks like Latin-1 \(cp1252\): convert it to UTF-8",
            id="Latin-1",
        ),
        pytest.param(
            "Мэр сказал, что лес закрыт.".encode("cp1251"), SetAsideReason.ENCODING, "looks like", id="Cyrillic"
        ),
        pytest.param(b"\xff\xfea", SetAsideReason.ENCODING, "damaged UTF-16", id="half a character"),
    ],
)
def test_what_is_no_text_is_named(raw: bytes, reason: SetAsideReason, words: str) -> None:
    with pytest.raises(UnreadableArticleError, match=words) as caught:
        decode(raw)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("text", "moment", "source"),
    [
        pytest.param("published: 2024-03-05\n\nHe left.", "2024-03-05", DateSource.HEADER, id="header"),
        pytest.param("SEOUL, 9 November 2023 (Bay Wire) - He left.", "2023-11-09", DateSource.DATELINE, id="dateline"),
        pytest.param("Dornhal (March 5, 2024) – He left.", "2024-03-05", DateSource.DATELINE, id="brackets"),
        pytest.param("Seoul, Nov 9: He left.", "", DateSource.NONE, id="dateline without a year"),
        pytest.param("Port City\nWednesday, July 17, 2024\n\nHe left.", "", DateSource.NONE, id="clock of the page"),
        pytest.param("He left on 5 March 2024, she said.", "", DateSource.NONE, id="date of an event"),
    ],
)
def test_publication_date(text: str, moment: str, source: DateSource) -> None:
    draft = draft_of(text)
    assert (draft.published_at.date().isoformat() if draft.published_at else "") == moment
    assert draft.date_source is source


def test_a_date_that_cannot_be_read_is_shown() -> None:
    draft = draft_of("title: Ferry\npublished: last week\n\nHe left.")
    assert draft.residue == ("published: last week",)
    assert draft.title == "Ferry"


def test_an_address_that_is_none_is_not_taken() -> None:
    assert draft_of("url: javascript:alert(1)\n\nHe left.").url == ""
