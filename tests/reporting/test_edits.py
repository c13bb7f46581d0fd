"""What an edit changed: sentences and claims, read from the two stored texts."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.errors import EvidenceError
from tasks.reporting.context import sentence_spans
from tasks.reporting.edits import edit_view, find_edits
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.export import export_rows
from tasks.reporting.material import Material
from tasks.reporting.view_articles import each_article
from tasks.reporting.view_masthead import attention_views

SAFE = "tap water in Brenna is safe to drink"


def test_sentences_and_claims_of_the_story(material: Material, articles: Mapping[str, Article]) -> None:
    view = edit_view(find_edits(material)[articles["review"].id])
    assert view.added == (
        "The Water Board now says that tap water in Brenna is not safe to drink.",
        "Last week it had called it safe.",
        "Thirty people were allegedly treated.",
    )
    assert view.removed == (f"The Water Board says that {SAFE}.",)
    assert view.claims_removed == (f"Water Board says: {SAFE}",)
    assert [words.split(":")[0] for words in view.claims_added] == [
        "Water Board says",
        "Water Board says",
        "somebody not named alleges, as possible",
    ]


def test_only_an_edited_article_whose_version_before_is_at_hand_has_an_edit(
    material: Material, articles: Mapping[str, Article]
) -> None:
    assert find_edits(material).keys() == {articles["review"].id}
    assert find_edits(replace(material, earlier=(), earlier_claims=())) == {}


def made(material: Material, new_article: Callable[..., Article], before: str, after: str) -> Material:
    return replace(
        material,
        articles=(new_article(text=after, version=2),),
        earlier=(new_article(text=before),),
        claims=(),
        earlier_claims=(),
        findings=(),
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        pytest.param("One. Two.", "Two.\nOne.", "no sentence changed", id="moved"),
        pytest.param("One was here.", "“One  was here.”", "no sentence changed", id="marks-and-spaces"),
        pytest.param("It rains. It rains.", "It rains.", "1 sentence removed", id="said-less-often"),
        pytest.param("Dr. Holm left.", "Dr. Holm left. So did we.", "1 sentence added", id="added"),
        pytest.param("One. Two. Three.", "One. Four.", "1 sentence added, 2 sentences removed", id="both"),
    ],
)
def test_how_much_changed(
    material: Material, new_article: Callable[..., Article], before: str, after: str, words: str
) -> None:
    (edit,) = find_edits(made(material, new_article, before, after)).values()
    assert edit_view(edit).words == words


def test_a_claim_of_the_version_before_without_its_words_stops_the_report(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    told = made(material, new_article, "The mayor said it was late. It was.", "It was.")
    claim = new_claim(new_article(text="A longer text in which the mayor said it was late."), content=["it was late"])
    with pytest.raises(EvidenceError, match="not among the stored"):
        find_edits(replace(told, earlier_claims=(claim,)))


def test_a_text_that_was_edited_since_says_so_and_needs_no_attention(
    material: Material, new_article: Callable[..., Article]
) -> None:
    old = replace(material, articles=(new_article(version=2, superseded=True),), claims=(), findings=())
    facts = dict(next(each_article((), gather_evidence(old), old)).facts)
    assert facts["Version"] == "2: edited since; what it says takes part in no finding"
    assert attention_views(old, (), gather_evidence(old)) == ((), 0)


def test_the_export_tells_the_edit_and_in_which_version_a_claim_stands(
    material: Material, articles: Mapping[str, Article], claims: Mapping[str, Claim]
) -> None:
    rows = export_rows(material)
    (edit,) = rows["edits"]
    assert (edit["article"], edit["before"]) == (articles["review"].id, material.earlier[0].id)
    assert edit["claims_removed"] == [material.earlier_claims[0].id]
    versions = {row["id"]: (row["version"], row["current"]) for row in rows["claims"]}
    assert versions[claims["review_holm"].id] == (2, True)
    assert versions[claims["wire_holm"].id] == (1, True)


def test_sentences_keep_their_places() -> None:
    text = "  Dr. Ada Holm left.  “She knew.” Then nobody\n\nspoke"
    assert [span.of(text) for span in sentence_spans(text)] == [
        "Dr. Ada Holm left.",
        "“She knew.”",
        "Then nobody",
        "spoke",
    ]
