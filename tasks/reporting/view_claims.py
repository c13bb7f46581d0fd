"""One claim as a card: the quote in its sentence, who said it, how, where and when."""

from dataclasses import dataclass
from datetime import datetime

from tasks.model.article import Article
from tasks.model.claim import Claim, EntityKind, Voice
from tasks.model.finding import Stake
from tasks.reporting.context import Piece, bare_pieces, quote_pieces
from tasks.reporting.evidence import Evidence
from tasks.reporting.links import fragment_url
from tasks.reporting.speakers import Speaker, speaker_of
from tasks.reporting.words import act_words, certainty_words, day, plural, stake_words, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """A day in words with its time for machines, which is empty where the date is unknown."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """What a card shows."""

    id: str
    speaker: str
    note: str
    act: str
    pieces: tuple[Piece, ...]
    remarks: tuple[str, ...]
    basis: str
    outlet: str
    published: DateView
    said: DateView | None
    live_url: str  # empty where there is no page to go to
    footnote: int  # the number of its article in the list of articles, for paper
    article_anchor: str
    position: str
    stake: str  # what the source has to do with the matter; empty outside of a finding


def date_view(moment: datetime | None) -> DateView:
    """Return the day of the moment for a template."""
    return DateView(iso=stamp(moment), words=day(moment))


def claim_view(claim: Claim, evidence: Evidence, *, bare: bool = False, stake: Stake = Stake.UNKNOWN) -> ClaimView:
    """Return the card of a claim; a bare one shows the quote without its sentence."""
    article = evidence.article_of(claim)
    speaker = speaker_of(claim, article)
    pieces = bare_pieces(article.text, claim) if bare else quote_pieces(article.text, claim)
    return ClaimView(
        id=claim.id,
        speaker=speaker.name,
        note=speaker.note,
        act=claim_act(claim, several=are_several(claim, speaker.name)),
        pieces=pieces,
        remarks=_remarks(claim, article, evidence),
        basis=evidence.words(claim, claim.basis),
        outlet=article.outlet or "outlet unknown",
        published=date_view(article.published_at),
        said=date_view(claim.said_at) if claim.said_at else None,
        live_url=fragment_url(article.url, claim.content[0].of(article.text)),
        footnote=evidence.numbers[article.id],
        article_anchor=f"claim-{claim.id}",
        position=claim.position.value,
        stake=stake_words(stake),
    )


def are_several(claim: Claim, name: str) -> bool:
    """Return whether the source takes the plural: several who are named, or a group of people."""
    group = bool(claim.entities) and claim.entities[0].kind is EntityKind.GROUP
    return " and " in name.split(" (", maxsplit=1)[0] or (group and claim.entities[0].name.endswith("s"))


def claim_act(claim: Claim, *, several: bool = False) -> str:
    """Return the act in plain words, with the certainty that the source shows."""
    said = plural(act_words(claim.act)) if several else act_words(claim.act)
    verb = "the outlet itself states" if claim.voice is Voice.OUTLET else said
    return ", ".join(filter(None, (verb, certainty_words(claim.certainty))))


def _remarks(claim: Claim, article: Article, evidence: Evidence) -> tuple[str, ...]:
    """Return what a reader should know about how the claim came here."""
    parent = evidence.claims.get(claim.parent)
    original = evidence.articles.get(article.copy_of)
    # One who tells what they themselves said needs no mention.
    teller = (_speaker(parent, evidence) if parent else speaker_of(claim, article)).name
    remarks = (
        "reported at a distance (allegedly)" if claim.distanced else "",
        f"as told by {teller}" if teller != speaker_of(claim, article).name else "",
        f"through {', '.join(claim.via)}" if claim.via else "",
        _copy_note(original) if article.copy_of else "",
        _version_note(article),
    )
    return tuple(filter(None, remarks))


def _version_note(article: Article) -> str:
    if article.superseded:
        return f"in version {article.version} of the text, which was edited since"
    return f"in version {article.version} of the text" if article.version > 1 else ""


def _copy_note(original: Article | None) -> str:
    if original is None:
        return "near copy of an article that is not in this report"
    return f"near copy of “{original.title}” ({original.outlet})"


def _speaker(claim: Claim, evidence: Evidence) -> Speaker:
    return speaker_of(claim, evidence.article_of(claim))
