"""Claims as claims are short; an attribution as a reader marks it takes in the whole quotation."""

from collections.abc import Iterable
from dataclasses import replace

from tasks.attribution.drafts import merge
from tasks.model.article import Span
from tasks.model.claim import Claim, Speech

GOES_ON = "quotation-goes-on"


def join_continued(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims, each quotation that goes on joined to the claim it goes on from: one with several spans."""
    joined: list[Claim] = []
    last: dict[tuple[Span, ...], int] = {}  # where the last claim of each source stands
    for claim in claims:
        at = last.get(claim.source)
        if claim.rule == GOES_ON and at is not None:
            joined[at] = _join(joined[at], claim)
        else:
            last[claim.source] = len(joined)
            joined.append(claim)
    return tuple(joined)


def _join(first: Claim, second: Claim) -> Claim:
    speech = first.speech if first.speech is second.speech else Speech.MIXED
    return replace(first, content=merge((*first.content, *second.content)), speech=speech)
