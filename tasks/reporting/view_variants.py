"""One utterance in different words: what each outlet prints of what a source said, compared word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tasks.model.claim import Claim, Speech, Voice
from tasks.model.finding import TAKEN, Finding, Origin
from tasks.reporting.context import ELLIPSIS
from tasks.reporting.evidence import Evidence
from tasks.reporting.segments import merged
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_outlets import NO_OUTLET
from tasks.reporting.words import count, joined

GROUPS = 2  # utterances of a finding
VARIANTS = 3  # other wordings of one utterance
LIKE = 0.5  # share of words in common from which two quotes are taken for two wordings of one utterance
LONG = 80  # words; a longer quote would make the comparison longer than the articles
MOST = 40  # wordings of one source that are compared with one another
GAPS = frozenset({ELLIPSIS, " "})  # what is shown between two pieces of a quote, and is no word of it
WORD = re.compile(r"^\s*\S+\s*|\S+\s*")
SIGNS = "\"'“”‘’«».,;:!?…()[]-–—"
QUOTED = frozenset({Speech.DIRECT, Speech.MIXED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some words of a quote; `change` is "" where the first wording has them too, "ins", "del", or "gap"."""

    text: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingView:
    """What some outlets print, with what differs from the first wording."""

    claim_id: str
    anchor: str
    outlets: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantsView:
    """One utterance: who speaks, the first wording, the others, and how many more there are."""

    speaker: str
    first: WordingView
    others: tuple[WordingView, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """A quote that some claims share: its words as they stand, and in a form in which they can be compared."""

    claims: tuple[Claim, ...]
    words: tuple[str, ...]
    plain: tuple[str, ...]


def variants_views(finding: Finding, evidence: Evidence) -> tuple[VariantsView, ...]:
    """Return the utterances that outlets print in different words, those of the sides in their order."""
    ordered = [origin for side in TAKEN for origin in finding.origins if origin.side is side]
    found = (view for origin in ordered for view in _of_origin(origin, evidence))
    return tuple(view for view, _ in zip(found, range(GROUPS), strict=False))


def _of_origin(origin: Origin, evidence: Evidence) -> Iterator[VariantsView]:
    """Yield an utterance for each source of the origin that is quoted in two wordings."""
    spoken: dict[str, list[Claim]] = {}
    for key in dict.fromkeys(origin.claim_ids):
        claim = evidence.claims[key]
        if claim.voice is Voice.SOURCE and claim.speech in QUOTED and claim.resolved:
            spoken.setdefault(speaker_of(claim, evidence.article_of(claim)).name, []).append(claim)
    for name, claims in spoken.items():
        wordings = _wordings(sorted(claims, key=lambda claim: _earliest(claim, evidence)), evidence)
        for group in _alike(wordings):
            yield _view(name, group, evidence)


def _earliest(claim: Claim, evidence: Evidence) -> tuple[bool, bool, str, str]:
    article = evidence.article_of(claim)
    at = article.published_at
    return bool(article.copy_of), at is None, at.isoformat() if at else "", claim.id


def _wordings(claims: Sequence[Claim], evidence: Evidence) -> list[_Wording]:
    """Return the quotes of different words, the earliest first; capitals and punctuation make no difference."""
    found: dict[tuple[str, ...], _Wording] = {}
    for claim in claims:
        words = tuple(_words(evidence.article_of(claim).text, claim))
        plain = tuple(word.casefold().strip().strip(SIGNS).replace("’", "'") for word in words)
        if len(plain) <= LONG:
            known = found.get(plain)
            shared = (*known.claims, claim) if known else (claim,)
            found[plain] = _Wording(claims=shared, words=known.words if known else words, plain=plain)
    return list(found.values())


def _words(text: str, claim: Claim) -> Iterator[str]:
    """Yield the words of the quote with the white space behind them, so that all of them joined are the quote."""
    spans = merged(claim.content)
    for at, span in enumerate(spans):
        if at:
            yield " " if text[spans[at - 1].end : span.start].isspace() else ELLIPSIS
        yield from WORD.findall(span.of(text))


def _alike(wordings: Sequence[_Wording]) -> Iterator[list[_Wording]]:
    """Yield the first wording with those that share half of its words, in another article; then what is left."""
    left = list(wordings[:MOST])
    while len(left) > 1:
        first, *rest = left
        near = [one for one in rest if _likeness(first, one) >= LIKE and _elsewhere(first, one)]
        if near:
            yield [first, *near]
        left = [one for one in rest if one not in near]


def _likeness(one: _Wording, other: _Wording) -> float:
    matcher = SequenceMatcher(None, one.plain, other.plain, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= LIKE else 0.0


def _elsewhere(one: _Wording, other: _Wording) -> bool:
    return not {claim.article_id for claim in one.claims} & {claim.article_id for claim in other.claims}


def _view(name: str, group: Sequence[_Wording], evidence: Evidence) -> VariantsView:
    first, *others = group
    more = len(others) - VARIANTS
    return VariantsView(
        speaker=name,
        first=_wording(first, _stretches(first.words, ""), evidence),
        others=tuple(_wording(one, _changes(first, one), evidence) for one in others[:VARIANTS]),
        more=f"{count(more, 'more wording')} not shown" if more > 0 else "",
    )


def _wording(wording: _Wording, stretches: tuple[Stretch, ...], evidence: Evidence) -> WordingView:
    claim = wording.claims[0]
    outlets = dict.fromkeys(evidence.article_of(one).outlet or NO_OUTLET for one in wording.claims)
    return WordingView(
        claim_id=claim.id, anchor=f"claim-{claim.id}", outlets=joined(list(outlets)), stretches=stretches
    )


def _stretches(words: Sequence[str], change: str) -> tuple[Stretch, ...]:
    """Return the words as stretches; what stands between two pieces of a quote is no word of it."""
    found: list[Stretch] = []
    for word in words:
        kind = "gap" if word in GAPS else change
        if found and found[-1].change == kind:
            found[-1] = Stretch(text=found[-1].text + word, change=kind)
        else:
            found.append(Stretch(text=word, change=kind))
    return tuple(found)


def _changes(first: _Wording, other: _Wording) -> tuple[Stretch, ...]:
    """Return the other wording, with the words that it alone has and those of the first that it lacks."""
    found: list[Stretch] = []
    matcher = SequenceMatcher(None, first.plain, other.plain, autojunk=False)
    for change, start, end, begin, stop in matcher.get_opcodes():
        if change in {"replace", "delete"}:
            gone = "".join(word for word in first.words[start:end] if word not in GAPS)
            found += [Stretch(text=gone, change="del")] if gone else []
        if change in {"replace", "insert"}:
            found += _stretches(other.words[begin:stop], "ins")
        elif change == "equal":
            found += _stretches(other.words[begin:stop], "")
    return tuple(found)
