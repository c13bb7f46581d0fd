"""Drafts -> claims: the sources linked, the acts judged, what sits in what, and the chain each came through."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from tasks.attribution.acts import judge
from tasks.attribution.addressed import find_addressed, is_addressed
from tasks.attribution.cast import Cast, build_cast
from tasks.attribution.chains import add_chain, cited_source, is_basis, is_citation, own_names, report_of_previous
from tasks.attribution.discourse import NOBODY, Resolved
from tasks.attribution.drafts import Draft, merge, spans_of
from tasks.attribution.holding import holds
from tasks.attribution.joining import find_all
from tasks.attribution.parsing import Paragraph
from tasks.attribution.propositions import make_proposition
from tasks.attribution.quotations import continue_quotations, speech_of, split_long
from tasks.attribution.sources import Sources
from tasks.attribution.statements import find_statements
from tasks.attribution.times import find_said_on
from tasks.attribution.transcripts import Speaker, find_labels, find_turns, is_asked, is_label
from tasks.model.article import Article, Span, words_of
from tasks.model.claim import Claim, Voice

# A content that only points back: "it", "that", "the report", "those accusations".
REFERS_BACK = re.compile(
    r"(?i)(?:it|that|this|which|so|them|these|those)"
    r"|(?:the|that|this|these|those|such) (?:claim|allegation|accusation|charge|report|suggestion|rumou?r)s?"
)


@cache
def _confidences() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("confidence.toml").read_text(encoding="utf-8"))


def confidence_of(rule: str) -> float:
    """Return how often what a rule finds was right where that was measured."""
    table = _confidences()
    return float(table["rule"].get(rule, table["other"]))


def find_claims(article: Article, paragraphs: tuple[Paragraph, ...]) -> tuple[Claim, ...]:
    """Return the claims of one article in the order of the text."""
    cast = build_cast(paragraphs)
    sources = Sources(cast, article.id)
    labels = find_labels(paragraphs)
    drafts = [draft for draft in _attributions(article, paragraphs, labels) if draft.content]
    linked = [(judge(draft), _link(sources, draft)) for draft in drafts]
    kept = [(draft, who) for draft, who in linked if holds(draft, who)]
    spoken = _with_antecedents(article, [_claim(article, draft, who, cast) for draft, who in kept])
    own = list(_own_voice(article, paragraphs, labels, [draft for draft, _ in kept], cast))
    return _with_parents([*spoken, *own])


def _attributions(article: Article, paragraphs: tuple[Paragraph, ...], labels: dict[int, Speaker]) -> list[Draft]:
    drafts: list[Draft] = []
    own = own_names(article)
    for paragraph in paragraphs:
        if paragraph.heading:
            continue
        found = find_all(paragraph)
        speaker = labels.get(paragraph.number)
        if speaker is not None:
            found = [draft for draft in found if not is_label(draft, speaker) and not is_asked(draft, speaker)]
            found = [draft for draft in found if not is_addressed(draft, speaker)]
            drafts.extend(find_addressed(paragraph, speaker))
            drafts.extend(find_turns(paragraph, speaker))
        for draft in found:
            if is_basis(draft) and drafts and drafts[-1].paragraph is paragraph:
                drafts[-1].basis = draft.content
                continue
            add_chain(draft, own)
            if is_citation(draft):
                continue
            cited = cited_source(draft)
            if cited is not None:
                drafts.append(cited)
            behind = report_of_previous(draft)
            if behind is not None:
                behind.via = tuple(dict.fromkeys((*draft.via, *_reporters(found, draft, own)[::-1])))
            drafts.append(behind or draft)
    drafts.sort(key=lambda draft: draft.place)
    return [piece for draft in continue_quotations(paragraphs, drafts) for piece in split_long(draft)]


def _reporters(found: list[Draft], inner: Draft, own: Collection[str]) -> tuple[str, ...]:
    """Return the outlets whose report an attribution sits in: "..., Day.Az reports with reference to Gazeta.ru"."""
    cue = inner.paragraph.span(inner.cue[0].idx, inner.cue[0].idx + 1)
    outer = [draft for draft in found if draft is not inner and any(span.contains(cue) for span in draft.content)]
    names = []
    for draft in outer:
        add_chain(draft, own)
        names.extend([" ".join(token.text for token in draft.source), *draft.via])
    return tuple(names)


def _link(sources: Sources, draft: Draft) -> Resolved:
    if not draft.source:
        return NOBODY
    if draft.speaker:
        return sources.label(draft.speaker)
    return sources.resolve(draft.source_paragraph or draft.paragraph, draft.source)


def _own_voice(
    article: Article, paragraphs: tuple[Paragraph, ...], labels: dict[int, Speaker], drafts: list[Draft], cast: Cast
) -> Iterator[Claim]:
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(draft.paragraph.number, []).append(draft)
    for paragraph in paragraphs:
        if paragraph.heading or paragraph.number in labels:
            continue
        taken = [span for draft in found.get(paragraph.number, ()) for span in _whole(draft)]
        for draft in find_statements(paragraph, tuple(taken)):
            yield _claim(article, judge(draft), NOBODY, cast)


def _whole(draft: Draft) -> tuple[Span, ...]:
    own = spans_of(draft.paragraph, [*draft.cue, *(() if draft.source_paragraph else draft.source)])
    return merge((*draft.content, *own, *draft.basis))


def _claim(article: Article, draft: Draft, who: Resolved, cast: Cast) -> Claim:
    home = draft.source_paragraph or draft.paragraph
    return Claim(
        article_id=article.id,
        voice=Voice.OUTLET if draft.rule == "statement" else Voice.SOURCE,
        source=spans_of(home, draft.source),
        entities=who.entities,
        resolved=who.known,
        cue=tuple(_exact(draft)),
        content=draft.content,
        speech=speech_of(draft),
        act=draft.act,
        certainty=draft.certainty,
        proposition=make_proposition(draft, who.entities if who.known else (), cast, article),
        distanced=draft.distanced,
        basis=draft.basis,
        via=draft.via,
        said_at=find_said_on(draft, article.published_at),
        confidence=draft.confidence or confidence_of(draft.rule),
        rule=draft.rule,
    )


def _with_antecedents(article: Article, claims: list[Claim]) -> list[Claim]:
    """Return the claims, those about "it" or "the report" with the proposition of the claim before."""
    linked: list[Claim] = []
    for claim in claims:
        if REFERS_BACK.fullmatch(words_of(article.text, claim.content)):
            before = next((other for other in reversed(linked) if other.entities != claim.entities), None)
            linked.append(replace(claim, proposition=before.proposition) if before else claim)
        else:
            linked.append(claim)
    return linked


def _exact(draft: Draft) -> Iterator[Span]:
    """Yield the spans of the cue, punctuation such as a transcript's colon included."""
    words = spans_of(draft.paragraph, draft.cue)
    if words or not draft.cue:
        yield from words
        return
    yield draft.paragraph.span(draft.cue[0].idx, draft.cue[-1].idx + len(draft.cue[-1]))


def _with_parents(claims: list[Claim]) -> tuple[Claim, ...]:
    """Return the claims in order, each with the smallest claim that its cue sits in as its parent."""
    ordered = sorted(claims, key=lambda claim: (claim.content[0], claim.id))
    unique = list({claim.id: claim for claim in ordered}.values())
    spoken = ((span, claim) for claim in unique if claim.voice is Voice.SOURCE for span in claim.content)
    outer = sorted(spoken, key=lambda item: item[0])
    reach = list(accumulate((span.end for span, _ in outer), max))
    return tuple(
        replace(claim, parent=parent) if (parent := _parent(claim, outer, reach)) else claim for claim in unique
    )


def _parent(claim: Claim, outer: Sequence[tuple[Span, Claim]], reach: Sequence[int]) -> str:
    """Return the id of the smallest claim around a cue; `reach` is how far the spans up to each one go."""
    if not claim.cue:
        return ""
    cue = claim.cue[0]
    around = []
    for number in range(bisect_right(outer, cue.start, key=lambda item: item[0].start) - 1, -1, -1):
        if reach[number] < cue.end:
            break
        span, other = outer[number]
        if (
            other is not claim
            and span.contains(cue)
            and not (_holds_cue(claim, other) and _size(claim) >= _size(other))
        ):
            around.append(other)
    return min(around, key=_size).id if around else ""


def _holds_cue(claim: Claim, other: Claim) -> bool:
    """Return whether a claim has the cue of another in its content; where both have, the longer is outer."""
    return bool(other.cue) and any(span.contains(other.cue[0]) for span in claim.content)


def _size(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.content)
