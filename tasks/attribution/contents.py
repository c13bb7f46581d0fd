"""Where the content of a cue stands: one small finder for each way a word can take it."""

from collections.abc import Collection

from spacy.tokens import Token

from tasks.attribution.coordination import own_words
from tasks.attribution.cues import Cue, load_words
from tasks.attribution.drafts import branch
from tasks.attribution.labelled import find_labelled
from tasks.attribution.lost_clauses import as_reported, rest_before, that_rest
from tasks.attribution.objects import (
    NOTHING,
    Found,
    find_called,
    find_called_false,
    find_object,
    find_object_at,
    find_object_with,
    is_claim,
)
from tasks.attribution.phrases import SUBJECTS, passive
from tasks.attribution.polarity import is_denied, is_empty, is_yet_to
from tasks.model.claim import Act

SHORT_CUE = 8  # words of a "she said on Monday" that interrupts a sentence
ASKED = ("dobj", "dative", "nsubjpass")
THAT_WITHIN = 5  # words between a verb and its "that": "told the Courier on Monday that"


def find_content(verb: Token, row: Cue) -> tuple[Token | None, list[Token], str]:
    """Return the head of the content, its words, and the rule that found it; no head where there is none."""
    side: tuple[int, int] | None = None
    for rule, finder in FINDERS:
        always = rule in ("preposition", "called-false", "called")
        if rule in row.takes or always or (rule == "that-rest" and "clause" in row.takes):
            root, tokens = finder(verb, row)
            if rule == "preposition" and row.claims and root is not None and not is_claim(root, verb):
                continue  # "hit back at the striker"
            if tokens:
                side = side or _side_of(verb)
                tokens = own_words(verb, [token for token in tokens if side[0] < token.i < side[1]])
            if root is not None and not tokens:
                continue
            if root is not None and root not in tokens:
                root = next((token for token in tokens if token.head not in tokens), tokens[0])
            if root is not None:
                return root, tokens, "clause" if rule in ("that-rest", "as-reported") else rule
    return None, [], ""


def _side_of(verb: Token) -> tuple[int, int]:
    """Return what no semicolon parts from the verb: "Kyiv says it fired; Moscow says it did not"."""
    stops = [token.i for token in verb.sent if token.text == ";"]
    before = max((stop for stop in stops if stop < verb.i), default=-1)
    return before, min((stop for stop in stops if stop > verb.i), default=len(verb.doc))


def _clause(verb: Token, _row: Cue) -> Found:
    clauses = [child for child in verb.children if child.dep_ == "ccomp" and child.i != verb.i]
    if passive(verb):
        raised = [child for child in verb.children if child.dep_ == "xcomp"]
        subject = [child for child in verb.children if child.dep_ == "nsubjpass" and child.lower_ != "it"]
        if raised and subject:  # "the firm is alleged to have spilled it"
            return raised[0], [*subject[0].subtree, *raised[0].subtree]
        if subject and not clauses:
            return NOTHING
    clauses = [clause for clause in clauses if _says_something(verb, clause)]
    if not clauses:
        return _interrupted(verb)
    tokens = _without_date(verb, [token for clause in clauses for token in branch(clause)])
    if verb.dep_ == "relcl" and tokens[0].lower_ in ("which", "who", "that") and tokens[0].dep_ in SUBJECTS:
        # "The strike, which the union says was legal": what was legal is the strike.
        return clauses[0], [*branch(verb.head, [verb]), *tokens[1:]]
    # "It left, and it came back, she said": the parser gives "said" the last clause alone.
    if verb.dep_ == "conj" and tokens[-1].i < verb.i and verb.head.i < tokens[0].i:
        first = min(verb.sent.start, tokens[0].i)
        return verb.head, [token for token in verb.sent if first <= token.i <= tokens[-1].i]
    return clauses[0], tokens


def _without_date(verb: Token, tokens: list[Token]) -> list[Token]:
    """Return a clause without the day of speaking: the parser gives "said on Monday it would stop" the wrong Monday."""
    first = tokens[0]
    dated = first.dep_ == "prep" and any(child.ent_type_ == "DATE" for child in first.children)
    if not dated or first.i != verb.i + 1:
        return tokens
    aside = {token.i for token in first.subtree}
    return [token for token in tokens if token.i not in aside] or tokens


def _says_something(verb: Token, clause: Token) -> bool:
    """Return whether a clause is one: the parser takes "him bail" in "denied him bail" for a clause."""
    if verb.lemma_.lower() != "deny":
        return True
    near = {token.lemma_.lower() for token in (clause, *clause.children)}
    return not (near & load_words().groups["refused_nouns"] and len(branch(clause)) <= THAT_WITHIN)


def _interrupted(verb: Token) -> Found:
    """Return the clause that a short "she said" stands in or behind, where the parser did not tie them."""
    has_subject = any(child.dep_ in SUBJECTS for child in verb.children)
    own = [token for token in verb.subtree if token.dep_ != "punct"]
    if not has_subject or passive(verb) or any(child.dep_ == "dobj" for child in verb.children):
        return NOTHING
    if verb.dep_ in ("parataxis", "ccomp", "advcl", "dep", "conj") and len(own) <= SHORT_CUE and verb.head.i != verb.i:
        first = min(own, key=lambda token: token.i)
        if first.i > verb.sent.start and verb.doc[first.i - 1].text in (",", "—", "–", "”", '"'):
            return verb.head, [token for token in verb.sent if token.i not in {mine.i for mine in verb.subtree}]
    return NOTHING


def _to(verb: Token, _row: Cue) -> Found:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and any(aux.lower_ == "to" for aux in child.children):
            return child, branch(child)
    return NOTHING


def _gerund(verb: Token, _row: Cue) -> Found:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl", "pcomp") and _is_gerund(child) and _follows(verb, child):
            return child, branch(child)
    return NOTHING


def _follows(verb: Token, gerund: Token) -> bool:
    """Return whether a gerund is what the verb is about: "denied saying so", not "denied it, saying so"."""
    between = verb.doc[verb.i + 1 : gerund.i]
    return gerund.i > verb.i and not any(token.text == "," for token in between)


def _is_gerund(verb: Token) -> bool:
    """Return whether a verb is a gerund, also the compound one: "having been told"."""
    return verb.tag_ == "VBG" or any(child.tag_ == "VBG" for child in verb.children if child.dep_ in ("aux", "auxpass"))


def _to_gerund(verb: Token, row: Cue) -> Found:
    """Return "hiding it" in "admitted to hiding it", "theft" in "pleaded guilty to theft"."""
    return _behind(verb, row, {"to"})


def _person_to(verb: Token, row: Cue) -> Found:
    """Return "China to leave" in "urged China to leave", however the parser ties the two."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp", "advcl") and any(aux.lower_ == "to" for aux in child.children):
            if passive(verb) and row.act is not Act.URGE:
                return NOTHING  # "is believed to have paid": what is believed, of nobody who is asked
            people = [other for other in verb.children if other.dep_ in ASKED and other.i < child.i]
            if not people and not any(inner.dep_ in SUBJECTS for inner in child.children):
                continue  # "asked not to be named" asks nobody to do anything
            return child, [*(token for person in people for token in branch(person)), *branch(child)]
    return NOTHING


def _on_to(verb: Token, row: Cue) -> Found:
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in ("on", "upon", "to"):
            people = [child for child in prep.children if child.dep_ == "pobj"]
            root, tokens = _to(verb, row)
            inner = [token for person in people for token in person.subtree if token.dep_ in ("acl", "relcl", "xcomp")]
            if people and (root or inner):
                return root or inner[0], [*branch(people[0]), *tokens]
    return NOTHING


def find_preposition(verb: Token, row: Cue) -> Found:
    """Return what stands behind a preposition of the row: "warned of floods", "concern over the deal"."""
    return _behind(verb, row, row.takes)


def _silence(verb: Token, row: Cue) -> Found:
    """Return what was not spoken of: "a request" in "did not respond to a request", where the verb is negated."""
    empty = any(is_empty(child) for child in verb.children if row.word and child.lower_ == row.word)
    nobody = any(is_empty(child) for child in verb.children if child.dep_ == "nsubj")  # "neither of them has commented"
    silent = is_denied(verb) or is_yet_to(verb) or empty or nobody  # "had no comment on the theft"
    return _behind(verb, row, {"to", "on", "about"}) if silent else NOTHING


def _comment(verb: Token, row: Cue) -> Found:
    """Return what was asked for in vain: "comment" in "could not be reached for comment", "calls" in "returned no"."""
    things = [child for child in verb.children if child.dep_ == "dobj" and child.lemma_.lower() == row.word]
    above = verb.head if verb.dep_ == "acomp" else verb
    silent = row.act is Act.DECLINE or is_denied(verb) or is_denied(above) or is_yet_to(verb)
    if not silent and not any(map(is_empty, things)):
        return NOTHING
    if things:
        return things[0], branch(things[0])
    root, tokens = _behind(verb, row, {"for"})
    asked = root is not None and load_words().has("replies", root.lemma_.lower())
    return (root, tokens) if asked else NOTHING


def _behind(verb: Token, row: Cue, prepositions: Collection[str]) -> Found:
    """Return what stands behind one of the prepositions, at the verb or at the second word of its phrase."""
    # "pleaded guilty to theft", "backed away from it", "cast doubt on it"
    seconds = [child for child in verb.children if row.word and row.word in (child.lower_, child.lemma_.lower())]
    for prep in (*verb.children, *(below for second in seconds for below in second.children)):
        # "regarding" is a participle to the parser, and leads to a content all the same
        if prep.dep_ in ("prep", "agent", "acl") and prep.lower_ in prepositions:
            for inner in prep.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    return inner, branch(inner)
    return NOTHING


FINDERS = (
    ("called-false", find_labelled),
    ("called-false", find_called_false),
    ("called", find_called),
    ("object-at", find_object_at),
    ("person-to", _person_to),
    ("on-to", _on_to),
    ("object-of", find_object_with),
    ("object-for", find_object_with),
    ("object-as", find_object_with),
    ("object-in", find_object_with),
    ("object-on", find_object_with),
    ("object-with", find_object_with),
    ("to", _to),
    ("clause", as_reported),
    ("clause", _clause),
    ("gerund", _gerund),
    ("to-gerund", _to_gerund),
    ("object", find_object),
    ("preposition", find_preposition),
    ("silence", _silence),
    ("comment", _comment),
    ("that-rest", that_rest),
    ("that-rest", rest_before),
)
