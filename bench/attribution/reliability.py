"""Whether a confidence is what it says: of what is found with 0.7, seven tenths should be right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bench.attribution.matching import Matched

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The attributions whose confidence lies in one tenth."""

    number: int
    confidence: float  # their mean
    right: float  # the share of them that is right end to end


def judged(articles: Iterable[Matched]) -> list[tuple[float, bool]]:
    """Return the confidence of everything found, and whether it is right."""
    return [
        (one.confidence, f in right)
        for matched in articles
        for right in [{f for _, f in matched.right}]
        for f, one in enumerate(matched.found)
    ]


def bins_of(judgements: Sequence[tuple[float, bool]]) -> dict[int, Bin]:
    """Return the bins that hold anything, by their place: 0 is from 0.0 to 0.1."""
    ordered = sorted(judgements)
    grouped = (
        (place, list(group)) for place, group in groupby(ordered, key=lambda one: min(int(one[0] * BINS), BINS - 1))
    )
    return {
        place: Bin(
            number=len(group),
            confidence=sum(confidence for confidence, _ in group) / len(group),
            right=sum(right for _, right in group) / len(group),
        )
        for place, group in grouped
    }


def expected_error(bins: Iterable[Bin]) -> float:
    """Return the expected calibration error: how far confidence and right share lie apart, over all that was found."""
    bins = list(bins)
    number = sum(one.number for one in bins)
    return sum(one.number * abs(one.confidence - one.right) for one in bins) / max(number, 1)


def show(articles: Sequence[Matched]) -> Iterator[str]:
    """Yield the lines of the table of reliability, and how often each rule is right."""
    bins = bins_of(judged(articles))
    yield f"{'confidence':16}{'found':>7}{'mean':>8}{'right':>8}"
    for place, one in bins.items():
        span = f"{place / BINS:.1f} to {(place + 1) / BINS:.1f}"
        yield f"{span:16}{one.number:7}{one.confidence:8.3f}{one.right:8.3f}"
    yield f"expected calibration error {expected_error(bins.values()):.3f}"


def show_rules(articles: Sequence[Matched]) -> Iterator[str]:
    """Yield how often what each rule finds is right, the frequent ones first."""
    by_rule: dict[str, list[bool]] = {}
    for matched in articles:
        right = {f for _, f in matched.right}
        for f, one in enumerate(matched.found):
            by_rule.setdefault(one.rule, []).append(f in right)
    for rule, hits in sorted(by_rule.items(), key=lambda item: -len(item[1])):
        yield f"{rule:24}{len(hits):7}{sum(hits) / len(hits):8.3f}"
