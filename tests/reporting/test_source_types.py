from collections.abc import Mapping
from dataclasses import replace

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind
from tasks.reporting.attributions import attribution_rows
from tasks.reporting.source_types import source_type


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("two officials", "official", id="official"),
        pytest.param("Vesta spokeswoman", "official", id="spokeswoman"),
        pytest.param("analysts", "analyst", id="analyst"),
        pytest.param("critics of the plan", "critic", id="critic"),
        pytest.param("residents of the quay", "witness", id="witness"),
        pytest.param("source close to the producers", "insider", id="insider"),
        pytest.param("dancers", "unnamed", id="other"),
    ],
)
def test_the_type_of_an_unnamed_source(claims: Mapping[str, Claim], name: str, expected: str) -> None:
    claim = claims["radio_river"]
    group = Entity(id=f"group:{claim.article_id}:x", name=name, kind=EntityKind.GROUP)

    assert source_type(replace(claim, entities=(group,), resolved=True)) == expected


def test_a_named_source_has_the_type_of_its_entity(claims: Mapping[str, Claim]) -> None:
    state = Entity(id="state:NO", name="Norway", kind=EntityKind.STATE)

    assert source_type(replace(claims["radio_river"], entities=(state,), resolved=True)) == "state"


def test_nobody_and_nobody_known_are_told_apart(claims: Mapping[str, Claim]) -> None:
    unknown = Entity(id="unknown:he", name="he (unresolved)", kind=EntityKind.UNKNOWN)

    passive = replace(claims["wire_holm"], source=(), entities=(), resolved=False)
    assert source_type(passive) == "agentless"
    assert source_type(replace(passive, cue=())) == "none"
    assert source_type(replace(claims["radio_river"], entities=(unknown,), resolved=False)) == "unresolved"


def test_a_row_says_whether_several_speak(articles: Mapping[str, Article], claims: Mapping[str, Claim]) -> None:
    claim = claims["radio_river"]
    two = tuple(
        Entity(id=f"state:{code}", name=name, kind=EntityKind.STATE) for code, name in [("NO", "N"), ("IS", "I")]
    )
    text = articles["radio"].text

    assert attribution_rows([replace(claim, entities=two, parent="")], text)[0]["joint"]
    assert not attribution_rows([replace(claim, entities=two[:1], parent="")], text)[0]["joint"]
    assert attribution_rows([claim], text)[0]["statement"] == claim.proposition.statement
