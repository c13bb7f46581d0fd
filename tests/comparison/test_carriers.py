from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tasks.comparison.carriers import find_carriers, reckon
from tasks.comparison.origins import count_origins
from tasks.comparison.setting import Setting
from tasks.model.claim import Act, Claim, Proposition
from tasks.model.finding import Carrier, Contribution, Origin, Side

Make = Callable[..., Claim]
Place = Callable[..., Setting]
Row = tuple[str, str, dict[str, Any], dict[str, Any]]  # source, article, more of the claim, more of the setting
ADDS, REPEATS = Contribution.ADDS, Contribution.REPEATS


@pytest.fixture
def build(
    make_claim: Make, make_setting: Place, matters: Mapping[str, Proposition]
) -> Callable[[list[Row]], tuple[tuple[Origin, ...], dict[str, Claim], dict[str, Setting]]]:
    def made(rows: list[Row]) -> tuple[tuple[Origin, ...], dict[str, Claim], dict[str, Setting]]:
        claims = [make_claim(source, matters["arms deals"], article=at, **more) for source, at, more, _ in rows]
        settings = {at: make_setting(at, **more) for _, at, _, more in reversed(rows)}
        against = [claim for claim in claims if claim.act is Act.DENY]
        origins = (
            *count_origins(Side.FOR, [claim for claim in claims if claim not in against], settings),
            *count_origins(Side.AGAINST, against, settings),
        )
        return origins, {claim.id: claim for claim in claims}, settings

    return made


Build = Callable[[list[Row]], tuple[tuple[Origin, ...], dict[str, Claim], dict[str, Setting]]]

CASES = [
    pytest.param([("Ilse Karran", "a", {}, {}), ("Ilse Karran", "b", {}, {"day": 1})],
                 {"a": (ADDS, "the first here to carry Ilse Karran"),
                  "b": (REPEATS, "carries Ilse Karran (first in a)")}, id="the-same-source-later"),
    pytest.param([("Ilse Karran", "a", {}, {}), ("Ilse Karran", "b", {}, {"day": 1}),
                  ("Emil Dast", "b", {"place": 30}, {"day": 1})],
                 {"a": (ADDS, "the first here to carry Ilse Karran"), "b": (ADDS, "the first here to carry Emil Dast")},
                 id="one-source-of-its-own-is-enough"),
    pytest.param([("Ilse Karran", "a", {}, {"day": 1}), ("Ilse Karran", "b", {}, {"root": "a"})],
                 {"a": (ADDS, "the first here to carry Ilse Karran"),
                  "b": (REPEATS, "carries Ilse Karran (first in a)")}, id="a-copy-is-never-first"),
    pytest.param([("officials", "a", {"via": ("Gazeta.ru",)}, {})],
                 {"a": (REPEATS, "carries officials (through another outlet, which is not among these articles)")},
                 id="what-came-through-an-outlet-that-is-not-here"),
    pytest.param([("Emil Dast", "a", {}, {"outlet": "Gazeta.ru", "day": 2}),
                  ("officials", "b", {"via": ("gazeta",)}, {})],
                 {"Gazeta.ru": (ADDS, "the first here to carry Emil Dast"),
                  "b": (REPEATS, "carries Emil Dast (first in Gazeta.ru)")}, id="what-came-through-one-that-is"),
    pytest.param([("Ilse Karran", "a", {}, {"dated": False}), ("Ilse Karran", "b", {}, {"day": 1})],
                 {"a": (REPEATS, "carries Ilse Karran (first in b, as far as dates are known)"),
                  "b": (ADDS, "the first here to carry Ilse Karran")}, id="no-date-no-first"),
    pytest.param([("", "a", {}, {}), ("Ilse Karran", "b", {"act": Act.DENY}, {"day": 1})],
                 {"a": (ADDS, "the first here to carry a in its own words"),
                  "b": (ADDS, "the first here to carry Ilse Karran")}, id="its-own-words-and-a-denial"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_what_outlets_bring(rows: list[Row], expected: dict[str, tuple[Contribution, str]], build: Build) -> None:
    assert find_carriers(*build(rows)) == tuple(
        Carrier(outlet=outlet, contribution=kind, reason=reason) for outlet, (kind, reason) in sorted(expected.items())
    )


def test_the_count_carries_its_reason(build: Build) -> None:
    rows: list[Row] = [
        ("Ilse Karran", "a", {}, {}),
        ("Ilse Karran", "b", {}, {"root": "a"}),
        ("Emil Dast", "c", {}, {}),
        ("Union", "c", {"place": 30, "act": Act.DENY}, {}),
    ]
    assert reckon(*build(rows)) == (
        "3 articles, at most 3 origins: for it Ilse Karran in 2 articles (1 of them a copy) and Emil Dast; "
        "against it Union"
    )


def test_a_long_count_names_the_first_few(build: Build) -> None:
    names = ("Ilse Karran", "Emil Dast", "Nadia Sorel", "Piet Arends", "Ada Holm", "Jonas Weir")
    rows: list[Row] = [(name, f"a{number}", {}, {"day": number}) for number, name in enumerate(names)]
    assert reckon(*build(rows)) == (
        "6 articles, at most 6 origins: for it Ilse Karran, Emil Dast, Nadia Sorel, Piet Arends and 2 more"
    )


def test_an_article_without_an_outlet_brings_nothing_that_could_be_named(build: Build) -> None:
    origins, claims, settings = build([("Ilse Karran", "a", {}, {})])
    nameless = {"a": Setting(article_id="a", outlet="", seen_at=settings["a"].seen_at, root="a")}
    assert find_carriers(origins, claims, nameless) == ()
