import pytest

from tasks.attribution.cues import load_words
from tasks.attribution.gazetteer import load_gazetteer
from tasks.model.claim import Act


def test_every_act_has_a_cue() -> None:
    words = load_words()

    phrases = [row for rows in words.phrases.values() for row in rows.values()]
    assert {cue.act for cue in (*words.verbs.values(), *words.nouns.values(), *phrases)} == set(Act)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("DPRK", ["state:KP"]),
        ("American", ["state:US"]),
        ("Kremlin", ["body:kremlin", "state:RU"]),
        ("Pyongyang", ["state:KP"]),
        ("TASS", ["outlet:tass", "state:RU"]),
        ("Daesh", ["body:islamic-state"]),
        ("Islamic State of Iraq and the Levant", ["body:islamic-state"]),
        ("EU", ["body:european-union"]),
    ],
)
def test_whom_a_name_stands_for(name: str, ids: list[str]) -> None:
    ((start, end, place),) = load_gazetteer().find(f"in {name}.")

    assert (start, end) == (3, 3 + len(name))
    assert [entity.id for entity in place.entities] == ids


def test_a_name_inside_a_word_is_none() -> None:
    assert list(load_gazetteer().find("The Russianness of NATOX")) == []
