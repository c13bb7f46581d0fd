from datetime import UTC, datetime

import pytest

from tasks.model.article import DateSource, Sureness
from tasks.reading.html import parse_page

NOW = datetime(2024, 7, 17, 12, tzinfo=UTC)
PROSE = "".join(
    f"<p>{word} It was said at length at the quay, and nobody from the ferry company denied it to us then.</p>"
    for word in ("First.", "Then.", "Later.", "At last.")
)
TITLE = "Ferry left too early, passengers say"


def page(*, head: str = "", over: str = "", under: str = "", after: str = "", body: str = PROSE) -> str:
    """Return a page with something in its head, over its headline, under it, and behind its article."""
    return (
        f"<html><head><title>{TITLE} - Bay Post</title>{head}</head><body>{over}"
        f"<article><h1>{TITLE}</h1>{under}{body}</article>{after}</body></html>"
    )


def ld(**fields: str) -> str:
    """Return a script of JSON-LD for one article."""
    said = ", ".join(f'"{name}": "{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {said}}}</script>'


CLOCK = '<div class="top"><span>Wednesday, July 17, 2024</span></div>'
OTHERS = '<aside><a href="/x">Dust over the mountains</a> <span>June 3, 2024</span></aside>'


@pytest.mark.parametrize(
    ("html", "day", "source", "place"),
    [
        pytest.param(
            page(head=ld(datePublished="2024-03-05T10:00:00Z"), over=CLOCK),
            "2024-03-05", DateSource.METADATA, "json-ld", id="JSON-LD",
        ),
        pytest.param(
            page(head='<meta property="article:published_time" content="2024-03-05T10:00:00Z">', over=CLOCK),
            "2024-03-05", DateSource.METADATA, "meta", id="meta tag",
        ),
        pytest.param(
            page(under='<time itemprop="datePublished" datetime="2024-03-05">Tuesday</time>', over=CLOCK),
            "2024-03-05", DateSource.METADATA, "time", id="marked in the text",
        ),
        pytest.param(page(under="<p>March 5, 2024</p>", over=CLOCK), "2024-03-05", DateSource.PAGE, "page", id="shown"),
        pytest.param(page(over=CLOCK), "", DateSource.NONE, "", id="only the clock of the page"),
        pytest.param(
            page(over='<header><time datetime="2024-07-17">July 17, 2024</time></header>'),
            "", DateSource.NONE, "", id="a clock that is marked as a time",
        ),
        pytest.param(page(after=OTHERS), "", DateSource.NONE, "", id="only the date of another story"),
        pytest.param(page(under='<div class="current-date">17 July 2024</div>'), "", DateSource.NONE, "", id="by name"),
        pytest.param(
            page(body=PROSE.replace("First.", "DORNHAL, 5 March 2024 (Bay Wire) - First.", 1), over=CLOCK),
            "2024-03-05", DateSource.DATELINE, "dateline", id="dateline",
        ),
        pytest.param(
            page(body=PROSE.replace("First.", "Dornhal, Nov 9: First.", 1), under="<p>July 16, 2024</p>"),
            "", DateSource.NONE, "", id="a guess that the dateline refutes",
        ),
        pytest.param(
            page(head=ld(datePublished="soon"), over=CLOCK), "", DateSource.NONE, "", id="a clock beside a broken date",
        ),
        pytest.param(
            page(head=ld(datePublished="2031-01-01")), "", DateSource.NONE, "", id="a day in the future",
        ),
    ],
)  # fmt: skip
def test_when_a_page_was_published(html: str, day: str, source: DateSource, place: str) -> None:
    draft = parse_page(html, now=NOW, min_words=1)
    found = {note.field: note.place for note in draft.notes}
    assert (draft.published_at.date().isoformat() if draft.published_at else "") == day
    assert (draft.date_source, found.get("published_at", "")) == (source, place)


def test_the_address_dates_a_page() -> None:
    draft = parse_page(page(over=CLOCK), url="https://bay.example/2024/03/05/ferry", now=NOW, min_words=1)
    assert draft.published_at == datetime(2024, 3, 5, tzinfo=UTC)
    assert {note.place for note in draft.notes if note.field == "published_at"} == {"address"}


def test_a_page_says_who_wrote_it_and_when_it_changed() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "Person", "@id": "#ada", "name": "Ada Brandt"},'
        '{"@type": "Organization", "@id": "#bay", "name": "Bay Post"},'
        f'{{"@type": ["NewsArticle"], "headline": "{TITLE}", "author": [{{"@id": "#ada"}}, {{"name": "Jo Lund"}}],'
        '"publisher": {"@id": "#bay"}, "datePublished": "2024-03-05", "dateModified": "2024-03-06T08:00:00Z"},'
        '{"@type": "Article", "headline": "Dust", "author": "Sam Roe", "datePublished": "2020-01-01"}]}</script>'
    )
    draft = parse_page(page(head=head), now=NOW, min_words=1)
    assert (draft.author, draft.site_name) == ("Ada Brandt, Jo Lund", "Bay Post")
    assert draft.published_at == datetime(2024, 3, 5, tzinfo=UTC)
    assert draft.modified_at == datetime(2024, 3, 6, 8, tzinfo=UTC)
    sure = {note.field: (note.place, note.sureness) for note in draft.notes}
    assert sure["author"] == sure["modified_at"] == sure["site_name"] == ("json-ld", Sureness.DECLARED)


def test_what_only_the_library_found_is_a_guess() -> None:
    draft = parse_page(page(under='<p class="byline">By Ada Brandt</p>'), now=NOW, min_words=1)
    sure = {note.field: note.sureness for note in draft.notes}
    assert (draft.author, sure["author"]) == ("Ada Brandt", Sureness.GUESSED)


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, '{"@graph": {"@graph": 1}}', '{"@type": "Article", "author": [[[]], 3, null]}', "null"],
)
def test_odd_scripts_of_metadata_do_no_harm(script: str) -> None:
    html = page(head=f'<script type="application/ld+json">{script}</script>')
    assert parse_page(html, now=NOW, min_words=1).lines
