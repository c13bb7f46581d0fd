"""Whose verb the second of two joined ones is: "denied that pay was cut and accused the union" accuses by itself.

The parser hangs the second verb on the nearest one, inside what is said; its tense, or a subject that cannot speak,
tell that it goes on with the verb of saying.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from tasks.attribution.cues import Cue, find_phrase, load_words
from tasks.attribution.names import is_bodily, is_people
from tasks.model.claim import Act

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
CLAUSES = ("ccomp", "acl", "xcomp", "pcomp")
PRESENT = ("VBZ", "VBP")
HELPERS = ("aux", "auxpass")
# With these a clause may follow the passive: "was told that"; of the others it shows the active: "denied that".
HEARERS = frozenset(
    {
        "tell",
        "inform",
        "assure",
        "reassure",
        "warn",
        "advise",
        "remind",
        "ask",
        "convince",
        "notify",
        "order",
        "instruct",
    }
)
DEPTH = 8  # joined verbs looked at, upwards


def outer_verb(verb: Token) -> Token | None:
    """Return the verb of saying that a joined one goes on with, None where it belongs to what is said."""
    if verb.dep_ != "conj" or not _goes_on(verb) or _alternative(verb):
        return None
    first = _first_of(verb)
    above = first.head.head if first.head.pos_ == "NOUN" else first.head  # "the claim that it fell and accused"
    row, own = _row(above), _row(verb)
    if first.dep_ not in CLAUSES or row is None or own is None or _form(above) is None or _quoted_between(above, verb):
        return None
    if _form(above) != _form(verb):
        return None
    return above if _is_outer(first, row, own) or _differs(first, verb) else None


def own_words(cue: Token, content: Iterable[Token]) -> list[Token]:
    """Return the words of a content less the joined verbs that go on with the cue, and the link before each."""
    apart: set[int] = set()
    for verb in _joined_below(cue):
        if verb.i not in apart and outer_verb(verb) == cue:
            apart.update(token.i for token in verb.subtree)
            apart.update(_links(verb))
    return [token for token in content if token.i not in apart]


def _joined_below(cue: Token) -> Iterator[Token]:
    """Yield the verbs joined to what is said, nearest first."""
    nouns = (child for child in cue.children if child.dep_ == "dobj")
    heads = [child for above in (cue, *nouns) for child in above.children if child.dep_ in CLAUSES]
    for _ in range(DEPTH):
        heads = [child for head in heads for child in head.children if child.dep_ == "conj" and child.i > cue.i]
        yield from heads


def _links(verb: Token) -> Iterable[int]:
    """Return the places of the "and" or "but" and the comma before a joined verb."""
    before = verb.left_edge.i - 1
    while before > 0 and (verb.doc[before].dep_ == "cc" or verb.doc[before].text == ","):
        yield before
        before -= 1


def _goes_on(verb: Token) -> bool:
    """Return whether a verb is finite, and has no subject and no "that" of its own."""
    own = {child.dep_ for child in verb.children if child.i < verb.i}
    return _form(verb) is not None and not own & {*SUBJECTS, "mark", "aux", "auxpass"}


def _form(verb: Token) -> str | None:
    """Return the tense of the one word of a verb group: present or past; None of a group of several words."""
    if any(child.dep_ in HELPERS for child in verb.children):
        return None
    if verb.tag_ in PRESENT:
        return "present"
    past = (verb.tag_ == "VBD" and not _is_told(verb)) or (verb.tag_ == "VBN" and _is_active(verb))
    return "past" if past else None


def _alternative(verb: Token) -> bool:
    """Return whether a joined verb is another of the same kind: "neither knew nor asked", "lied or guessed"."""
    return any(child.dep_ == "cc" and child.lower_ in ("or", "nor") for child in verb.head.children)


def _differs(first: Token, verb: Token) -> bool:
    """Return whether a joined verb has another tense than the first: "said it had left and urged"."""
    helped = any(child.dep_ == "aux" for child in first.children)
    return (helped and verb.tag_ != "VBN") or _form(first) not in (None, _form(verb))


def _is_told(verb: Token) -> bool:
    """Return whether somebody is told to do something: "had been shot and told to leave"."""
    below = {child.dep_ for child in verb.children if child.i > verb.i}
    return load_words().lemma(verb) in HEARERS and "xcomp" in below and "dobj" not in below


def _is_active(verb: Token) -> bool:
    """Return whether what the tagger takes for a participle has an object: "had been shot but denied that"."""
    below = {child.dep_ for child in verb.children if child.i > verb.i}
    clause = bool(below & {"ccomp", "xcomp"}) and load_words().lemma(verb) not in HEARERS
    return "dobj" in below or clause


def _first_of(verb: Token) -> Token:
    """Return the first of joined verbs."""
    for _ in range(DEPTH):
        if verb.dep_ != "conj":
            break
        verb = verb.head
    return verb


def _row(verb: Token) -> Cue | None:
    words = load_words()
    return find_phrase(verb, words) or words.verbs.get(words.lemma(verb)) if verb.pos_ in ("VERB", "AUX") else None


def _quoted_between(above: Token, verb: Token) -> bool:
    marks = sum(token.is_quote for token in verb.doc[above.i : verb.i])
    return marks % 2 == 1  # 'said it was "safe" and urged': both stand outside


def _is_outer(first: Token, row: Cue, own: Cue) -> bool:
    """Return whether the one inside what is said cannot be meant: a thing, the speaker again, or a denial's subject."""
    subject = next((child for child in first.children if child.dep_ in SUBJECTS), None)
    if subject is None or subject.pos_ == "PRON" or row.act is Act.DENY:
        return True  # "denied that a and did b" would be "a or b"
    named = subject.pos_ == "PROPN" or bool(subject.ent_type_)
    if named or is_people(subject) or is_bodily(subject):
        return False
    words = load_words().groups
    papers = subject.lemma_.lower() in words["document_nouns"] | words["claim_nouns"]
    return not (papers and own.things) or subject.dep_ == "nsubjpass"  # "letters were lost and promised"
