import pytest

from bench.check import figures, gold, majority, stance_by_words
from tasks.comparison.checking.stance import Stance

STORY = {
    "id": "s",
    "claim": "The mill released chlorine",
    "articles": [
        {"aid": "a", "text": "The mill released chlorine.", "stance": "supports"},
        {"aid": "b", "text": "That the mill released chlorine is a hoax.", "stance": "denies"},
        {"aid": "c", "text": "The mill reportedly released chlorine.", "stance": "reports"},
    ],
}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        pytest.param("The mill released chlorine.", Stance.SUPPORTS, id="plain"),
        pytest.param("That the mill released chlorine is a hoax.", Stance.DENIES, id="refused"),
        pytest.param("The mill reportedly released chlorine.", Stance.REPORTS, id="kept away from"),
        pytest.param("Tea is cheap.", Stance.SILENT, id="another matter"),
        pytest.param("", Stance.SILENT, id="nothing"),
    ],
)
def test_words_alone(text: str, stance: Stance) -> None:
    assert stance_by_words("The mill released chlorine", text) is stance


def test_a_statement_that_refuses_is_not_denied_by_words_that_do() -> None:
    assert stance_by_words("The chlorine story is a hoax", "The chlorine story is a hoax.") is Stance.SUPPORTS


def test_an_article_called_silent_is_missed() -> None:
    wanted = gold([STORY])
    assert figures(wanted, wanted)["macro-F1"] == 1.0
    silenced = figures(wanted, wanted | {("s", "b"): Stance.SILENT})
    assert silenced == {
        "macro-F1": pytest.approx(2 / 3),
        "supports": 1.0,
        "denies": 0.0,
        "reports": 1.0,
        "called silent": pytest.approx(1 / 3),
    }


def test_the_majority_reports() -> None:
    assert figures(gold([STORY]), majority([STORY]))["reports"] == pytest.approx(0.5)
