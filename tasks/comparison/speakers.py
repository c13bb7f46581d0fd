"""Who speaks in a claim, for comparing sources and for naming them in a reason."""

from tasks.comparison.names import shared
from tasks.comparison.signals import join_names
from tasks.model.claim import Act, Claim, Entity, EntityKind, Voice

DESCRIBED = 4  # words: "a source" may be anybody, "a source close to the board" hardly
UNNAMED = frozenset({EntityKind.GROUP, EntityKind.UNKNOWN})  # "officials" here and there are not the same people


def speaker_of(claim: Claim) -> str:
    """Return the name of the source for a sentence: the persons, else the states that speak jointly, else the first."""
    if claim.voice is Voice.OUTLET:
        return "the outlet itself"
    group = bool(claim.entities) and claim.entities[0].kind in UNNAMED  # "the ministers, Kim among them"
    persons = [entity.name for entity in claim.entities if entity.kind is EntityKind.PERSON and not group]
    everybody = [entity.name for entity in claim.entities]
    names = persons or (everybody if is_joint(claim) else everybody[:1])
    return join_names(list(dict.fromkeys(names))) if names else "an unnamed source"


def named_sources(claim: Claim) -> tuple[Entity, ...]:
    """Return the entities that are somebody in particular: no groups, none for the outlet's own voice."""
    if claim.voice is Voice.OUTLET or not claim.resolved:
        return ()
    return tuple(entity for entity in claim.entities if entity.kind not in UNNAMED)


def same_source(left: Claim, right: Claim) -> bool:
    """Return whether somebody in particular speaks in both claims.

    A person who speaks for a body is the person: two ministers of one government are two sources.
    """
    return bool(shared(speaking(left), speaking(right)))


def perhaps_one(left: Claim, right: Claim) -> bool:
    """Return whether two sources without a name are described in the same words: "source close to the board"."""
    described = [
        {entity.name.casefold() for entity in claim.entities if entity.kind in UNNAMED} for claim in (left, right)
    ]
    return any(len(name.split()) >= DESCRIBED for name in described[0] & described[1])


def speaking(claim: Claim) -> tuple[Entity, ...]:
    """Return the persons who speak, or the bodies where no person is named."""
    sources = named_sources(claim)
    return tuple(entity for entity in sources if entity.kind is EntityKind.PERSON) or sources


def is_joint(claim: Claim) -> bool:
    """Return whether several speak with one voice: two persons, or two states; a ministry and its state are one."""
    kinds = [entity.kind for entity in named_sources(claim)]
    persons = kinds.count(EntityKind.PERSON)
    return persons > 1 or (persons == 0 and kinds.count(EntityKind.STATE) > 1)


def does_what(claim: Claim) -> str:
    """Return the speaker and what the speaker does, as a sentence without its full stop."""
    who = speaker_of(claim)
    several = is_joint(claim) or (len(claim.entities) == 1 and claim.entities[0].kind in UNNAMED and who.endswith("s"))
    one, many, rest = phrase_of(claim)
    return f"{who} {many if several else one} {rest}"


def phrase_of(claim: Claim) -> tuple[str, str, str]:  # noqa: PLR0911  (one phrase for each act)
    """Return what the speaker does: the verb for one, the verb for several, and what follows it."""
    so = "that it is not so" if claim.proposition.negated else "so"
    match claim.act:
        case Act.ASSERT | Act.CONFIRM:
            return "says", "say", so
        case Act.ALLEGE | Act.ACCUSE:
            return "alleges", "allege", "it" if so == "so" else so
        case Act.HEDGE:
            return "holds", "hold", "it likely or possible"
        case Act.JUDGE:
            return "judges", "judge", "it, and so takes it for granted"
        case Act.DENY:
            return "denies", "deny", "evidence of it" if claim.proposition.evidence else "it"
        case Act.RETRACT:
            return "takes", "take", "it back"
        case Act.DECLINE | Act.URGE | Act.PROMISE | Act.ATTITUDE:
            return _without_position(claim.act)


def _without_position(act: Act) -> tuple[str, str, str]:
    match act:
        case Act.DECLINE:
            return "declines", "decline", "to speak about it"
        case Act.URGE:
            return "urges", "urge", "it"
        case Act.PROMISE:
            return "promises", "promise", "it"
        case _:
            return "takes", "take", "a view of it"
