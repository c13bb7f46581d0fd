"""Contents that only say that nothing is said: "said it could neither confirm nor rule out a leak"."""

from spacy.tokens import Token

from tasks.attribution.cues import load_words
from tasks.attribution.phrases import standing_of
from tasks.attribution.polarity import find_heart, is_denied, is_empty

SPEAKERS = frozenset({"it", "he", "she", "they", "we", "i"})
SUBJECTS = ("nsubj", "nsubjpass")
MODALS = frozenset({"can", "ca", "could", "will", "wo", "would", "'d", "’d"})


def withholds(root: Token) -> bool:
    """Return whether the clause of a content says of its speaker that nothing is told, and nothing else."""
    heart = find_heart(root).root
    subject = next((child for child in heart.children if child.dep_ in SUBJECTS), None)
    if subject is None or subject.lower_ not in SPEAKERS or _goes_on(heart):
        return False
    return is_between(heart) or _cannot(heart) or _is_unable(heart) or _has_no_comment(heart)


def is_between(verb: Token) -> bool:
    """Return whether a verb is one of "neither confirm nor deny", "not confirm or rule out"."""
    groups, lemma = load_words().groups, load_words().lemma
    joined = [child for child in verb.children if child.dep_ == "conj"]
    pairs = [(verb, other) for other in joined] + ([(verb.head, verb)] if verb.dep_ == "conj" else [])
    for first, second in pairs:
        lemmas = {lemma(first), lemma(second)}
        both = lemmas & groups["affirming"] and lemmas & groups["excluding"]
        if both and (is_denied(first) or is_denied(second)):
            return True
    return False


def _goes_on(verb: Token) -> bool:
    """Return whether something else is said behind an "and" or "but"."""
    joined = (child for child in verb.children if child.dep_ == "conj")
    return any(child.dep_ in SUBJECTS for other in joined for child in other.children)


def _cannot(verb: Token) -> bool:
    """Return whether it is not told: "could not say", "would not comment"."""
    modal = any(child.lower_ in MODALS for child in verb.children if child.dep_ == "aux")
    return modal and is_denied(verb) and load_words().has("withheld", load_words().lemma(verb))


def _is_unable(verb: Token) -> bool:
    """Return whether the speaker cannot tell or may not: "was unable to confirm", "was not in a position to say"."""
    words = load_words()
    near = [*verb.rights, *(below for child in verb.rights for below in child.rights)]
    near += [below for child in verb.rights if child.dep_ == "prep" for noun in child.rights for below in noun.rights]
    for told in near:
        if not words.has("withheld", words.lemma(told)):
            continue
        state, standing = told.head, standing_of(told)
        if (standing is not None and standing[0] == verb) or (
            told.dep_ == "xcomp" and state.head == verb and state.dep_ == "acomp"
        ):
            return is_kept_from(told) or words.has("refusals", state.lower_)
        if told.dep_ == "xcomp" and state == verb and words.has("refusing", words.lemma(verb)):
            return not is_denied(verb)  # "said she declined to comment"
    return False


def is_kept_from(verb: Token) -> bool:
    """Return whether a verb is what somebody is "not in a position" to do, "in no position", or "not able"."""
    standing, state = standing_of(verb), verb.head
    if standing is not None:
        return is_empty(standing[1]) or is_denied(standing[0])
    able = verb.dep_ == "xcomp" and state.dep_ == "acomp" and load_words().has("able", state.lower_)
    return able and (is_denied(state) or is_denied(state.head))


def would(verb: Token) -> bool:
    """Return whether it is refused: "would not rule out"; "could not rule out" leaves it open."""
    return any(child.lower_ in ("would", "will", "'d", "wo") for child in verb.children if child.dep_ == "aux")


def _has_no_comment(verb: Token) -> bool:
    objects = (child for child in verb.children if child.dep_ in ("dobj", "attr"))
    return verb.lemma_ == "have" and any(noun.lemma_.lower() == "comment" and is_empty(noun) for noun in objects)
