"""What comparison needs of a content: who does what to whom, how many, when; and a sentence that stands alone."""

from spacy.tokens import Token

from tasks.attribution.cast import Cast
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft
from tasks.attribution.features import (
    find_core,
    find_events,
    find_parties,
    find_things,
    main_clause,
    named_tokens,
)
from tasks.attribution.numbers import find_quantities
from tasks.attribution.polarity import judged_claim
from tasks.attribution.standins import acting, stand_ins
from tasks.attribution.times import find_times
from tasks.attribution.wording import word_statement
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
# The rules whose contents are clauses or things in the words of the article; "trained" is the network's own find.
CLAUSAL = frozenset({"clause", "object", "noun", "called-false", "trained"})


def make_proposition(draft: Draft, own: tuple[Entity, ...], cast: Cast, article: Article) -> Proposition:
    """Return the proposition of a draft; `own` are the entities of its source."""
    tokens = [token for token in draft.paragraph.tokens(draft.content) if not token.is_space]
    tokens = _without_addressee(draft, tokens)
    peeled, evidence = _peel(draft, tokens)
    parties = tuple(find_parties(draft, main_clause(tokens), cast))
    speaker = _speaker(draft, peeled, own)
    implicit = _implicit(draft, own, parties, peeled) if speaker is None else ()
    if speaker is not None:
        parties = (Party(entity=acting(own)[0], role=Role.AGENT), *parties)
    return Proposition(
        statement=word_statement(
            draft, peeled, implicit, stand_ins(draft, peeled, own, cast), acting(own) if own else ()
        ),
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


def _without_addressee(draft: Draft, tokens: list[Token]) -> list[Token]:
    """Return the words without who was told: annotators differ on whether "the court that he knew" begins with it."""
    told = [child for verb in draft.cue for child in verb.children if child.dep_ in ("dobj", "dative")]
    said = [child for verb in draft.cue for child in verb.children if child.dep_ == "ccomp"]
    start = min((clause.left_edge.i for clause in said), default=0)
    addressed = {token.i for noun in told for token in noun.subtree if token.i < start}
    kept = [token for token in tokens if token.i not in addressed or draft.paragraph.quoted(token)]
    return kept if any(token.i >= start for token in kept) else tokens


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
    return tuple(Party(entity=entity, role=Role.AGENT) for entity in acting(own))


def _speaker(draft: Draft, tokens: list[Token], own: tuple[Entity, ...]) -> Token | None:
    """Return the pronoun by which a source speaks of itself: "it" in "Iran said it did not supply drones"."""
    subject = next((token for token in tokens if token.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or not own or subject.pos_ != "PRON":
        return None
    if subject.lower_ in ("i", "we"):
        return subject if draft.paragraph.quoted(subject) or draft.speaker else None
    clause = draft.rule in CLAUSAL and not draft.paragraph.quoted(subject)
    return subject if clause and subject == tokens[0] and subject.lower_ in SELF.get(own[0].kind, ()) else None


def _forecast(draft: Draft) -> bool:
    """Return whether the content is about what is to come."""
    if draft.act in (Act.PROMISE, Act.URGE, Act.ATTITUDE):
        return True
    root, words = draft.root, load_words().groups["forecast"]
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return False
    aux = [child for child in root.children if child.dep_ == "aux"]
    return any(token.lower_ in words for token in aux) or (root.lower_ == "going" and bool(aux))
