"""What the outlet says itself: plain factual sentences that are attributed to nobody."""

from collections.abc import Iterator

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft, spans_of
from tasks.attribution.gazetteer import load_gazetteer
from tasks.attribution.parsing import Paragraph
from tasks.model.article import Span

MIN_WORDS, MAX_WORDS = 6, 60
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "EVENT", "LOC", "PRODUCT"})
VAGUE = frozenset({"this", "that", "it", "these", "those", "there", "i", "you", "we"})
OPINION = frozenset({"must", "should", "ought", "can", "may", "might", "could", "would"})


def find_statements(paragraph: Paragraph, taken: tuple[Span, ...]) -> Iterator[Draft]:
    """Yield the sentences of a paragraph that state a fact in the outlet's own voice; `taken` belongs to sources."""
    for sent in paragraph.doc.sents:
        whole = paragraph.span(sent.start_char, max(sent.end_char, sent.start_char + 1))
        if any(span.overlaps(whole) for span in taken) or not _states(paragraph, sent):
            continue
        content = spans_of(paragraph, sent)
        if content:
            yield Draft(
                paragraph=paragraph, row=None, cue=(), source=(), content=content, root=sent.root, rule="statement"
            )


def _states(paragraph: Paragraph, sent: DocSpan) -> bool:
    """Return whether a sentence states something that can be held against others: who did what, no wish, no view."""
    words = [token for token in sent if token.is_alpha or token.like_num]
    root = sent.root
    if not MIN_WORDS <= len(words) <= MAX_WORDS or sent.text.rstrip()[-1:] not in (".", "!", "”", '"'):
        return False
    if root.pos_ not in ("VERB", "AUX") or not _finite(root) or any(paragraph.quoted(token) for token in words):
        return False
    subjects = [child for child in root.children if child.dep_ in ("nsubj", "nsubjpass")]
    if not subjects or subjects[0].lower_ in VAGUE:
        return False
    distanced = any(token.lower_ in load_words().groups["distancing"] for token in sent)
    return distanced or _names_somebody(sent) or any(token.like_num and token.dep_ == "nummod" for token in sent)


def _finite(root: Token) -> bool:
    """Return whether a sentence reports: finite, and not what must, may or would be."""
    aux = [child for child in root.children if child.dep_ in ("aux", "auxpass")]
    if any(token.lower_ in OPINION for token in aux):
        return False
    return root.tag_ in ("VBD", "VBZ", "VBP") or any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in aux)


def _names_somebody(sent: DocSpan) -> bool:
    return any(ent.label_ in NAMED for ent in sent.ents) or next(load_gazetteer().find(sent.text), None) is not None
