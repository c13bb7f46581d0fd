"""Each article in full, its claims marked in the text where they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tasks.model.agencies import credit_of
from tasks.model.article import Article
from tasks.model.claim import Claim, Voice
from tasks.model.evidence import Capture
from tasks.model.finding import Finding, Side
from tasks.reporting.edits import EditView, edit_view, find_edits
from tasks.reporting.evidence import Evidence
from tasks.reporting.material import Material
from tasks.reporting.segments import Mark, Segment, find_lines, flatten, merged
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_claims import DateView, claim_act, date_view
from tasks.reporting.words import count, minute

DIGITS = 12  # of a hash: enough to compare by eye


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """A stretch of a paragraph: plain, or marked with the claims that begin in it."""

    text: str
    marked: bool
    side: str
    anchors: tuple[str, ...]
    badge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A paragraph or a heading."""

    heading: bool
    segments: tuple[SegmentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """One article of the report."""

    number: int  # in the list of articles: what a footnote on paper names
    id: str
    anchor: str
    title: str
    outlet: str
    published: DateView
    claims: str
    url: str
    facts: tuple[tuple[str, str], ...]
    edit: EditView | None  # against the version before it, where that is stored
    blocks: tuple[BlockView, ...]
    residue: tuple[str, ...]


def each_article(
    findings: Iterable[Finding], evidence: Evidence, material: Material, *, bare: bool = False
) -> Iterator[ArticleView]:
    """Yield the articles by date, the undated ones last, each with the claims that are marked in it.

    Bare ones have no text: they are listed, and their text stands elsewhere.
    """
    sides = {member.claim_id: member.side for finding in findings for member in finding.members}
    edits = find_edits(material)
    claims: dict[str, list[Claim]] = {}
    for claim in shown_claims(evidence, sides.keys()):
        claims.setdefault(claim.article_id, []).append(claim)
    for article in evidence.articles.values():
        marked = claims.get(article.id, [])
        view = _article(article, marked, evidence, material.captures.get(article.id))
        edit = edit_view(edits[article.id]) if article.id in edits else None
        yield replace(view, edit=edit, blocks=() if bare else _blocks(article, marked, sides))


def shown_claims(evidence: Evidence, in_findings: Iterable[str]) -> tuple[Claim, ...]:
    """Return the claims that a report marks: what sources say, and of the outlets' own words those in a finding.

    Nearly every sentence of a news article is a statement of its outlet; marking all would mark nothing.
    """
    wanted = set(in_findings)
    return tuple(claim for claim in evidence.claims.values() if claim.voice is Voice.SOURCE or claim.id in wanted)


def _article(article: Article, claims: Sequence[Claim], evidence: Evidence, capture: Capture | None) -> ArticleView:
    quoted = sum(claim.voice is Voice.SOURCE for claim in claims)
    return ArticleView(
        number=evidence.numbers[article.id],
        id=article.id,
        anchor=f"article-{article.id}",
        title=article.title or "Untitled",
        outlet=article.outlet or "outlet unknown",
        published=date_view(article.published_at),
        claims=count(quoted, "quoted claim"),
        url=article.url,
        facts=(*_facts(article, evidence), *_origin(capture)),
        edit=None,
        blocks=(),
        residue=article.residue,
    )


def _origin(capture: Capture | None) -> Iterator[tuple[str, str]]:
    """Yield from what the text was made, label and words."""
    if capture is None:
        return
    answer = f" (answer {capture.status}, {capture.url_final})" if capture.status else ""
    yield "Made from", f"{capture.size:,} bytes of {minute(capture.fetched_at)}{answer}"
    yield "Made by", capture.parser


def date_words(article: Article) -> str:
    """Return what tells the date of an article, and how sure that is; empty where it has none."""
    note = article.note_on("published_at")
    if article.published_at is None:
        return ""
    return f"{note.place} ({note.sureness.value})" if note else article.date_source.value


def _version(article: Article) -> str:
    if article.superseded:
        return f"{article.version}: edited since; what it says takes part in no finding"
    return f"{article.version}: an edited text under the same address" if article.version > 1 else ""


def _facts(article: Article, evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """Return the metadata, label and words, without those that are not known."""
    original = evidence.articles.get(article.copy_of)
    credit = credit_of(article.text)
    copied = f"“{original.title}” ({original.outlet})" if original else "an article that is not in this report"
    facts = (
        ("Version", _version(article)),
        ("Near copy of", copied if article.copy_of else ""),
        ("Names as its origin", credit if credit.casefold() != article.outlet.casefold() else ""),
        ("Read", date_view(article.retrieved_at).words),
        ("By", article.author),
        ("Site", article.site_name if article.site_name != article.outlet else ""),
        ("Date from", date_words(article)),
        ("Changed", date_view(article.modified_at).words if article.modified_at else ""),
        ("Dateline", article.dateline),
        ("Language", article.language),
        ("File", article.path.replace("\\", "/").rsplit("/", 1)[-1]),  # its folders are nobody's business
        ("SHA-256 as read", f"{article.sha256[:DIGITS]}…" if len(article.sha256) > DIGITS else article.sha256),
    )
    return tuple((label, words) for label, words in facts if words)


def _blocks(article: Article, claims: Sequence[Claim], sides: dict[str, Side]) -> tuple[BlockView, ...]:
    """Return the lines of the text, the claims marked; every character of the text is in one segment."""
    marks = [Mark(span=span, key=claim.id) for claim in claims for span in merged(claim.content)]
    starts = {claim.id: min(claim.content).start for claim in claims}
    badges = {claim.id: _badge(claim, article) for claim in claims}
    return tuple(
        BlockView(
            heading=any(heading.overlaps(line) for heading in article.headings),
            segments=tuple(_segment(part, starts, badges, sides) for part in flatten(article.text, line, marks)),
        )
        for line in find_lines(article.text)
    )


def _segment(part: Segment, starts: dict[str, int], badges: dict[str, str], sides: dict[str, Side]) -> SegmentView:
    begun = [key for key in part.keys if starts[key] == part.span.start]
    side = next((sides[key] for key in part.keys if key in sides), None)
    return SegmentView(
        text=part.text,
        marked=bool(part.keys),
        side=side.value if side else "",
        anchors=tuple(f"claim-{key}" for key in begun),
        badge="; ".join(dict.fromkeys(badges[key] for key in begun)),
    )


def _badge(claim: Claim, article: Article) -> str:
    if claim.voice is Voice.OUTLET:
        return claim_act(claim)
    name = speaker_of(claim, article).name
    return f"{name.split(' (')[0] if claim.resolved else name} {claim_act(claim)}"
