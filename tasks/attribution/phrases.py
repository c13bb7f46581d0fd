"""Phrases of spaCy's tree: the verb group, the noun phrase, and who its subject is."""

from spacy.tokens import Token

from tasks.attribution.coordination import outer_verb
from tasks.attribution.cues import load_words
from tasks.attribution.drafts import branch, trim

SUBJECTS = ("nsubj", "nsubjpass", "csubj")


def passive(verb: Token) -> bool:
    """Return whether a verb stands in the passive."""
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def cue_tokens(verb: Token) -> tuple[Token, ...]:
    """Return the verb group: the verb with its auxiliaries, negation and particle."""
    if verb.dep_ in ("acomp", "oprd") and verb.pos_ == "ADJ" and verb.head.pos_ in ("VERB", "AUX"):
        return tuple(sorted((*cue_tokens(verb.head), verb), key=lambda token: token.i))  # "was not available"
    standing = standing_of(verb)
    if standing is not None:
        return tuple(verb.doc[min(token.i for token in cue_tokens(standing[0])) : verb.i + 1])
    group = [child for child in verb.children if child.dep_ in ("aux", "auxpass", "neg", "prt", "preconj")]
    first = min((child.i for child in group), default=verb.i)
    between = [child for child in verb.children if child.dep_ == "advmod" and first < child.i < verb.i]
    return tuple(sorted((verb, *group, *between), key=lambda token: token.i))


def standing_of(verb: Token) -> tuple[Token, Token] | None:
    """Return the "was" and the "position" of "was not in a position to confirm", however the parser ties the verb."""
    if verb.dep_ not in ("acl", "relcl", "xcomp", "advcl") or not any(child.lower_ == "to" for child in verb.children):
        return None
    state = verb.head.head.head if verb.head.dep_ == "pobj" else verb.head
    placed = (noun for prep in state.children if prep.lower_ in ("in", "at") for noun in prep.children)
    noun = next((noun for noun in placed if load_words().has("standings", noun.lower_)), None)
    return (state, noun) if noun is not None and verb.head in (state, noun) and noun.i < verb.i else None


def noun_phrase(head: Token) -> tuple[Token, ...]:
    """Return the words of a noun phrase without its relative clauses and trailing remarks."""
    clauses = [child for child in head.subtree if child.dep_ in ("relcl", "acl", "advcl", "parataxis")]
    dates = [
        prep for prep in head.children if prep.dep_ == "prep" and any(c.ent_type_ == "DATE" for c in prep.children)
    ]
    without = [*clauses, *dates]  # "the mayor on Friday" is the mayor
    tokens = trim(branch(head, without))
    return tuple(token for token in tokens if token.i >= tokens[0].i) if tokens else ()


def source_of(verb: Token, depth: int = 4) -> tuple[Token, ...]:
    """Return the words of who speaks, () where nobody is named: the subject, the agent, or whose clause it is."""
    children = list(verb.children)
    if passive(verb) and _is_own_state(verb):
        children = [child for child in children if child.dep_ == "nsubjpass"]
    elif passive(verb):
        agents = [pobj for child in children if child.dep_ == "agent" for pobj in child.children if pobj.dep_ == "pobj"]
        return noun_phrase(agents[0]) if agents else ()
    for child in children:
        if child.dep_ in SUBJECTS:
            relative = child.lower_ in ("who", "which", "that", "whom") and verb.dep_ == "relcl"
            return noun_phrase(verb.head) if relative else noun_phrase(child)
    return _source_above(verb, depth) if depth else ()


def _source_above(verb: Token, depth: int) -> tuple[Token, ...]:
    """Return the source of a verb that has no subject of its own."""
    match verb.dep_:
        case "conj" | "xcomp" | "advcl" | "dep" if verb.head.pos_ in ("VERB", "AUX"):
            return _governor(verb, depth)
        case "xcomp" if verb.head.dep_ == "acomp":
            return source_of(verb.head.head, depth - 1)  # "were unable to confirm"
        case "acl" | "relcl":
            return _of_noun(verb, depth)
        case "acomp" | "oprd":
            left = any(child.dep_ == "dobj" for child in verb.head.children)  # "left the staff unhappy about"
            return () if left else source_of(verb.head, depth - 1)
        case "pcomp" if verb.head.head.pos_ in ("VERB", "AUX"):
            return _behind_preposition(verb, depth)
        case _:
            return ()


def _of_noun(verb: Token, depth: int) -> tuple[Token, ...]:
    """Return the noun that a clause belongs to, or whose it is: "the dean's refusal to say" is the dean's."""
    standing = standing_of(verb)
    if standing is not None:
        return source_of(standing[0], depth - 1)
    if not load_words().has("refusals", verb.head.lemma_.lower()):
        return noun_phrase(verb.head)
    owner = next((child for child in verb.head.children if child.dep_ == "poss"), None)
    return noun_phrase(owner) if owner is not None else ()


def _behind_preposition(verb: Token, depth: int) -> tuple[Token, ...]:
    """Return the source of a gerund: "blamed the firm for hiding it", "was quoted by the daily as saying"."""
    above = verb.head.head
    place = "nsubjpass" if verb.head.lower_ == "as" and passive(above) else "dobj"
    people = [child for child in above.children if child.dep_ == place and child.i < verb.i]
    return noun_phrase(people[0]) if people else source_of(above, depth - 1)


def _is_own_state(verb: Token) -> bool:
    """Return whether the subject of a passive is who speaks or is silent: "is opposed to", "would not be drawn"."""
    words = load_words()
    row = words.adjectives.get(verb.lower_)
    agent = any(child.dep_ == "agent" for child in verb.children)
    felt = row is not None and (not agent or "by" in row.takes)  # "was alarmed by the news": not the news
    return felt or words.has("unreached", words.lemma(verb))


def _governor(verb: Token, depth: int) -> tuple[Token, ...]:
    """Return the source of the verb above: "refused to say", "left, saying"; "urged China to admit" is China's."""
    if verb.tag_ == "VB" and verb.head.lemma_ == "be" and any(child.lower_ == "it" for child in verb.head.children):
        return ()  # "it was wrong to suggest that": who suggests it stays open
    outer = outer_verb(verb)
    if outer is not None:
        return source_of(outer, depth - 1)  # "denied that pay was cut and accused": the pay accuses nobody
    objects = [child for child in verb.head.children if child.dep_ in ("dobj", "dative") and child.i < verb.i]
    controlled = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("urge", "ask", "tell", "force", "order", "press")
    return noun_phrase(objects[0]) if objects and controlled else source_of(verb.head, depth - 1)


def not_stated(verb: Token, *, named: bool) -> bool:
    """Return whether a cue stands in a condition, a question or an order; `named`: somebody is its source."""
    if any(child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether") for child in verb.children):
        return True
    if _put_to_somebody(verb):
        return True
    if not named and verb.tag_ == "VB" and not passive(verb):
        return True
    return verb.dep_ == "ROOT" and any(token.text.endswith("?") for token in verb.sent[-2:])


def _put_to_somebody(verb: Token) -> bool:
    """Return whether a question is put to somebody by nobody named: "asked whether it was safe, he shrugged"."""
    words = load_words()
    if words.lemma(verb) not in words.groups["asking"] or verb.tag_ not in ("VBN", "VBD"):
        return False
    bare = verb.dep_ in ("acl", "advcl") and not any(child.dep_ in (*SUBJECTS, "aux") for child in verb.children)
    if not (passive(verb) or bare) or any(child.dep_ == "agent" for child in verb.children):
        return False
    # "was asked to leave" is an order; "asked to comment" is a question again
    orders = [child for child in verb.children if child.dep_ in ("xcomp", "ccomp", "advcl") and child.tag_ == "VB"]
    return all(words.lemma(order) in words.groups["saying_to"] for order in orders)
