"""Contents that are the object of a verb: "denied any deal", "accused the firm of it", "called the report false"."""

from spacy.tokens import Token

from tasks.attribution.cues import Cue, load_words
from tasks.attribution.drafts import branch
from tasks.attribution.phrases import passive

Found = tuple[Token | None, list[Token]]
NOTHING: Found = (None, [])


def find_object(verb: Token, row: Cue) -> Found:
    """Return the object of a verb, where it is one that the verb can be about."""
    dep = "nsubjpass" if passive(verb) else "dobj"
    for child in verb.children:
        if child.dep_ == dep and child.pos_ in ("NOUN", "PROPN", "PRON", "VERB", "ADJ", "NUM"):
            if (row.claims and not is_claim(child, verb)) or appointed(child, row):
                return NOTHING
            if row.act == "deny" and refused(verb, child):
                return NOTHING
            return child, _less_judgement(child)
    free = [child for child in verb.children if child.dep_ == "ccomp" and child.left_edge.tag_ == "WP"]
    if free and not row.claims and "clause" not in row.takes:
        return free[0], branch(free[0])  # "condemned what it called a massacre"
    return _claim_behind_as(verb) if row.claims else NOTHING


def appointed(noun: Token, row: Cue) -> bool:
    """Return whether somebody is put in an office and nothing said: "confirmed the judge"."""
    return row.lemma == "confirm" and noun.lemma_.lower() in load_words().groups["appointed_nouns"]


def _less_judgement(noun: Token) -> list[Token]:
    """Return an object without the judgement on it: "as groundless the claim that", "the claims as baseless"."""
    tokens = branch(noun)
    starts = [token.left_edge.i for token in tokens if token.dep_ in ("det", "poss") and token.head == noun]
    falsity = load_words().groups["falsity"]
    ends = [t.i for t in tokens if t.lower_ == "as" and t.i > noun.i and any(w.lower_ in falsity for w in t.subtree)]
    ends += [t.i - 1 for t in tokens if t.lower_ in falsity and t.i > noun.i and t.doc[t.i - 1].lower_ == "as"]
    first, last = min(starts, default=tokens[0].i), min(ends, default=tokens[-1].i + 1)
    return [token for token in tokens if first <= token.i < last]


def find_called_false(verb: Token, _row: Cue) -> Found:
    """Return "the report" in "called the report false"; the parser makes a clause of the two words, or an object."""
    if verb.lemma_.lower() not in load_words().groups["naming_verbs"] or not says_false(verb):
        return NOTHING
    small = [child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i]
    for parent in (verb, *small):
        for child in parent.children:
            if child.dep_ in ("dobj", "nsubj", "nsubjpass") and child.i > verb.i and child.pos_ != "PRON":
                return _less_name(child) or (child, _less_judgement(child))
    return NOTHING


def _less_name(noun: Token) -> Found | None:
    """Return "the ransom story" of "called the ransom story rubbish", which the parser takes for one name."""
    words = load_words().groups
    before = noun.nbor(-1)
    named = before.head == noun and before.dep_ == "compound" and before.lemma_.lower() in words["claim_nouns"]
    if noun.lemma_.lower() not in words["falsity"] or not named:
        return None
    return before, [token for token in noun.subtree if token.i <= before.i]


def _claim_behind_as(verb: Token) -> Found:
    """Return the claim in "rejected as insulting a suggestion that": the parser hangs it on the adjective."""
    nouns = load_words().groups["claim_nouns"]
    if verb.i + 1 == len(verb.doc) or verb.doc[verb.i + 1].lower_ != "as":
        return NOTHING
    for token in verb.subtree:
        claim = token.pos_ == "NOUN" and token.lemma_.lower() in nouns
        if claim and token.i > verb.i and any(True for _ in token.rights):
            return token, _less_judgement(token)
    return NOTHING


def is_claim(noun: Token, verb: Token) -> bool:
    """Return whether an object is a claim, or is called untrue: "rejected the report", "rejected it as a lie"."""
    words = load_words()
    if noun.lower_ == "that":
        return True  # "rejected that": what was said before
    near = {token.lemma_.lower() for token in noun.subtree} & words.groups["claim_nouns"]
    return bool(near) or says_false(verb)


def says_false(verb: Token) -> bool:
    """Return whether the words behind a verb call its object untrue: "as baseless", "a lie"."""
    falsity = load_words().groups["falsity"]
    return any(
        token.lower_ in falsity or token.lemma_.lower() in falsity
        for token in verb.subtree
        if token.i > verb.i and token.sent == verb.sent
    )


def refused(verb: Token, noun: Token) -> bool:
    """Return whether somebody is refused something: "denied him bail", "denied the striker a goal"."""
    if noun.ent_type_ == "PERSON" or noun.lower_ in ("me", "you", "him", "her", "us"):
        return True
    dative = any(child.dep_ == "dative" for child in verb.children)
    objects = sum(child.dep_ == "dobj" for child in verb.children)
    return dative or objects > 1 or noun.lemma_.lower() in load_words().groups["refused_nouns"]


def find_object_with(verb: Token, row: Cue) -> Found:
    """Return "the firm of hiding it" in "accused the firm of hiding it"; in the passive its two parts."""
    wanted = {name.removeprefix("object-") for name in row.takes if name.startswith("object-")}
    for person in verb.children:
        if person.dep_ not in ("dobj", "nsubjpass"):
            continue
        antecedent = person.lower_ in ("that", "which", "whom", "who") and verb.dep_ == "relcl"
        # "launches that he described as irresponsible": what is described are the launches
        described = branch(verb.head, [verb]) if antecedent else branch(person)
        # "was accused by three men of theft": the parser hangs "of" on the men
        agents = [token for child in verb.children if child.dep_ == "agent" for token in child.subtree]
        for prep in (*verb.children, *person.subtree, *agents):
            if prep.dep_ == "prep" and prep.lower_ in wanted and prep.i > verb.i:
                inner = next((child for child in prep.children if child.dep_ in ("pobj", "pcomp", "amod")), prep)
                return inner, [*described, *branch(prep)]
    return NOTHING


def find_object_at(verb: Token, _row: Cue) -> Found:
    """Return "it at 90 million" in "put it at 90 million": an estimate, and none without a number."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ == "at" and any(token.like_num for token in prep.subtree):
            objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
            return prep, [*(token for thing in objects for token in branch(thing)), *branch(prep)]
    return NOTHING


def find_called(verb: Token, _row: Cue) -> Found:
    """Return "the attack an act of barbarism" in "called the attack an act of barbarism"."""
    if verb.lemma_.lower() not in ("call", "label", "brand", "term", "deem", "dub"):
        return NOTHING
    for child in verb.children:
        if child.dep_ in ("oprd", "ccomp", "xcomp") and child.i > verb.i and child.pos_ in ("NOUN", "PROPN", "ADJ"):
            things = [other for other in verb.children if other.dep_ == "dobj" and other.i < child.i]
            return child, [*(token for thing in things for token in branch(thing)), *branch(child)]
    return NOTHING
