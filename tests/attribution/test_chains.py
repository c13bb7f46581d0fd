from collections.abc import Callable
from typing import Any


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
