"""Whom a pronoun means: the one person whom the syntax of the last sentences leaves, or nobody who is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from tasks.attribution.discourse import LOOK_BACK, Discourse, Resolved, Spoken
from tasks.attribution.names import is_people
from tasks.attribution.people import Mention
from tasks.model.claim import Entity, EntityKind

SINGULAR = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
PLURAL = frozenset({"they", "them", "their", "both", "all"})
THINGS = frozenset({"it", "its"})
BODIES = frozenset({EntityKind.BODY, EntityKind.STATE, EntityKind.OUTLET})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
CLAUSES = frozenset({"ROOT", "conj", "parataxis"})
RIVALS = frozenset({"dobj", "dative", "conj"})  # who is acted on can be meant as well as who acts
SEVERAL = 2


@dataclass(slots=True, kw_only=True)
class Scene:
    """Who is spoken of in one sentence: those who act or speak, and the others."""

    speakers: dict[str, Resolved] = field(default_factory=dict)
    embedded: dict[str, Resolved] = field(default_factory=dict)  # whose words are told by another
    actors: dict[str, Resolved] = field(default_factory=dict)
    rivals: dict[str, Resolved] = field(default_factory=dict)
    others: dict[str, Resolved] = field(default_factory=dict)


def find_referent(talk: Discourse, head: Token, place: int) -> Resolved:
    """Return whom a pronoun means, or that it is not known."""
    word = head.lower_
    if word in SINGULAR:
        found = _walk(talk, head, place, SINGULAR[word])
    elif word in THINGS:
        found = _walk(talk, head, place, "it")
    else:
        found = _several(talk, place) if word in PLURAL else None
    if found is None:
        return _unsure(talk, head)
    _learn_gender(talk, found, SINGULAR.get(word, ""))
    return found


def find_person(talk: Discourse, head: Token, place: int) -> Resolved | None:
    """Return the one person whom "the 44-year-old" can mean."""
    return _walk(talk, head, place, "")


def _walk(talk: Discourse, head: Token, place: int, gender: str) -> Resolved | None:
    """Return who acts in the last sentence that somebody acts in, where nobody else in it could be meant."""
    governed = _governor(talk, head, gender)
    if governed is not None:
        return governed if governed.known else None
    passed: dict[str, Resolved] = {}
    for number, scene in enumerate(_scenes(talk, head, place, gender)):
        acting = scene.actors | scene.speakers or scene.embedded
        if len(acting) == 1:
            (found,) = acting.values()
            rivals = (set(scene.rivals) | set(passed)) - set(acting)
            return found if scene.speakers or scene.embedded or not rivals else None
        if acting:
            return next(iter(scene.speakers.values())) if len(scene.speakers) == 1 else None
        # Whoever is named beside the pronoun is somebody else, unless acted on before it: "when we asked Kim, he ..."
        passed |= scene.rivals | (scene.others if number else {})
    return next(iter(passed.values())) if len(passed) == 1 else None


def _governor(talk: Discourse, head: Token, gender: str) -> Resolved | None:
    """Return the subject of the clause that a pronoun's clause hangs on: "Obama told it when he announced ..."."""
    above = {token.i for token in head.ancestors}
    for verb in head.ancestors:
        for subject in verb.children:
            if subject.dep_ not in SUBJECTS or subject.i >= head.i or subject.i in above:
                continue
            mention = talk.cast.named(subject)
            spoken = talk.said_by(subject)
            who = spoken.who if spoken else (Resolved(entities=mention.who, known=True) if mention else None)
            if who is not None and _fits(talk, who, gender):
                return who
            if who is None and subject.pos_ == "NOUN" and is_people(subject) == (gender != "it"):
                return Resolved(entities=(), known=False)
    return None


def _scenes(talk: Discourse, head: Token, place: int, gender: str) -> Iterator[Scene]:
    """Yield the sentences before a pronoun, the last one first; its own sentence, up to it, comes first of all."""
    own, sent = _sentence(head), head.sent
    named = (m for m in talk.cast.inside(head.doc) if sent.start <= m.token.i < sent.end)
    beside = {m.who[0].id for m in named if not _leads(m, head)}
    scenes: dict[tuple[int, int], Scene] = {own: Scene()}
    order: list[tuple[int, tuple[int, int], Spoken | Mention]] = []
    order.extend((s.place, _sentence(s.head), s) for s in talk.spoken_before(place, 2 * LOOK_BACK))
    order.extend((m.start, _sentence(m.token), m) for m in _near(talk, place))
    for _, sentence, item in sorted(order, key=lambda one: -one[0]):
        who = item.who if isinstance(item, Spoken) else Resolved(entities=item.who, known=True)
        if not _rules_out(item) and _fits(talk, who, gender) and who.entities[0].id not in beside:
            _place(scenes.setdefault(sentence, Scene()), item, who)
    yield from scenes.values()


def _rules_out(item: Spoken | Mention) -> bool:
    """Return whether no pronoun in the singular can mean it: several people, or a place that is no state."""
    if isinstance(item, Spoken):
        nobody = item.who.entities[0].kind is EntityKind.GROUP and item.head.tag_ != "NN"
        return nobody or item.head.tag_ in ("NNS", "NNPS")
    placed = item.token.ent_type_ in ("GPE", "LOC", "FAC")
    return placed and item.person is None and item.entities[0].kind is not EntityKind.STATE


def _near(talk: Discourse, place: int) -> Iterable[Mention]:
    return (m for m in talk.cast.between(place - LOOK_BACK, place) if not m.quoted)


def _sentence(token: Token) -> tuple[int, int]:
    return id(token.doc), token.sent.start


def _leads(mention: Mention, head: Token) -> bool:
    """Return whether a name in the sentence of a pronoun can be meant by it: who acts or is acted on before it."""
    verb = mention.role.head
    acts = mention.subject and _stands(verb)
    acted_on = mention.token.dep_ in ("dobj", "dative") and verb.dep_ == "advcl"
    return mention.token.i < head.i and (acts or acted_on) and not mention.quoted


def _stands(verb: Token) -> bool:
    """Return whether a clause stands by itself or beside another, as one before a semicolon does."""
    if verb.dep_ in (*CLAUSES, "advcl"):
        return True
    cut = verb.dep_ == "ccomp" and verb.head.i > verb.i
    return cut and any(token.text == ";" for token in verb.doc[verb.i : verb.head.i])


def _place(scene: Scene, item: Spoken | Mention, who: Resolved) -> None:
    key = who.entities[0].id
    main = item.head.head.dep_ in CLAUSES if isinstance(item, Spoken) else item.role.head.dep_ in CLAUSES
    if isinstance(item, Spoken):
        (scene.speakers if main else scene.embedded).setdefault(key, who)
    elif item.subject and _stands(item.role.head):
        scene.actors.setdefault(key, who)
    elif (main and item.token.dep_ in RIVALS) or (item.token.dep_ == "pobj" and item.token.head.lower_ == "with"):
        scene.rivals.setdefault(key, who)
    else:
        scene.others.setdefault(key, who)


def _fits(talk: Discourse, who: Resolved, gender: str) -> bool:
    first = who.entities[0]
    if gender == "it":
        return first.kind in BODIES and len(who.members) < SEVERAL
    if first.kind is EntityKind.GROUP:  # "the driver": somebody without a name
        return gender != "" and not first.name.endswith("s") and len(who.members) < SEVERAL
    if first.kind is not EntityKind.PERSON or len(who.members) >= SEVERAL:
        return False
    person = talk.cast.holder(first)
    return person is None or gender == "" or person.fits(gender)


def _several(talk: Discourse, place: int) -> Resolved | None:
    """Return the last who spoke and can be "they": a group, a body, or several together."""
    fitting = [spoken.who for spoken in talk.spoken_before(place) if not spoken.one]
    return fitting[-1] if fitting else None


def _learn_gender(talk: Discourse, found: Resolved, gender: str) -> None:
    person = talk.cast.holder(found.entities[0])
    if person is not None and gender and not person.gender:
        person.gender = gender


def _unsure(talk: Discourse, head: Token) -> Resolved:
    name = f"{head.lower_} (unresolved)"
    entity = Entity(id=f"unknown:{talk.article}:{head.lower_}", name=name, kind=EntityKind.UNKNOWN)
    return Resolved(entities=(entity,), known=False)
