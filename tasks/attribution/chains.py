"""The way a claim came: "citing the Echo", "with reference to Gazeta.ru", "This was reported by", "told Reuters"."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from tasks.attribution.cues import load_words, row_of_lemma
from tasks.attribution.drafts import Draft, branch, merge, spans_of
from tasks.attribution.gazetteer import OUTLET_WORDS, WEB_ENDINGS, load_gazetteer
from tasks.attribution.names import is_bodily, is_people
from tasks.attribution.nominals import head_of
from tasks.attribution.phrases import cue_tokens, noun_phrase, passive
from tasks.model.article import Article, Span
from tasks.model.claim import EntityKind

LEADS = frozenset({"reference", "referring", "citing", "quoting", "quoted", "cited", "reported", "way", "according"})
TALKS = frozenset({"interview", "conversation", "comments", "remarks", "speaking", "talking", "appearing"})
REFERENCE = re.compile(
    r"(?:(?P<surely>with reference to)|referring to|citing|quoting|(?:quoted|cited|reported) by|by way of|according to"
    r"|(?:interview|conversation|comments|remarks|speaking|talking|appearing) (?:with|to|for|on))\s",
    re.IGNORECASE,
)
NO_EVIDENCE = frozenset({"reason", "concern", "need", "fear", "safety", "lack", "cost", "risk", "weather", "evidence"})
CITES = re.compile(r"cit[ei]|quot[ei]", re.IGNORECASE)  # quick to ask, and most paragraphs have neither
BASED = re.compile(r"based", re.IGNORECASE)
QUOTING = frozenset({"quote", "cite"})  # "as saying"
ANAPHORS = frozenset({"this", "that", "it"})
# "GENEVA (Agency) -": whoever is named so wrote the article, and is no step on the way to it.
CREDIT = re.compile(r"\A[^\n]{0,60}\((?P<name>[A-Z][\w .&]{1,30})\)\s*(?:[-—–]|--)")


def add_chain(draft: Draft, own: Collection[str] = ()) -> None:
    """Note the outlets that a claim came through, nearest to the source first, and the evidence that is cited.

    `own` are the names of the outlet that publishes the article, which is no step of the chain: see `own_names`.
    """
    if not draft.cue:
        return
    sentence = draft.cue[0].sent
    tellers = [token for token in draft.cue if token.lemma_ == "tell"]
    told = [child for token in tellers for child in token.children if child.dep_ in ("dobj", "dative")]
    told = [child for child in told if _is_outlet(child)]
    said = {token.text for token in draft.source}
    found = [_name(child) for child in told]
    found.extend(_quoters(draft))
    found.extend(name for name in _referred(sentence) if not said & set(name.split()))
    ours = {_plain(name) for name in own}
    draft.via = tuple(dict.fromkeys(name for name in found if _plain(name) not in ours))
    if not draft.basis:
        draft.basis = spans_of(draft.paragraph, _evidence(draft))


def own_names(article: Article) -> frozenset[str]:
    """Return by which names the outlet of an article goes: its own, and that in brackets before the first sentence."""
    credit = CREDIT.match(article.text)
    return frozenset({article.outlet, credit["name"].strip() if credit else ""} - {""})


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _referred(sentence: DocSpan) -> Iterator[str]:
    """Yield the outlets that a sentence refers to."""
    if not any(token.lower_ in LEADS or token.lower_ in TALKS for token in sentence):
        return
    for match in REFERENCE.finditer(sentence.text):
        name = _outlet_after(sentence, sentence.start_char + match.end(), surely=bool(match["surely"]))
        if name:
            yield name


def _outlet_after(sentence: DocSpan, offset: int, *, surely: bool) -> str:
    """Return the outlet that is named right behind a place of the sentence, "" where it is none."""
    for token in sentence:
        if token.idx >= offset and token.pos_ in ("PROPN", "NOUN"):
            head = token
            while head.dep_ in ("compound", "nmod", "amod", "poss") and head.head.i > head.i:
                head = head.head
            named = surely and head.pos_ == "PROPN" and head.ent_type_ != "PERSON"
            return _name(head) if named or _is_outlet(head) else ""
        if token.idx >= offset + 40 or (token.idx >= offset and token.pos_ in ("VERB", "PUNCT")):
            return ""
    return ""


def _name(head: Token) -> str:
    """Return the name of an outlet without what it is called: "SRK" of "the broadcaster SRK"."""
    phrase = [token for token in noun_phrase(head) if token.lower_ not in ("the", "a", "an")]
    proper = [token for token in phrase if token.pos_ == "PROPN" or token.lower_.endswith(WEB_ENDINGS)]
    if not proper or proper[-1] is phrase[-1] is not head:
        return "".join(token.text_with_ws for token in proper or phrase).strip()
    first, last = proper[0].i, proper[-1].i
    return "".join(token.text_with_ws for token in phrase if first <= token.i <= last).strip()


def _is_outlet(head: Token) -> bool:
    phrase = noun_phrase(head)
    text = " ".join(token.text for token in phrase)
    known = any(place.entities[0].kind is EntityKind.OUTLET for _, _, place in load_gazetteer().find(text))
    named = any(token.pos_ == "PROPN" for token in phrase)
    worded = named and any(token.lower_ in OUTLET_WORDS for token in phrase)
    return known or worded or any(token.lower_.endswith(WEB_ENDINGS) for token in phrase)


def _cited(draft: Draft) -> Iterator[tuple[Token, Token]]:
    """Yield verb and object where the sentence of a draft cites or quotes something outside the quotation marks."""
    if not draft.cue or not CITES.search(draft.paragraph.text):
        return
    for token in draft.cue[0].sent:
        if token.lemma_ in ("cite", "quote") and token.pos_ == "VERB" and not draft.paragraph.quoted(token):
            for cited in token.children:
                if cited.dep_ == "dobj":
                    yield token, cited


def as_quoted(draft: Draft) -> Draft:
    """Return a draft as the word of whoever is quoted: "the daily quoted a diplomat as saying that it sank"."""
    found = next((pair for token in draft.cue if (pair := _quoting(token)) is not None), None)
    if found is None:
        return draft
    verb, saying = found
    quoted = [child for child in verb.children if child.dep_ == ("nsubjpass" if passive(verb) else "dobj")]
    clause = [child for child in saying.children if child.dep_ in ("ccomp", "dobj") and child.i > saying.i]
    if not quoted or not clause:
        return draft
    said = branch(clause[0])
    return replace(
        draft,
        row=row_of_lemma(load_words().lemma(saying), "VERB") or load_words().verbs["say"],
        cue=tuple(sorted((*cue_tokens(verb), saying.head, saying), key=lambda token: token.i)),
        source=noun_phrase(quoted[0]),
        content=merge((*spans_of(draft.paragraph, said), *_behind(draft, said))),
        root=clause[0],
        rule="clause",
    )


def _behind(draft: Draft, said: list[Token]) -> tuple[Span, ...]:
    """Return what of a content stands behind a clause: a quotation that goes on."""
    return spans_of(draft.paragraph, [token for token in draft.paragraph.tokens(draft.content) if token.i > said[-1].i])


def _quoting(token: Token) -> tuple[Token, Token] | None:
    """Return the verb that quotes and the one that says, from either: "was cited as telling"."""
    verb = token.head.head if token.dep_ == "pcomp" and token.head.lower_ == "as" else token
    if verb.pos_ != "VERB" or verb.lemma_ not in QUOTING:
        return None
    saying = (inner for prep in verb.children if prep.lower_ == "as" for inner in prep.children if inner.tag_ == "VBG")
    return next(((verb, inner) for inner in saying if inner.dep_ == "pcomp"), None)


def _quoters(draft: Draft) -> Iterator[str]:
    """Yield the outlets that quote: their subject, or their agent."""
    for token in draft.cue:
        if _quoting(token) is not None and token.lemma_ in QUOTING:
            agents = [pobj for child in token.children if child.dep_ == "agent" for pobj in child.children]
            subjects = [child for child in token.children if child.dep_ == "nsubj"]
            yield from (_name(head) for head in (*subjects, *agents) if _is_outlet(head))


def _speaks(head: Token) -> bool:
    """Return whether what is cited can speak: people, bodies and names do, images and figures do not."""
    return is_people(head) or is_bodily(head) or head.pos_ == "PROPN"


def cited_source(draft: Draft) -> Draft | None:
    """Return what an outlet reports "citing an official" as the official's claim, through the outlet."""
    if not draft.cue or not draft.source or (draft.row is not None and draft.row.act != "assert"):
        return None
    for verb, cited in _cited(draft):
        if verb not in draft.cue and _speaks(cited) and not _is_outlet(cited):
            outlets = [token for token in draft.source if token.pos_ == "PROPN" and token.dep_ != "compound"]
            name = _name(outlets[-1] if outlets else head_of(draft.source))
            via = tuple(dict.fromkeys((*draft.via, name)))
            return replace(draft, cue=(verb,), source=noun_phrase(cited), via=via, basis=(), rule="citing")
    return None


def _evidence(draft: Draft) -> tuple[Token, ...]:
    """Return what a source offers as evidence: "..., citing satellite images", "based on court records"."""
    for verb, cited in _cited(draft):
        aside = verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).text == ","
        under = aside or (verb.head in draft.cue and verb.dep_ in ("advcl", "prep", "dep"))
        if under and not _speaks(cited) and cited.lemma_ not in NO_EVIDENCE and not _is_outlet(cited):
            return noun_phrase(cited)
    if not draft.cue or not BASED.search(draft.paragraph.text):
        return ()
    for based in draft.cue[0].sent:
        if based.lower_ == "based" and based.dep_ in ("prep", "advcl") and not draft.paragraph.quoted(based):
            on = [pobj for prep in based.children if prep.lower_ == "on" for pobj in prep.children]
            return noun_phrase(on[0]) if on else ()
    return ()


def is_citation(draft: Draft) -> bool:
    """Return whether a draft only names whom an outlet cites: "citing two officials" says nothing more."""
    root = draft.root
    if root is None or not any(token.lemma_ == "cite" for token in draft.cue) or root.pos_ in ("VERB", "AUX"):
        return False
    beside = any(token.tag_ == "VBG" and token.dep_ in ("advcl", "prep", "dep") for token in draft.cue)
    return is_people(root) or root.ent_type_ in ("PERSON", "ORG") or _is_outlet(root) or beside


def is_basis(draft: Draft) -> bool:
    """Return whether a draft only names the evidence for what was said: "movements of cargo were cited as evidence"."""
    cited = any(token.lemma_ in ("cite", "offer", "present") for token in draft.cue) and not draft.source
    return cited and draft.root is not None and draft.root.lemma_.lower() in load_words().groups["evidence_nouns"]


def report_of_previous(draft: Draft) -> Draft | None:
    """Return the attribution behind "This was reported by the ministry": what the sentence before says."""
    verb = next((token for token in draft.cue if token.pos_ == "VERB"), None)
    if verb is None or (draft.row is not None and draft.row.act not in ("assert", "confirm")):
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if subject is None or subject.lower_ not in ANAPHORS or verb.sent.start == 0:
        return None
    if any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children):
        return None  # "it is understood that": what is understood follows
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
