"""What a content is about: its events, its things, its parties, its head phrase."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from tasks.attribution.cast import Cast
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft, below
from tasks.attribution.mentions import known_places
from tasks.model.claim import Entity, EntityKind, Party, Role

# Nouns made from verbs stand for events: "the transfer of arms", "shipments"; short ones stand in the table.
EVENT_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ing", "al", "ure", "age", "ery")
SHORT_NOUN = 5  # "thing" and "king" are no events, whatever their ending
PERCEIVING = frozenset({"witness", "see", "know", "understand", "find", "believe", "think", "note", "notice", "be"})
EXISTS = "exist"  # the event of "there was no nitrate"
ASIDE = ("relcl", "advcl", "parataxis")  # clauses that tell something more, not what is claimed


def main_clause(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens less the clauses that only add something: "the firm, which runs the depot, stored it"."""
    inside = {token.i for token in tokens}
    aside = below(t for t in tokens if t.dep_ in ASIDE and t.head.i in inside and t.pos_ in ("VERB", "AUX"))
    return [token for token in tokens if token.i not in aside] or list(tokens)


def find_events(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the lemmas of the verbs and of the nouns that stand for events, each once, in order."""
    found = (EXISTS if _exists(token) else token.lemma_.lower() for token in main_clause(tokens) if is_event(token))
    return tuple(dict.fromkeys(found))


def find_things(tokens: Sequence[Token], named: set[int]) -> tuple[str, ...]:
    """Return the lemmas of the other content words, each once, in order; `named` are tokens of known names."""
    found = (token.lemma_.lower() for token in tokens if token.i not in named and _is_term(token))
    return tuple(dict.fromkeys(found))


def _exists(token: Token) -> bool:
    return token.lemma_ == "be" and any(child.dep_ == "expl" for child in token.children)


def is_event(token: Token) -> bool:
    """Return whether a word stands for an event: a verb, or a noun made from one."""
    if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
        return token.lemma_ != "be" or _exists(token)
    lemma = token.lemma_.lower()
    long = len(lemma) > SHORT_NOUN and lemma.endswith(EVENT_ENDINGS)
    return token.pos_ == "NOUN" and (long or lemma in load_words().groups["event_nouns"])


def _is_term(token: Token) -> bool:
    # The small model takes rare nouns ("nitrate") for adverbs; adverbs proper end in -ly or are stop words.
    wordy = token.pos_ in ("NOUN", "PROPN", "ADJ") or (token.pos_ == "ADV" and not token.lower_.endswith("ly"))
    return wordy and token.is_alpha and not token.is_stop and not is_event(token)


def find_core(tokens: Sequence[Token]) -> str:
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


def find_parties(draft: Draft, tokens: Sequence[Token], cast: Cast) -> Iterator[Party]:
    """Yield everybody named in the content once, with what they do there."""
    inside = {token.i: token for token in tokens}
    seen: set[str] = set()
    for token, entities, _ in _named(draft, inside, cast):
        entity = next((one for one in entities if one.kind is EntityKind.STATE), entities[0])
        if entity.id not in seen:
            seen.add(entity.id)
            yield Party(entity=entity, role=_role(token))


def named_tokens(draft: Draft, tokens: Sequence[Token], cast: Cast) -> set[int]:
    """Return the numbers of the tokens that belong to the name of somebody known."""
    inside = {token.i: token for token in tokens}
    return {number for _, _, numbers in _named(draft, inside, cast) for number in numbers}


def _named(draft: Draft, inside: dict[int, Token], cast: Cast) -> Iterator[tuple[Token, tuple[Entity, ...], range]]:
    doc = draft.paragraph.doc
    for span, place in known_places(doc):
        if span.root.i in inside:
            yield span.root, place.entities, range(span.start, span.end)
    for mention in cast.inside(doc):
        if mention.token.i in inside:
            entities = (mention.person.entity,) if mention.person is not None else mention.entities
            if entities:
                yield mention.token, entities, range(mention.first, mention.last + 1)


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
