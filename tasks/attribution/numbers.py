"""Numbers in a content, with their units and the words that loosen them."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from tasks.model.claim import Quantity
from tasks.model.numerals import ABOUT, CURRENCY, LOOK_BACK, ONES, bounds, spells_number, value_of

DATE_LABELS = frozenset({"DATE", "TIME", "ORDINAL"})


def find_quantities(tokens: Sequence[Token]) -> Iterator[Quantity]:
    """Yield the quantities among the tokens; dates, ordinals and figures inside names are none."""
    at = 0
    while at < len(tokens):
        run = _run(tokens, at) if _is_number(tokens[at]) else []
        if not run:
            at += 1
            continue
        at += len(run)
        value = value_of([token.lower_ for token in run])
        if value is not None and run[0].ent_type_ not in DATE_LABELS and not _names(run) and not _known(run):
            yield _quantity(run, value)


def _run(tokens: Sequence[Token], at: int) -> list[Token]:
    run: list[Token] = []
    for token in tokens[at:]:
        if token.i != (run[-1].i + 1 if run else token.i) or not (_is_number(token) or (run and token.text == "-")):
            break
        run.append(token)
    while run and run[-1].text == "-":
        run.pop()
    return run


def _is_number(token: Token) -> bool:
    lower = token.lower_
    return spells_number(lower) and (lower != "one" or token.dep_ == "nummod")


def _names(run: list[Token]) -> bool:
    """Return whether the number is part of a name: "Flight 17", "54th", "G7"."""
    first, head = run[0], run[0].head
    labelled = first.dep_ == "nummod" and head.i < first.i
    return labelled or (first.dep_ in ("compound", "appos") and head.pos_ == "PROPN")


def _known(run: list[Token]) -> bool:
    """Return whether the number counts nothing new: "the two leaders", "a two-pronged plan"."""
    doc, first, after = run[0].doc, run[0].i, run[-1].i + 1
    if first > 0 and doc[first - 1].lower_ == "not":
        return True  # "not one bag" counts none
    definite = first > 0 and doc[first - 1].lower_ in ("the", "these", "those", "both", "all")
    return (definite and run[0].lower_ in ONES) or (after < len(doc) and doc[after].text == "-")


def _quantity(run: list[Token], value: float) -> Quantity:
    first, doc = run[0], run[0].doc
    before = [doc[i].lower_ for i in range(max(first.i - LOOK_BACK, first.sent.start), first.i)]
    low, high = bounds(value, before)
    words = " ".join(token.text for token in run)
    return Quantity(low=low, high=high, unit=_unit(run, doc), approximate=bool(set(before) & ABOUT), text=words)


def _unit(run: list[Token], doc: Doc) -> str:
    first, last = run[0], run[-1]
    if first.i and doc[first.i - 1].text in CURRENCY:
        return CURRENCY[doc[first.i - 1].text]
    following = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if following is not None and following.lower_ in ("%", "percent", "per"):
        return "percent"
    head = last.head
    return head.lemma_.lower() if head.pos_ in ("NOUN", "PROPN") else ""
