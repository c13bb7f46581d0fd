"""Each article in full, its claims marked in the text where they stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from tasks.model.agencies import credit_of
from tasks.model.article import Article
from tasks.model.claim import Claim, Voice
from tasks.model.evidence import Capture
from tasks.model.finding import Finding, Side
from tasks.reporting.edits import Edit, EditView, edit_view
from tasks.reporting.evidence import Evidence
from tasks.reporting.excerpts import ELLIPSIS, kept_lines, kept_sentences
from tasks.reporting.segments import Mark, Segment, find_lines, flatten, merged
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_claims import DateView, claim_act, date_view
from tasks.reporting.words import count, minute

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
DIGITS = 12  # of a hash: enough to compare by eye


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """A stretch of a paragraph: plain, or marked with the claims that begin in it."""

    text: str
    marked: bool
    side: str
    anchors: tuple[str, ...]
    badge: str
    gap: bool = False  # stands for words that are left out


LEFT_OUT = SegmentView(text=ELLIPSIS, marked=False, side="", anchors=(), badge="", gap=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """A paragraph or a heading."""

    heading: bool
    segments: tuple[SegmentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """One article of the report."""

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


def article_views(
    findings: Iterable[Finding],
    evidence: Evidence,
    *,
    edits: Mapping[str, Edit] = NOTHING,
    captures: Mapping[str, Capture] = NOTHING,
    whole: bool = True,
) -> tuple[ArticleView, ...]:
    """Return the articles by date, the undated ones last, each with the claims that are marked in it.

    Those that are not shown whole have the sentences of these claims alone, and no list of other lines.
    """
    sides = {member.claim_id: member.side for finding in findings for member in finding.members}
    claims: dict[str, list[Claim]] = {}
    for claim in shown_claims(evidence, sides.keys()):
        claims.setdefault(claim.article_id, []).append(claim)
    ordered = sorted(evidence.articles.values(), key=_by_date)
    views = (
        replace(
            _article(article, claims.get(article.id, []), sides, evidence, captures.get(article.id)),
            edit=edit_view(edits[article.id]) if article.id in edits else None,
        )
        for article in ordered
    )
    return tuple(view if whole else _shortened(view, evidence, claims.get(view.id, []), sides) for view in views)


def _shortened(view: ArticleView, evidence: Evidence, claims: Sequence[Claim], sides: dict[str, Side]) -> ArticleView:
    """Return an article with the sentences of its shown claims alone, and without other words of its page."""
    article = evidence.articles[view.id]
    edit = replace(view.edit, added=(), removed=()) if view.edit else None
    blocks = _blocks(article, claims, sides, whole=False)
    dropped = (("Lines dropped", f"{len(view.residue):,}"),) if view.residue else ()
    return replace(view, blocks=blocks, residue=(), edit=edit, facts=(*view.facts, *dropped))


def texts_words(*, whole: bool) -> str:
    """Return how much of each article is printed, in words that stand above the articles."""
    if whole:
        return "The text as it was stored, every quoted claim marked where it stands."
    return (
        "Of each text only the sentences in which a shown claim stands are printed here, each claim marked; "
        "an ellipsis (…) stands for what is left out. The whole text is where it was published."
    )


def shown_claims(evidence: Evidence, in_findings: Iterable[str]) -> tuple[Claim, ...]:
    """Return the claims that a report marks: what sources say, and of the outlets' own words those in a finding.

    Nearly every sentence of a news article is a statement of its outlet; marking all would mark nothing.
    """
    wanted = set(in_findings)
    return tuple(claim for claim in evidence.claims.values() if claim.voice is Voice.SOURCE or claim.id in wanted)


def _by_date(article: Article) -> tuple[bool, str, str, str]:
    at = article.published_at
    return at is None, "" if at is None else at.isoformat(), article.outlet, article.id


def _article(
    article: Article, claims: Sequence[Claim], sides: dict[str, Side], evidence: Evidence, capture: Capture | None
) -> ArticleView:
    quoted = sum(claim.voice is Voice.SOURCE for claim in claims)
    return ArticleView(
        id=article.id,
        anchor=f"article-{article.id}",
        title=article.title or "Untitled",
        outlet=article.outlet or "outlet unknown",
        published=date_view(article.published_at),
        claims=count(quoted, "quoted claim"),
        url=article.url,
        facts=(*_facts(article, evidence), *_origin(capture)),
        edit=None,
        blocks=_blocks(article, claims, sides),
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


def _blocks(
    article: Article, claims: Sequence[Claim], sides: dict[str, Side], *, whole: bool = True
) -> tuple[BlockView, ...]:
    """Return the lines of the text, the claims marked; every character that is kept is in one segment."""
    text = article.text
    marks = [Mark(span=span, key=claim.id) for claim in claims for span in merged(claim.content)]
    starts = {claim.id: min(claim.content).start for claim in claims}
    badges = {claim.id: _badge(claim, article) for claim in claims}
    kept = ((line, [line]) for line in find_lines(text)) if whole else kept_lines(text, kept_sentences(text, claims))
    return tuple(
        BlockView(
            heading=any(heading.overlaps(line) for heading in article.headings),
            segments=tuple(
                segment
                for part in parts
                for segment in (
                    [_segment(one, starts, badges, sides) for one in flatten(text, part, marks)] if part else [LEFT_OUT]
                )
            ),
        )
        for line, parts in kept
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
