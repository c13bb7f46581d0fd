"""What a source does with a content, from the words of the cue and the constructions that turn it."""

from spacy.tokens import Token

from tasks.attribution.cues import Cue, load_words, row_of_lemma
from tasks.attribution.drafts import Draft
from tasks.attribution.meanings import RESISTED, find_meaning, is_verb
from tasks.attribution.objects import appointed, is_claim, refused, says_false
from tasks.attribution.phrases import passive
from tasks.attribution.polarity import (
    any_word,
    certainty_of,
    find_head,
    is_denied,
    is_empty,
    is_negated,
    is_yet_to,
    judged_claim,
)
from tasks.attribution.withholding import is_between, is_kept_from, withholds, would
from tasks.model.claim import Act, Certainty

__all__ = ["is_deed", "judge", "judged_claim"]

# A negated verb of these acts says that nothing was said: "did not confirm", "neither confirmed nor denied".
SILENT = frozenset(
    {Act.ASSERT, Act.CONFIRM, Act.DENY, Act.ALLEGE, Act.ACCUSE, Act.PROMISE, Act.HEDGE, Act.JUDGE, Act.URGE}
)
# Acts that are done by saying so: "we deny", "I withdraw", "we demand", "I promise".
PERFORMED = frozenset({Act.URGE, Act.PROMISE, Act.DENY, Act.RETRACT, Act.CONFIRM, Act.DECLINE, Act.ACCUSE, Act.JUDGE})
LEAST_SURE = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE)
PEOPLE = frozenset({"me", "him", "her", "us", "them", "you", "himself", "herself", "themselves", "myself", "ourselves"})
POINTING = frozenset({"it", "that", "this", "which", "so", "those", "these", "what"})  # what was said before


def judge(draft: Draft) -> Draft:
    """Fill in act, certainty, negation and distance of a draft; return it."""
    if draft.root is None:
        draft.root = find_head(draft.paragraph.tokens(draft.content))
    row, word = find_meaning(draft.cue) if draft.row is None else (draft.row, _verb(draft))
    verb = word if word is not None and is_verb(word) else _verb(draft)
    if row is not None:
        draft.act, draft.certainty = _act(draft, row, verb), row.certainty
    turned = verb or word  # a cue may be a noun alone: "the denial that"
    if turned is not None:
        _turn(draft, row, turned)
    _perform(draft)
    if draft.act is Act.ASSERT and draft.root is not None and judged_claim(draft.root) is not None:
        draft.act = Act.DENY  # "The accusation that it knew is an invention, he said."
    elif draft.act is Act.ASSERT and draft.root is not None and withholds(draft.root):
        draft.act = Act.DECLINE
    elif draft.root is not None and draft.act is not Act.DECLINE:
        draft.negated ^= is_negated(draft.root) and not _denies_in_own_words(draft, draft.root)
    if draft.root is not None:
        draft.certainty = max(draft.certainty, certainty_of(draft.root), key=LEAST_SURE.index)
    draft.distanced = _distanced(draft)
    return draft


def _denies_in_own_words(draft: Draft, root: Token) -> bool:
    """Return whether a quotation is itself the denial: Orvane denied it: "We did not store solvents"."""
    return draft.act in (Act.DENY, Act.RETRACT) and bool(draft.paragraph.quoted(root)) and _is_finite(root)


def _verb(draft: Draft) -> Token | None:
    """Return the verb of the cue, which carries negation and modals."""
    return next((token for token in draft.cue if is_verb(token)), None)


def _act(draft: Draft, row: Cue, verb: Token | None) -> Act:
    """Return the act of a row, or the other one that it names for what follows the verb."""
    root = draft.root
    if root is None:
        return row.act
    infinitive = root.tag_ == "VB" and any(child.lower_ == "to" for child in root.children if child.dep_ == "aux")
    if row.person_to is not None and is_verb(root) and _has_own_subject(root):
        return row.person_to
    if infinitive and row.to_act is not None:
        return row.to_act
    if row.else_act is None or verb is None or not _is_no_claim(root, verb, row):
        return row.act
    as_something = any(child.dep_ == "prep" and child.lower_ == "as" for child in verb.children)
    return Act.JUDGE if as_something else row.else_act  # "dismissed him as a clown"


def is_deed(draft: Draft) -> bool:
    """Return whether a judged draft tells what was done, and of nothing said: "rejected the budget", "denied bail"."""
    row, word = find_meaning(draft.cue)
    if row is None or word is None or draft.root is None:
        return False
    unsaid = draft.act is Act.ATTITUDE and row.act in (Act.DENY, Act.RETRACT) and row.else_act is Act.ATTITUDE
    nobody = draft.act is Act.DENY and draft.root.lower_ in PEOPLE  # "contradicted her", "ruled himself out"
    return unsaid or nobody or appointed(draft.root, row)


def _has_own_subject(clause: Token) -> bool:
    """Return whether what is wanted has a subject of its own: "wants the state to pay", not "wants to pay"."""
    objects = [child for child in clause.head.children if child.dep_ == "dobj" and child.i < clause.i]
    return bool(objects) or any(child.dep_ in ("nsubj", "nsubjpass") for child in clause.children)


def _is_no_claim(root: Token, verb: Token, row: Cue) -> bool:
    """Return whether what is denied or rejected can be neither true nor false: "rejected the offer"."""
    refusal = root.tag_ == "VB" and root.lemma_.lower() in load_words().groups["refused_nouns"]  # "denied him bail"
    if not (root.pos_ in ("NOUN", "PROPN", "PRON") or refusal) or root.lower_ in POINTING:
        return False
    return not is_claim(root, verb) if row.claims else refused(verb, root)


def _turn(draft: Draft, row: Cue | None, verb: Token) -> None:
    """Apply the constructions that turn the act of a cue."""
    if draft.rule == "comment":
        draft.act = Act.DECLINE  # "offered no comment"
    elif _negated_group(draft, row, verb):
        _silence(draft, row, verb)
    elif _refused(verb) or is_yet_to(verb) or is_kept_from(verb):
        _refuse(draft, row)
    elif _called_false(draft, verb):
        draft.act = Act.DENY
    elif draft.act is Act.DECLINE:
        _declined(draft, verb)
    elif draft.act is Act.ASSERT and draft.root is not None and (voiced := _voiced(draft.root, verb)) is not None:
        draft.act = voiced
    elif verb.lemma_ in load_words().groups["believing"] and passive(verb) and not draft.source:
        draft.act = Act.HEDGE


def _called_false(draft: Draft, verb: Token) -> bool:
    """Return whether the cue calls its object untrue: "called the report a lie", "dismissed it as fiction"."""
    naming = verb.lemma_.lower() in load_words().groups["naming_verbs"]
    return naming and says_false(verb) and not (draft.root is not None and _is_finite(draft.root))


def _is_finite(root: Token) -> bool:
    """Return whether a content is a whole clause, which may call anything untrue by itself."""
    verbs = (root, *(child for child in root.children if child.dep_ in ("aux", "auxpass")))
    return is_verb(root) and any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in verbs)


def _voiced(root: Token, verb: Token) -> Act | None:
    """Return the act of a noun that is voiced or stressed: "emphasized the deep concern about", "voiced unease at"."""
    if root.dep_ != "dobj" or root.head != verb:
        return None
    words = load_words()
    if words.lemma(verb) in words.light:
        noun = words.acts["noun"].get(root.lemma_.lower())
        return noun.act if noun is not None else None
    noun = words.nouns.get(root.lemma_.lower())
    return Act.JUDGE if noun is not None and noun.act is Act.JUDGE else None


def _negated_group(draft: Draft, row: Cue | None, verb: Token) -> bool:
    """Return whether the cue is negated, at its verb or at one before it: "did not go on to say", "without saying"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    if row is not None and row.word and any(is_denied(child) for child in verb.children if child.lower_ == row.word):
        return True  # "pleaded not guilty"
    if any(is_empty(child) for child in verb.children if child.dep_ == "nsubj"):
        return True  # "neither side confirmed"
    nouns = any(is_empty(token) for token in draft.cue if token.pos_ in ("NOUN", "PRON"))
    if nouns or any(is_denied(token) for token in draft.cue if token.pos_ == "ADJ"):
        return True  # "made no mention of", "said nothing about", "is not so sure that"
    before = [token for token in draft.cue if is_verb(token) and token.i < verb.i]
    return is_denied(verb) or any(is_denied(token) and token.lemma_ not in RESISTED for token in before)


def _silence(draft: Draft, row: Cue | None, verb: Token) -> None:
    """Turn the act of a negated cue, which mostly says that nothing was said."""
    if verb.lemma_.lower() in load_words().groups["raising"]:
        draft.negated = True
    elif is_between(verb):
        draft.act = Act.DECLINE  # "could neither confirm nor rule out"
    elif row is not None and row.not_act is not None and not (row.not_act is Act.HEDGE and would(verb)):
        draft.act = row.not_act
        draft.certainty = Certainty.POSSIBLE if row.not_act is Act.HEDGE else Certainty.CERTAIN
    elif draft.act in SILENT and not (row is not None and row.lemma in load_words().acts["adjective"]):
        draft.act = Act.DECLINE  # but "is not happy that" is a judgement, and so is its negation


def _refuse(draft: Draft, row: Cue | None) -> None:
    """Turn an act that was not done: "refused to retract" holds on, "declined to endorse" is no silence."""
    if row is not None and draft.act is Act.RETRACT and row.not_act is not None:
        draft.act = row.not_act
    elif row is None or row.act is not Act.ATTITUDE:
        draft.act = Act.DECLINE


def _refused(verb: Token) -> bool:
    """Return whether the act was not done: "refused to confirm", "stopped short of blaming"."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_ == "of" and verb.head.head.lower_ == "short"
    above = verb.head.lemma_.lower()
    if verb.dep_ == "xcomp" and above in load_words().groups["refusing"]:
        return not is_denied(verb.head)  # "does not hesitate to say" says
    return verb.dep_ in ("acl", "xcomp", "ccomp") and above in load_words().groups["refusals"]


def _declined(draft: Draft, verb: Token) -> None:
    """Tell "declined to comment" from "refused to leave", which is no refusal to speak but a report of a deed."""
    behind = [token for token in draft.cue if is_verb(token) and token.i > verb.i]
    root = behind[-1] if behind else draft.root  # "stopped short of confirming that it fell": confirming is not done
    if root is None or not is_verb(root) or root.lemma_.lower() in load_words().groups["saying_to"]:
        return
    row = row_of_lemma(root.lemma_.lower(), "VERB")
    if row is None or row.act not in SILENT:
        draft.act = Act.ATTITUDE


def _perform(draft: Draft) -> None:
    """Take the act from the speaker's own words: "We demand an apology" demands, whoever "said" it."""
    root = draft.root
    own_words = draft.rule in ("turn", "quotation-goes-on") or (root is not None and draft.paragraph.quoted(root))
    if draft.act is not Act.ASSERT or root is None:
        return
    if any(child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in root.children):
        draft.act = Act.ATTITUDE if root.head.i < root.i else draft.act  # "discussed whether": a question, held open
    elif own_words and (_is_order(root) or _is_question(root)):
        draft.act = Act.URGE
    elif own_words and root.tag_ in ("VBP", "VB"):
        _perform_first_person(draft, root)


def _perform_first_person(draft: Draft, root: Token) -> None:
    row = load_words().verbs.get(root.lemma_.lower())
    first_person = any(child.dep_ == "nsubj" and child.lower_ in ("i", "we") for child in root.children)
    if row is not None and first_person and row.act in PERFORMED:
        draft.act = Act.DECLINE if is_denied(root) else row.act
        draft.root = next((child for child in root.children if child.dep_ in ("ccomp", "dobj", "xcomp")), root)


def _is_order(root: Token) -> bool:
    """Return whether a sentence is an order: "Leave the town", "Let's go", but not "Let me put it this way"."""
    helpers = [child for child in root.children if child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "mark")]
    frame = any(child.lower_ == "me" for child in root.subtree if child.dep_ in ("nsubj", "dobj"))
    return root.tag_ == "VB" and not frame and all(child.lower_ in ("do", "please", "you", "us") for child in helpers)


def _is_question(root: Token) -> bool:
    return root.sent.text.rstrip(" \"'”’)\n").endswith("?")


def _distanced(draft: Draft) -> bool:
    """Return whether the outlet keeps away: "allegedly" in its own words, not inside a quotation."""
    adverbs = [token for token in draft.cue if token.pos_ == "ADV"]  # "alleged" as the cue is the source's own act
    if any_word(adverbs, "distancing"):
        return True
    said = " ".join(draft.paragraph.words(span) for span in draft.content).lower()
    if not any(word in said for word in load_words().groups["distancing"]):
        return False  # most contents hold no such word, and need not be looked at token by token
    outside = [token for token in draft.paragraph.tokens(draft.content) if not draft.paragraph.quoted(token)]
    return any_word(outside, "distancing")
