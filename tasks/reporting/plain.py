"""The reasons of the comparison in plain words, for readers who have never seen how claims are compared."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from tasks.reporting.words import day, joined, sentence

ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
ONCE = re.compile(r"\d[\d,]* (?:articles|statements in one article), one origin: ")
SAME = re.compile(r"(.+) is (the source of all|among those who speak jointly)")
FIGURES = re.compile(r"the numbers cannot both hold: (.+) against (.+)", re.IGNORECASE)

# What shows that two claims speak of one matter. One sentence holds all of it: "both" and these.
SIGNS = (
    (r"both speak of (.+)", r"speak of \1"),
    (r"same event: (.+)", r"tell of one kind of event (\1)"),
    (r"same kind of event: (.+), (.+)", r"tell of one kind of event (\1 or \2)"),
    (r"same kind of thing: (.+), (.+)", r"name one kind of thing (\1 or \2)"),
    (r"the same number: (.+)", r"give the number \1"),
    (r"the wording is close \(similarity (?:1\.00|0\.9[5-9])\)", "use nearly the same words"),
    (r"the wording is close \(similarity .+\)", "use much the same words"),
)
# All other reasons that a reader would stumble over; what is not here stands as it is.
PLAIN = (
    (r"(.+) takes two positions: a change, not a conflict between sources", r"\1 said one thing and then another"),
    (r"both report (.+): one origin", r"both go back to \1, who counts once"),
    (r"the numbers cannot both hold: (.+) against (.+)", r"both numbers cannot be right at once: \1 and \2"),
    (r"the numbers can both hold: (.+) and (.+)", r"both numbers can be right at once: \1 and \2"),
    (r"all signals together do not make it sure", "taken together, the signs are too weak to be sure"),
    (r"all signals together say that both hold the same", "taken together, the signs say that both mean the same"),
    (r"it is not sure that they mean one thing", "they may not mean the same thing"),
    (r"alike enough to be of one matter; .+", "they are alike; how they stand to each other cannot be told"),
    (r"the words are opposites: (.+), (.+)", r"they use opposite words: \1 and \2"),
    (r"they count in different places: (.+) and (.+)", r"they count in two places: \1 and \2"),
    (r"who does it differs: (.+) against (.+)", r"they name two who did it: \1 and \2"),
    (
        r"it happens once, and the dates differ: (.+) against (.+)",
        r"it happens once, and they name two days: \1 and \2",
    ),
    (r"they speak of different times: (.+) and (.+)", r"they speak of different times: \1 and \2"),
    (r"what is denied is not in the other claim: (.+)", r"the other claim does not speak of what is denied: \1"),
    (r"the words that are for it hold a negation of their own", "the other claim is put in the negative itself"),
    (r"the words that are for it suppose or ask it", "the other claim only supposes it, or asks"),
    (r"the words that are for it (speak of .+)", r"the words that say so \1"),
)


def plain_reason(reason: str) -> str:
    """Return one reason as a sentence in plain words."""
    words = " ".join(reason.split())
    for pattern, plain in PLAIN:
        found = re.fullmatch(pattern, words, re.IGNORECASE)
        if found:
            words = found.expand(plain)
            break
    return sentence(ISO.sub(_day, words))


def plain_reasons(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the reasons as sentences, each once; what shows that it is one matter stands together at the end."""
    given = [reason for reason in dict.fromkeys(reasons) if reason.strip()]
    signs = [sign for sign in map(sign_of, given) if sign]
    others = [plain_reason(reason) for reason in given if not sign_of(reason)]
    return tuple(dict.fromkeys((*others, *([sentence(f"both {joined(signs)}")] if signs else ()))))


def why_once(reason: str) -> str:
    """Return why the reports of an origin count once, without how many they are, which stands beside it."""
    told = ONCE.sub("", " ".join(reason.split())).split("; ")
    return sentence("; ".join(SAME.sub(_same, words) for words in told))


def numbers_in(reason: str) -> tuple[str, ...]:
    """Return the two numbers of which the reason says that they cannot both hold; none where it says no such thing."""
    found = FIGURES.fullmatch(" ".join(reason.split()))
    return found.groups() if found else ()


def _same(found: re.Match[str]) -> str:
    told = "quoted more than once" if found[2] == "the source of all" else "among those who say it together"
    return f"{found[1]} is {told}"


def sign_of(reason: str) -> str:
    """Return the reason as part of a sentence where it shows that two claims speak of one matter; else nothing."""
    words = " ".join(reason.split())
    found = ((re.fullmatch(pattern, words, re.IGNORECASE), plain) for pattern, plain in SIGNS)
    return next((match.expand(plain) for match, plain in found if match), "")


def _day(found: re.Match[str]) -> str:
    try:
        return day(datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC))
    except ValueError:  # 2031-02-30 is somebody's typing, not a day
        return found[0]
