"""What is told of one finding or outlet, in words that a person understands without knowing us; all of it bounded.

The words go into chats and mails: what strangers wrote is one line of limited length without brackets, so that it can
neither begin a header nor draw a link.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.model.claim import Claim
from tasks.model.finding import Finding, Side
from tasks.model.health import FAILING_RUNS, OutletHealth
from tasks.reporting.evidence import Evidence
from tasks.reporting.links import safe_url
from tasks.reporting.proof import clean
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_findings import is_denied, origin_count, side_claims
from tasks.reporting.words import count, day, headline

STATEMENT = 300  # characters of a statement
NAME = 80  # characters of a name
NAMES = 5  # that are listed for one side; the report has the rest
LINES = 20  # of what is told together
BRACKETS = str.maketrans("<>[]", "()()")
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SIDES = (Side.FOR, Side.AGAINST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is told: a line, and the text below it."""

    subject: str
    message: str


def plain(text: str, limit: int) -> str:
    """Return a stranger's words as one line that is not too long and means nothing to what shows it."""
    line = " ".join(BIDI.sub("", clean(text)).translate(BRACKETS).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def statement_of(finding: Finding) -> str:
    """Return what a finding is about."""
    return plain(headline(finding.statement), STATEMENT)


def conflict_words(finding: Finding, evidence: Evidence, link: str) -> Words:
    """Return that sources contradict each other: about what, who on which side, and how many origins there are."""
    denied = is_denied(finding)
    verbs = {Side.FOR: "Say so", Side.AGAINST: "Deny it" if denied else "Say otherwise"}
    sides = [f"{verbs[side]}: {listed(names_on(finding, side, evidence), '; ')}" for side in SIDES]
    origins = count(origin_count(finding, Side.FOR), "independent origin")
    other = "those who deny it" if denied else "those who say otherwise"
    return Words(
        subject=plain(f"Sources disagree: {statement_of(finding)}", 120),
        message=paragraphs(
            "Sources contradict each other on this:",
            f"    {statement_of(finding)}.",
            "\n".join(sides),
            f"At most {origins} stands behind those who say so, at most {origin_count(finding, Side.AGAINST)} behind "
            f"{other}. Rashomon does not say who is right; the report shows the exact words.",
            where(link),
        ),
    )


def reversal_words(finding: Finding, claims: Sequence[Claim], evidence: Evidence, link: str) -> Words:
    """Return that a source took two sides: what it said when, and where that stood."""
    dated = sorted(claims, key=lambda claim: (said_on(claim, evidence), claim.id))
    last = dated[-1]
    who = plain(speaker_of(last, evidence.article_of(last)).name, NAME)
    lines = [f"    {taken_side(claim, finding, evidence)}" for claim in [*dated[: NAMES - 1], last]]
    return Words(
        subject=plain(f"{who} has taken two sides: {statement_of(finding)}", 120),
        message=paragraphs(
            f"{who} has taken two sides on this:",
            f"    {statement_of(finding)}.",
            "\n".join(dict.fromkeys(lines)),
            where(link),
        ),
    )


def taken_side(claim: Claim, finding: Finding, evidence: Evidence) -> str:
    """Return on which day which side was taken, and where that stood."""
    side = next(member.side for member in finding.members if member.claim_id == claim.id)
    verb = "says so" if side is Side.FOR else "denies it" if is_denied(finding) else "says otherwise"
    moment = claim.said_at or evidence.article_of(claim).published_at
    return f"{day(moment)}: {verb} (in {outlet_of(claim, evidence)})"


def said_on(claim: Claim, evidence: Evidence) -> str:
    """Return the time at which a claim was made, else printed, so that times sort; "" where it is not known."""
    moment = claim.said_at or evidence.article_of(claim).published_at
    return moment.isoformat() if moment else ""


def names_on(finding: Finding, side: Side, evidence: Evidence) -> list[str]:
    """Return who stands on a side of a finding, each with the outlets that print it."""
    found: dict[str, dict[str, None]] = {}
    for claim in side_claims(finding, side, evidence):
        name = plain(speaker_of(claim, evidence.article_of(claim)).name, NAME)
        found.setdefault(name, {})[outlet_of(claim, evidence)] = None
    return [f"{name} (in {listed(list(outlets))})" for name, outlets in found.items()]


def outlet_of(claim: Claim, evidence: Evidence) -> str:
    """Return the outlet that printed a claim."""
    return plain(evidence.article_of(claim).outlet, NAME) or "an unnamed outlet"


def listed(names: Sequence[str], between: str = ", ") -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - NAMES
    return between.join(names[:NAMES]) + (f"{between}and {more} more" if more > 0 else "")


def failing_words(health: OutletHealth, reason: str, link: str) -> Words:
    """Return that an outlet cannot be read any more."""
    name = outlet_name(health)
    last = f"The last article came on {day(health.last_success_at)}." if health.last_success_at else "None ever came."
    return Words(
        subject=plain(f"{name} cannot be read", 120),
        message=paragraphs(
            f"Nothing new could be read from {name} in {FAILING_RUNS} runs in a row, and something failed in each.",
            f"{last} What failed last: {plain(reason, NAME)}.",
            "Rashomon goes on trying, and tells when it works again. The report lists what was set aside and why.",
            where(link),
        ),
    )


def recovered_words(health: OutletHealth, link: str) -> Words:
    """Return that an outlet can be read again."""
    name = outlet_name(health)
    return Words(
        subject=plain(f"{name} can be read again", 120),
        message=paragraphs(f"An article of {name} was read again.", where(link)),
    )


def outlet_name(health: OutletHealth) -> str:
    """Return what an outlet is called, with its host where that says more."""
    name, host = plain(health.name, NAME), plain(health.host, NAME)
    return name if host in {"", name} else f"{name} ({host})"


def digest_words(counts: Mapping[str, int], lines: Sequence[str], link: str) -> Words:
    """Return what is told together: how much there is of what, and the first lines of it."""
    told = ", ".join(count(number, noun) for noun, number in counts.items() if number)
    more = [f"    and {len(lines) - LINES} more"] if len(lines) > LINES else []
    return Words(
        subject=f"Told together: {told}",
        message=paragraphs(
            "There is more to tell than fits in single messages, or it stood in the database before alerts began:",
            "\n".join([*(f"    {line}" for line in lines[:LINES]), *more]),
            where(link),
        ),
    )


def where(link: str) -> str:
    """Return where the report is; without `report_url` that is a path, which opens on one machine alone."""
    return f"Report: {link}" if safe_url(link) else f"Report, on the machine where Rashomon runs: {link}"


def paragraphs(*parts: str) -> str:
    """Return the parts with an empty line between them."""
    return "\n\n".join(part for part in parts if part)
