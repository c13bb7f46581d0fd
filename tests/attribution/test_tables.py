import pytest

from tasks.attribution.cues import load_words
from tasks.attribution.gazetteer import load_gazetteer
from tasks.model.claim import Act
from tasks.model.errors import InputError


def test_every_act_has_a_cue() -> None:
    words = load_words()

    phrases = [row for rows in words.phrases.values() for row in rows.values()]
    assert {cue.act for cue in (*words.verbs.values(), *words.nouns.values(), *phrases)} == set(Act)


@pytest.mark.parametrize(
    ("lemma", "act"),
    [
        pytest.param("sagen", Act.ASSERT, id="says"),
        pytest.param("dementieren", Act.DENY, id="denies"),
        pytest.param("vorwerfen", Act.ACCUSE, id="accuses"),
        pytest.param("einräumen", Act.CONFIRM, id="admits"),
        pytest.param("fordern", Act.URGE, id="demands"),
    ],
)
def test_german_words_are_prepared(lemma: str, act: Act) -> None:
    german = load_words("de")
    assert (german.verbs[lemma].act, german.acts["verb"][lemma].act) == (act, act)
    assert lemma not in load_words().verbs
    assert {cue.act for cue in german.verbs.values()} == set(Act)


@pytest.mark.parametrize(
    ("text", "names", "ids"),
    [
        pytest.param("Der Kreml wies das zurück.", ["Kreml"], ["body:kremlin", "state:RU"], id="seat"),
        pytest.param(
            "Die Bundesregierung schweigt.", ["Bundesregierung"], ["body:bundesregierung", "state:DE"], id="own"
        ),
        pytest.param("Die russische Seite schweigt.", ["russische"], ["state:RU"], id="adjective"),
        pytest.param("Moskau bestreitet es.", ["Moskau"], ["state:RU"], id="capital"),
        pytest.param("Die Vereinten Nationen warnen.", ["Vereinten Nationen"], ["body:united-nations"], id="body"),
    ],
)
def test_german_names_stand_for_the_same(text: str, names: list[str], ids: list[str]) -> None:
    found = list(load_gazetteer("de").find(text))
    assert [text[start:end] for start, end, _ in found] == names
    assert [entity.id for _, _, place in found for entity in place.entities] == ids
    assert list(load_gazetteer().find(text)) == []


def test_a_language_that_is_not_prepared_is_told_with_those_that_are() -> None:
    for load in (load_words, load_gazetteer):
        with pytest.raises(InputError, match=r"'xx'; there are en, de"):
            load("xx")


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
