"""Pages of news in eight styles, made from a seed, each with the text, title, author and date to be found in it.

No page is copied from anywhere: styles are ways in which sites build their pages, the sentences are drawn from words of
our own. What stands around the text is what usually does: menus, clocks, boxes of other stories, comments, cookies.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape

WHO = (
    "The ferry company", "The mayor of Dornhal", "A spokesman for the harbour", "Minister Ana Petrov", "The council",
    "Ada Brandt, who leads the union,", "The owner of the mill", "A judge in Port Maren", "The fishermen of Larden",
)  # fmt: skip
DID = ("said", "denied", "told reporters", "confirmed", "argued", "wrote in a letter", "insisted", "admitted")
WHAT = (
    "the boat had left the quay too early", "the gate had been locked before nine", "nobody had been warned in time",
    "the river below the mill was clean", "the vote would be held in the spring", "the price of grain would fall",
    "the bridge could carry no more lorries", "the school would stay open", "the inspectors had found nothing new",
)  # fmt: skip
TAIL = (
    "after a meeting that lasted until midnight", "although passengers remember it otherwise", "on Tuesday morning",
    "as the log of the night before shows", "and would not take questions", "while two hundred people waited outside",
)  # fmt: skip
ADVERTS = ("Win a weekend by the sea", "Ten walks along the coast", "Dust over the mountains", "The best soup in town")
NAMES = ("Ada Brandt", "Jo Lund", "Sam Roe", "Ines Vogel", "Tom Reed")
SITES = ("Bay Post", "Larden Herald", "The Dornhal Gazette", "Maren Today")

# What makes pages of news large, and has to be passed over.
LINKS = 60  # of a menu, at the top and at the foot
SCRIPT = "window.data = window.data || []; data.push({event: 'view', consent: false, slots: [1, 2, 3]});" * 200
STYLE = ".item { color: #123; padding: 1px 2px } @media print { .item { display: none } }" * 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """A page, and what a careful reader takes from it; a date or a name that the page does not tell is none."""

    style: str
    html: str
    title: str
    paragraphs: tuple[str, ...]
    author: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a page is made from."""

    title: str
    paragraphs: tuple[str, ...]
    author: str
    published: datetime
    site: str
    around: tuple[str, ...]  # headlines of other stories

    def body(self, tag: str = "p") -> str:
        """Return the paragraphs as HTML."""
        return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in self.paragraphs)

    def links(self, tag: str = "li") -> str:
        """Return the other stories as links."""
        return "".join(f'<{tag}><a href="/{number}">{text}</a></{tag}>' for number, text in enumerate(self.around))


def make_pages(count: int, seed: int = 0) -> Iterator[MadePage]:
    """Yield so many pages, style after style; the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311  a draw of words, no secret
    for number in range(count):
        yield STYLES[number % len(STYLES)](make_story(chance))


def make_story(chance: random.Random) -> Story:
    """Return a story that was not told before."""
    paragraphs = tuple(" ".join(make_sentence(chance) for _ in range(chance.randint(2, 4))) for _ in range(9))
    who, what = chance.choice(WHO).split(",")[0], chance.choice(WHAT)
    return Story(
        title=f"{who} says {what}, {chance.randint(2, 99)} people object",
        paragraphs=paragraphs,
        author=chance.choice(NAMES),
        published=datetime(2023, 1, 1, 8, tzinfo=UTC) + timedelta(days=chance.randint(0, 500)),
        site=chance.choice(SITES),
        around=tuple(f"{text} ({chance.randint(2, 99)})" for text in ADVERTS),
    )


def make_sentence(chance: random.Random) -> str:
    """Return one sentence."""
    who, did, what, tail = (chance.choice(words) for words in (WHO, DID, WHAT, TAIL))
    return f"{who} {did} that {what} {tail}, {chance.randint(2, 999)} pages of records show."


def page(story: Story, head: str, body: str) -> str:
    """Return a whole page."""
    title = f'<meta charset="utf-8"><title>{escape(story.title)} - {story.site}</title>'
    menu = "".join(f'<li class="item"><a href="/section/{n}">Section {n}</a></li>' for n in range(LINKS))
    top, foot = f"<nav><ul>{menu}</ul></nav>", f"<footer><ul>{menu}</ul></footer>"
    head = f"{title}{head}<style>{STYLE}</style><script>{SCRIPT}</script>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{top}{body}{foot}</body></html>'


def ld(story: Story, *, other: bool = False) -> str:
    """Return JSON-LD of the story, beside that of another where a page lists more than one."""
    told = {
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"name": story.site},
    }
    listed = {"@type": "NewsArticle", "headline": story.around[0], "datePublished": "2019-05-06"}
    return f'<script type="application/ld+json">{json.dumps([listed, told] if other else told)}</script>'


def made(style: str, story: Story, html: str, *, author: bool = True, dated: bool = True) -> MadePage:
    """Return the page with what it tells."""
    return MadePage(
        style=style,
        html=html,
        title=story.title,
        paragraphs=story.paragraphs,
        author=story.author if author else "",
        published=story.published if dated else None,
    )


def clock() -> str:
    """Return what many pages show over everything: the weather and today's date."""
    return '<div class="top"><span>8.5 C</span><span>Port Maren</span><span>Wednesday, May 29, 2024</span></div>'


def plain(story: Story) -> MadePage:
    """Return a page as standards describe it."""
    body = (
        f"<header><nav><ul>{story.links()}</ul></nav></header><main><article><h1>{story.title}</h1>"
        f"<p class='byline'>By {story.author}</p>{story.body()}</article></main>"
        f"<footer><p>Copyright 2024 {story.site}. All rights reserved.</p></footer>"
    )
    return made("plain", story, page(story, ld(story), body))


def blog(story: Story) -> MadePage:
    """Return a page of a blog engine: sharing, related posts, comments, a side bar, a clock."""
    meta = f'<meta property="article:published_time" content="{story.published.isoformat()}">'
    meta += f'<meta name="author" content="{story.author}">'
    comments = "".join(f"<li><p>Comment {n}: they always say that about the mill.</p></li>" for n in range(6))
    body = (
        f"{clock()}<div id='content'><div class='post'><h1 class='entry-title'>{story.title}</h1>"
        f"<div class='entry-content'>{story.body()}</div>"
        "<div class='sharedaddy'><p>Share this:</p><ul><li>Facebook</li><li>Twitter</li></ul></div>"
        f"<div class='related'><h3>Related posts</h3><ul>{story.links()}</ul></div></div>"
        "<div id='comments'><h3>6 comments</h3><ol>"
        f"{comments}</ol><p>Your email address will not be published.</p></div></div>"
        f"<div id='sidebar'><h3>Recent</h3><ul>{story.links()}</ul><p>June 3, 2021</p></div>"
    )
    return made("blog", story, page(story, meta, body))


def boxed(story: Story) -> MadePage:
    """Return a page with boxes in the middle of its text."""
    half = len(story.paragraphs) // 2
    parts = [f"<p>{escape(text)}</p>" for text in story.paragraphs]
    box = (
        "<aside class='newsletter'><p>Get the harbour in your inbox every morning.</p><button>Sign up</button></aside>"
    )
    more = f"<div class='more'><p><strong>Read more:</strong></p><ul>{story.links()}</ul></div>"
    inside = "".join(parts[:half]) + box + "".join(parts[half:-1]) + more + parts[-1]
    body = (
        f"<article><h1>{story.title}</h1><time datetime='{story.published.isoformat()}'>then</time>{inside}</article>"
    )
    return made("boxed", story, page(story, "", body), author=False)


def old(story: Story) -> MadePage:
    """Return a page laid out with tables, its date only shown."""
    shown = story.published.strftime("%B %d, %Y")
    body = (
        f"<table width=100%><tr><td width=20%>{story.links('p')}</td><td><font size=5><b>{story.title}</b></font>"
        f"<p><i>{shown}</i></p>{story.body()}</td></tr>"
        "<tr><td colspan=2>Contact us | Home | News | Sport</td></tr></table>"
    )
    return made("old", story, page(story, "", body), author=False)


def undated(story: Story) -> MadePage:
    """Return a page that shows today's date alone, and whose dateline leaves the year open."""
    line = f"DORNHAL, {story.published.strftime('%B')} {story.published.day} - {story.paragraphs[0]}"
    changed = replace(story, paragraphs=(line, *story.paragraphs[1:]))
    body = f"{clock()}<div class='story'><h1>{story.title}</h1>{changed.body()}</div><div>{story.links('p')}</div>"
    return made("undated", changed, page(story, "", body), author=False, dated=False)


def listed(story: Story) -> MadePage:
    """Return a page whose metadata lists another story first, under a banner about cookies."""
    banner = (
        "<div class='cookie-banner'><p>We use cookies to make this site better for you and for our partners.</p></div>"
    )
    body = f"{banner}<main><h1>{story.title}</h1><div class='article-body'>{story.body()}</div></main>"
    return made("listed", story, page(story, ld(story, other=True), body))


def broken_lines(story: Story) -> MadePage:
    """Return a page whose paragraphs are only breaks in one block."""
    text = "<br><br>".join(escape(one) for one in story.paragraphs)
    meta = f'<meta name="date" content="{story.published.date().isoformat()}">'
    body = f"<div class='menu'>{story.links('span')}</div><h1>{story.title}</h1><div class='text'>{text}</div>"
    return made("breaks", story, page(story, meta, body), author=False)


def filed(story: Story) -> MadePage:
    """Return a page without any metadata but the mark of its time, under a menu of sections."""
    sections = "".join(f"<li><a href='/s{n}'>Section {n}</a></li>" for n in range(40))
    body = (
        f"<ul class='sections'>{sections}</ul><section><h2>{story.title}</h2><span itemprop='datePublished' "
        f"content='{story.published.isoformat()}'></span>"
        f"<span class='author'>{story.author}</span>{story.body()}</section>"
    )
    return made("filed", story, page(story, "", body))


STYLES: Sequence[Callable[[Story], MadePage]] = (plain, blog, boxed, old, undated, listed, broken_lines, filed)
