from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tasks.attribution.chains import own_names
from tasks.model.article import Article


def test_a_chain_of_outlets(read: Callable[[str], Any]) -> None:
    text = (
        "The two states have agreed on a response. This was reported on the website of the American State Department, "
        "Day.Az reports with reference to Gazeta.ru."
    )
    found = read(text)
    by_source = {found.source(claim): claim for claim in found.spoken}

    assert found.content(by_source["the American State Department"]) == "The two states have agreed on a response"
    assert by_source["the American State Department"].via == ("Gazeta.ru", "Day.Az")
    assert by_source["Day.Az"].via == ("Gazeta.ru",)


def test_an_outlet_that_cites_an_official(read: Callable[[str], Any]) -> None:
    found = read("The Guardian reported on Friday, citing two officials, that the plan had been dropped.")
    cited = next(claim for claim in found.spoken if found.source(claim) == "two officials")

    assert cited.via == ("Guardian",)
    assert found.content(cited) == "that the plan had been dropped"


def test_told_an_outlet(read: Callable[[str], Any]) -> None:
    assert read("Sources told the BBC that the deal was off.").spoken[0].via == ("BBC",)


def test_the_evidence_that_is_offered(read: Callable[[str], Any]) -> None:
    found = read("France expressed concern about the flow of arms. Movements of cargo were cited as evidence of it.")
    claim = found.spoken[0]

    assert [span.of(found.article.text) for span in claim.basis] == [
        "Movements of cargo were cited as evidence of it"[:18],
        "as evidence of it",
    ]


def test_a_claim_inside_a_claim_inside_a_claim(read: Callable[[str], Any]) -> None:
    found = read("Oslo says Reykjavik told Copenhagen that the cod quota was void.")
    inner = next(claim for claim in found.spoken if found.source(claim) == "Reykjavik")
    outer = next(claim for claim in found.spoken if claim.id == inner.parent)

    assert (found.source(outer), inner.entities[0].id) == ("Oslo", "state:IS")


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        pytest.param(
            "The gates will be shut in June, Nile Daily reports with reference to Al-Ahram.",
            "Nile Daily",
            ("Al-Ahram",),
            id="with-reference-to",
        ),
        pytest.param(
            "According to a report in the Sudan Tribune that quoted an irrigation official, the turbines are idle.",
            "an irrigation official",
            ("Sudan Tribune",),
            id="a-report-that-quoted",
        ),
        pytest.param(
            "Nina Roth told the broadcaster SRK that a second test had confirmed it.",
            "Nina Roth",
            ("SRK",),
            id="told-a-broadcaster",
        ),
        pytest.param(
            "The mine is safe, Gerald Voss said in an interview with Le Monde.",
            "Gerald Voss",
            ("Le Monde",),
            id="in-an-interview",
        ),
        pytest.param("Nina Roth told the council that the bridge was safe.", "Nina Roth", (), id="told-no-outlet"),
    ],
)
def test_the_way_a_claim_came(read: Callable[[str], Any], text: str, source: str, via: tuple[str, ...]) -> None:
    found = read(text)

    assert next(claim for claim in found.spoken if found.source(claim) == source).via == via


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        pytest.param("The group said the dam had cracked, citing satellite images.", "satellite images", id="citing"),
        pytest.param(
            "Scientists said lead levels had tripled, based on samples from 60 homes.",
            "samples from 60 homes",
            id="based-on",
        ),
        pytest.param(
            "The shop will close, the Evening Herald reported, citing an internal memo.", "an internal memo", id="memo"
        ),
    ],
)
def test_what_a_source_offers_as_evidence(read: Callable[[str], Any], text: str, basis: str) -> None:
    found = read(text)

    assert [span.of(found.article.text) for span in found.spoken[0].basis] == [basis]


def test_the_names_of_the_outlet_itself(article_of: Callable[[str], Article]) -> None:
    article = replace(article_of("PARIS (Northwire) - The jets were safe."), outlet="northwire.example")

    assert own_names(article) == {"northwire.example", "Northwire"}


def test_no_two_claims_sit_in_each_other(read: Callable[[str], Any]) -> None:
    text = "Halden Foods plc said revenue rose. Analysts had expected more, according to a poll by Market Desk."
    parents = {claim.id: claim.parent for claim in read(text).spoken}

    assert parents
    assert not any(parents.get(parent) == claim for claim, parent in parents.items() if parent)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "Reuters quoted a diplomat as saying that the ship had been boarded.",
            ("a diplomat", "quoted … as saying", "that the ship had been boarded", ("Reuters",)),
            id="active",
        ),
        pytest.param(
            "The governor was quoted by the Echo as saying that the dam was safe.",
            ("The governor", "was quoted … as saying", "that the dam was safe", ("Echo",)),
            id="passive",
        ),
    ],
)
def test_whoever_is_quoted_speaks(
    read: Callable[[str], Any], text: str, said: tuple[str, str, str, tuple[str, ...]]
) -> None:
    found = read(text)

    assert [(found.source(one), found.cue(one), found.content(one), one.via) for one in found.spoken] == [said]
