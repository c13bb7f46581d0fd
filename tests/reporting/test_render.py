"""Whole pages: the gold report, what may not happen in a page, and pages with little in them.

After a change that is meant, renew the files of gold: RASHOMON_RENEW_GOLD=1 pytest tests/reporting/test_render.py
"""

import os
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tasks.model.article import Article
from tasks.model.change import Change, Difference, Since
from tasks.model.claim import Claim, Entity, EntityKind
from tasks.model.finding import Finding, Kind, Member, Origin, RelatedPair, Relation, Side, Status
from tasks.reporting.book import Book
from tasks.reporting.material import Material
from tasks.reporting.render import render_report

GOLD = Path(__file__).parents[1] / "gold"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><style>body{display:none}",
    "{{ 7 * 7 }} {% raw %} {# note #}",
    "<!--reports--><!--/reports-->",
    "\u202egnissim \u2066\u200f",
    "javascript:alert(1)",
    "\x00\x1b[31m\ud800",
    "]]> &lt;b&gt; &amp;",
    "</mark></blockquote></details>",
)


class Page(HTMLParser):
    """What stands in a page: its elements with their attributes, its ids, whether it is well nested."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    @property
    def ids(self) -> list[str]:
        return [held["id"] or "" for _, held in self.elements if "id" in held]


@pytest.fixture
def page(material: Material, templates: Path) -> str:
    return render_report(material, templates)


def hostile_material(
    material: Material, words: str, new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> Material:
    """Return material in which every text of a stranger begins with the given words."""
    given = {"url": words, "path": words, "title": words, "language": words, "sha256": words, "residue": (words,)}
    article = new_article(**given, outlet=words, text=words)
    later = new_article(
        **given,
        outlet=f"{words} b",
        text=f"{words.strip()} also",
        published_at=article.retrieved_at + timedelta(days=3),
    )
    who, other = (Entity(id=name, name=name, kind=EntityKind.PERSON) for name in (words, f"{words} b"))
    core = words.strip()
    told = {"source": core, "via": [words], "speech": "direct"}
    claim = new_claim(article, **told, content=[core], who=[who], counts=[[1, 1, words, core]])
    again = new_claim(later, **told, content=[f"{core} also"], who=[who], counts=[[2, 2, words, core]])
    against = new_claim(later, **told, content=[core], who=[other], act="deny", counts=[[3, 3, words, core]])
    claims = (claim, again, against)
    finding = Finding(
        id=claim.id,
        statement=words,
        status=Status.DISPUTED,
        members=tuple(Member(claim_id=one.id, side=Side.AGAINST if one is against else Side.FOR) for one in claims),
        origins=(
            Origin(side=Side.FOR, claim_ids=(claim.id, again.id), reason=words),
            Origin(side=Side.AGAINST, claim_ids=(against.id,), reason=words),
        ),
        pairs=tuple(_pair_of(claim, against, relation, words) for relation in Relation),
        first_seen=article.retrieved_at,
        last_seen=article.retrieved_at,
        reckoning=words,
    )
    aside = replace(material.set_asides[0], name=words, detail=words)
    news = Difference(change=Change.NEW, subject=claim.id, words=words, sources=(words,), outlets=(words,))
    others = [change for change in Change if change is not Change.STATUS]
    differences = (
        *(replace(news, change=change, after=claim.id if change is Change.MERGED else "") for change in others),
        replace(news, change=Change.STATUS, before="denied", after="disputed", subject=words),
    )
    return replace(
        material,
        articles=(article, later),
        claims=claims,
        findings=(finding,),
        set_asides=(aside,),
        method=((words, words),),
        scope=words,
        since=Since(before=article.retrieved_at, differences=differences),
        health=tuple(replace(one, name=words, host=words) for one in material.health),
        contact=words,
    )


def _pair_of(one: Claim, other: Claim, relation: Relation, words: str) -> RelatedPair:
    left, right = sorted((one.id, other.id))
    return RelatedPair(left=left, right=right, relation=relation, kind=Kind.NONE, confidence=1.0, reasons=(words,))


def check_gold(name: str, page: str) -> None:
    """Compare a page with the file of gold, or write that anew where it is asked for."""
    if os.environ.get("RASHOMON_RENEW_GOLD"):
        (GOLD / name).write_text(page, encoding="utf-8")
    assert page == (GOLD / name).read_text(encoding="utf-8")


def test_gold(page: str) -> None:
    check_gold("report.html", page)


def test_gold_of_a_large_report(material: Material, templates: Path) -> None:
    """The same story as many pages: the one that lists, and the first of each other kind."""
    book = Book(material, templates, "report-20310407T050000Z-6b1f0a52.html")
    parts = dict(book.parts())
    check_gold("contents.html", book.contents())
    for kind in ("finding", "article"):
        check_gold(f"{kind}.html", next(page for name, page in parts.items() if name.startswith(kind)))


def test_gold_where_nothing_was_read(material: Material, templates: Path) -> None:
    check_gold("empty.html", render_report(replace(material, articles=(), claims=(), findings=()), templates))


def test_quotes_are_counted_in_the_page(page: str, material: Material) -> None:
    assert f"{len(material.claims)} of {len(material.claims)} quotes checked" in page


def test_same_material_same_bytes(material: Material, templates: Path, page: str) -> None:
    assert render_report(material, templates) == page


def hash_of(page: str, tag: str) -> str:
    """Return the hash of the one element of this name, as a policy names it."""
    held = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    assert len(held) == 1
    return f"'sha256-{b64encode(sha256(held[0].encode()).digest()).decode()}'"


def test_policy_allows_one_style_one_script_and_nothing_else(page: str) -> None:
    policy = next(h["content"] for tag, h in Page(page).elements if "http-equiv" in h)
    assert policy == (
        f"default-src 'none'; style-src {hash_of(page, 'style')}; script-src {hash_of(page, 'script')}; "
        "img-src 'none'; base-uri 'none'; form-action 'none'"
    )


def test_page_loads_nothing(page: str) -> None:
    for tag, held in Page(page).elements:
        assert tag != "script" or held in ({}, {"type": "application/ld+json"})  # ours, and data that no browser runs
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        assert not {"src", "srcset", "style", "background", "data", "action", "formaction"} & held.keys()
        assert "href" not in held or tag == "a"
        assert not [name for name in held if name.startswith("on")]
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_style_and_script_are_small(page: str) -> None:
    held = [re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[0] for tag in ("style", "script")]
    assert sum(len(one.encode()) for one in held) < 60_000


def test_links_lead_somewhere(page: str) -> None:
    read = Page(page)
    targets = [held["href"] or "" for tag, held in read.elements if tag == "a"]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(read.ids)
    assert {t for t in targets if not t.startswith(("#", "https://"))} == {"index.html"}
    outward = [held for tag, held in read.elements if tag == "a" and (held["href"] or "").startswith("https")]
    assert {held.get("rel") for held in outward} == {"noreferrer noopener"}


def test_page_is_well_formed(page: str) -> None:
    read = Page(page)
    assert (read.crossed, read.open) == ([], [])
    assert len(read.ids) == len(set(read.ids))
    labels = {held["aria-labelledby"] for _, held in read.elements if "aria-labelledby" in held}
    assert labels <= set(read.ids)


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "sentences"])
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_strangers_text_stays_text(
    material: Material,
    templates: Path,
    new_article: Callable[..., Article],
    new_claim: Callable[..., Claim],
    words: str,
    *,
    whole: bool,
) -> None:
    pair = [hostile_material(material, one, new_article, new_claim) for one in (words, "calm words")]
    hostile, tame = (render_report(replace(one, whole_texts=whole), templates) for one in pair)
    read, plain = Page(hostile), Page(tame)
    shown = {held.get("class") for _, held in plain.elements}
    assert shown >= {"lanes", "numbers", "more variants", "map", "counting", "pair"}
    assert [tag for tag, _ in read.elements] == [tag for tag, _ in plain.elements]
    assert [held.keys() for _, held in read.elements] == [held.keys() for _, held in plain.elements]
    assert read.crossed == []
    assert not [h for tag, h in read.elements if tag == "a" and not (h["href"] or "").startswith(("#", "index.html"))]
    assert hostile.encode()  # no sign that UTF-8 cannot carry
    assert "49" not in re.findall(r"<h1[^>]*>(.*?)</h1>", hostile)[0]


def test_nothing_read_gives_a_page_that_says_what_to_do(material: Material, templates: Path) -> None:
    empty = replace(material, articles=(), claims=(), findings=())
    page = render_report(empty, templates)
    assert "No article could be read" in page
    assert "No quotes to check" in page
    assert "begins with the bytes of a PNG picture" in page
    assert "of 0 quotes" not in page


def test_articles_without_findings_give_a_page_that_says_so(material: Material, templates: Path) -> None:
    page = render_report(replace(material, findings=(), set_asides=()), templates)
    assert "no two sources in them speak about the same matter" in page
    assert 'id="findings"' not in page
    assert 'id="set-aside"' not in page
    read = Page(page)
    targets = [held["href"] or "" for tag, held in read.elements if tag == "a"]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(read.ids)
