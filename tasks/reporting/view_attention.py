"""The few sentences that need attention first: conflicts, reversals, what spreads from one origin, edited articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.model.article import Article
from tasks.model.finding import Finding, Side, Status
from tasks.reporting.edits import Edit, edit_words, find_edits
from tasks.reporting.evidence import Evidence
from tasks.reporting.material import Material
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_findings import is_denied, origin_count, side_claims, source_count
from tasks.reporting.view_since import fresh_places
from tasks.reporting.words import count, headline, joined

ATTENTION = 7
DENY, DIFFER = ("denies it", "deny it"), ("says otherwise", "say otherwise")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionView:
    """One sentence that needs attention, with the place that it leads to."""

    status: str
    tag: str
    statement: str
    words: str
    anchor: str
    is_new: bool = False  # since the run before


def attention_views(
    material: Material, findings: Sequence[Finding], evidence: Evidence
) -> tuple[tuple[AttentionView, ...], int]:
    """Return at most seven sentences, and how many more there would be; an edit has one place.

    What is new since the run before comes first, else conflicts do.
    """
    edits, fresh = find_edits(material), fresh_places(material.since)
    found = [
        *(_disputed(finding, evidence) for finding in findings if finding.status is Status.DISPUTED),
        *(_shifted(finding, evidence) for finding in findings if finding.status is Status.SHIFTED),
        *(_spread(finding, evidence) for finding in findings if _spreads(finding, evidence)),
    ]
    changed = [article for article in material.articles if article.version > 1 and not article.superseded]
    found = _new_first(found, fresh)
    edited = _new_first([_edited(article, edits) for article in changed], fresh)
    shown = _new_first([*found[: ATTENTION - len(edited[:1])], *edited][:ATTENTION], fresh)
    return tuple(shown), len(found) + len(edited) - len(shown)


def _new_first(views: Iterable[AttentionView], fresh: frozenset[str]) -> list[AttentionView]:
    marked = (replace(view, is_new=view.anchor in fresh) for view in views)
    return sorted(marked, key=lambda view: not view.is_new)


def _disputed(finding: Finding, evidence: Evidence) -> AttentionView:
    sides = (
        _side(finding, Side.FOR, evidence, ("says so", "say so")),
        _side(finding, Side.AGAINST, evidence, DENY if is_denied(finding) else DIFFER),
    )
    return _about(finding, "Disputed", f"{'; '.join(sides)}.")


def _side(finding: Finding, side: Side, evidence: Evidence, verbs: tuple[str, str]) -> str:
    """Return how many stand on the side, origins first; the verb agrees with the number."""
    claims = side_claims(finding, side, evidence)
    articles = len({claim.article_id for claim in claims})
    number = origin_count(finding, side)
    beside = f"{count(source_count(claims, evidence), 'source')}, {count(articles, 'article')}"
    return f"at most {count(number, 'independent origin')} ({beside}) {verbs[number != 1]}"


def _shifted(finding: Finding, evidence: Evidence) -> AttentionView:
    """Return who changed position: the sources that stand on both sides."""
    sides = [
        {speaker_of(claim, evidence.article_of(claim)).name for claim in side_claims(finding, side, evidence)}
        for side in (Side.FOR, Side.AGAINST)
    ]
    names = sorted(sides[0] & sides[1])
    return _about(
        finding,
        "Shifted",
        f"{joined(names) or 'a source'} {'have' if len(names) > 1 else 'has'} taken both sides at different times.",
    )


def _spreads(finding: Finding, evidence: Evidence) -> bool:
    return finding.status is Status.SINGLE_ORIGIN and len(_outlets(finding, evidence)) > 1


def _spread(finding: Finding, evidence: Evidence) -> AttentionView:
    outlets = _outlets(finding, evidence)
    words = f"At most 1 independent origin, carried by {count(len(outlets), 'outlet')}; not corroborated here."
    return _about(finding, "Single origin", words)


def _outlets(finding: Finding, evidence: Evidence) -> set[str]:
    return {evidence.article_of(evidence.claims[member.claim_id]).outlet for member in finding.members}


def _edited(article: Article, edits: Mapping[str, Edit]) -> AttentionView:
    changed = f": {edit_words(edits[article.id])}" if article.id in edits else ""
    return AttentionView(
        status="edited",
        tag="Edited",
        statement=article.title or "Untitled",
        words=f"{article.outlet or 'The outlet'} changed the text; this is version {article.version}{changed}.",
        anchor=f"article-{article.id}",
    )


def _about(finding: Finding, tag: str, words: str) -> AttentionView:
    return AttentionView(
        status=finding.status.value,
        tag=tag,
        statement=headline(finding.statement),
        words=words[0].upper() + words[1:],
        anchor=f"finding-{finding.id}",
    )
