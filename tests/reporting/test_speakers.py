"""Who speaks, as the report names them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind
from tasks.reporting.speakers import entities_name, speaker_of, speaking_entities

ANNA = Entity(id="person:anna", name="Anna Roy", kind=EntityKind.PERSON)
BEN = Entity(id="person:ben", name="Ben Ode", kind=EntityKind.PERSON)
BODY = Entity(id="body:port", name="Port Office", kind=EntityKind.BODY)
STATE = Entity(id="state:XA", name="Aland", kind=EntityKind.STATE)


@pytest.mark.parametrize(
    ("words", "entities", "expected"),
    [
        pytest.param("the Port Office", (BODY,), "Port Office", id="one"),
        pytest.param("she", (ANNA, BODY), "Anna Roy (Port Office)", id="a person and a body"),
        pytest.param("Roy", (BODY, ANNA, STATE), "Anna Roy (Port Office, Aland)", id="in any order"),
        pytest.param("both", (ANNA, BEN), "Anna Roy and Ben Ode", id="two people jointly"),
        pytest.param("Aland and the Port Office", (STATE, BODY), "Aland and Port Office", id="two bodies jointly"),
        pytest.param("the Port Office", (BODY, STATE), "Port Office (Aland)", id="a body that speaks for a state"),
        pytest.param("the capital", (BODY, STATE), "Port Office and Aland", id="neither is named"),
        pytest.param("the Port Office and Maro", (BODY, STATE), "Port Office and Aland", id="one by another name"),
    ],
)
def test_entities_name(words: str, entities: tuple[Entity, ...], expected: str) -> None:
    assert entities_name(entities, speaking_entities(entities, words)) == expected


@pytest.mark.parametrize(
    ("key", "name", "note"),
    [
        pytest.param("wire_holm", "Ada Holm (Environment Ministry)", "Environment Minister Ada Holm", id="linked"),
        pytest.param("herald_safe", "Water Board", "", id="the article's words say the same"),
        pytest.param("herald_tests", "He (unresolved)", "", id="a pronoun that leads to nobody"),
        pytest.param("review_thirty", "somebody not named", "", id="no source at all"),
        pytest.param("herald_fish", "Brenna Herald", "", id="the outlet itself"),
    ],
)
def test_speaker(articles: Mapping[str, Article], claims: Mapping[str, Claim], key: str, name: str, note: str) -> None:
    by_id = {article.id: article for article in articles.values()}
    speaker = speaker_of(claims[key], by_id[claims[key].article_id])
    assert (speaker.name, speaker.note) == (name, note)


def test_named_source_without_an_entity_has_a_row(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    article = new_article()
    claim = new_claim(article, content=["the bridge is closed"], source="The mayor")
    assert speaker_of(claim, article).rows == (("words:the mayor", "The mayor", "as the article has it"),)
    assert speaker_of(replace(claim, resolved=False), article).rows == ()
