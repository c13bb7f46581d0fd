"""What the trained extractor finds and what the rules find -> the drafts of a paragraph.

The network is better at where an attribution begins and ends, the rules know what kind of thing it is and what stands
inside a content, which annotators leave unmarked. So the network's spans win where both have found the same, the rules
add what they find inside a content and the families that they find surely.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from tasks.attribution.anonymity import hides
from tasks.attribution.bounds import (
    is_contrast,
    is_stamp,
    own_phrase,
    within_stops,
    without_basis,
    without_contrast,
    without_day,
    without_lead,
    without_next,
)
from tasks.attribution.chains import as_quoted
from tasks.attribution.colons import find_colons, own_speech
from tasks.attribution.continued import GOES_ON
from tasks.attribution.coordination import outer_verb, own_words
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft, spans_of
from tasks.attribution.endings import complete
from tasks.attribution.labelled import caller_of
from tasks.attribution.parsing import Paragraph
from tasks.attribution.phrases import not_stated
from tasks.attribution.polarity import find_head
from tasks.attribution.source_words import source_words
from tasks.attribution.tagger.component import Attribution, ruled_drafts
from tasks.model.claim import Act

TRAINED = "trained"
SURE, UNSURE = 0.65, 0.6
SAYING = frozenset({"VBD", "VBZ", "VBP", "MD", "TO"})
TAKEN = ("ccomp", "xcomp", "dobj")
# What the network, which learned from campaign news, must not be the only one to look for.
KEPT = frozenset({Act.DENY, Act.ALLEGE, Act.ACCUSE, Act.CONFIRM, Act.RETRACT, Act.DECLINE})


def find_all(paragraph: Paragraph) -> list[Draft]:
    """Return the attributions of a paragraph that have a cue of their own."""
    ruled = ruled_drafts(paragraph)
    found: Sequence[Attribution] | None = paragraph.doc._.attributions
    found = [one for one in found or () if not (_is_none(paragraph.doc[one.head]) or _is_denied_claim(one, ruled))]
    if not found:  # where the network is silent, or not there, the rules speak alone
        alone = [keep_apart(replace(as_quoted(draft))) for draft in ruled]
        return [*alone, *find_colons(paragraph, alone)]
    partners = [_partner(one, ruled) for one in found]
    taken = {token.i for one in found for token in _tokens((*one.cue, *one.source, *one.content))}
    contrasts = [token for draft in ruled if draft.source for token in draft.cue if is_contrast(token)]
    joined = [
        _join(paragraph, one, partner, taken, contrasts)
        for one, partner in zip(found, partners, strict=True)
        if not not_stated(paragraph.doc[one.head], named=bool(one.source))
    ]
    met = {id(partner) for partner in partners}
    joined = [as_quoted(draft) for draft in map(own_speech, joined) if draft.content and not _is_deed_or_thing(draft)]
    added = (draft for draft in ruled if id(draft) not in met and _adds(paragraph, draft, joined))
    parts = [part for draft in (*joined, *added) for part in _cut_behind(keep_apart(replace(draft)))]
    return [*parts, *find_colons(paragraph, parts)]


def _is_none(head: Token) -> bool:
    """Return whether the network takes for a cue what is none: "dismissed as lies claims", "asked not to be named"."""
    return caller_of(head) is not None or hides(head)


def _is_denied_claim(found: Attribution, ruled: Iterable[Draft]) -> bool:
    """Return whether a noun without a maker is what somebody else speaks of: "claims that it fell were denied by"."""
    return not found.source and any(
        draft.root is not None and draft.root.i == found.head and draft.source and draft.row and draft.row.act in KEPT
        for draft in ruled
    )


def _partner(found: Attribution, ruled: Iterable[Draft]) -> Draft | None:
    """Return the draft of the rules that turns on the same word."""
    return next((draft for draft in ruled if any(token.i == found.head for token in draft.cue)), None)


def _is_deed_or_thing(draft: Draft) -> bool:
    """Return whether a word that the rules know, and did not take here, has a mere thing for its content.

    "Asked for the bill", "claimed the prize": of such, fewer are right than wrong unless the network is sure.
    """
    if draft.rule != TRAINED or draft.confidence >= SURE or draft.speaker:
        return False
    words, tokens = load_words(), draft.paragraph.tokens(draft.content)
    known = any(words.lemma(token) in (words.nouns if token.pos_ == "NOUN" else words.verbs) for token in draft.cue)
    return known and not _says(tokens) and not any(map(draft.paragraph.quoted, tokens))


def _says(content: Iterable[Token]) -> bool:
    """Return whether a content can be true, or be done: it has a verb, no bare infinitive."""
    return any(token.tag_ in SAYING for token in content)


def _rules_know_better(found: Attribution, partner: Draft) -> bool:
    """Return whether the rules' content is taken: a thing called untrue, a clause the network lost, a maker's."""
    said = _tokens(found.content)
    unsure = found.confidence < (SURE if _ends_with(found, partner) else UNSURE)
    clause = partner.rule == "clause" and (unsure or not _says(said))
    maker = _takes_source(found, partner) or _is_done_to(found, partner)
    # "rejected as groundless the claim": what it is called is no part of the claim
    called = partner.rule == "object" and found.cue[-1][-1].lower_ == "as"
    return clause or maker or called or partner.rule == "called-false"


def _ends_with(found: Attribution, partner: Draft) -> bool:
    """Return whether the network's content is the end of what stands before the cue: "it sank and was left, X said"."""
    said, whole = _tokens(found.content), partner.paragraph.tokens(partner.content)
    before = bool(said) and said[-1].i < found.head and not partner.paragraph.quoted(said[-1])
    return before and bool(whole) and whole[-1] == said[-1] and whole[0].i < said[0].i


def _is_done_to(found: Attribution, partner: Draft) -> bool:
    """Return whether the network takes for a source whom a passive is about: "the airline was accused of"."""
    return not partner.source and any(
        token.dep_ == "nsubjpass" and token.head.i == found.head for token in _tokens(found.source)
    )


def _takes_source(found: Attribution, partner: Draft) -> bool:
    """Return whether the network takes who claims for what is claimed: the monks of "claims by monks that"."""
    alike = partner.rule == "noun" or not found.source
    return alike and any(token in _tokens(found.content) for token in partner.source)


def _join(
    paragraph: Paragraph,
    found: Attribution,
    partner: Draft | None,
    barred: Collection[int],
    contrasts: Sequence[Token],
) -> Draft:
    cue = tuple(_tokens(found.cue))
    head = paragraph.doc[found.head]
    ruled = partner.source if partner is not None else ()
    barred_words = {token.i for token in _tokens((*found.cue, *found.content))}
    source = source_words(head, _tokens(found.source), ruled, barred_words)
    said = own_words(head, _without_hearer(head, _tokens(found.content)))
    said = without_basis(head, own_phrase(head, without_next(paragraph, head, said)))
    said = without_contrast(paragraph, without_day(head, said), contrasts)
    if head.lower_ == "according":
        said = within_stops(paragraph, head, said) or said
    content = spans_of(paragraph, without_lead(complete(said, barred), barred))
    if partner is None:
        # Without a row, what the cue does is read from all of its words.
        draft = Draft(
            paragraph=paragraph, row=None, cue=cue, source=source, content=content, root=None, rule=TRAINED
        )  # fmt: skip
    else:
        named = any(token.pos_ not in ("DET", "ADP") for token in source)  # "the" of "a warning by the court" is nobody
        nobody = _takes_source(found, partner) or _is_done_to(found, partner)
        if nobody or (partner.rule == "noun" and not named):
            cue, source = partner.cue, partner.source  # "allegations by former monks": the network sees no maker
        if _rules_know_better(found, partner):
            content = partner.content
        draft = replace(partner, cue=cue, source=source, content=content)
        if partner.root is not None and partner.root not in paragraph.tokens(content):
            draft.root = None
    draft.confidence = found.confidence
    if draft.root is None and content:
        tokens = paragraph.tokens(content)
        draft.root = _complement(paragraph.doc[found.head], tokens) or find_head(tokens)
    return draft


def _complement(cue: Token, content: Collection[Token]) -> Token | None:
    """Return what a cue takes, if it lies in the content: of "denied the brothers bail", bail."""
    return next((child for place in TAKEN for child in cue.children if child.dep_ == place and child in content), None)


def _without_hearer(cue: Token, content: list[Token]) -> list[Token]:
    """Return a content without who is told: "told the Courier that lorries had come"."""
    clause = any(child.dep_ == "ccomp" for child in cue.children)
    hearers = [child for child in cue.children if child.dep_ in ("dobj", "dative") and child.i > cue.i]
    if not clause or not hearers or not content or content[0].i < hearers[0].left_edge.i:
        return content
    last = max(hearer.right_edge.i for hearer in hearers)
    return [token for token in content if token.i > last] or content


def _cut_behind(draft: Draft) -> Iterator[Draft]:
    """Yield an attribution, and what goes on behind the sentence of its cue as one of its own: claims are short."""
    end = draft.paragraph.offset + draft.cue[-1].sent.end_char if draft.cue else 0
    rest = tuple(span for span in draft.content if span.start >= end)
    if not draft.confidence or not rest or len(rest) == len(draft.content):
        yield draft
        return
    yield replace(draft, content=tuple(span for span in draft.content if span.start < end))
    yield replace(
        draft,
        row=None,
        cue=(),
        content=rest,
        root=find_head(draft.paragraph.tokens(rest)),
        rule=GOES_ON,
        source_paragraph=draft.paragraph,
    )


def keep_apart(draft: Draft) -> Draft:
    """Return a draft whose content holds neither its cue nor its source, which the parser may hang below its head."""
    if is_stamp(draft.paragraph.doc[0]):
        draft.source = tuple(token for token in draft.source if token.i)
        draft.content = spans_of(draft.paragraph, [token for token in draft.paragraph.tokens(draft.content) if token.i])
    inside = {token.i for token in draft.paragraph.tokens(draft.content)}
    if draft.cue and draft.cue[0].i in inside:  # "that it left, citing two officials"
        own = {token.i for token in (*draft.cue, *draft.source)}
        kept = [draft.paragraph.doc[row] for row in sorted(inside) if not min(own) <= row <= max(own)]
        draft.content, inside = spans_of(draft.paragraph, kept), {token.i for token in kept}
    draft.source = tuple(token for token in draft.source if token.i not in inside)
    return draft


def _tokens(spans: Iterable[Tokens]) -> list[Token]:
    return [token for span in spans for token in span]


def _adds(paragraph: Paragraph, draft: Draft, joined: Sequence[Draft]) -> bool:
    """Return whether a draft of the rules alone is kept: inside a content, or of a family that must not be missed."""
    if not draft.content or not draft.cue:
        return bool(draft.content)
    cue = paragraph.span(draft.cue[-1].idx, draft.cue[-1].idx + 1)
    if any(span.contains(cue) for other in joined for span in other.content):
        return True
    taken = [span for other in joined for span in (*other.content, *spans_of(paragraph, (*other.cue, *other.source)))]
    if any(span.overlaps(cue) or any(span.overlaps(own) for own in draft.content) for span in taken):
        return False
    joined_on = any(outer_verb(token) is not None or is_contrast(token) for token in draft.cue)
    return draft.row is not None and (draft.row.act in KEPT or joined_on)
