"""What comparison needs of a content: who does what to whom, how many, when; and a sentence that stands alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from spacy.tokens import Token

from tasks.attribution.acts import judged_claim
from tasks.attribution.cast import Cast
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft
from tasks.attribution.features import (
    find_core,
    find_events,
    find_parties,
    find_things,
    is_event,
    main_clause,
    named_tokens,
)
from tasks.attribution.numbers import find_quantities
from tasks.attribution.times import find_times
from tasks.model.article import Article
from tasks.model.claim import Act, Entity, EntityKind, Party, Proposition, Role

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
    parties = tuple(find_parties(draft, main_clause(tokens), cast))
    speaker = _speaker(draft, peeled, own)
    implicit = _implicit(draft, own, parties, peeled) if speaker is None else ()
    if speaker is not None:
        parties = (Party(entity=_acting(own)[0], role=Role.AGENT), *parties)
    return Proposition(
        statement=_statement(draft, peeled, implicit, _own_name(speaker, own)),
        core=find_core(peeled),
        predicates=find_events(peeled),
        terms=find_things(peeled, named_tokens(draft, peeled, cast)),
        parties=(*parties, *implicit),
        quantities=tuple(find_quantities(main_clause(peeled))),
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
    judged = judged_claim(root) if root is not None else None
    root = judged or root  # "the accusation that it knew is an invention" is about its knowing
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
    if speaker.lower_ in ("we", "they"):
        return {speaker: " and ".join(entity.name for entity in _acting(own))}
    return {speaker: own[0].name}


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
    if implicit and words:
        words = _with_actors(words, draft, " and ".join(party.entity.name for party in implicit))
    return words[:1].upper() + words[1:]


def _with_actors(words: str, draft: Draft, names: str) -> str:
    """Return a statement with those who are meant: "arms deals by Iran", "Iran sending troops", "wrongdoing (Iran)"."""
    root = draft.root
    if root is not None and root.pos_ in ("VERB", "AUX"):
        return f"{names} {words[:1].lower() + words[1:]}"
    return f"{words} by {names}" if root is not None and is_event(root) else f"{words} ({names})"


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
