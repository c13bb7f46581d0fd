"""What comparison needs of a content: who does what to whom, how many, when; and a sentence that stands alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from spacy.tokens import Token

from tasks.attribution.cast import Cast
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft
from tasks.attribution.gazetteer import load_gazetteer
from tasks.attribution.numbers import find_quantities
from tasks.attribution.times import find_times
from tasks.model.article import Article
from tasks.model.claim import Act, Entity, EntityKind, Party, Proposition, Role

# Nouns made from verbs stand for events: "the transfer of arms", "shipments", "the launch".
EVENT_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ing", "al", "ure", "age", "ery")
EVENT_NOUNS = frozenset(
    [
        "attack",
        "strike",
        "deal",
        "launch",
        "sale",
        "trade",
        "flow",
        "supply",
        "transfer",
        "shipment",
        "delivery",
        "exchange",
        "visit",
        "death",
        "blast",
        "explosion",
        "fire",
        "leak",
        "spill",
        "war",
        "talk",
        "meeting",
        "vote",
        "test",
        "raid",
        "crash",
        "loss",
        "rise",
        "fall",
        "cut",
        "release",
        "arrest",
        "theft",
        "murder",
        "support",
        "aid",
        "help",
        "use",
        "export",
        "import",
        "purchase",
        "breach",
        "hack",
        "fraud",
        "strike",
        "protest",
        "march",
        "merger",
        "bid",
        "offer",
        "order",
    ]
)
SHORT_NOUN = 5  # "thing" and "king" are no events, whatever their ending
PERCEIVING = frozenset({"witness", "see", "know", "understand", "find", "believe", "think", "note", "notice", "be"})
# The pronouns by which each kind of source speaks of itself in reported speech.
SELF = {
    EntityKind.PERSON: ("he", "she"),
    EntityKind.STATE: ("it", "they"),
    EntityKind.BODY: ("it", "they"),
    EntityKind.OUTLET: ("it", "they"),
    EntityKind.GROUP: ("they",),
}
QUOTES = re.compile(r"[\"“”„«»‘]|(?<!\w)['’]|['’](?!\w)|``|''")


def make_proposition(draft: Draft, own: tuple[Entity, ...], cast: Cast, article: Article) -> Proposition:
    """Return the proposition of a draft; `own` are the entities of its source."""
    tokens = [token for token in draft.paragraph.tokens(draft.content) if not token.is_space]
    peeled, evidence = _peel(draft, tokens)
    parties = tuple(_parties(draft, tokens, cast))
    speaker = _speaker(draft, peeled, own)
    implicit = _implicit(draft, own, parties, peeled) if speaker is None else ()
    if speaker is not None:
        parties = (Party(entity=_acting(own)[0], role=Role.AGENT), *parties)
    return Proposition(
        statement=_statement(draft, peeled, implicit, _own_name(speaker, own)),
        core=_core(peeled),
        predicates=tuple(dict.fromkeys(token.lemma_.lower() for token in peeled if _is_event(token))),
        terms=tuple(dict.fromkeys(token.lemma_.lower() for token in peeled if _is_term(token))),
        parties=(*parties, *implicit),
        quantities=tuple(find_quantities(peeled)),
        times=tuple(find_times(peeled, article.published_at)),
        negated=draft.negated,
        forecast=_forecast(draft),
        evidence=evidence,
    )


def _peel(draft: Draft, tokens: list[Token]) -> tuple[list[Token], bool]:
    """Return the words of the proposition itself: of "allegations that it knew" what was alleged.

    The flag tells whether the content is about the evidence for a thing: "any evidence of", "there is no evidence".
    """
    words, root = load_words(), draft.root
    if draft.act is Act.DECLINE and draft.rule == "to" and root is not None:
        topic = [token for child in root.children for token in child.subtree if token.i > root.i and token in tokens]
        return _without_that(topic or tokens), False
    evidence = any(
        token.pos_ == "NOUN"
        and token.lemma_.lower() in words.groups["evidence_nouns"]
        and (root in (token, token.head))
        for token in tokens
    )
    if root is None or root.pos_ != "NOUN" or root.lemma_.lower() not in words.groups["peeled_nouns"]:
        return _without_that(tokens), evidence
    inner = [child for child in root.children if child.i > root.i and _is_what_is_claimed(child)]
    kept = {token.i for child in inner for token in child.subtree}
    rest = [token for token in tokens if token.i in kept]
    return (_without_that(rest) if rest else tokens), evidence


def _is_what_is_claimed(child: Token) -> bool:
    """Return whether a noun's complement says what is claimed: "claims that it knew", "evidence of a deal"."""
    that = any(mark.lower_ == "that" for mark in child.children)
    prep = child.dep_ == "prep" and child.lower_ in ("of", "about", "over", "regarding", "for")
    # "evidence of Iran supplying drones": the parser hangs the gerund on "evidence", not on Iran
    gerund = child.dep_ == "acl" and child.tag_ == "VBG"
    return prep or gerund or (child.dep_ in ("acl", "relcl", "ccomp") and that)


def _without_that(tokens: list[Token]) -> list[Token]:
    """Return the words without the conjunction or preposition that leads to them."""
    kept = list(tokens)
    while kept and (kept[0].lower_ in ("that", "of", "about", "whether", "on", "over") or kept[0].is_punct):
        kept.pop(0)
    return kept


def _is_event(token: Token) -> bool:
    if token.pos_ == "VERB" and token.dep_ not in ("aux", "auxpass"):
        return True
    lemma = token.lemma_.lower()
    return token.pos_ == "NOUN" and (
        lemma in EVENT_NOUNS or (len(lemma) > SHORT_NOUN and lemma.endswith(EVENT_ENDINGS))
    )


def _is_term(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "ADJ") and token.is_alpha and not _is_event(token) and not token.is_stop


def _core(tokens: list[Token]) -> str:
    """Return the head phrase: the verb with its object, or the noun with what stands before it."""
    inside = {token.i for token in tokens}
    heads = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    if not heads:
        return ""
    head = _main(next((head for head in heads if head.dep_ in ("acl", "pcomp")), heads[0]), inside)
    near = {head.i}
    for child in head.children:
        if child.i in inside and child.dep_ in ("dobj", "attr", "compound", "amod", "prt", "acomp", "neg", "nsubjpass"):
            near |= {
                token.i for token in child.subtree if token.dep_ in ("compound", "amod", "nummod") or token == child
            }
        if child.i in inside and child.dep_ == "prep" and child.lower_ == "of":
            near |= {token.i for token in child.subtree if token.dep_ in ("prep", "pobj", "compound", "amod")}
    return " ".join(token.text for token in tokens if token.i in near)


def _main(head: Token, inside: set[int]) -> Token:
    """Return the word that carries the matter: "we are witnessing it providing arms" is about providing."""
    for child in head.children:
        clause = child.dep_ == "ccomp" and head.lemma_.lower() in PERCEIVING
        gerund = child.dep_ == "acl" and child.tag_ == "VBG" and head.pos_ in ("PROPN", "PRON")
        if child.i in inside and (clause or gerund):
            return _main(child, inside)
    return head


def _parties(draft: Draft, tokens: list[Token], cast: Cast) -> Iterator[Party]:
    """Yield everybody named in the content once, with what they do there."""
    inside = {token.i: token for token in tokens}
    seen: set[str] = set()
    for token, entities in _named(draft, inside, cast):
        entity = next((one for one in entities if one.kind is EntityKind.STATE), entities[0])
        if entity.id not in seen:
            seen.add(entity.id)
            yield Party(entity=entity, role=_role(token))


def _named(draft: Draft, inside: dict[int, Token], cast: Cast) -> Iterator[tuple[Token, tuple[Entity, ...]]]:
    doc = draft.paragraph.doc
    for start, end, place in load_gazetteer().find(doc.text):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and span.root.i in inside:
            yield span.root, place.entities
    for mention in cast.mentions:
        if mention.token.doc is doc and mention.token.i in inside:
            if mention.person is not None:
                yield mention.token, (mention.person.entity,)
            elif mention.entities:
                yield mention.token, mention.entities


def _role(token: Token) -> Role:
    """Return what a name does: subject, owner and "from" act; object and "to" are acted on."""
    while token.dep_ in ("compound", "amod", "nmod", "conj", "appos") and token.head.i != token.i:
        token = token.head
    match token.dep_:
        case "nsubj" | "csubj" | "poss":
            return Role.AGENT
        case "dobj" | "nsubjpass" | "dative":
            return Role.PATIENT
        case "pobj" if token.head.lower_ in ("by", "from"):
            return Role.AGENT
        case "pobj" if token.head.lower_ in ("to", "against", "on"):
            return Role.PATIENT
        case _:
            return Role.OTHER


def _implicit(
    draft: Draft, own: tuple[Entity, ...], parties: tuple[Party, ...], tokens: list[Token]
) -> tuple[Party, ...]:
    """Return those who deny, confirm or promise a thing without naming who does it: "denied any arms deals"."""
    about_itself = draft.act in (Act.DENY, Act.CONFIRM, Act.PROMISE, Act.DECLINE)
    if not about_itself or parties or draft.rule in ("clause", "quote") or draft.root is None:
        return ()
    if any(token.dep_ in ("nsubj", "nsubjpass") for token in tokens):
        return ()
    return tuple(Party(entity=entity, role=Role.AGENT) for entity in _acting(own))


def _own_name(speaker: Token | None, own: tuple[Entity, ...]) -> dict[Token, str]:
    """Return the name that stands for "it" or "I"; "we" of a spokesman are those he speaks for."""
    if speaker is None:
        return {}
    return {speaker: (_acting(own) if speaker.lower_ == "we" else own)[0].name}


def _acting(own: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return who acts where a source speaks of itself: the states it speaks for, else the source."""
    return tuple(entity for entity in own if entity.kind is EntityKind.STATE) or own[:1]


def _speaker(draft: Draft, tokens: list[Token], own: tuple[Entity, ...]) -> Token | None:
    """Return the pronoun by which a source speaks of itself: "it" in "Iran said it did not supply drones"."""
    subject = next((token for token in tokens if token.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or not own or subject.pos_ != "PRON":
        return None
    if subject.lower_ in ("i", "we"):
        return subject if draft.paragraph.quoted(subject) or draft.speaker else None
    clause = draft.rule in ("clause", "object", "noun", "called-false") and not draft.paragraph.quoted(subject)
    return subject if clause and subject == tokens[0] and subject.lower_ in SELF.get(own[0].kind, ()) else None


def _statement(draft: Draft, tokens: list[Token], implicit: tuple[Party, ...], names: Mapping[Token, str]) -> str:
    kept = _less_negation(draft, tokens)
    listed = list(kept)
    spaces = [after.i > token.i + 1 or bool(token.whitespace_) for token, after in pairwise(listed)]
    said = [names.get(token, token.text) for token in listed]
    words = "".join(word + " " * space for word, space in zip(said, [*spaces, False], strict=False))
    words = " ".join(QUOTES.sub("", words).split()).strip(" ,;:.")
    if implicit:
        words = f"{words} by {' and '.join(party.entity.name for party in implicit)}"
    return words[:1].upper() + words[1:]


def _less_negation(draft: Draft, tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the words without what introduces them: a statement does not begin with "any"."""
    first = True
    for token in tokens:
        if first and token.lower_ == "any" and draft.act is Act.DENY:
            continue
        first = False
        yield token


def _forecast(draft: Draft) -> bool:
    """Return whether the content is about what is to come."""
    if draft.act in (Act.PROMISE, Act.URGE, Act.ATTITUDE):
        return True
    root, words = draft.root, load_words().groups["forecast"]
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return False
    aux = [child for child in root.children if child.dep_ == "aux"]
    return any(token.lower_ in words for token in aux) or (root.lower_ == "going" and bool(aux))
