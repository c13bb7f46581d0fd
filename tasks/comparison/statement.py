"""The statement of a finding: the words of the claim that says the matter most clearly."""

from collections.abc import Iterable, Sequence

from tasks.comparison.concepts import words_of
from tasks.model.claim import Act, Certainty, Claim, Position, Voice
from tasks.model.finding import RelatedPair, Relation

SHORTEST, LONGEST = 4, 25  # words: less says nothing, more is not read
ENOUGH_PARTIES = 2
POINTING = frozenset({"there", "here", "it", "its", "they", "their", "them", "his", "her", "this", "that", "so"})
VAGUE_STARTS = frozenset({"we", "i", "he", "she", "it", "they", "this", "that", "these", "those", "there", "you"})


def choose_anchor(claims: Sequence[Claim], pairs: Iterable[RelatedPair]) -> Claim:
    """Return the claim whose words state the matter: positive and plain where there is one, and nearest to the rest."""
    weight: dict[str, float] = dict.fromkeys((claim.id for claim in claims), 0.0)
    for pair in pairs:
        share = 2 * pair.confidence if pair.relation is Relation.CONFLICT else pair.confidence
        weight[pair.left] = weight.get(pair.left, 0.0) + share
        weight[pair.right] = weight.get(pair.right, 0.0) + share
    heaviest = max(weight.values()) or 1.0
    return max(
        claims, key=lambda claim: (_positive(claim), _clarity(claim) + 3 * weight[claim.id] / heaviest, claim.id)
    )


def _positive(claim: Claim) -> int:
    """Return 3 for what somebody holds to be so, 2 for what is denied, 1 for what is said not to be, 0 for the rest."""
    if claim.position is Position.FOR and not claim.proposition.negated:
        return 3
    if claim.position is Position.AGAINST:
        return 1 if claim.proposition.negated else 2
    return 0


def _clarity(claim: Claim) -> float:
    """Return how well the words of a claim stand alone; each part is one point or less."""
    words = words_of(claim.proposition.statement)
    parts = (
        claim.act in {Act.ASSERT, Act.CONFIRM, Act.ACCUSE, Act.DENY},
        claim.voice is Voice.SOURCE,
        SHORTEST <= len(words) <= LONGEST,
        bool(words) and words[0] not in VAGUE_STARTS,
        claim.certainty is Certainty.CERTAIN,
        not claim.proposition.forecast,
        not claim.distanced,
    )
    pointing = sum(word in POINTING for word in words)
    named = min(len(claim.proposition.parties), ENOUGH_PARTIES) / ENOUGH_PARTIES
    return sum(parts) + named - len(words) / 100 - pointing / 2
