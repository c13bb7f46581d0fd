"""What the outlet says itself: plain factual sentences that are attributed to nobody."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from tasks.attribution.bounds import is_stamp
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft, spans_of
from tasks.attribution.mentions import known_places
from tasks.attribution.parsing import Paragraph
from tasks.model.article import Span

MIN_WORDS, MAX_WORDS = 6, 60
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "EVENT", "LOC", "PRODUCT"})
VAGUE = frozenset({"this", "that", "it", "these", "those", "there", "i", "you", "we"})
OPINION = frozenset({"must", "should", "ought", "can", "may", "might", "could", "would"})
CLOSING = (".", "!", "”", '"', ")")
_RAW = tomllib.loads(Path(__file__).with_name("statements.toml").read_text(encoding="utf-8"))
_LEADS = "|".join(re.escape(lead) for lead in sorted(_RAW["leads"], key=len, reverse=True))
LEAD = re.compile(
    rf"\W*(?:(?:{_LEADS})\s*(?:[:|–—>»]| -)|(?i:click here|sign up|subscribe|follow us)\b)", re.IGNORECASE
)
VIEWS = frozenset(_RAW["views"])
LEADING = 8  # words in which a line says what it is
BACKGROUND, BACKGROUND_PASSIVE = frozenset(_RAW["background"]), frozenset(_RAW["background_passive"])


def find_statements(paragraph: Paragraph, taken: tuple[Span, ...]) -> Iterator[Draft]:
    """Yield the sentences of a paragraph that state a fact in the outlet's own voice; `taken` belongs to sources."""
    if LEAD.match(paragraph.doc[:LEADING].text):
        return
    for sent in paragraph.doc.sents:
        whole = paragraph.span(sent.start_char, max(sent.end_char, sent.start_char + 1))
        if any(span.overlaps(whole) for span in taken) or not _states(paragraph, sent):
            continue
        content = spans_of(paragraph, [token for token in sent if token.i or not is_stamp(token)])
        if content:
            yield Draft(
                paragraph=paragraph, row=None, cue=(), source=(), content=content, root=sent.root, rule="statement"
            )


def _states(paragraph: Paragraph, sent: DocSpan) -> bool:
    """Return whether a sentence states something that can be held against others: who did what, no wish, no view."""
    root = sent.root
    if (
        root.pos_ not in ("VERB", "AUX")
        or not _finite(root)
        or sent.text.rstrip()[-1:] not in CLOSING
        or _is_background(root)
    ):
        return False
    words = [token for token in sent if token.is_alpha or token.like_num]
    if not MIN_WORDS <= len(words) <= MAX_WORDS or any(paragraph.quoted(token) for token in words):
        return False
    subjects = [child for child in root.children if child.dep_ in ("nsubj", "nsubjpass")]
    if not subjects or subjects[0].lower_ in VAGUE or LEAD.match(sent.text):
        return False
    lower = {token.lower_ for token in sent}
    if lower & VIEWS or any(child.lower_ in ("if", "unless") for child in root.children):
        return False
    distanced = bool(lower & load_words().groups["distancing"])
    return distanced or _names_somebody(sent) or any(token.like_num and token.dep_ == "nummod" for token in sent)


def _finite(root: Token) -> bool:
    """Return whether a sentence reports: finite, and not what must, may or would be."""
    aux = [child for child in root.children if child.dep_ in ("aux", "auxpass")]
    if any(token.lower_ in OPINION for token in aux):
        return False
    return root.tag_ in ("VBD", "VBZ", "VBP") or any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in aux)


def _is_background(root: Token) -> bool:
    """Return whether a sentence describes what has long been so: "The town lies on the Vel"."""
    passive = any(child.dep_ == "nsubjpass" for child in root.children)
    return root.lemma_.lower() in (BACKGROUND_PASSIVE if passive else BACKGROUND)


def _names_somebody(sent: DocSpan) -> bool:
    if any(token.ent_type_ in NAMED for token in sent):
        return True
    return any(sent.start <= span.start < sent.end for span, _ in known_places(sent.doc))
