"""One finite clause in parts, and the ways to put it together again: negated, asked, in another tense or voice."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from training.stance.making.inflect import gerund, participle, past, third

CONTRACTED = {
    "cannot": "can't", "will not": "won't", "shall not": "shan't",
    **{f"{word} not": f"{word}n't" for word in (
        "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "would", "could", "should",
    )},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A finite clause: what leads in, who, the verb group taken apart, and all that follows the verb.

    `object` is the direct object where it follows the verb at once, "" where there is none; `tail` is what comes then.
    """

    subject: str
    lemma: str
    object: str = ""
    tail: str = ""
    lead: str = ""  # with its comma
    plural: bool = False
    person: bool = True  # the subject can intend something: a person, a body, a state
    modal: str = ""
    past: bool = True
    perfect: bool = False
    progressive: bool = False
    passive: bool = False
    negated: bool = False
    adverb: str = ""
    object_plural: bool = False
    named: bool = True  # the sentence begins with a name, which keeps its capital wherever it stands
    object_named: bool = False

    @property
    def rest(self) -> str:
        """Return all that follows the verb."""
        return joined(self.object, self.tail)


def joined(*parts: str) -> str:
    """Return the parts that are not empty as one text, marks at their word."""
    return re.sub(r"\s+([,;:.])", r"\1", " ".join(part for part in parts if part))


def sentence(clause: Clause, *, contract: bool = False) -> str:
    """Return the clause as a sentence without its full stop."""
    words = joined(clause.lead, clause.subject, verb_group(clause, contract=contract), clause.rest)
    return words[:1].upper() + words[1:]


def inner(text: str, *, named: bool) -> str:
    """Return a sentence as it reads inside another one: "the mill burnt down"."""
    return text if named or text[1:2].isupper() else text[:1].lower() + text[1:]


def verb_group(clause: Clause, *, contract: bool = False) -> str:
    """Return the words of the verb group: "will not be closed"."""
    first, after = finite(clause)
    negation = ["not"] if clause.negated else []
    words = [first, *negation, clause.adverb, *after] if after else [first, *negation, clause.adverb]
    if not after and clause.lemma != "be":
        words = [clause.adverb, first]
    text = " ".join(word for word in words if word).replace("can not", "cannot")
    for long, short in CONTRACTED.items() if contract else ():
        text = re.sub(rf"^{long}\b", short, text)
    return text


def finite(clause: Clause) -> tuple[str, list[str]]:
    """Return the verb that carries the tense, and the forms that follow it; a negation gets its "do"."""
    links = _links(clause)
    if clause.modal:
        return clause.modal, _forms(links, "bare")
    if len(links) == 1 and clause.negated and clause.lemma != "be":
        return _tensed("do", clause), [clause.lemma]
    head, wanted = links[0]
    return _tensed(head, clause), _forms(links[1:], wanted)


def question(clause: Clause) -> str:
    """Return the question that asks whether the clause is so."""
    positive = replace(clause, negated=False)
    first, after = finite(positive)
    if not after and clause.lemma != "be":
        first, after = _tensed("do", clause), [clause.lemma]
    words = joined(clause.lead, first, inside(clause), clause.adverb, " ".join(after), clause.rest)
    return words[:1].upper() + words[1:] + "?"


def with_verb(clause: Clause, phrase: str, *, bare: bool = True) -> str:
    """Return the clause under another verb: "failed to" + "close the mill"; not `bare` asks for "closing the mill"."""
    links = _links(replace(clause, modal="", perfect=False, progressive=False))
    form = _forms(links, "bare" if bare else "gerund")
    words = joined(clause.lead, clause.subject, phrase, clause.adverb, " ".join(form), clause.rest)
    return words[:1].upper() + words[1:]


def inside(clause: Clause) -> str:
    """Return the subject as it reads after other words."""
    return clause.subject if clause.lead else inner(clause.subject, named=clause.named)


def swap_voice(clause: Clause) -> Clause | None:
    """Return an active clause made passive with its agent named; None where it has no object of its own."""
    if not clause.object or clause.passive or clause.progressive or clause.lemma in ("be", "have"):
        return None
    return replace(
        clause,
        subject=clause.object[:1].upper() + clause.object[1:] if not clause.lead else clause.object,
        plural=clause.object_plural,
        object="",
        named=clause.object_named if not clause.lead else clause.named,
        tail=joined(f"by {inside(clause)}", clause.tail),
        passive=True,
        person=False,
    )


def _links(clause: Clause) -> list[tuple[str, str]]:
    """Return the verbs of the group, each with the form that it asks of the next one."""
    return [
        *[("have", "participle")] * clause.perfect,
        *[("be", "gerund")] * clause.progressive,
        *[("be", "participle")] * clause.passive,
        (clause.lemma, ""),
    ]


def _forms(links: list[tuple[str, str]], first: str) -> list[str]:
    bent: dict[str, Callable[[str], str]] = {"bare": str, "participle": participle, "gerund": gerund}
    wanted = [first, *(asked for _, asked in links)]
    return [bent[form](lemma) for (lemma, _), form in zip(links, wanted, strict=False)]


def _tensed(lemma: str, clause: Clause) -> str:
    if lemma == "be":
        return {(True, True): "were", (True, False): "was", (False, True): "are", (False, False): "is"}[
            clause.past, clause.plural
        ]
    if clause.past:
        return past(lemma)
    return lemma if clause.plural else third(lemma)
