"""Whether a draft is an attribution at all, once it is known who its source is and what its words do."""

from tasks.attribution.acts import is_deed
from tasks.attribution.discourse import Resolved
from tasks.attribution.drafts import Draft
from tasks.attribution.idle import is_idle
from tasks.attribution.nominals import head_of
from tasks.attribution.phrases import passive
from tasks.attribution.sources import may_speak
from tasks.model.claim import Act

# Words that report of themselves only where somebody speaks; a visit "underscores", a risk "raises alarms".
THINGS_DO_NOT = frozenset(
    {
        "object",
        "preposition",
        "noun",
        "object-as",
        "object-for",
        "object-of",
        "object-in",
        "to",
        "on-to",
        "called-false",
    }
)
# What may be told without saying whose it is: "is believed to have fled", "was charged with", "it was reported that".
THING_SURE = 0.8
JUDGED_SURE = 0.6
AGENTLESS = frozenset({Act.DENY, Act.ALLEGE, Act.ACCUSE, Act.ASSERT, Act.CONFIRM, Act.HEDGE})
SOURCELESS = frozenset(
    {"clause", "object-of", "object-with", "object-for", "object-on", "preposition", "this-was-reported"}
)
PEOPLE = frozenset({"me", "him", "her", "us", "them", "you", "himself", "herself", "themselves"})


def holds(draft: Draft, who: Resolved) -> bool:
    """Return whether a draft is an attribution at all, once it is known who its source is."""
    if is_idle(draft, who):
        return False
    if draft.confidence:
        # The network has weighed the rest, sources that are not named too; of things that "highlight" it knows less.
        things = draft.rule in THINGS_DO_NOT and draft.row is not None and draft.row.things and bool(draft.source)
        things = things and not _says_that(draft)
        # "the insistence was mocked": by whom nobody says
        mocked = draft.act is Act.JUDGE and not draft.source and draft.confidence < JUDGED_SURE
        return not (mocked or is_deed(draft)) and (
            not things or draft.confidence >= THING_SURE or may_speak(draft, who)
        )
    if not draft.source:
        verb = next((token for token in draft.cue if token.pos_ == "VERB"), None)
        # "is disputed whether" tells of a dispute, and of nobody who denies
        agentless = verb is not None and passive(verb) and verb.lemma_ != "dispute"
        return agentless and draft.act in AGENTLESS and draft.rule in SOURCELESS
    # "does not blame him", "is not described as": nothing is said, and nothing refused
    unsaid = draft.act is Act.DECLINE and draft.rule.startswith(("object-", "called"))
    # "contradicted her" denies nothing in particular
    nothing = draft.act is Act.DENY and draft.root is not None and draft.root.lower_ in PEOPLE
    if unsaid or nothing:
        return False
    if head_of(draft.source).lower_ in ("this", "that", "these", "those", "there", "which", "what"):
        return False
    speaks = draft.row is not None and not draft.row.things
    return draft.rule not in THINGS_DO_NOT or speaks or _says_that(draft) or may_speak(draft, who)


def _says_that(draft: Draft) -> bool:
    """Return whether a noun has a clause for its content: whoever makes "a claim that it fell" can speak."""
    return draft.rule == "noun" and draft.root is not None and draft.root.pos_ in ("VERB", "AUX")
