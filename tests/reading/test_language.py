import pytest

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.language import UNKNOWN, check_language, identify, name_of

ENGLISH = (
    "The ferry company denied on Monday that its boat had left the quay too early, "
    "and said that it would publish the log."
)
SPANISH = (
    "La compañía negó el lunes que su barco hubiera salido demasiado temprano del puerto, "
    "y dijo que publicaría el registro esta semana."
)
CHINESE = "轮船公司周一否认其船只过早离开码头并表示将在本周末之前公布当晚的航行日志。乘客则说大门已经上锁。"


@pytest.mark.parametrize(
    ("text", "code"), [(ENGLISH, "en"), ("No.", UNKNOWN), ("Seoul, Nov 9", UNKNOWN), ("", UNKNOWN)]
)
def test_what_is_read(text: str, code: str) -> None:
    assert check_language(text, ("en",)) == code


@pytest.mark.parametrize(("text", "words"), [(SPANISH, r"Spanish \(es\): only English"), (CHINESE, r"Chinese \(zh\)")])
def test_what_is_not_read_is_named(text: str, words: str) -> None:
    with pytest.raises(UnreadableArticleError, match=words) as caught:
        check_language(text, ("en",))
    assert caught.value.reason is SetAsideReason.LANGUAGE


def test_another_language_may_be_allowed() -> None:
    assert check_language(SPANISH, ("en", "es")) == "es"


def test_names() -> None:
    assert name_of(identify(ENGLISH)) == "English"
    assert name_of("tlh") == "tlh"
