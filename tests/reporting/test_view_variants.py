"""One utterance in different words: what counts as one, and what is shown of the difference."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind
from tasks.model.finding import Finding, Status
from tasks.reporting.evidence import arrange_evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_variants import VARIANTS, VariantsView, WordingView, variants_views

ANN = Entity(id="person:ann", name="Ann", kind=EntityKind.PERSON)
SIGNS = {"": "", "ins": "+", "del": "-", "gap": "_"}


def shown(view: WordingView) -> str:
    """Return the wording with a sign in front of each stretch that differs."""
    return "|".join(SIGNS[part.change] + part.text for part in view.stretches)


def test_the_story_has_one(material: Material) -> None:
    (view,) = variants_views(material.findings[0], gather_evidence(material))
    assert view.speaker == "Jonas Weir (Kestrel Works)"
    assert (view.first.outlets, shown(view.first)) == ("National Wire", "Not one litre has left our site,")
    assert [(one.outlets, shown(one)) for one in view.others] == [
        ("Harbour Post", "Not one litre |+of it |has left |-our |+the |site,")
    ]


@pytest.fixture
def quoted(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim], new_finding: Callable[..., Finding]
) -> Callable[..., tuple[VariantsView, ...]]:
    """Return what makes the view of a finding in which each outlet quotes Ann, in one origin."""

    def make(*quotes: Sequence[str], speech: str = "direct") -> tuple[VariantsView, ...]:
        articles = [
            new_article(
                url=f"https://a.example/{n}",
                outlet=f"Outlet {n}",
                text=f"Ann said: {' (she paused) '.join(words)}",
                published_at=datetime(2031, 4, 1 + n, tzinfo=UTC),
            )
            for n, words in enumerate(quotes)
        ]
        claims = [
            new_claim(article, who=[ANN], source="Ann", content=list(words), speech=speech)
            for article, words in zip(articles, quotes, strict=True)
        ]
        evidence = arrange_evidence(articles, claims)
        return variants_views(new_finding(Status.SINGLE_ORIGIN, for_=[claims]), evidence)

    return make


@pytest.mark.parametrize(
    "quotes",
    [
        pytest.param([["The dam is safe."], ["the dam is safe,"]], id="capitals and points alone"),
        pytest.param([["The dam is safe."], ["We were never asked about anything."]], id="another utterance"),
        pytest.param([["The dam is safe."]], id="one outlet"),
        pytest.param([[" ".join(["word"] * 81)], [" ".join(["word"] * 82)]], id="too long to compare"),
    ],
)
def test_what_is_no_variant(quotes: Sequence[Sequence[str]], quoted: Callable[..., tuple[VariantsView, ...]]) -> None:
    assert quoted(*quotes) == ()


def test_indirect_speech_is_the_outlets_wording(quoted: Callable[..., tuple[VariantsView, ...]]) -> None:
    quotes = (["the dam is safe"], ["the dam is quite safe"])
    assert quoted(*quotes, speech="indirect") == ()
    assert len(quoted(*quotes, speech="mixed")) == 1


def test_outlets_with_the_same_words_are_one_wording(quoted: Callable[..., tuple[VariantsView, ...]]) -> None:
    (view,) = quoted(["The dam is safe."], ["The dam is quite safe."], ["the dam is safe"])
    assert view.first.outlets == "Outlet 0 and Outlet 2"
    assert [(one.outlets, shown(one)) for one in view.others] == [("Outlet 1", "The dam is |+quite |safe.")]


def test_a_quote_in_two_pieces_keeps_its_gap(quoted: Callable[..., tuple[VariantsView, ...]]) -> None:
    (view,) = quoted(["The dam", "is safe today."], ["The dam is safe."])
    assert (shown(view.first), shown(view.others[0])) == (
        "The dam|_ … |is safe today.",
        "The dam |is safe.|-today.",
    )


def test_wordings_are_capped(quoted: Callable[..., tuple[VariantsView, ...]]) -> None:
    extra = ["now", "today", "here", "indeed", "again", "too"]
    (view,) = quoted(*([f"The dam is safe and sound {word}."] for word in extra))
    assert (len(view.others), view.more) == (VARIANTS, f"{len(extra) - 1 - VARIANTS} more wordings not shown")
