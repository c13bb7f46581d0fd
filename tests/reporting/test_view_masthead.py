"""The head of a report: topic, numbers, attention."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind
from tasks.model.finding import Status
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_attention import ATTENTION, AttentionView, attention_views
from tasks.reporting.view_findings import order_findings
from tasks.reporting.view_masthead import MastheadView, masthead_view

DISPUTE = (
    "At most 2 independent origins (2 sources, 5 articles) say so; "
    "at most 1 independent origin (2 sources, 3 articles) denies it."
)
EDITED = (
    "Inland Review changed the text; this is version 2: 3 sentences added, 1 sentence removed, "
    "new: 3 claims of Water Board and somebody not named, gone: 1 claim of Water Board."
)


def head(material: Material) -> MastheadView:
    return masthead_view(material, order_findings(material.findings), gather_evidence(material))


def attention(material: Material) -> tuple[tuple[AttentionView, ...], int]:
    """Return what a report tells first of which nothing is new; test_view_since.py has those with news."""
    material = replace(material, since=None)
    return attention_views(material, order_findings(material.findings), gather_evidence(material))


def test_masthead_of_the_story(material: Material) -> None:
    view = head(material)
    assert view.title == "Kestrel Works and Lune"
    assert [(figure.number, figure.noun) for figure in view.figures] == [
        ("11", "independent origins, at most"),
        ("6", "articles"),
        ("6", "outlets"),
        ("6", "findings"),
    ]
    assert view.period == "3 April 2031 to 6 April 2031"
    assert view.as_of == "7 April 2031, 05:00 UTC"


def test_one_who_speaks_in_two_findings_is_one_origin(material: Material) -> None:
    # Ada Holm stands behind one origin of the first finding and the only origin of the fourth.
    holm = [replace(material, findings=chosen) for chosen in (material.findings[:1], material.findings[3:4])]
    both = replace(material, findings=(material.findings[0], material.findings[3]))
    assert [head(case).figures[0].number for case in (*holm, both)] == ["4", "1", "4"]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        pytest.param(0, "Nothing to report yet", id="nothing"),
        pytest.param(1, "Minister says plant fouled the Lune; company denies it", id="one article"),
        pytest.param(3, "3 articles from 3 outlets", id="several"),
    ],
)
def test_title_where_no_party_is_known(material: Material, articles: int, expected: str) -> None:
    assert head(replace(material, articles=material.articles[:articles], claims=(), findings=())).title == expected


def test_title_of_many_stories_says_that_they_are_many(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    towns = [Entity(id=f"unknown:{name}", name=name, kind=EntityKind.UNKNOWN) for name in ("Aba", "Bel", "Cor", "Dun")]
    articles = tuple(new_article(url=f"https://a.example/{town.name}") for town in towns)
    claims = tuple(
        new_claim(article, content=["the bridge is closed"], parties=[town])
        for article, town in zip(articles, towns, strict=True)
    )
    many = replace(material, articles=articles, claims=claims, findings=())
    assert head(many).title == "Aba, Bel, Cor and other topics"


def test_attention_tells_conflicts_first_with_origins_first(material: Material) -> None:
    views, more = attention(material)
    assert [(view.tag, view.statement, view.words) for view in views] == [
        (
            "Disputed",
            "Kestrel Works let solvent into the river Lune",
            DISPUTE,
        ),
        ("Shifted", "Tap water in Brenna is safe to drink", "Water Board has taken both sides at different times."),
        (
            "Single origin",
            "The ministry has closed two wells",
            "At most 1 independent origin, carried by 3 outlets; not corroborated here.",
        ),
        (
            "Edited",
            "Water Board now advises Brenna to boil its water",
            EDITED,
        ),
    ]
    assert more == 0


def test_attention_is_never_more_than_seven_sentences(material: Material) -> None:
    many = tuple(replace(material.findings[0], id=f"{number:04}") for number in range(9))
    views, more = attention(replace(material, findings=many))
    assert (len(views), more) == (ATTENTION, 3)
    assert [view.tag for view in views] == ["Disputed"] * 6 + ["Edited"]  # an edit is not crowded out


def test_single_origin_in_one_outlet_needs_no_attention(material: Material, articles: Mapping[str, Article]) -> None:
    denied = next(finding for finding in material.findings if finding.status is Status.DENIED)
    alone = replace(material, findings=(replace(denied, status=Status.SINGLE_ORIGIN),), articles=material.articles)
    assert [view.tag for view in attention(alone)[0]] == ["Edited"]
    assert articles["review"].version == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [
        pytest.param("completed", "", id="completed"),
        pytest.param("running", "", id="at work"),
        pytest.param("interrupted", "The run was interrupted before it was done", id="interrupted"),
        pytest.param("cancelled", "The run was cancelled before it was done", id="cancelled"),
        pytest.param("failed", "The run failed before it was done", id="failed"),
    ],
)
def test_a_run_that_did_not_do_all_says_so(material: Material, status: str, words: str) -> None:
    ended = head(replace(material, run=replace(material.run, status=status))).ended

    assert ended.startswith(words)
    assert bool(ended) == bool(words)
