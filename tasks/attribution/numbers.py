"""Numbers in a content, with their units and the words that loosen them."""

import math
import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from tasks.model.claim import Quantity

SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
ONES = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS_IN_WORDS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TENS = {word: 10.0 * number for number, word in enumerate(TENS_IN_WORDS, start=2)}
FIGURE = re.compile(r"(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<short>k|m|mn|bn|tn)?$", re.IGNORECASE)
CURRENCY = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
ABOUT = frozenset({"about", "around", "some", "nearly", "almost", "roughly", "approximately", "circa", "up"})
AT_LEAST = frozenset({"least", "over", "more", "above", "exceeding"})
AT_MOST = frozenset({"most", "under", "fewer", "less", "below"})
DATE_LABELS = frozenset({"DATE", "TIME", "ORDINAL"})
LOOK_BACK = 3


def find_quantities(tokens: Sequence[Token]) -> Iterator[Quantity]:
    """Yield the quantities among the tokens; dates, ordinals and figures inside names are none."""
    at = 0
    while at < len(tokens):
        run = _run(tokens, at)
        if not run:
            at += 1
            continue
        at += len(run)
        value = _value([token.lower_ for token in run])
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
    known = lower in ONES or lower in TENS or lower.rstrip("s") in SCALE
    return bool(FIGURE.match(lower)) or (known and lower != "one") or (lower == "one" and token.dep_ == "nummod")


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


def _value(words: list[str]) -> float | None:
    """Return the number that the words spell, None where they spell none."""
    total, current = 0.0, 0.0
    for word in words:
        figure = FIGURE.match(word)
        if figure:
            current += float(figure["figure"].replace(",", "")) * SHORT.get((figure["short"] or "").lower(), 1.0)
        elif word in ONES or word in TENS:
            current += ONES.get(word, TENS.get(word, 0.0))
        elif word.rstrip("s") in SCALE:
            scale = SCALE[word.rstrip("s")]
            current = (current or 1.0) * scale
            if scale >= SCALE["thousand"]:
                total, current = total + current, 0.0
        elif word != "-":
            return None
    return total + current


def _quantity(run: list[Token], value: float) -> Quantity:
    first, doc = run[0], run[0].doc
    before = [doc[i].lower_ for i in range(max(first.i - LOOK_BACK, first.sent.start), first.i)]
    low, high = value, value
    if before[-3:-1] in (["no", "more"], ["not", "more"]) or before[-2:] in (["no", "more"], ["not", "more"]):
        low = -math.inf
    elif before[-3:-1] in (["no", "fewer"], ["no", "less"]) or set(before) & AT_LEAST:
        high = math.inf
    elif set(before) & AT_MOST or before[-2:] == ["up", "to"]:
        low = -math.inf
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
