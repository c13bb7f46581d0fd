"""The table of conflicts."""

from dataclasses import replace

import pytest

from tasks.model.finding import Status
from tasks.reporting.conflicts import ROWS, WIDTH, conflict_rows
from tasks.reporting.material import Material
from tasks.reporting.words import likelihood_words

LINK = "https://reports.example/report-1.html"


def test_a_row_says_who_stands_against_whom(material: Material) -> None:
    row, shifted = conflict_rows(material, LINK)
    [finding] = [finding for finding in material.findings if finding.status is Status.DISPUTED]

    assert row == {
        "Matter": f"[Kestrel Works let solvent into the river Lune](<{LINK}#finding-{finding.id}>)",
        "Says so": r"Ada Holm \(Environment Ministry\); Mira Solt \(plant workers' union\)",
        "Denies it or says otherwise": r"Jonas Weir \(Kestrel Works\); Kestrel Works",
        "Origins": "at most 2 against at most 1",
        "A conflict": "very likely",
        "Outlets": "National Wire; Harbour Post; 4 more",
        "Status": "Disputed",
    }
    assert shifted["Status"] == "Shifted"
    assert all(list(one) == list(row) for one in (row, shifted))  # the first row names the columns


def test_without_an_address_nothing_is_a_link(material: Material) -> None:
    matters = [row["Matter"] for row in conflict_rows(material, "/home/ada/reports/report-1.html")]

    assert matters[0] == "Kestrel Works let solvent into the river Lune"


def test_strangers_words_are_escaped_and_cut(material: Material) -> None:
    wild = "[x](http://bad.example) | " + "y" * WIDTH
    articles = tuple(replace(article, outlet=wild) for article in material.articles)
    findings = tuple(replace(finding, statement=wild) for finding in material.findings)
    rows = list(conflict_rows(replace(material, articles=articles, findings=findings), LINK))

    assert rows[0]["Matter"].startswith(r"[\[x\]\(http\://bad\.example\) \| yyy")
    assert "…](<" in rows[0]["Matter"]
    assert "](http://bad" not in str(rows)


def test_there_are_so_many_rows_and_no_more(material: Material) -> None:
    [finding] = [finding for finding in material.findings if finding.status is Status.DISPUTED]
    many = tuple(replace(finding, id=f"{number:016x}") for number in range(ROWS + 5))

    assert len(list(conflict_rows(replace(material, findings=many), LINK))) == ROWS


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.95, "very likely"),
        (0.9, "very likely"),
        (0.75, "likely"),
        (0.6, "rather likely"),
        (0.2, "uncertain"),
        (0, ""),
    ],
)
def test_a_probability_in_words(confidence: float, words: str) -> None:
    assert likelihood_words(confidence) == words
