"""How reading the outlets has gone, over all runs: what a newsroom looks at when one falls silent."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.model.article import SetAsideReason
from tasks.model.health import OutletHealth
from tasks.reporting.view_claims import DateView, date_view
from tasks.reporting.words import count, reason_words


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView:
    """One outlet as a row of the table."""

    name: str
    host: str
    fetched: str
    failed: str
    empty: str
    other: str
    average: str
    last_success: DateView
    last_failure: str  # its day and its reason; empty where nothing has failed


def health_views(health: Iterable[OutletHealth]) -> tuple[HealthView, ...]:
    """Return the outlets, those that brought least of what was asked for first."""
    return tuple(health_view(one) for one in sorted(health, key=_by_need))


def health_words(health: Iterable[OutletHealth]) -> str:
    """Return in a few words how reading the outlets goes now; empty where nothing is known of any."""
    known = list(health)
    failing = sum(one.is_failing for one in known)
    if not known:
        return ""
    return f"{failing:,} of {count(len(known), 'outlet')} failing" if failing else "no outlet failing"


def _by_need(one: OutletHealth) -> tuple[float, str, str]:
    troubles = one.failed + one.empty
    return -(troubles / (troubles + one.fetched) if troubles else 0.0), one.name, one.host


def health_view(one: OutletHealth) -> HealthView:
    """Return the row of one outlet."""
    return HealthView(
        name=one.name or one.host,
        host=one.host if one.host != one.name else "",
        fetched=f"{one.fetched:,}",
        failed=f"{one.failed:,}",
        empty=f"{one.empty:,}",
        other=f"{one.other:,}",
        average=f"{one.average:,}" if one.fetched else "",
        last_success=date_view(one.last_success_at) if one.last_success_at else DateView(iso="", words="never"),
        last_failure=_failure(one),
    )


def _failure(one: OutletHealth) -> str:
    if one.last_failure_at is None:
        return ""
    return f"{date_view(one.last_failure_at).words}: {reason_words(SetAsideReason(one.last_reason))}"
