from dataclasses import replace

import pytest

from tasks.model.article import Article
from tasks.reading.repeated import mark_repeated
from tests.conftest import MakeArticle

TEXTS = (
    (
        "The ferry company denied on Monday that its boat had left the quay too early.\n"
        "Passengers said that the gate had been locked before nine, and that nobody had warned them of it."
    ),
    (
        "The mill at Larden will close for a week, its director said after a meeting with the mayor.\n"
        "The minister said that chlorine had been found in the river below the mill."
    ),
    (
        "The council of Dornhal voted on Tuesday to sell the old harbour to a firm from the capital.\n"
        "The firm said that it would build flats there, and a school for the children."
    ),
)
FOOTER = "The Bay Post has told the truth about the harbour since 1911, its readers say every single year."


def marked(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.headings]


def make(make_article: MakeArticle, *texts: str, outlet: str = "Bay Post") -> list[Article]:
    return [make_article(text, outlet=outlet, url=f"https://bay.example/{n}") for n, text in enumerate(texts)]


def test_a_line_that_ends_three_articles_of_one_outlet_is_none_of_the_text(make_article: MakeArticle) -> None:
    found = make(make_article, *(f"{text}\n{FOOTER}" for text in TEXTS))
    assert [marked(article) for article in mark_repeated(found)] == [[FOOTER]] * 3
    # Its text and its id do not hang on the company that an article is read in.
    assert [article.id for article in mark_repeated(found)] == [article.id for article in found]


@pytest.mark.parametrize("number", [1, 2])
def test_fewer_than_three_prove_nothing(number: int, make_article: MakeArticle) -> None:
    found = make(make_article, *(f"{text}\n{FOOTER}" for text in TEXTS[:number]), TEXTS[2])
    assert mark_repeated(found) == found


def test_another_outlet_proves_nothing(make_article: MakeArticle) -> None:
    texts = [f"{text}\n{FOOTER}" for text in TEXTS]
    found = make(make_article, *texts[:2]) + make(make_article, texts[2], outlet="Gazette")
    assert mark_repeated(found) == found


def test_a_long_line_in_the_middle_is_background_and_a_short_one_is_not(make_article: MakeArticle) -> None:
    short = "More on the harbour from the Bay Post"
    found = make(make_article, *(text.replace("\n", f"\n{FOOTER}\n{short}\n") for text in TEXTS))
    assert [marked(article) for article in mark_repeated(found)] == [[short]] * 3


def test_versions_of_one_article_do_not_mark_each_other(make_article: MakeArticle) -> None:
    found = make(make_article, *(f"{TEXTS[0]}\nThe company added {word}." for word in ("one", "two", "three")))
    assert mark_repeated(found) == found


def test_the_same_text_three_times_is_one(make_article: MakeArticle) -> None:
    (article,) = make(make_article, f"{TEXTS[0]}\n{FOOTER}")
    found = [article, replace(article, url="https://bay.example/b"), replace(article, url="https://bay.example/c")]
    assert mark_repeated(found) == found
