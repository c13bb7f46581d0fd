from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tasks.comparison.origins import count_origins
from tasks.comparison.setting import Setting, outlet_key
from tasks.model.claim import Claim, Entity, EntityKind, Proposition
from tasks.model.finding import Side

Make = Callable[..., Claim]
Place = Callable[..., Setting]
Row = tuple[str, str, dict[str, Any], dict[str, Any]]  # source, article, more of the claim, more of the setting

CASES = [
    pytest.param([("Ilse Karran", "a", {}, {}), ("Ilse Karran", "b", {}, {}), ("Ilse Karran", "c", {}, {})], 1,
                 "3 articles, one origin: Ilse Karran is the source of all", id="one-source-in-three-articles"),
    pytest.param([("Ilse Karran", "a", {}, {}), ("Emil Dast", "b", {}, {})], 2,
                 "one statement of Ilse Karran", id="two-sources"),
    pytest.param([("", "a", {}, {}), ("", "b", {}, {})], 2,
                 "stated by a in its own words", id="two-outlets"),
    pytest.param([("", "a", {}, {}), ("", "b", {}, {"root": "a"})], 1,
                 "2 articles, one origin: copies of one article count once", id="copies"),
    pytest.param([("officials", "a", {}, {}), ("officials", "b", {}, {})], 2,
                 "one statement of officials", id="unnamed-sources-of-two-outlets"),
    pytest.param([("officials", "a", {}, {"outlet": "Ledger"}), ("analysts", "b", {}, {"outlet": "The Ledger"})], 1,
                 "unnamed sources of one outlet may be the same", id="unnamed-sources-of-one-outlet"),
    pytest.param([("Emil Dast", "a", {}, {"outlet": "Gazeta.ru"}),
                  ("officials", "b", {"via": ("Gazeta.ru", "Day.Az")}, {})], 1,
                 "it came through Gazeta.ru", id="a-chain-to-an-outlet-that-is-here"),
    pytest.param([("officials", "b", {"via": ("Gazeta.ru",)}, {}), ("Emil Dast", "c", {"via": ("gazeta",)}, {})], 1,
                 "it came through", id="two-chains-from-one-outlet"),
    pytest.param([("Ilse Karran", "a", {}, {}), ("", "a", {"place": 30}, {})], 1,
                 "the outlet's own words may rest on Ilse Karran", id="an-outlet-that-quotes-the-source"),
    pytest.param([("South Korea", "a", {}, {}), ("United States", "b", {}, {}),
                  ("United States, South Korea", "c", {}, {})], 2,
                 "speak jointly", id="a-joint-statement-makes-no-one-of-two"),
    pytest.param([("Union", "a", {}, {}), ("Ilse Karran, Union", "b", {}, {})], 1,
                 "Ilse Karran speaks for Union", id="a-body-and-its-speaker"),
    pytest.param([("Union", "a", {}, {}), ("Ilse Karran, Union", "b", {}, {}), ("Emil Dast, Union", "c", {}, {})], 3,
                 "one statement of", id="a-body-with-two-speakers"),
    pytest.param([("Ilse Karran", "a", {"said": 3}, {}), ("Ilse Karran", "b", {"said": 9}, {})], 2,
                 "one statement of Ilse Karran", id="two-speeches-of-one-source"),
    pytest.param([("Ilse Karran", "a", {"said": 3}, {}), ("Ilse Karran", "b", {"said": 4}, {})], 1,
                 "Ilse Karran is the source of all", id="neighbouring-days-may-be-one"),
    pytest.param([("Ilse Karran", "a", {}, {}), ("Ilse Karran", "b", {"said": 3}, {}),
                  ("Ilse Karran", "c", {"said": 9}, {})], 2,
                 "2 articles, one origin", id="an-unknown-day-makes-no-new-origin"),
    pytest.param([("Union", "a", {"said": 3}, {}), ("Ilse Karran, Union", "b", {"said": 9}, {})], 2,
                 "one statement of Union", id="a-body-and-its-speaker-on-two-days"),
    pytest.param([("Ilse Karran", "a", {}, {}), ("Emil Dast", "a", {"place": 30}, {}), ("", "a", {"place": 60}, {})], 2,
                 "the outlet's own words may rest on", id="own-words-make-no-one-of-two-sources"),
    pytest.param([("Ilse Karran", "a", {}, {}), ("", "a", {"place": 30}, {}), ("Emil Dast", "b", {}, {"outlet": "a"}),
                  ("", "b", {"place": 30}, {"outlet": "a"})], 2,
                 "the outlet's own words may rest on", id="nor-do-they-in-two-articles"),
    pytest.param([("Ilse Karran", "a", {}, {"outlet": "Ledger"}),
                  ("Emil Dast", "a", {"place": 30}, {"outlet": "Ledger"}),
                  ("Emil Dast", "b", {"via": ("Ledger",)}, {})], 2,
                 "Emil Dast is the source of all", id="a-chain-leads-to-its-own-source"),
    pytest.param([("Ilse Karran", "a", {}, {"outlet": "Ledger"}), ("Emil Dast", "b", {"via": ("Ledger",)}, {})], 2,
                 "one statement of Emil Dast", id="a-chain-makes-no-one-of-two-sources"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected", "reason"), CASES)
def test_origins(
    rows: list[Row],
    expected: int,
    reason: str,
    *,
    make_claim: Make,
    make_setting: Place,
    matters: Mapping[str, Proposition],
) -> None:
    claims = [make_claim(source, matters["arms deals"], article=at, **more) for source, at, more, _ in rows]
    settings = {at: make_setting(at, **more) for _, at, _, more in reversed(rows)}
    origins = count_origins(Side.FOR, claims, settings)
    assert len(origins) == expected
    assert any(reason in origin.reason for origin in origins), [origin.reason for origin in origins]
    assert sorted(one for origin in origins for one in origin.claim_ids) == sorted(claim.id for claim in claims)
    assert count_origins(Side.FOR, claims[::-1], settings) == origins


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("Ilse Karran", "a", {})], 1.0, id="one-statement"),
        pytest.param([("Ilse Karran", "a", {"said": 3}), ("Ilse Karran", "b", {"said": 3})], 1.0, id="one-known-day"),
        pytest.param([("Ilse Karran", "a", {"said": 3}), ("Ilse Karran", "b", {})], 0.9, id="a-day-not-known"),
        pytest.param([("Ilse Karran", "a", {}), ("", "a", {"place": 30})], 0.5, id="own-words"),
    ],
)
def test_an_unknown_day_caps_how_sure_it_is(
    rows: list[tuple[str, str, dict[str, Any]]],
    expected: float,
    make_claim: Make,
    make_setting: Place,
    matters: Mapping[str, Proposition],
) -> None:
    claims = [make_claim(source, matters["arms deals"], article=at, **more) for source, at, more in rows]
    (origin,) = count_origins(Side.FOR, claims, {at: make_setting(at) for _, at, _ in rows})
    assert origin.confidence == expected


def test_an_outlet_that_is_cited_as_the_source_is_a_step(
    make_claim: Make, make_setting: Place, matters: Mapping[str, Proposition]
) -> None:
    ledger = Entity(id="outlet:ledger", name="Ledger", kind=EntityKind.OUTLET)
    first, citing = (make_claim("officials", matters["arms deals"], article=at) for at in "ab")
    object.__setattr__(citing, "entities", (ledger,))
    (origin,) = count_origins(
        Side.FOR, [first, citing], {"a": make_setting("a", "The Ledger"), "b": make_setting("b", day=1)}
    )
    assert origin.reason == "2 articles, one origin: it came through Ledger"


def test_a_side_without_claims_has_no_origin() -> None:
    assert count_origins(Side.AGAINST, [], {}) == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Gazeta.ru", "Gazeta", id="web-ending"),
        pytest.param("The Dornhal Ledger", "dornhal ledger", id="article"),
        pytest.param("www.Day.Az", "Day.az", id="www"),
    ],
)
def test_outlet_names_made_comparable(left: str, right: str) -> None:
    assert outlet_key(left) == outlet_key(right)
