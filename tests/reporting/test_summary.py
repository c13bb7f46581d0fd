"""The summary in Markdown."""

from dataclasses import replace

import pytest

from tasks.model.article import SetAside, SetAsideReason
from tasks.reporting.material import Material
from tasks.reporting.summary import ROWS, escape, summary_line, summary_markdown

DISPUTED = (
    "| Disputed | at most 2 | at most 1 | at most 1 "
    "| [Kestrel Works let solvent into the river Lune](<https://reports.example/index.html#finding-"
)


def test_summary_of_the_story(material: Material) -> None:
    lines = summary_markdown(material, "https://reports.example/index.html").splitlines()
    assert lines[0] == "# Kestrel Works and Lune"
    assert "**11** independent origins, at most · **6** articles · **6** outlets · **6** findings" in lines
    assert "[Open the report](<https://reports.example/index.html>)" in lines
    assert any(line.startswith(DISPUTED) for line in lines)
    assert r"| inbox/photo\.txt | not a text | begins with the bytes of a PNG picture |" in lines
    assert any(line.startswith(r"- **Disputed:** Kestrel Works let solvent") for line in lines)
    assert any(line.startswith(r"- **New · Shifted:** Tap water in Brenna") for line in lines)


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        pytest.param("reports/index.html", "Report: `reports/index.html`", id="a path to copy"),
        pytest.param("javascript:alert(1)", "Report: `javascript:alert(1)`", id="no link to a script"),
        pytest.param("a`b", r"Report: a\`b", id="a path with a mark of code"),
        pytest.param("https://a.example/)>x", "[Open the report](<https://a.example/)%3Ex>)", id="odd signs"),
    ],
)
def test_link(material: Material, link: str, shown: str) -> None:
    assert shown in summary_markdown(material, link).splitlines()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[a](javascript:x)", r"\[a\]\(javascript\:x\)", id="link"),
        pytest.param("<img src=x>", r"\<img src=x\>", id="HTML"),
        pytest.param("a | b", r"a \| b", id="column"),
        pytest.param("a\n# b", r"a \# b", id="new line"),
        pytest.param("![x](y) `c` **d**", r"\!\[x\]\(y\) \`c\` \*\*d\*\*", id="image, code, bold"),
        pytest.param("a\u202eb", "ab", id="turned direction"),
        pytest.param("back\\slash", "back\\\\slash", id="backslash"),
        pytest.param("https://a.example", r"https\://a\.example", id="bare address"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_long_tables_are_cut_and_say_so(material: Material) -> None:
    asides = tuple(SetAside(name=f"f{n}", reason=SetAsideReason.EMPTY, detail="") for n in range(ROWS + 5))
    text = summary_markdown(replace(material, set_asides=asides), "x")
    assert text.count("| empty |") == ROWS
    assert "5 more rows in the report" in text


def test_strangers_words_are_escaped_everywhere(material: Material) -> None:
    wild = "[x](http://bad.example)"
    articles = tuple(replace(article, title=wild, outlet=wild, version=2) for article in material.articles[:1])
    text = summary_markdown(replace(material, articles=articles, claims=(), findings=()), "x")
    assert "](http://bad" not in text
    assert text.count(r"\[x\]\(http\://bad\.example\)") == 3


def test_summary_line(material: Material) -> None:
    assert summary_line(material).startswith("6 articles, 6 outlets, 6 findings, 2 set aside. 6 matters: 1 disputed,")
    empty = replace(material, articles=(), claims=(), findings=(), set_asides=())
    assert summary_line(empty) == "0 articles, 0 outlets, 0 findings. No article could be read."
