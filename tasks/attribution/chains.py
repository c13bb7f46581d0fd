"""The way a claim came: "citing the Echo", "with reference to Gazeta.ru", "This was reported by", "told Reuters"."""

import re
from dataclasses import replace

from spacy.tokens import Token

from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft, spans_of
from tasks.attribution.gazetteer import OUTLET_WORDS, WEB_ENDINGS, load_gazetteer
from tasks.attribution.nominals import is_people
from tasks.attribution.parsing import Paragraph
from tasks.attribution.phrases import noun_phrase
from tasks.model.claim import EntityKind

REFERENCE = re.compile(
    r"(?:with reference to|referring to|citing|quoting|as quoted by|reported by|by way of|according to)\s",
    re.IGNORECASE,
)
NOT_SOURCES = frozenset({"evidence", "reason", "concern", "need", "fear", "safety", "lack", "cost", "risk", "weather"})
ANAPHORS = frozenset({"this", "that", "it"})


def add_chain(draft: Draft) -> None:
    """Note the outlets that a draft says it came through, the one nearest to the source first."""
    found = []
    sentence = draft.cue[0].sent if draft.cue else None
    if sentence is None:
        return
    for match in REFERENCE.finditer(sentence.text):
        name = _outlet_after(draft.paragraph, sentence.start_char + match.end())
        if name and not any(token.text in name.split() for token in draft.source):
            found.append(name)
    told = [child for token in draft.cue for child in token.children if child.dep_ in ("dobj", "dative")]
    found.extend(_text(child) for child in told if draft.row and draft.row.lemma == "tell" and _is_outlet(child))
    draft.via = tuple(dict.fromkeys(found))


def _outlet_after(paragraph: Paragraph, offset: int) -> str:
    """Return the outlet that is named right behind a place of the paragraph, "" where it is none."""
    for token in paragraph.doc:
        if token.idx >= offset and token.pos_ in ("PROPN", "NOUN"):
            head = token
            while head.dep_ in ("compound", "nmod", "amod", "poss") and head.head.i > head.i:
                head = head.head
            return _text(head) if _is_outlet(head) else ""
        if token.idx >= offset + 40 or (token.idx >= offset and token.pos_ in ("VERB", "PUNCT")):
            return ""
    return ""


def _text(head: Token) -> str:
    words = [token.text for token in noun_phrase(head) if token.lower_ not in ("the", "a", "an")]
    return " ".join(words)


def _is_outlet(head: Token) -> bool:
    phrase = noun_phrase(head)
    text = " ".join(token.text for token in phrase)
    known = any(place.entities[0].kind is EntityKind.OUTLET for _, _, place in load_gazetteer().find(text))
    named = any(token.pos_ == "PROPN" for token in phrase)
    worded = named and any(token.lower_ in OUTLET_WORDS for token in phrase)
    return known or worded or any(token.lower_.endswith(WEB_ENDINGS) for token in phrase)


def cited_source(draft: Draft) -> Draft | None:
    """Return what an outlet reports "citing an official" as the official's claim, through the outlet."""
    if not draft.cue or not draft.source or draft.row is None or draft.row.act != "assert":
        return None
    for token in draft.cue[0].sent:
        if token.lemma_.lower() in ("cite", "quote") and token.pos_ == "VERB" and not draft.paragraph.quoted(token):
            for cited in token.children:
                if cited.dep_ == "dobj" and not _is_outlet(cited) and cited.lemma_ not in NOT_SOURCES:
                    name = " ".join(word.text for word in draft.source if word.lower_ not in ("the", "a", "an"))
                    via = tuple(dict.fromkeys((*draft.via, name)))
                    return replace(draft, cue=(token,), source=noun_phrase(cited), via=via, rule="citing")
    return None


def is_citation(draft: Draft) -> bool:
    """Return whether a draft only names whom an outlet cites: "citing two officials" says nothing more."""
    root = draft.root
    if root is None or draft.row is None or draft.row.lemma != "cite" or draft.rule != "object":
        return False
    return is_people(root) or root.ent_type_ in ("PERSON", "ORG") or _is_outlet(root)


def is_basis(draft: Draft) -> bool:
    """Return whether a draft only names the evidence for what was said: "movements of cargo were cited as evidence"."""
    cited = draft.row is not None and draft.row.lemma in ("cite", "offer", "present") and not draft.source
    return cited and draft.root is not None and draft.root.lemma_.lower() in load_words().groups["evidence_nouns"]


def report_of_previous(draft: Draft) -> Draft | None:
    """Return the attribution behind "This was reported by the ministry": what the sentence before says."""
    verb = next((token for token in draft.cue if token.pos_ == "VERB"), None)
    if verb is None or draft.row is None or draft.row.act not in ("assert", "confirm"):
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if subject is None or subject.lower_ not in ANAPHORS or verb.sent.start == 0:
        return None
    before = verb.doc[verb.sent.start - 1].sent
    people = [pobj for child in verb.children if child.dep_ in ("agent", "prep") for pobj in child.children]
    owner = [inner for pobj in people for prep in pobj.children if prep.lower_ == "of" for inner in prep.children]
    source = noun_phrase((owner or people)[0]) if people else ()
    return Draft(
        paragraph=draft.paragraph,
        row=draft.row,
        cue=draft.cue,
        source=source,
        content=spans_of(draft.paragraph, before),
        root=before.root,
        rule="this-was-reported",
    )
