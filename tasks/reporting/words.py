"""The plain words of a report: one function per kind, so that a new case cannot be forgotten."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tasks.model.article import SetAsideReason
from tasks.model.claim import Act, Certainty, EntityKind
from tasks.model.finding import Contribution, Side, Stake, Status

OPENING = "\"'“‘«(["
CLOSING = "\"'”’»)]"
# Seven tenths is where a conflict is shown as one, and half is where an agreement is (`tasks.comparison.weighing`).
LIKELIHOODS = ((0.9, "very likely"), (0.7, "likely"), (0.5, "rather likely"), (0.0, "uncertain"))


def status_label(status: Status) -> str:
    """Return the one or two words that stand on a finding."""
    match status:
        case Status.DISPUTED:
            return "Disputed"
        case Status.SEVERAL_ORIGINS:
            return "Several origins"
        case Status.SINGLE_ORIGIN:
            return "Single origin"
        case Status.DENIED:
            return "Denied"
        case Status.SHIFTED:
            return "Shifted"
        case Status.UNCLEAR:
            return "Unclear"


def status_sentence(status: Status, *, denied: bool = True) -> str:
    """Return what the status means, as a sentence."""
    match status:
        case Status.DISPUTED:
            return f"Some sources say so and others {'deny it' if denied else 'say otherwise'}."
        case Status.SEVERAL_ORIGINS:
            return "More than one origin says so; none in these articles denies it."
        case Status.SINGLE_ORIGIN:
            return "It goes back to one origin; not corroborated here."
        case Status.DENIED:
            return "It is denied here; no source in these articles asserts it."
        case Status.SHIFTED:
            return "A source has changed its position on this."
        case Status.UNCLEAR:
            return "The reports differ, and it cannot be told here how."


def side_title(side: Side, *, denied: bool = True) -> str:
    """Return the heading of a column of a finding; where nobody denies, the other side gives another account."""
    match side:
        case Side.FOR:
            return "Says so"
        case Side.AGAINST:
            return "Denies" if denied else "Says otherwise"
        case Side.DECLINES:
            return "Declines"
        case Side.BESIDE:
            return "Also on this matter"


def side_letter(side: Side) -> str:
    """Return the letter of a side in the matrix."""
    match side:
        case Side.FOR:
            return "S"
        case Side.AGAINST:
            return "D"
        case Side.DECLINES:
            return "–"
        case Side.BESIDE:
            return "·"


def stake_words(stake: Stake) -> str:
    """Return what a source has to do with the matter; nothing where that is not known."""
    match stake:
        case Stake.PARTY:
            return "party to the matter"
        case Stake.OPPONENT:
            return "opponent of a party"
        case Stake.THIRD_PARTY:
            return "third party"
        case Stake.UNKNOWN:
            return ""


def contribution_words(contribution: Contribution) -> str:
    """Return what an outlet brings to a finding."""
    match contribution:
        case Contribution.ADDS:
            return "Adds a source of its own"
        case Contribution.REPEATS:
            return "Repeats what began elsewhere"


def plural(verb: str) -> str:
    """Return the words of an act for several: "denies it" -> "deny it"."""
    if " or " in verb:
        return " or ".join(map(plural, verb.split(" or ")))
    first, _, rest = verb.partition(" ")
    bare = first[:-3] + "y" if first.endswith("ies") else first.removesuffix("s")
    return f"{bare} {rest}".strip()


def act_words(act: Act) -> str:  # noqa: C901, PLR0911 - one line for each act
    """Return the verb for what a source does."""
    match act:
        case Act.ASSERT:
            return "says"
        case Act.DENY:
            return "denies"
        case Act.ALLEGE:
            return "alleges"
        case Act.ACCUSE:
            return "accuses"
        case Act.CONFIRM:
            return "confirms"
        case Act.JUDGE:
            return "gives a judgement"
        case Act.HEDGE:
            return "suggests"
        case Act.URGE:
            return "urges"
        case Act.PROMISE:
            return "promises"
        case Act.DECLINE:
            return "declines to comment"
        case Act.RETRACT:
            return "takes back"
        case Act.ATTITUDE:
            return "wants or hopes"


def certainty_words(certainty: Certainty) -> str:
    """Return how sure the source says it is; nothing where it shows no doubt."""
    match certainty:
        case Certainty.CERTAIN:
            return ""
        case Certainty.PROBABLE:
            return "as probable"
        case Certainty.POSSIBLE:
            return "as possible"


def kind_words(kind: EntityKind) -> str:
    """Return what a source is."""
    match kind:
        case EntityKind.PERSON:
            return "person"
        case EntityKind.STATE:
            return "state"
        case EntityKind.BODY:
            return "organisation"
        case EntityKind.GROUP:
            return "unnamed people"
        case EntityKind.OUTLET:
            return "outlet"
        case EntityKind.UNKNOWN:
            return ""


def reason_words(reason: SetAsideReason) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each reason
    """Return why an input was not taken."""
    match reason:
        case SetAsideReason.EMPTY:
            return "empty"
        case SetAsideReason.BINARY:
            return "not a text"
        case SetAsideReason.ENCODING:
            return "encoding not understood"
        case SetAsideReason.LANGUAGE:
            return "another language"
        case SetAsideReason.TOO_LARGE:
            return "too large"
        case SetAsideReason.NO_ARTICLE:
            return "no article found in it"
        case SetAsideReason.BAD_RECORD:
            return "record cannot be used"
        case SetAsideReason.UNSUPPORTED:
            return "kind of file not supported"
        case SetAsideReason.NOT_FOUND:
            return "not found"
        case SetAsideReason.LINK_LOOP:
            return "link that leads back to itself"
        case SetAsideReason.REFUSED:
            return "may not be fetched"
        case SetAsideReason.FETCH_FAILED:
            return "could not be fetched"
        case SetAsideReason.FAILED:
            return "failed while being read"


def likelihood_words(confidence: float) -> str:
    """Return a probability from 0 to 1 in words; nothing where none was given."""
    return next((words for least, words in LIKELIHOODS if confidence >= least), "") if confidence else ""


def count(number: int, noun: str) -> str:
    """Return the number with its noun: "1 article", "3 articles", "2 matters"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def joined(names: Sequence[str]) -> str:
    """Return the names as a phrase: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def sentence(words: str) -> str:
    """Return the words with a capital letter in front and a full stop behind."""
    text = " ".join(words.split())
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.rstrip(CLOSING).endswith((".", "!", "?", "…")) else f"{text}."


def headline(words: str) -> str:
    """Return the words with a capital letter in front and no full stop behind."""
    whole = sentence(words)
    return whole[:-1] if whole.endswith(".") and not whole.endswith("..") else whole


def day(moment: datetime | None) -> str:
    """Return the day in UTC in words: "9 November 2024", or "date unknown"."""
    if moment is None:
        return "date unknown"
    at = moment.astimezone(UTC)
    return f"{at.day} {at:%B %Y}"


def minute(moment: datetime) -> str:
    """Return the day and the minute in UTC: "9 November 2024, 14:05 UTC"."""
    return f"{day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def stamp(moment: datetime | None) -> str:
    """Return the time as ISO 8601 with Z, to the second; empty where it is unknown."""
    return "" if moment is None else f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def period(moments: Sequence[datetime]) -> str:
    """Return the days from the first to the last moment; empty where none is known."""
    if not moments:
        return ""
    first, last = day(min(moments)), day(max(moments))
    return first if first == last else f"{first} to {last}"
