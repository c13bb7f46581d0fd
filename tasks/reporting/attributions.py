"""The claims of one text as the records of `rashomon extract`: outermost attributions, the others nested in them."""

from collections.abc import Iterable, Sequence
from typing import Any

from tasks.model.article import Span, words_of
from tasks.model.claim import Claim, Entity, Voice
from tasks.reporting.source_types import source_type
from tasks.reporting.speakers import speaking_entities


def attribution_rows(claims: Iterable[Claim], text: str) -> list[dict[str, Any]]:
    """Return one record for each attribution that sits in no other, in the order of the text."""
    quoted = [claim for claim in claims if claim.voice is Voice.SOURCE]
    known = {claim.id for claim in quoted}
    children: dict[str, list[Claim]] = {}
    for claim in sorted(quoted, key=lambda claim: (min(claim.content), claim.id)):
        children.setdefault(claim.parent if claim.parent in known else "", []).append(claim)
    return [_record(claim, text, children) for claim in children.get("", [])]


def _record(claim: Claim, text: str, children: dict[str, list[Claim]]) -> dict[str, Any]:
    return {
        "source": offsets(claim.source) or None,
        "cue": offsets(claim.cue) or None,
        "content": offsets(claim.content),
        "kind": claim.speech.value,
        "act": claim.act.value,
        "position": claim.position.value,
        "certainty": claim.certainty.value,
        "source_entities": [entity_record(entity) for entity in claim.entities],
        "resolved": claim.resolved,
        "source_type": source_type(claim),
        "joint": len(speaking_entities(claim.entities, words_of(text, claim.source))) > 1 if claim.entities else False,
        "distanced": claim.distanced,
        "basis": words_of(text, claim.basis) or None,
        "via": list(claim.via),
        "statement": claim.proposition.statement,
        "confidence": claim.confidence,
        "nested": [_record(child, text, children) for child in children.get(claim.id, [])],
    }


def entity_record(entity: Entity) -> dict[str, str]:
    """Return who it is as plain values."""
    return {"id": entity.id, "name": entity.name, "kind": entity.kind.value}


def offsets(spans: Sequence[Span]) -> list[list[int]]:
    """Return the half-open character offsets of the spans."""
    return [[span.start, span.end] for span in spans]
