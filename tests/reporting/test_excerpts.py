"""Reports that may print only the sentences with claims: which words stand there, and that each is checked."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from tasks.model.article import Article, Span
from tasks.model.claim import Claim
from tasks.model.errors import EvidenceError
from tasks.reporting.book import Book
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.excerpts import GAP, is_excerpt, kept_lines, kept_sentences
from tasks.reporting.material import Material
from tasks.reporting.proof import prove_page
from tasks.reporting.render import render_report
from tasks.reporting.view_articles import EXCERPT, texts_words

TEXT = "One is here. Two is there. Three said so.\nFour stands alone.\nFive is here. Six said so.\nSeven."


def shown(text: str, *words: str) -> list[list[str]]:
    spans = [Span(start=text.index(one), end=text.index(one) + len(one)) for one in words]
    return [[part.of(text) if part else "…" for part in parts] for _, parts in kept_lines(text, spans)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param((), [], id="nothing"),
        pytest.param(("Two is there.",), [["…", "Two is there.", "…"]], id="inside"),
        pytest.param(("One is here.", "Two is there."), [["One is here.", " ", "Two is there.", "…"]], id="neighbours"),
        pytest.param(("One is here.", "Three said so."), [["One is here.", "…", "Three said so.", "…"]], id="apart"),
        pytest.param(
            ("Three said so.", "Six said so."), [["…", "Three said so."], ["…", "Six said so.", "…"]], id="two lines"
        ),
        pytest.param(("Seven.",), [["…", "Seven."]], id="the last line"),
    ],
)
def test_what_is_left_out_is_an_ellipsis(words: tuple[str, ...], expected: list[list[str]]) -> None:
    assert shown(TEXT, *words) == expected


def test_the_sentence_with_the_source_is_kept(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    article = new_article(text="Ada Holm spoke late. She said it rained. The wells are open. It was cold.")
    claim = new_claim(article, content=["The wells are open"], source="Ada Holm", cue="said")
    kept = [span.of(article.text) for span in kept_sentences(article.text, [claim])]
    assert kept == ["Ada Holm spoke late.", "She said it rained.", "The wells are open."]


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        ([], True),
        (["One two three."], True),
        ([f"{GAP}two{GAP}"], True),
        ([f"One{GAP}three."], True),
        ([f"three.{GAP}One"], False),  # in another order
        ([f"One{GAP}four"], False),
        (["Four.", "One two three."], False),
        (["four."], False),
        (["One two three.", "Four."], True),
        (["One two three.", "One two three."], False),  # what stands once is shown once
    ],
)
def test_an_excerpt_holds_words_of_the_text_in_their_order(lines: list[str], right: bool) -> None:
    assert is_excerpt(lines, ["One two three.", "Four."]) is right


@pytest.fixture
def page(material: Material, templates: Path) -> str:
    return render_report(replace(material, whole_texts=False), templates)


def stored_words(page: str) -> str:
    """Return what a page shows of stored texts, sentence after sentence."""
    lines = re.findall(r"<(?:p|h4) data-line[^>]*>(.*?)</(?:p|h4)>", page)
    return "\n".join(unescape(re.sub(r"<[^>]*>", "", re.sub(r"<span data-gap>…</span>", "…", line))) for line in lines)


def test_only_sentences_with_a_shown_claim_are_printed(page: str) -> None:
    words = stored_words(page)
    assert "Kestrel Works had let solvent into the river Lune for nine days" in words
    for left_out in (
        "What the town has seen",
        "The company regrets the concern of its neighbours",
        "The smell reaches the market square",
        "HOST: Minister, who did this?",
    ):
        assert left_out not in page
    assert texts_words(whole=False) in page
    assert texts_words(whole=True) not in page


def test_lines_that_were_dropped_are_counted_and_not_printed(page: str) -> None:
    assert "Share this story" not in page
    assert "<dt>Lines dropped</dt><dd><bdi>2</bdi></dd>" in page
    assert "Sentences added" not in page


def test_every_quote_is_still_counted_and_every_word_checked(page: str, material: Material) -> None:
    assert f"{len(material.claims)} of {len(material.claims)} quotes checked" in page
    evidence = gather_evidence(material)
    assert prove_page(page, evidence, whole=False) == len(material.claims)
    with pytest.raises(EvidenceError, match="another text"):
        prove_page(page, evidence)  # it is not the whole text
    for found, put in (
        ("Holm told reporters.", "Holm told nobody."),
        ("<span data-gap>…</span>", "<span data-gap>and so on</span>"),
    ):
        assert found in page
        with pytest.raises(EvidenceError, match="another text"):
            prove_page(page.replace(found, put), evidence, whole=False)


def test_pages_of_a_large_report_are_excerpts_too(material: Material, templates: Path) -> None:
    book = Book(replace(material, whole_texts=False), templates, "report.html")
    pages = dict(book.parts())
    articles = [page for name, page in pages.items() if name.startswith("article-")]
    assert len(articles) == len(material.articles)
    assert all(EXCERPT in page for page in articles)
    assert not [page for page in pages.values() if "The company regrets" in page]
    assert texts_words(whole=False) in book.contents()


def test_an_article_without_a_shown_claim_says_so(material: Material, templates: Path) -> None:
    alone = replace(material, claims=(), findings=(), earlier=(), earlier_claims=(), whole_texts=False)
    page = render_report(alone, templates)
    assert page.count("No claim in it is shown.") == len(material.articles)
    assert "data-line" not in page
