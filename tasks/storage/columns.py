"""How the values of `tasks.model` are kept in columns: UTC times, and JSON that comes back as the frozen types."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, TypeVar

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from tasks.model.article import FieldNote, Span, Sureness
from tasks.model.claim import Entity, EntityKind, Party, Proposition, Quantity, Role, TimeRange
from tasks.model.finding import Carrier, Contribution, Origin, Side

T = TypeVar("T")


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time, kept and given back in UTC; SQLite itself would drop the time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the time in UTC; a naive time is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"times are aware: {value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the stored time as an aware one."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encoded(TypeDecorator[T]):
    """A value that is kept as JSON, by one function there and one function back."""

    impl = JSON
    cache_ok = True

    def __init__(self, encode: Callable[[T], object], decode: Callable[[Any], T]) -> None:
        """Keep the two functions; both must be module-level, since they are part of SQLAlchemy's cache key."""
        super().__init__()
        self.encode = encode
        self.decode = decode

    def process_bind_param(self, value: T | None, dialect: Dialect) -> object:  # noqa: ARG002
        """Return what the JSON column is to hold."""
        return None if value is None else self.encode(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> T | None:  # noqa: ARG002
        """Return the value that was kept."""
        return None if value is None else self.decode(value)


def encode_spans(spans: Iterable[Span]) -> list[list[int]]:
    """Return the offsets of each span."""
    return [[span.start, span.end] for span in spans]


def decode_spans(data: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the spans of the offsets."""
    return tuple(Span(start=start, end=end) for start, end in data)


def encode_entities(entities: Iterable[Entity]) -> list[list[str]]:
    """Return id, name and kind of each entity."""
    return [[entity.id, entity.name, entity.kind.value] for entity in entities]


def decode_entities(data: Iterable[tuple[str, str, str]]) -> tuple[Entity, ...]:
    """Return the entities of ids, names and kinds."""
    return tuple(Entity(id=entity_id, name=name, kind=EntityKind(kind)) for entity_id, name, kind in data)


def encode_proposition(claimed: Proposition) -> dict[str, object]:
    """Return the proposition as plain JSON."""
    entities = encode_entities(party.entity for party in claimed.parties)
    return {
        "statement": claimed.statement,
        "core": claimed.core,
        "predicates": claimed.predicates,
        "terms": claimed.terms,
        "parties": [[*entity, party.role.value] for entity, party in zip(entities, claimed.parties, strict=True)],
        "quantities": [encode_quantity(quantity) for quantity in claimed.quantities],
        "times": [[time.start.isoformat(), time.end.isoformat()] for time in claimed.times],
        "negated": claimed.negated,
        "forecast": claimed.forecast,
        "evidence": claimed.evidence,
    }


def decode_proposition(data: dict[str, Any]) -> Proposition:
    """Return the proposition that was kept."""
    return Proposition(
        statement=data["statement"],
        core=data["core"],
        predicates=tuple(data["predicates"]),
        terms=tuple(data["terms"]),
        parties=tuple(decode_party(party) for party in data["parties"]),
        quantities=tuple(decode_quantity(quantity) for quantity in data["quantities"]),
        times=tuple(TimeRange(start=date.fromisoformat(a), end=date.fromisoformat(b)) for a, b in data["times"]),
        negated=data["negated"],
        forecast=data["forecast"],
        evidence=data["evidence"],
    )


def decode_party(data: list[str]) -> Party:
    """Return the party of an id, a name, a kind and a role."""
    *entity, role = data
    return Party(entity=Entity(id=entity[0], name=entity[1], kind=EntityKind(entity[2])), role=Role(role))


def encode_quantity(quantity: Quantity) -> dict[str, object]:
    """Return the quantity; an open end becomes text, because JSON has no infinity and PostgreSQL refuses one."""
    low, high = (end if isfinite(end) else str(end) for end in (quantity.low, quantity.high))
    return {"low": low, "high": high, "unit": quantity.unit, "approximate": quantity.approximate, "text": quantity.text}


def decode_quantity(data: dict[str, Any]) -> Quantity:
    """Return the quantity that was kept."""
    return Quantity(**{**data, "low": float(data["low"]), "high": float(data["high"])})


def encode_origins(origins: Iterable[Origin]) -> list[list[object]]:
    """Return side, claims, reason and confidence of each origin."""
    return [[origin.side.value, origin.claim_ids, origin.reason, origin.confidence] for origin in origins]


def decode_origins(data: Iterable[list[Any]]) -> tuple[Origin, ...]:
    """Return the origins of sides, claims and reasons; what was stored before there was a confidence has none."""
    return tuple(
        Origin(side=Side(side), claim_ids=tuple(ids), reason=reason, confidence=rest[0] if rest else 1.0)
        for side, ids, reason, *rest in data
    )


def encode_carriers(carriers: Iterable[Carrier]) -> list[list[str]]:
    """Return outlet, contribution and reason of each carrier."""
    return [[carrier.outlet, carrier.contribution.value, carrier.reason] for carrier in carriers]


def decode_carriers(data: Iterable[tuple[str, str, str]]) -> tuple[Carrier, ...]:
    """Return the carriers of outlets, contributions and reasons."""
    return tuple(Carrier(outlet=name, contribution=Contribution(kind), reason=why) for name, kind, why in data)


def encode_notes(notes: Iterable[FieldNote]) -> list[list[str]]:
    """Return field, place and sureness of each note."""
    return [[note.field, note.place, note.sureness.value] for note in notes]


def decode_notes(data: Iterable[tuple[str, str, str]]) -> tuple[FieldNote, ...]:
    """Return the notes of fields, places and sureness."""
    return tuple(FieldNote(field=field, place=place, sureness=Sureness(sure)) for field, place, sure in data)


def encode_strings(words: Iterable[str]) -> list[str]:
    """Return the words as a list."""
    return list(words)


def decode_strings(data: Iterable[str]) -> tuple[str, ...]:
    """Return the words as a tuple."""
    return tuple(data)


def can_be_stored(text: str) -> bool:
    """Return whether both databases take the text: PostgreSQL has no zero character, UTF-8 no half of a pair."""
    return text == printable(text)


def printable(text: str) -> str:
    """Return the text with what no database takes replaced; a file name may hold such characters."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


SPANS = Encoded(encode_spans, decode_spans)
ENTITIES = Encoded(encode_entities, decode_entities)
PROPOSITION = Encoded(encode_proposition, decode_proposition)
ORIGINS = Encoded(encode_origins, decode_origins)
CARRIERS = Encoded(encode_carriers, decode_carriers)
NOTES = Encoded(encode_notes, decode_notes)
STRINGS = Encoded(encode_strings, decode_strings)
