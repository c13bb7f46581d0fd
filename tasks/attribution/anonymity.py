"""Words about whether a source is named: "who asked not to be identified" tells of the source, and of nothing said."""

from spacy.tokens import Token

from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft
from tasks.attribution.polarity import is_denied

SUBJECTS = ("nsubj", "nsubjpass")


def hides_name(draft: Draft) -> bool:
    """Return whether the verb of a draft only keeps the name of its source out of the news."""
    verbs = [token for token in draft.cue if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")]
    return any(map(hides, verbs))


def hides(verb: Token) -> bool:
    """Return whether a verb only keeps the name of its source out of the news."""
    words = load_words()
    lemma = words.lemma(verb)
    if lemma in words.groups["publishing"] and _is_published(verb):
        return True  # the network may take "to be named" into the cue
    if lemma not in words.groups["hiding"]:
        return False
    below = [child for child in verb.children if child.i > verb.i]
    clauses = [child for child in below if child.dep_ in ("xcomp", "ccomp", "advcl", "relcl", "acl")]
    return any(_is_hidden(verb, clause) for clause in clauses) or any(map(_leads_to_anonymity, below))


def _is_published(verb: Token) -> bool:
    """Return whether a verb is the "to be named" of one who does not want it."""
    above = verb.head
    return verb.dep_ == "xcomp" and load_words().has("hiding", load_words().lemma(above)) and _is_hidden(above, verb)


def _is_hidden(verb: Token, clause: Token) -> bool:
    """Return whether what is asked for is not to be named: "not to be quoted", "that his name not be used"."""
    words = load_words()
    lemma = words.lemma(clause)
    nameless = any(child.lower_ in words.groups["nameless"] for child in clause.children)
    if nameless and lemma in words.groups["remaining"]:
        return _of_itself(verb, clause)
    silent = is_denied(clause) or is_denied(verb) or words.has("refusing", words.lemma(verb))
    own = [child for child in clause.children if child.dep_ == "dobj" and words.has("names", child.lemma_.lower())]
    if own and silent and lemma in words.groups["giving"]:  # "did not want to give her name"
        return any(token.dep_ == "poss" and token.pos_ == "PRON" for token in own[0].children)
    passive = any(child.dep_ == "auxpass" for child in clause.children)
    return passive and silent and lemma in words.groups["publishing"] and _of_itself(verb, clause)


def _of_itself(verb: Token, clause: Token) -> bool:
    """Return whether a clause is about whoever asks: it has no subject of its own, or "his name", "they"."""
    if any(child.dep_ in ("dobj", "dative") and child.i < clause.i for child in verb.children):
        return False  # "asked reporters not to be alarmed"
    subjects = [child for child in clause.children if child.dep_ in SUBJECTS]
    own = (any(token.dep_ == "poss" and token.pos_ == "PRON" for token in one.children) for one in subjects)
    return all(one.pos_ == "PRON" or mine for one, mine in zip(subjects, own, strict=True))


def _leads_to_anonymity(child: Token) -> bool:
    """Return whether a word leads to somebody's anonymity: "on condition of anonymity", "requested anonymity"."""
    place = child
    while place.dep_ in ("prep", "pobj", "dobj", "nsubjpass"):
        if load_words().has("anonymity", place.lemma_.lower()):
            return not any(prep.lower_ == "for" for prep in place.children)  # "demanded anonymity for victims"
        below = next((token for token in place.children if token.dep_ in ("prep", "pobj") and token.i > place.i), None)
        if below is None:
            return False
        place = below
    return False
