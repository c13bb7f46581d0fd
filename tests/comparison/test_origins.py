from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tasks.comparison.origins import count_origins
from tasks.comparison.setting import Setting, outlet_key
from tasks.model.claim import Claim, Proposition
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
