"""What each outlet does with a matter: states it, carries one side or both, leaves one out."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.finding import Finding, Side, Status
from tasks.reporting.evidence import arrange_evidence
from tasks.reporting.view_outlets import outlet_roles

TEXT = {
    "says": "Holm said it was so.",
    "denies": "Weir denied it.",
    "declines": "Arends would not say.",
    "states": "It was so.",
    "contrary": "It was not so.",
}
SIDES = {
    "says": (Side.FOR, "source"),
    "denies": (Side.AGAINST, "source"),
    "declines": (Side.DECLINES, "source"),
    "states": (Side.FOR, "outlet"),
    "contrary": (Side.AGAINST, "outlet"),
}
DAY = datetime(2031, 4, 7, tzinfo=UTC)
LATE, EARLY = 9, 0  # days after it


@pytest.fixture
def roles(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim], new_finding: Callable[..., Finding]
) -> Callable[..., dict[str, str]]:
    """Return what gives the role of each outlet, from what each carries and the day on which it does."""

    def make(*outlets: tuple[str, int | None, Sequence[str]], denied: bool = True) -> dict[str, str]:
        articles, sides = [], dict[Side, list[list[Claim]]]()
        claims: list[Claim] = []
        for name, day, carried in outlets:
            published = None if day is None else DAY + timedelta(days=day)
            url = f"https://{name}.example/a"
            article = new_article(url=url, outlet=name, text="\n".join(TEXT.values()), published_at=published)
            articles.append(article)
            for what in carried:
                side, voice = SIDES[what]
                claims.append(new_claim(article, content=[TEXT[what]], voice=voice))
                sides.setdefault(side, []).append([claims[-1]])
        finding = new_finding(
            Status.UNCLEAR, **{side.value.replace("for", "for_"): held for side, held in sides.items()}
        )
        evidence = arrange_evidence(articles, claims)
        found = outlet_roles(finding, evidence, denied=denied)
        return {outlet: role.role for role in found for outlet in role.outlets}

    return make


@pytest.mark.parametrize(
    ("carried", "expected"),
    [
        pytest.param(["says"], "Carries those who say so and leaves the denial out", id="one side"),
        pytest.param(["denies"], "Carries the denial and leaves out those who say so", id="the other side"),
        pytest.param(["says", "denies"], "Carries both sides", id="both"),
        pytest.param(["states"], "States it itself and leaves the denial out", id="states"),
        pytest.param(["states", "denies"], "States it itself", id="states, and carries the denial"),
        pytest.param(["contrary"], "States the contrary itself and leaves out those who say so", id="contrary"),
        pytest.param(["contrary", "says"], "States the contrary itself", id="contrary, and carries the other"),
        pytest.param(["declines"], "Carries only those who decline", id="declines"),
    ],
)
def test_an_outlet_beside_one_that_carries_both(
    roles: Callable[..., dict[str, str]], carried: Sequence[str], expected: str
) -> None:
    found = roles(("other", EARLY, ["says", "denies"]), ("this", LATE, carried))
    assert found == {"other": "Carries both sides", "this": expected}


def test_what_nobody_denies_is_left_out_by_nobody(roles: Callable[..., dict[str, str]]) -> None:
    assert roles(("one", EARLY, ["says"]), ("two", LATE, ["states"])) == {
        "one": "Carries those who say so",
        "two": "States it itself",
    }
    assert roles(("one", EARLY, ["denies"])) == {"one": "Carries those who deny"}


@pytest.mark.parametrize(
    ("day", "denied_on", "expected"),
    [
        pytest.param(EARLY, LATE, "Carries those who say so, and appeared before any denial known here", id="before"),
        pytest.param(LATE, EARLY, "Carries those who say so and leaves the denial out", id="after"),
        pytest.param(None, LATE, "Carries those who say so and leaves the denial out", id="no day of its own"),
        pytest.param(EARLY, None, "Carries those who say so and leaves the denial out", id="denied on no known day"),
    ],
)
def test_nobody_leaves_out_what_was_not_yet_said(
    roles: Callable[..., dict[str, str]], day: int | None, denied_on: int | None, expected: str
) -> None:
    assert roles(("this", day, ["says"]), ("other", denied_on, ["denies"]))["this"] == expected


def test_where_nobody_denies_there_are_two_accounts(roles: Callable[..., dict[str, str]]) -> None:
    found = roles(("a", LATE, ["says"]), ("b", EARLY, ["denies"]), ("c", LATE, ["contrary"]), denied=False)
    assert found == {
        "a": "Carries this account and leaves the other one out",
        "b": "Carries the other account and leaves this one out",
        "c": "States another account itself and leaves this one out",
    }
