"""Who has a stake in a matter, and which outlets bring a source of their own: each line with its reason."""

from dataclasses import dataclass

from tasks.model.finding import Contribution, Finding, Stake
from tasks.reporting.evidence import Evidence
from tasks.reporting.speakers import speaker_of
from tasks.reporting.words import contribution_words, headline, sentence, stake_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One source or outlet, and why something is said of it."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesView:
    """What is said of some sources or outlets, and of which."""

    label: str
    rows: tuple[NoteView, ...]


def stake_views(finding: Finding, evidence: Evidence) -> tuple[NotesView, ...]:
    """Return the sources whose stake is known, each once for each stake, parties first."""
    found: dict[tuple[Stake, str], str] = {}
    for member in finding.members:
        claim = evidence.claims[member.claim_id]
        name = speaker_of(claim, evidence.article_of(claim)).name
        found.setdefault((member.stake, name), member.stake_reason)
    views = (
        NotesView(
            label=headline(stake_words(kind)),
            rows=tuple(
                NoteView(name=name, reason=sentence(reason)) for (stake, name), reason in found.items() if stake is kind
            ),
        )
        for kind in (Stake.PARTY, Stake.OPPONENT, Stake.THIRD_PARTY)
    )
    return tuple(view for view in views if view.rows)


def brought_views(finding: Finding) -> tuple[NotesView, ...]:
    """Return what each outlet brings, those that add first."""
    views = (
        NotesView(
            label=contribution_words(kind),
            rows=tuple(
                NoteView(name=carrier.outlet, reason=sentence(carrier.reason))
                for carrier in finding.carriers
                if carrier.contribution is kind
            ),
        )
        for kind in Contribution
    )
    return tuple(view for view in views if view.rows)
