from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.model.article import Article, DateSource, SetAsideReason, Sureness
from tasks.model.errors import UnreadableArticleError
from tasks.reading.frontmatter import split_front_matter
from tasks.reading.inputs import Input, find_inputs
from tasks.reading.item import ReadingLimits
from tasks.reading.markdown import LONGEST, draft_of_markdown
from tasks.reading.read import Fetch, read_each

TEXT = """---
title: "Ferry left early"   # as printed
date: 2024-03-05T10:00:00Z
updated: 2024-03-06
authors:
  - Ada Brandt
  - name: Jo Lund
tags: [ferry, quay]
canonical_url: https://bay.example/ferry?utm_source=x
---

# Ferry left early

PORT MAREN, March 4 (Bay Wire) - The [ferry company](https://ferry.example) **denied**
on *Monday* that its boat had left the quay early.

```python
print("The company admitted it on Monday, she said.")
```

## What the passengers say

> “Nobody warned us,” said Ada Brandt, who was left behind.

1. The gate was locked at `nine`.
2. The log was kept.

| hour | what the log says |
| --- | --- |
| nine | The gate was locked |

<!-- The company admitted it, a comment says. -->
<p>The harbour master said that the boat was <b>due</b>.</p>

![A ferry, said to be late](https://bay.example/a.png)
"""


def test_a_file_with_front_matter(tmp_path: Path, now: datetime, no_fetch: Fetch) -> None:
    (tmp_path / "ferry.md").write_text(TEXT)
    (item,) = find_inputs([str(tmp_path / "ferry.md")], limits=ReadingLimits())
    assert isinstance(item, Input)
    (article,) = read_each(item, limits=ReadingLimits(), now=now, fetch=no_fetch)
    assert isinstance(article, Article)
    assert (article.title, article.url) == ("Ferry left early", "https://bay.example/ferry")
    assert (article.author, article.dateline) == ("Ada Brandt, Jo Lund", "PORT MAREN, March 4")
    assert article.published_at == datetime(2024, 3, 5, 10, tzinfo=UTC)
    assert article.modified_at == datetime(2024, 3, 6, tzinfo=UTC)
    assert article.date_source is DateSource.HEADER
    note = article.note_on("author")
    assert note
    assert (note.place, note.sureness) == ("front matter", Sureness.GIVEN)
    assert article.text.split("\n") == [
        "PORT MAREN, March 4 (Bay Wire) - The ferry company denied on Monday that its boat had left the quay early.",
        "What the passengers say",
        "“Nobody warned us,” said Ada Brandt, who was left behind.",
        "1. The gate was locked at nine.",
        "2. The log was kept.",
        "The harbour master said that the boat was due.",
    ]
    assert "What the passengers say" in [span.of(article.text) for span in article.headings]
    assert "nine The gate was locked" in article.residue  # rows of a table are seldom sentences
    assert any("print(" in line for line in article.residue)
    assert "admitted" not in article.text


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        pytest.param("+++\ntitle = 'Ferry'\ndate = 2024-03-05\n+++\nHe left.", "Ferry", "2024-03-05", id="TOML"),
        pytest.param("title: Ferry\npublished: 2024-03-05\n\nHe left.", "Ferry", "2024-03-05", id="our own header"),
        pytest.param("# Ferry\n\nHe left.", "Ferry", "", id="only a heading"),
        pytest.param("He left.\n\n# Ferry", "", "", id="a heading in the middle"),
        pytest.param("---\n\nHe left.\n\n---\nShe stayed.", "", "", id="rules, no front matter"),
    ],
)
def test_where_the_title_comes_from(text: str, title: str, published: str) -> None:
    draft = draft_of_markdown(text)
    assert draft.title == title
    assert (draft.published_at.date().isoformat() if draft.published_at else "") == published


def test_rules_around_a_sentence_do_not_lose_it() -> None:
    assert next(line.text for line in draft_of_markdown("---\nHe left.\n---\nShe stayed.").lines) == "He left."


def test_front_matter_names_no_objects_and_does_not_grow() -> None:
    fields, _ = split_front_matter("---\na: &a [x, x]\ntitle: !!python/object/apply:os.system [ls]\nurl: *a\n---\n")
    assert fields["title"].startswith("!!python")  # a word like any other
    assert fields["url"] == "*a"


def test_a_book_is_not_even_parsed() -> None:
    with pytest.raises(UnreadableArticleError) as caught:
        draft_of_markdown("a" * (LONGEST + 1))
    assert caught.value.reason is SetAsideReason.TOO_LARGE


@pytest.mark.parametrize("unit", ["[", "*a_", "> ", "- ", "`a", "![](", "<a ", "&#", "|a|\n|-|\n", "#"])
def test_hostile_marks_end(unit: str) -> None:
    assert draft_of_markdown(f"{unit * 5_000}\n\nThe ferry left at nine.").lines
