"""Contents that the parser tied elsewhere: the rest behind a "that", what stands before or around a cue."""

from spacy.tokens import Token

from tasks.attribution.cues import Cue
from tasks.attribution.drafts import branch
from tasks.attribution.objects import NOTHING, Found
from tasks.attribution.phrases import SUBJECTS, passive

SHORT_CUE = 8  # words of a "she said on Monday" that interrupts a sentence
THAT_WITHIN = 5  # words between a verb and its "that": "told the Courier on Monday that"


def that_rest(verb: Token, _row: Cue) -> Found:
    """Return the rest of the sentence from a "that" close behind the verb, where the parser lost the clause."""
    for token in verb.sent:
        if verb.i < token.i <= verb.i + THAT_WITHIN and token.lower_ == "that" and token.dep_ not in ("dobj", "pobj"):
            rest = [other for other in verb.sent if other.i >= token.i]
            heads = [other for other in rest if other.pos_ in ("VERB", "AUX") and other.dep_ not in ("aux", "auxpass")]
            finite = [head for head in heads if head.tag_ in ("VBD", "VBZ", "VBP", "VBN")]
            return ((finite or heads)[0], rest) if heads else NOTHING
    return NOTHING


def rest_before(verb: Token, _row: Cue) -> Found:
    """Return what stands before a closing ", an official has told the daily", where the parser tied it otherwise."""
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if not subjects or passive(verb):
        return NOTHING
    start = min(subjects[0].left_edge.i, verb.i)
    before = [token for token in verb.sent if token.i < start]
    after = [token for token in verb.sent if token.i > verb.i and token.is_alpha]
    if len(before) < THAT_WITHIN or before[-1].text != "," or len(after) > SHORT_CUE:
        return NOTHING
    if not any(token.dep_ in SUBJECTS for token in before):
        return NOTHING  # "Asked whether he would resign, the governor said no"
    inner = next((t for t in before if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")), None)
    return (inner, before) if inner is not None else NOTHING


def as_reported(verb: Token, _row: Cue) -> Found:
    """Return the main clause of "As the daily reported, it left"."""
    if verb.dep_ != "advcl" or not any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children):
        return NOTHING
    participles = [child for child in verb.head.children if child.dep_ == "advcl" and child.tag_ == "VBG"]
    return verb.head, branch(verb.head, [verb, *participles])
