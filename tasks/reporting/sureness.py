"""How sure something is, in the fixed words that the method note explains; and what counts as left open."""

from tasks.model.claim import Claim, Voice
from tasks.model.finding import Finding, Kind, RelatedPair, Relation, Status
from tasks.reporting.words import likelihood_words

DOUBTFUL = 0.7  # below it, a card says how sure it is that source and words belong together


def is_open(pair: RelatedPair) -> bool:
    """Return whether a pair is shown as one of which it cannot be told how the two stand to each other."""
    return pair.relation is Relation.UNSURE and pair.kind is not Kind.SAME_MATTER


def has_no_source(claim: Claim) -> bool:
    """Return whether nobody known speaks: nobody is named, or a word such as "he" leads to nobody."""
    return not claim.resolved or not (claim.entities or claim.source)


def source_remark(claim: Claim) -> str:
    """Return how sure it is who said what, where that is doubtful; empty else."""
    if claim.voice is not Voice.SOURCE or claim.confidence >= DOUBTFUL or not claim.confidence:
        return ""
    return f"that source and words belong together: {likelihood_words(claim.confidence)}"


def pair_sureness(pair: RelatedPair) -> str:
    """Return how sure it is how two claims stand to each other, as a sentence; empty where no number is known."""
    likely = likelihood_words(pair.confidence)
    if not likely:
        return ""
    match pair.relation:
        case Relation.CONFLICT:
            return f"That sources stand against each other here: {likely}."
        case Relation.AGREE:
            return f"That several say the same: {likely}."
        case Relation.COMPATIBLE:
            said = "the source changed its position" if pair.kind is Kind.SHIFT else "both speak of one thing"
            return f"That {said}: {likely}."
        case Relation.UNSURE:
            return f"That they say the same, or that they stand against each other, whichever is likelier: {likely}."


def finding_sureness(finding: Finding) -> str:
    """Return how sure the surest pair is on which the status of a finding rests; empty where none does."""
    match finding.status:
        case Status.DISPUTED:
            pairs = [pair for pair in finding.pairs if pair.relation is Relation.CONFLICT]
        case Status.SHIFTED:
            pairs = [pair for pair in finding.pairs if pair.kind is Kind.SHIFT]
        case Status.SEVERAL_ORIGINS:
            pairs = [pair for pair in finding.pairs if pair.relation is Relation.AGREE]
        case _:
            pairs = []
    return pair_sureness(max(pairs, key=lambda pair: (pair.confidence, pair.left, pair.right))) if pairs else ""
