"""How sure, how often right, what is left open, whom to write to: only what cards and material hold."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.attribution.tagger.weights import weights_version
from tasks.comparison.weighing import weigher_version
from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.finding import Finding, Kind, RelatedPair, Relation, Status
from tasks.reporting.cards import CARD, MODELS, load_calibrations, load_measured
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.render import render_report
from tasks.reporting.sureness import finding_sureness, pair_sureness, source_remark
from tasks.reporting.view_findings import order_findings
from tasks.reporting.view_health import health_words
from tasks.reporting.view_method import open_rows, sureness_view
from tasks.reporting.words import LIKELIHOODS, likelihood_words
from tests.reporting.conftest import HEALTH


def pair(relation: Relation, kind: Kind = Kind.NONE, confidence: float = 0.8) -> RelatedPair:
    return RelatedPair(left="a", right="b", relation=relation, kind=kind, confidence=confidence, reasons=("x",))


def test_words_and_their_ranges_leave_no_gap() -> None:
    bands = sureness_view().bands
    assert [(band.word, band.meaning) for band in bands] == [
        ("very likely", "90 to 100 %"),
        ("likely", "70 to 89 %"),
        ("rather likely", "50 to 69 %"),
        ("uncertain", "below 50 %"),
    ]
    for least, word in LIKELIHOODS[:-1]:
        assert likelihood_words(least) == word
        assert likelihood_words(least - 0.001) != word


def test_the_table_says_what_the_card_holds_and_no_more() -> None:
    card = json.loads((MODELS / CARD).read_text(encoding="utf-8"))["figures"]
    view = sureness_view()
    assert len(view.columns) == len(card)
    for column, figures in enumerate(card):
        for band, held in zip(view.bands, figures["bands"], strict=True):
            said = band.shares[column]
            assert said.startswith(f"{held['right']:,} of {held['number']:,} (" if held["number"] else "none found")
        assert any(f"{figures['number']:,} {figures['unit']}s of {figures['measured_on']}" in one for one in view.notes)


def test_the_card_adds_up_and_is_of_the_models_that_ship() -> None:
    """Whoever fits anew must measure anew: `python -m training.reliability`."""
    models = {weights_version("attribution"), weigher_version("judge")}
    assert {one.model for one in load_measured()} == models
    for one in load_measured():
        assert sum(number for number, _ in one.bands.values()) == one.number
        assert list(one.bands) == [least for least, _ in LIKELIHOODS]
        assert all(right <= number for number, right in one.bands.values())


def test_cards_without_bands_give_their_error_alone() -> None:
    kinship = json.loads((MODELS / "kinship.json").read_text(encoding="utf-8"))["figures"]["kept stories"]
    table = json.loads((MODELS / "judge-table.json").read_text(encoding="utf-8"))["development_figures"]
    assert [(one.pairs, one.error) for one in load_calibrations()] == [
        (kinship["all"]["pairs"], kinship["calibration error"]),
        (table["joined, on folds left out"]["all"]["n"], table["calibration error"]["joined, on folds left out"]),
    ]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (pair(Relation.CONFLICT, Kind.DENIAL, 0.95), "That sources stand against each other here: very likely."),
        (pair(Relation.AGREE), "That several say the same: likely."),
        (pair(Relation.COMPATIBLE, Kind.FORECAST), "That both speak of one thing: likely."),
        (pair(Relation.COMPATIBLE, Kind.SHIFT, 0.6), "That the source changed its position: rather likely."),
        (
            pair(Relation.UNSURE, Kind.NONE, 0.3),
            "That they say the same, or that they stand against each other, whichever is likelier: uncertain.",
        ),
        (pair(Relation.UNSURE, Kind.NONE, 0.0), ""),
    ],
)
def test_a_pair_says_how_sure_it_is(one: RelatedPair, words: str) -> None:
    assert pair_sureness(one) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.DISPUTED, "That sources stand against each other here: very likely."),
        (Status.SEVERAL_ORIGINS, "That several say the same: likely."),
        (Status.SHIFTED, "That the source changed its position: rather likely."),
        (Status.SINGLE_ORIGIN, ""),
        (Status.UNCLEAR, ""),
    ],
)
def test_a_finding_says_how_sure_its_status_is(material: Material, status: Status, words: str) -> None:
    pairs = (
        pair(Relation.CONFLICT, Kind.DENIAL, 0.75),
        pair(Relation.CONFLICT, Kind.DENIAL, 0.92),
        pair(Relation.AGREE, Kind.NONE, 0.88),
        pair(Relation.COMPATIBLE, Kind.SHIFT, 0.6),
    )
    assert finding_sureness(replace(material.findings[0], status=status, pairs=pairs)) == words


def test_where_no_pair_was_weighed_nothing_is_said(material: Material) -> None:
    assert finding_sureness(replace(material.findings[0], pairs=())) == ""


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.7, ""),
        (0.69, "that source and words belong together: rather likely"),
        (0.2, "that source and words belong together: uncertain"),
        (0.0, ""),
    ],
)
def test_a_doubtful_source_says_so(claims: Mapping[str, Claim], confidence: float, words: str) -> None:
    assert source_remark(replace(claims["wire_holm"], confidence=confidence)) == words
    assert source_remark(replace(claims["wire_fish"], confidence=0.2)) == ""  # the outlet's own words


def test_what_is_left_open_is_counted(material: Material) -> None:
    doubtful = replace(material, claims=(replace(material.claims[0], confidence=0.4), *material.claims[1:]))
    beside = pair(Relation.UNSURE, Kind.SAME_MATTER)
    findings = order_findings(doubtful.findings)
    held = [replace(findings[0], pairs=(*findings[0].pairs, beside)), *findings[1:]]  # no question was asked there
    assert open_rows(doubtful, held, gather_evidence(doubtful)) == (
        ("Left as “cannot tell”", "2 pairs of claims"),
        ("No known source", "2 of 26 quoted claims"),
        ("Source or words doubtful", "1 of 26 quoted claims"),
        ("Set aside, not read", "2 inputs"),
    )


def test_a_pair_of_two_findings_is_left_open_once(material: Material) -> None:
    twice: list[Finding] = [material.findings[0], replace(material.findings[0], id="other")]
    assert open_rows(material, twice, gather_evidence(material))[0] == ("Left as “cannot tell”", "1 pair of claims")


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("", "write to whoever runs this copy of Rashomon and gave you this page."),
        ("desk@example.org", "write to <bdi>desk@example.org</bdi>, who runs this copy of Rashomon."),
        ("https://example.org/object", 'write to <a class="out" href="https://example.org/object" rel='),
        ("javascript:alert(1)", "write to <bdi>javascript:alert(1)</bdi>, who"),  # settings refuse it before
    ],
)
def test_how_to_object_names_a_contact_if_there_is_one(
    material: Material, templates: Path, contact: str, expected: str
) -> None:
    assert expected in render_report(replace(material, contact=contact), templates)


def test_health_in_a_few_words() -> None:
    failing = replace(HEALTH[1], failing_runs=100)
    assert [health_words(case) for case in ((), HEALTH, (HEALTH[0], failing))] == [
        "",
        "no outlet failing",
        "1 of 2 outlets failing",
    ]


def test_a_page_about_nothing_explains_its_words_all_the_same(
    material: Material, templates: Path, new_article: Callable[..., Article]
) -> None:
    assert new_article().id
    page = render_report(replace(material, articles=(), claims=(), findings=()), templates)
    assert 'id="sureness"' in page
    assert "0 pairs of claims" in page
