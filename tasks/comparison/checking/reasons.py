"""Why an article has its stance, in plain words, and which pieces of it show that best."""

from collections.abc import Iterator, Sequence

from tasks.comparison.checking.evidence import Evidence
from tasks.comparison.checking.leaning import leaning
from tasks.comparison.checking.stance import Stance
from tasks.comparison.checking.stated import Statement
from tasks.comparison.checking.words import count_kinds
from tasks.comparison.judge import Label
from tasks.comparison.regression import Pull
from tasks.model.claim import Voice

SHOWN = 3  # pieces of evidence for one article
LEAST_COSINE = 0.40  # unrelated sentences of one field have about .3
TOLD = 3  # reasons for one article
LEAST_PULL = 0.05
PLACES = {"near": "beside the evidence", "lead": "in the first sentences", "article": "in the whole article"}
KINDS = {
    "refute": "words that call a thing not so",
    "deny": "words of denial",
    "doubt": "words of doubt",
    "hedge": "words that keep a distance",
    "modal": "words for what may be",
    "confirm": "words of confirmation",
    "attribute": "words that name a source",
    "spread": "words for what goes round the networks",
    "update": "words of correction",
    "negate": "negations",
}

OTHERS = {
    "best: agrees": "a passage that agrees with the statement",
    "best: conflicts": "a passage that is against the statement",
    "best: nearest": "nearness to the statement",
    "mean: agrees": "agreement with the statement, over all evidence",
    "mean: conflicts": "conflict with the statement, over all evidence",
    "structure: agrees": "a claim of the same parties, things and position",
    "structure: conflicts": "a claim of the same parties and things with the contrary position",
    "share: attributed": "evidence that is somebody else's word",
    "share: distanced": "evidence from which the outlet keeps away",
    "share: against": "evidence that holds something not to be so",
    "share: denied": "evidence that somebody denies",
    "share: confirmed": "evidence that somebody confirms",
    "share: alleged": "evidence that is alleged or charged",
    "share: no position": "evidence that is urged, promised or hoped for",
    "share: uncertain": "evidence that its source holds probable or possible",
    "share: through others": "evidence that came through other outlets",
    "statement: question": "a question in the statement itself",
    "statement: attributes": "words of somebody in the statement itself",
    "source: both sides": "sources on both sides of the statement",
    "outlet: against alone": "a passage of the outlet against the statement, and none for it",
    "share: leaning against": "evidence that leans against the statement",
    "place of the nearest": "distance of the nearest passage from the beginning",
    "claims of sources": "claims of sources in the whole article",
}
LEANING = {"for": "a passage that holds it to be so", "against": "a passage that holds it not to be so"}
GROUPS = {"outlet": "in the outlet's own voice", "source": "by sources", "lead": "in the first sentences"}


def bearing(statement: Statement, evidence: Sequence[Evidence], stance: Stance) -> tuple[Evidence, ...]:
    """Return the pieces that show a stance best, in the order of the text."""
    ranked = sorted(evidence, key=lambda one: (-_shows(statement, one, stance), one.piece.spans))
    kept = [one for one in ranked if one.cosine >= LEAST_COSINE][:SHOWN] or ranked[:1]
    return tuple(sorted(kept, key=lambda one: one.piece.spans))


def _shows(statement: Statement, one: Evidence, stance: Stance) -> float:
    """Return how well a piece shows a stance."""
    held = leaning(statement, one)
    match stance:
        case Stance.SUPPORTS:
            return one.cosine + one.agree - one.conflict + held.favours - held.opposes
        case Stance.DENIES:
            return one.cosine + one.conflict - one.agree + 2 * held.opposes
        case Stance.REPORTS:
            return one.cosine + 0.3 * (one.piece.voice is Voice.SOURCE or count_kinds(one.piece.around)["hedge"] > 0)
        case Stance.SILENT:
            return one.cosine


def why(pulls: Sequence[Pull]) -> tuple[str, ...]:
    """Return what speaks most for a stance: what the article has more or less of than articles have as a rule."""
    strong = [pull for pull in pulls if pull.strength >= LEAST_PULL][:TOLD]
    return tuple(f"{'more' if pull.above else 'less'} than usual: {in_words(pull.feature)}" for pull in strong)


def in_words(feature: str) -> str:
    """Return a feature of the table in plain words."""
    place, _, what = feature.partition(": ")
    kind, _, rest = what.partition(", ")
    if place in PLACES and kind in KINDS:
        return f"{KINDS[kind]} {PLACES[place]}" + (" (the statement has such words too)" if rest else "")
    if place == "statement" and kind in KINDS:
        return f"{KINDS[kind]} in the statement itself"
    if place in GROUPS and what in LEANING:
        return f"{LEANING[what]}, {GROUPS[place]}"
    if place in GROUPS and feature not in OTHERS:
        return f"{OTHERS[f'best: {what}']}, {GROUPS[place]}"
    return OTHERS[feature]


def reasons_of(one: Evidence) -> tuple[str, ...]:
    """Return how a piece of evidence stands to the statement, and why, in plain words."""
    return tuple(dict.fromkeys((*_by_structure(one), *_beside(one), _judged(one))))


def _by_structure(one: Evidence) -> Iterator[str]:
    if one.verdict is not None:
        yield f"structure: {one.verdict.relation}" + (f" ({one.verdict.kind})" if one.verdict.kind else "")
        yield from one.verdict.reasons


def _beside(one: Evidence) -> Iterator[str]:
    if one.piece.distanced:
        yield "the outlet keeps its distance"
    beside = count_kinds(one.piece.around)
    for kind in ("refute", "deny", "doubt", "hedge"):
        if beside[kind]:
            yield f"{KINDS[kind]} stand in the sentence"


def _judged(one: Evidence) -> str:
    shares = {Label.AGREE: one.agree, Label.CONFLICT: one.conflict}
    label, share = max(shares.items(), key=lambda item: item[1])
    rest = one.judgement.probabilities[Label.NEUTRAL]
    told = label if share > rest else Label.NEUTRAL
    return f"read beside the statement: {told} ({max(share, rest):.2f}), similarity {one.cosine:.2f}"
