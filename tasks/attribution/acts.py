"""What a source does with a content, from the cue's row and the constructions that turn it."""

from collections.abc import Iterable

from spacy.tokens import Token

from tasks.attribution.cues import load_words
from tasks.attribution.drafts import Draft
from tasks.attribution.objects import says_false
from tasks.model.claim import Act, Certainty

NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly"})
# A negated verb of these acts says that nothing was said: "did not confirm", "neither confirmed nor denied".
SILENT = frozenset({Act.ASSERT, Act.CONFIRM, Act.DENY, Act.ALLEGE, Act.ACCUSE, Act.PROMISE, Act.HEDGE})
# Acts that are done by saying so: "we deny", "I withdraw", "we demand", "I promise".
PERFORMED = frozenset({Act.URGE, Act.PROMISE, Act.DENY, Act.RETRACT, Act.CONFIRM, Act.DECLINE, Act.ACCUSE, Act.JUDGE})
# "does not believe that it left" believes that it did not leave.
RAISING = frozenset({"believe", "think", "expect", "suppose", "reckon", "consider", "anticipate", "want", "see"})


def judge(draft: Draft) -> Draft:
    """Fill in act, certainty, negation and distance of a draft; return it."""
    row, verb = draft.row, _verb(draft)
    if row is not None:
        draft.act, draft.certainty = row.act, row.certainty
        if draft.rule == "to" and row.to_act is not None:
            draft.act = row.to_act
        if draft.rule == "called":
            draft.act = Act.ASSERT
    if verb is not None:
        _turn(draft, verb)
    _perform(draft)
    if draft.act is Act.ASSERT and draft.root is not None and judged_claim(draft.root) is not None:
        draft.act = Act.DENY  # "The accusation that it knew is an invention, he said."
    else:
        draft.negated = draft.negated ^ _negated_content(draft)
    draft.certainty = _certainty(draft)
    draft.distanced = _distanced(draft)
    return draft


def _perform(draft: Draft) -> None:
    """Take the act from the speaker's own words: "We demand an apology" demands, whoever "said" it."""
    root = draft.root
    own_words = draft.rule in ("turn", "quotation-goes-on") or (root is not None and draft.paragraph.quoted(root))
    if draft.act is not Act.ASSERT or root is None or not own_words or root.tag_ not in ("VBP", "VB"):
        return
    row = load_words().verbs.get(root.lemma_.lower())
    first_person = any(child.dep_ == "nsubj" and child.lower_ in ("i", "we") for child in root.children)
    if row is not None and first_person and row.act in PERFORMED:
        draft.act = Act.DECLINE if _denied(root) else row.act
        draft.root = next((child for child in root.children if child.dep_ in ("ccomp", "dobj", "xcomp")), root)


def _verb(draft: Draft) -> Token | None:
    """Return the verb of the cue, which carries negation and modals."""
    return next((token for token in draft.cue if token.pos_ in ("VERB", "AUX") and not _helps(token)), None)


def _helps(token: Token) -> bool:
    return token.dep_ in ("aux", "auxpass")


def _turn(draft: Draft, verb: Token) -> None:
    """Apply the constructions that turn the act of a cue."""
    words = load_words()
    if _denied(verb):
        _silence(draft, verb)
    elif _refused(verb) or _yet_to(verb):
        draft.act = Act.DECLINE
    elif verb.lemma_.lower() in words.groups["naming_verbs"] and says_false(verb) and draft.rule != "clause":
        draft.act = Act.DENY
    elif draft.act is Act.DECLINE:
        _declined(draft)
    elif draft.act is Act.ASSERT and draft.rule == "object" and _is_judgement(draft.root):
        draft.act = Act.JUDGE


def _is_judgement(root: Token | None) -> bool:
    """Return whether what is stressed is itself a judgement: "emphasized the deep concern about"."""
    noun = load_words().nouns.get(root.lemma_.lower()) if root is not None else None
    return noun is not None and noun.act is Act.JUDGE


def _denied(verb: Token) -> bool:
    """Return whether the verb group is negated, also as the second of "neither confirmed nor denied"."""
    own = any(child.dep_ in ("neg", "preconj", "advmod") and child.lower_ in NOT for child in verb.children)
    shared = verb.dep_ == "conj" and any(child.lower_ == "nor" for child in verb.head.children)
    return own or shared


def _silence(draft: Draft, verb: Token) -> None:
    if verb.lemma_.lower() in RAISING:
        draft.negated = True
    elif verb.lemma_ == "rule" and draft.act is Act.DENY:
        draft.act, draft.certainty = Act.HEDGE, Certainty.POSSIBLE
    elif draft.act in SILENT:
        draft.act = Act.DECLINE


def _refused(verb: Token) -> bool:
    """Return whether the act was not done: "refused to confirm", "failed to explain"."""
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ("refuse", "decline", "fail", "hesitate")


def _yet_to(verb: Token) -> bool:
    """Return whether the act has not happened: "has yet to confirm"."""
    return verb.dep_ in ("xcomp", "acl", "relcl") and any(
        token.lower_ == "yet" for token in (*verb.head.children, *verb.children)
    )


def _declined(draft: Draft) -> None:
    """Tell "declined to comment" from "refused to leave", which is no refusal to speak but a report of a deed."""
    root = draft.root
    if root is not None and root.lemma_.lower() not in load_words().groups["saying_to"]:
        draft.act = Act.ATTITUDE


def _negated_content(draft: Draft) -> bool:
    """Return whether the content itself, at its own head and not in a clause below, is negated."""
    root = draft.root
    if root is None or draft.act is Act.DECLINE:
        return False
    if draft.rule in ("object", "preposition", "noun") and root.pos_ in ("NOUN", "PROPN", "PRON"):
        return any(child.lower_ == "no" for child in root.children if child.dep_ == "det")
    return _negated_clause(root)


def _negated_clause(root: Token) -> bool:
    words = load_words()
    negations = sum(_negates(child) for child in root.children)
    if root.lemma_.lower() in words.groups["negative_verbs"]:
        negations += 1
    if root.lemma_ == "be" and _says_false(root):
        negations += 1
    return negations % 2 == 1


def _negates(child: Token) -> bool:
    """Return whether a child of a verb negates it: "not", "no deal", "nobody", "neither side"."""
    if child.dep_ == "neg" or (child.dep_ in ("advmod", "preconj") and child.lower_ in NOT):
        return not _only(child)
    if child.dep_ == "prep":
        return any(_is_empty(grand) for grand in child.children if grand.dep_ == "pobj")
    return child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and _is_empty(child)


def _is_empty(noun: Token) -> bool:
    """Return whether a noun phrase stands for nothing: "nobody", "no deal", "not one ship", but not "nothing but"."""
    if noun.lower_ in ("nobody", "nothing", "none", "neither"):
        after = noun.doc[noun.i + 1].lower_ if noun.i + 1 < len(noun.doc) else ""
        return after not in ("but", "except", "other", "more", "less")
    before = [
        token for child in noun.lefts if child.dep_ in ("det", "neg", "nummod", "amod") for token in child.subtree
    ]
    return any(token.lower_ in ("no", "neither", "not") for token in before)


def _only(negation: Token) -> bool:
    """Return whether "not" belongs to "not only", which negates nothing."""
    following = negation.i + 1
    return following < len(negation.doc) and negation.doc[following].lower_ in ("only", "just", "merely", "least")


def _says_false(root: Token) -> bool:
    """Return whether a clause says that something is untrue: "the reports are false"."""
    falsity = load_words().groups["falsity"]
    return any(
        child.lower_ in falsity or child.lemma_.lower() in falsity
        for child in root.children
        if child.dep_ in ("acomp", "attr")
    )


def judged_claim(root: Token) -> Token | None:
    """Return the claim that a clause calls untrue: "accusation" in "the accusation that it knew is an invention"."""
    if root.lemma_ != "be" or not _says_false(root):
        return None
    subject = next((child for child in root.children if child.dep_ == "nsubj"), None)
    if subject is None or subject.lemma_.lower() not in load_words().groups["peeled_nouns"]:
        return None
    return subject if any(True for _ in subject.rights) else None


def _certainty(draft: Draft) -> Certainty:
    if draft.certainty is Certainty.POSSIBLE or draft.root is None:
        return draft.certainty
    near = [draft.root, *draft.root.children]
    if _any_word(near, "possible"):
        return Certainty.POSSIBLE
    return Certainty.PROBABLE if _any_word(near, "probable") else draft.certainty


def _distanced(draft: Draft) -> bool:
    """Return whether the outlet keeps away: "allegedly" in its own words, not inside a quotation."""
    outside = [token for token in draft.paragraph.tokens(draft.content) if not draft.paragraph.quoted(token)]
    adverbs = [token for token in draft.cue if token.pos_ == "ADV"]  # "alleged" as the cue is the source's own act
    return _any_word((*outside, *adverbs), "distancing")


def _any_word(tokens: Iterable[Token], group: str) -> bool:
    words = load_words().groups[group]
    return any(token.lower_ in words or token.lemma_.lower() in words for token in tokens)
