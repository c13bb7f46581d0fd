"""One finding: the matter, its status, why, and the sides with their origins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.model.claim import Claim
from tasks.model.finding import READING_ORDER, Finding, Kind, Origin, Relation, Side, Stake, Status
from tasks.reporting.evidence import Evidence
from tasks.reporting.plain import plain_reasons, why_once
from tasks.reporting.speakers import speaker_of
from tasks.reporting.sureness import finding_sureness, pair_sureness
from tasks.reporting.view_bar import BarView, bar_view
from tasks.reporting.view_claims import ClaimView, claim_view
from tasks.reporting.view_facets import FacetsView, facets_view
from tasks.reporting.view_numbers import NumbersView, numbers_views
from tasks.reporting.view_origins import CountingView, counting_view
from tasks.reporting.view_outlets import OutletRole, outlet_roles
from tasks.reporting.view_stakes import NotesView, brought_views, stake_views
from tasks.reporting.view_timeline import TimelineView, timeline_view
from tasks.reporting.view_variants import VariantsView, variants_views
from tasks.reporting.view_why import missing_sentences, why_sentences
from tasks.reporting.words import count, headline, side_title, stamp, status_label, status_sentence

LEADS = 4  # speakers of one origin who are shown; more are folded
PAIRS = 6  # that looked like a conflict, or of which it cannot be told
TELLING = 4  # words: "denied the charge" tells a reader less than the quote beside it
OPEN = frozenset({Status.DISPUTED, Status.SHIFTED})
OPENED = 3  # findings that are unfolded when the page opens: more of them would be a wall


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """One origin: a report for each who speaks in it, the others folded, and why they count as one."""

    leads: tuple[ClaimView, ...]
    others: tuple[ClaimView, ...]
    others_words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """One column of a finding."""

    name: str
    title: str
    counts: tuple[str, ...]
    origins: tuple[OriginView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two claims that looked like a conflict, and why they are none or why it cannot be told."""

    left: ClaimView
    right: ClaimView
    reasons: tuple[str, ...]
    sureness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsView:
    """Pairs of one kind, as many as a reader looks at, and how many more there are."""

    shown: tuple[PairView, ...]
    number: int
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadView:
    """What the list of findings shows of one, and by what a reader's tools find it."""

    number: int
    anchor: str
    status: str
    label: str
    statement: str
    bar: BarView
    facets: FacetsView
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """What the section of one finding shows."""

    head: HeadView
    meaning: str
    why: tuple[str, ...]
    missing: str
    sureness: str  # how sure it is on what the status rests; empty where nothing was weighed
    sides: tuple[SideView, ...]
    outlets: tuple[OutletRole, ...]
    brought: tuple[NotesView, ...]
    stakes: tuple[NotesView, ...]
    counting: CountingView
    near: PairsView
    unsure: PairsView
    timeline: TimelineView | None
    numbers: tuple[NumbersView, ...]
    variants: tuple[VariantsView, ...]


def order_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings as a report numbers them: disputes first, then those that more origins carry."""
    return tuple(sorted(findings, key=_weight))


def _weight(finding: Finding) -> tuple[int, int, int, int, str]:
    sides = [origin_count(finding, side) for side in (Side.FOR, Side.AGAINST)]
    return READING_ORDER.index(finding.status), -min(sides), -sum(sides), -len(finding.members), finding.id


def origin_count(finding: Finding, side: Side) -> int:
    """Return how many origins, at most, stand behind one side."""
    return sum(origin.side is side for origin in finding.origins)


def side_claims(finding: Finding, side: Side, evidence: Evidence) -> tuple[Claim, ...]:
    """Return the claims of one side."""
    return tuple(evidence.claims[member.claim_id] for member in finding.members if member.side is side)


def source_count(claims: Iterable[Claim], evidence: Evidence) -> int:
    """Return how many sources speak in the claims; an unresolved one counts by its words and article."""
    names = set[tuple[str, ...]]()
    for claim in claims:
        article = evidence.article_of(claim)
        speaker = speaker_of(claim, article)
        names.add(tuple(key for key, _, _ in speaker.rows) or (speaker.name, article.id))
    return len(names)


def is_denied(finding: Finding) -> bool:
    """Return whether somebody denies the matter; in a dispute over a number alone, nobody does."""
    kinds = {pair.kind for pair in finding.pairs if pair.relation is Relation.CONFLICT}
    return not kinds or bool(kinds - {Kind.NUMBER, Kind.TIME, Kind.ROLE, Kind.OPPOSITE})


def head_view(number: int, finding: Finding, evidence: Evidence) -> HeadView:
    """Return what the list of findings shows of one."""
    return HeadView(
        number=number,
        anchor=f"finding-{finding.id}",
        status=finding.status.value,
        label=status_label(finding.status),
        statement=headline(finding.statement),
        bar=bar_view({side: origin_count(finding, side) for side in Side}, denied=is_denied(finding)),
        facets=facets_view(finding, evidence),
        is_open=finding.status in OPEN and number <= OPENED,
    )


def finding_view(number: int, finding: Finding, evidence: Evidence) -> FindingView:
    """Return the section of one finding."""
    return FindingView(
        head=head_view(number, finding, evidence),
        meaning=status_sentence(finding.status, denied=is_denied(finding)),
        why=why_sentences(finding, evidence),
        missing=missing_sentences(finding, evidence),
        sureness=finding_sureness(finding),
        sides=tuple(side for side in (_side(finding, side, evidence) for side in Side) if side.origins),
        outlets=outlet_roles(finding, evidence, denied=is_denied(finding)),
        brought=brought_views(finding),
        stakes=stake_views(finding, evidence),
        counting=counting_view(finding, evidence, denied=is_denied(finding)),
        near=_pairs(finding, Relation.COMPATIBLE, evidence),
        unsure=_pairs(finding, Relation.UNSURE, evidence),
        timeline=timeline_view(finding, evidence, denied=is_denied(finding)),
        numbers=numbers_views(finding, evidence),
        variants=variants_views(finding, evidence),
    )


def _side(finding: Finding, side: Side, evidence: Evidence) -> SideView:
    claims = side_claims(finding, side, evidence)
    origins_here = [origin for origin in finding.origins if origin.side is side]
    groups = [(list(claims), "")] if side is Side.BESIDE and claims else _groups(claims, origins_here)
    articles = {claim.article_id for claim in claims}
    outlets = {evidence.article_of(claim).outlet for claim in claims}
    number = origin_count(finding, side)
    origins = (f"at most {count(number, 'independent origin')}",) if number else ()
    sources = count(source_count(claims, evidence), "source")
    stakes = {member.claim_id: member.stake for member in finding.members}
    return SideView(
        name=side.value,
        title=side_title(side, denied=is_denied(finding)),
        counts=(*origins, sources, count(len(articles), "article"), count(len(outlets), "outlet")),
        origins=tuple(_origin(side, group, reason, evidence, stakes) for group, reason in groups),
    )


def _groups(claims: Sequence[Claim], origins: Sequence[Origin]) -> list[tuple[list[Claim], str]]:
    """Return the claims of a side by origin; a claim of no counted origin stands alone."""
    known = {claim.id: claim for claim in claims}
    groups = [
        ([known.pop(i) for i in dict.fromkeys(origin.claim_ids) if i in known], origin.reason) for origin in origins
    ]
    return [group for group in groups if group[0]] + [([claim], "") for claim in known.values()]


def _origin(
    side: Side, claims: list[Claim], reason: str, evidence: Evidence, stakes: Mapping[str, Stake]
) -> OriginView:
    ordered = sorted(claims, key=lambda claim: _lead_order(claim, evidence))
    # Two states that deny jointly and one that denies alone may go back to one utterance; a reader wants to see both.
    first = {speaker_of(claim, evidence.article_of(claim)).name: claim for claim in reversed(ordered)}
    leads = [claim for claim in ordered if claim in first.values()][:LEADS]
    rest = [claim for claim in ordered if claim not in leads]
    return OriginView(
        leads=tuple(claim_view(claim, evidence, stake=stakes[claim.id]) for claim in leads),
        others=tuple(claim_view(claim, evidence, stake=stakes[claim.id]) for claim in rest),
        others_words=count(len(rest), "more claim") if side is Side.BESIDE else _more_reports(len(rest)),
        reason=why_once(reason) if len(claims) > 1 else "",  # one report is one origin: nothing to explain
    )


def _more_reports(number: int) -> str:
    return count(number, "more report") + " of the same origin"


def _lead_order(claim: Claim, evidence: Evidence) -> tuple[bool, bool, int, bool, str, str]:
    """Return the key that chooses the report of an origin: no copy, a known source, no chain, telling, early."""
    article = evidence.article_of(claim)
    at = article.published_at or article.retrieved_at
    bare = len(evidence.words(claim, claim.content).split()) < TELLING
    return bool(article.copy_of), not claim.resolved, len(claim.via), bare, stamp(at), claim.id


def _pairs(finding: Finding, relation: Relation, evidence: Evidence) -> PairsView:
    found = [pair for pair in finding.pairs if pair.relation is relation and pair.kind is not Kind.SAME_MATTER]
    more = len(found) - PAIRS
    return PairsView(
        shown=tuple(
            PairView(
                left=claim_view(evidence.claims[pair.left], evidence, bare=True),
                right=claim_view(evidence.claims[pair.right], evidence, bare=True),
                reasons=plain_reasons(pair.reasons),
                sureness=pair_sureness(pair),
            )
            for pair in found[:PAIRS]
        ),
        number=len(found),
        more=f"{count(more, 'more pair')} of this kind; rashomon export has all" if more > 0 else "",
    )
