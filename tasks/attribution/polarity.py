"""Whether a content is negated at its own head, and how sure its words are; clauses further down do not count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from tasks.attribution.cues import load_words
from tasks.model.claim import Certainty

NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly"})
EMPTY = frozenset({"no", "not", "n't", "neither"})
SUBJECTS = ("nsubj", "nsubjpass")
SPEAKERS = frozenset({"i", "we", "he", "she", "they"})
# "in no way", "at no time", "under no circumstances"; "left with no warning" is left all the same.
NEGATING = frozenset({"in", "at", "under", "by", "on"})
FRAMES_DEEP = 3  # "I think I believe that I know"


COMPARED = ("less", "fewer", "more", "other", "later", "earlier")


@dataclass(frozen=True, slots=True)
class Heart:
    """The head of what is really said, and what the frames around it did to it."""

    root: Token
    negated: bool = False
    framed: bool = False  # "I think", "he believes": the source says itself that it is not sure


def find_head(tokens: Sequence[Token]) -> Token | None:
    """Return the head of what is said first: a verb where the first sentence of the content has one at its top."""
    first = [token for token in tokens if token.sent.start == tokens[0].sent.start]
    inside = {token.i for token in first}
    tops = [token for token in first if not token.is_punct and (token.head.i not in inside or token.head.i == token.i)]
    verbs = [token for token in tops if token.pos_ in ("VERB", "AUX")]
    return next(iter(verbs or tops or first), None)


def find_heart(root: Token) -> Heart:
    """Return the head behind the speaker's own frames: "I don't think it fell" says that it did not fall."""
    negated = framed = False
    for _ in range(FRAMES_DEEP):
        inner = _framed(root)
        if inner is None:
            break
        framed = framed or root.lemma_ != "be"
        negated ^= is_denied(root)
        root = inner
    return Heart(root, negated, framed)


def _framed(root: Token) -> Token | None:
    """Return the clause inside "I think that ...", "it is true that ..."."""
    inner = next((child for child in root.children if child.dep_ == "ccomp" and child.i > root.i), None)
    if inner is None or any(child.lower_ in ("whether", "if") for child in inner.children if child.dep_ == "mark"):
        return None
    subject = next((child for child in root.children if child.dep_ in ("nsubj", "expl")), None)
    if root.lemma_.lower() in load_words().groups["frames"]:
        return inner if subject is not None and subject.lower_ in SPEAKERS else None
    true = root.lemma_ == "be" and any(child.lower_ in ("true", "clear", "obvious") for child in root.children)
    return inner if true and subject is not None and subject.lower_ == "it" else None


def is_denied(verb: Token) -> bool:
    """Return whether a verb group is negated, also as the second of "neither confirmed nor denied"."""
    described = [below for child in verb.children if child.dep_ == "acomp" for below in child.lefts]
    for child in (*verb.children, *described):  # "was not overloaded": the parser hangs "not" on either
        if child.dep_ in ("neg", "preconj", "advmod", "cc") and child.lower_ in NOT:
            return not _only(child)
        if child.lower_ == "longer" and any(below.lower_ == "no" for below in child.children):
            return True
    links = {child.lower_ for child in verb.head.children if child.dep_ == "cc"} if verb.dep_ == "conj" else set()
    # "neither confirmed nor denied", "has not endorsed her or conceded"
    return "nor" in links or ("or" in links and is_denied(verb.head))


def is_yet_to(verb: Token) -> bool:
    """Return whether something has not happened: "has yet to confirm"."""
    return verb.dep_ in ("xcomp", "acl", "relcl") and any(
        token.lower_ == "yet" for token in (*verb.head.children, *verb.children)
    )


def is_negated(root: Token) -> bool:
    """Return whether a content is negated at its head, a noun or a verb."""
    if root.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        before = {child.lower_ for child in root.lefts if child.dep_ in ("det", "neg", "preconj")}
        if root.pos_ != "PRON" or not any(child.dep_ in SUBJECTS for child in root.children):
            return bool(before & EMPTY) and root.lemma_.lower() not in load_words().groups["undoubted"]
    heart = find_heart(root)
    words = load_words()
    described = [below for child in heart.root.children if child.dep_ == "acomp" for below in child.lefts]
    negations = heart.negated + sum(_negates(child) for child in (*heart.root.children, *described))
    if root.dep_ == "xcomp":  # "no deal is expected to be reached"
        negations += sum(is_empty(child) for child in root.head.children if child.dep_ in SUBJECTS)
    negations += words.lemma(heart.root) in words.groups["negative_verbs"]
    negations += heart.root.lemma_ == "be" and says_untrue(heart.root)
    return negations % 2 == 1


def _negates(child: Token) -> bool:
    """Return whether a child of a verb negates it: "not", "no deal", "nobody", "neither side"."""
    if child.dep_ == "neg" or (child.dep_ in ("advmod", "preconj") and child.lower_ in NOT):
        return not _only(child)
    if child.dep_ == "advmod" and child.lower_ == "longer":
        return any(below.lower_ == "no" for below in child.children)
    if child.dep_ == "prep":
        return child.lower_ in NEGATING and any(is_empty(below) for below in child.children if below.dep_ == "pobj")
    return child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and is_empty(child)


def is_empty(noun: Token) -> bool:
    """Return whether a noun phrase stands for nothing: "nobody", "no deal", "not one ship", but not "nothing but"."""
    if noun.lower_ in ("nobody", "nothing", "none", "neither"):
        after = noun.doc[noun.i + 1].lower_ if noun.i + 1 < len(noun.doc) else ""
        return after not in ("but", "except", "other", "more", "less")
    if noun.lemma_.lower() in load_words().groups["undoubted"]:
        return False
    # "Neither the club nor the league": the parser makes a link of "neither", or an article
    places = ("det", "neg", "nummod", "amod", "preconj", "cc")
    before = [token for child in noun.lefts if child.dep_ in places for token in child.subtree]
    return any(token.lower_ in ("no", "neither", "not") and not _bounds(token) for token in before)


def _bounds(negation: Token) -> bool:
    """Return whether "no" only bounds a number or a name: "no fewer than seven", "no other than the mayor"."""
    after = [token.lower_ for token in negation.doc[negation.i + 1 : negation.i + 3]]
    return len(after) > 1 and after[0] in COMPARED and after[1] == "than"


def _only(negation: Token) -> bool:
    """Return whether "not" belongs to "not only", which negates nothing."""
    following = negation.i + 1
    return following < len(negation.doc) and negation.doc[following].lower_ in ("only", "just", "merely", "least")


def says_untrue(root: Token) -> bool:
    """Return whether a clause says that a claim is untrue: "the reports are false", but not "the map is wrong"."""
    subject = next((child for child in root.children if child.dep_ == "nsubj"), None)
    if subject is not None and _is_called(root, "hoaxes"):
        return True
    if subject is None or not (subject.pos_ == "PRON" or subject.lemma_.lower() in load_words().groups["claim_nouns"]):
        return False
    return _is_called(root, "falsity")


def _is_called(root: Token, group: str) -> bool:
    """Return whether what is said of a subject stands in a group of `[words]`."""
    return any_word((child for child in root.children if child.dep_ in ("acomp", "attr")), group)


def judged_claim(root: Token) -> Token | None:
    """Return the claim that a clause calls untrue: "accusation" in "the accusation that it knew is an invention"."""
    false = not is_denied(root) and says_untrue(root)
    not_true = is_denied(root) and _is_called(root, "truths")
    if root.lemma_ not in ("be", "have") or not (false or not_true or _says_no_truth(root)):
        return None
    subject = _claim_in_question(root)
    if subject is None or subject.lemma_.lower() not in load_words().groups["peeled_nouns"]:
        return None
    return subject if any(True for _ in subject.rights) else None


def _claim_in_question(root: Token) -> Token | None:
    """Return the claim that a clause weighs: its subject, or what follows "no truth in"."""
    subject = next((child for child in root.children if child.dep_ == "nsubj"), None)
    empty = [child for child in root.children if child.dep_ in ("attr", "nsubj") and is_empty(child)]
    inner = [pobj for child in empty for prep in child.children if prep.dep_ == "prep" for pobj in prep.children]
    return next(iter(inner), None) if subject is None or subject in empty else subject


def _says_no_truth(root: Token) -> bool:
    """Return whether a clause finds no truth in something: "there is no truth in", "is without merit"."""
    nouns = load_words().groups["truth_nouns"]
    below = [child for child in root.children if child.dep_ in ("attr", "dobj", "nsubj") and is_empty(child)]
    without = [prep for prep in root.children if prep.dep_ == "prep" and prep.lower_ == "without"]
    below += [pobj for prep in without for pobj in prep.children]
    return any(noun.lemma_.lower() in nouns for noun in below)


def certainty_of(root: Token) -> Certainty:
    """Return how sure the words at the head of a content are: "may" possible, "I think" probable."""
    heart = find_heart(root)
    near = [heart.root, *heart.root.children]
    # "could not" tells what happened, "could" what may
    open_words = [token for token in near if token.lower_ != "could" or not is_denied(heart.root)]
    if any_word(open_words, "possible"):
        return Certainty.POSSIBLE
    return Certainty.PROBABLE if heart.framed or any_word(near, "probable") else Certainty.CERTAIN


def any_word(tokens: Iterable[Token], group: str) -> bool:
    """Return whether one of the words, or its lemma, stands in a group of `[words]`."""
    words = load_words().groups[group]
    return any(token.lower_ in words or token.lemma_.lower() in words for token in tokens)
