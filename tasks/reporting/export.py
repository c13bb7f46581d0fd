"""The rows of an export: every row self-contained, every key there, null where a thing is unknown."""

from collections.abc import Iterable, Sequence
from typing import Any

from tasks.model.agencies import credit_of
from tasks.model.article import Article, SetAside, Span
from tasks.model.claim import Claim
from tasks.model.evidence import Capture
from tasks.model.finding import Carrier, Finding, Member, Origin, RelatedPair, Side
from tasks.model.health import OutletHealth
from tasks.model.run import Provenance
from tasks.reporting.attributions import entity_record, offsets
from tasks.reporting.edits import Edit, edit_view, find_edits
from tasks.reporting.evidence import Evidence, gather_evidence
from tasks.reporting.links import safe_url
from tasks.reporting.material import Material
from tasks.reporting.view_findings import origin_count
from tasks.reporting.words import stamp

Row = dict[str, Any]


def export_rows(material: Material) -> dict[str, list[Row]]:
    """Return the rows of each kind; raise EvidenceError where a claim points at no words."""
    evidence = gather_evidence(material)
    edits = find_edits(material)
    pairs = {(pair.left, pair.right): pair for finding in material.findings for pair in finding.pairs}
    return {
        "articles": [
            *(article_row(article, material) for article in material.articles),
            *map(set_aside_row, material.set_asides),
        ],
        "claims": [claim_row(claim, evidence, material) for claim in material.claims],
        "relations": [relation_row(pairs[key]) for key in sorted(pairs)],
        "findings": [finding_row(finding, evidence) for finding in material.findings],
        "edits": [edit_row(edits[key]) for key in sorted(edits)],
        "outlets": [outlet_row(one) for one in material.health],
    }


def article_row(article: Article, material: Material) -> Row:
    """Return one article that was read."""
    return {
        "id": article.id,
        **_place(article),
        "title": article.title or None,
        "author": article.author or None,
        "site_name": article.site_name or None,
        "published_at": stamp(article.published_at) or None,
        "modified_at": stamp(article.modified_at) or None,
        "dateline": article.dateline or None,
        "fields": [{"field": n.field, "place": n.place, "sureness": n.sureness.value} for n in article.field_notes],
        "retrieved_at": stamp(article.retrieved_at),
        "language": article.language or None,
        "sha256": article.sha256 or None,
        "text": article.text,
        "version": article.version,
        "superseded": article.superseded,
        "copy_of": article.copy_of or None,
        "credit": credit_of(article.text) or None,
        "capture": capture_record(material.captures.get(article.id)),
        "status": "read",
        "reason": None,
        "detail": None,
    }


def capture_record(capture: Capture | None) -> Row | None:
    """Return from which bytes a text was made and how they came; None where nothing is known of it."""
    if capture is None:
        return None
    return {
        "fetched_at": stamp(capture.fetched_at),
        "url_final": capture.url_final or None,
        "status": capture.status or None,
        "size": capture.size,
        "headers": [{"name": name, "value": value} for name, value in sorted(capture.headers.items())],
        "parser": capture.parser,
    }


def edit_row(edit: Edit) -> Row:
    """Return what an edit changed: its sentences in full, its claims by their ids."""
    view = edit_view(edit)
    return {
        "article": edit.article.id,
        "before": edit.before.id,
        "url": edit.article.url,
        "version": edit.article.version,
        "added": list(view.added),
        "removed": list(view.removed),
        "claims_added": [claim.id for claim in edit.claims_added],
        "claims_removed": [claim.id for claim in edit.claims_removed],
    }


def outlet_row(health: OutletHealth) -> Row:
    """Return how reading one outlet has gone, over all runs."""
    return {
        "name": health.name,
        "host": health.host or None,
        "fetched": health.fetched,
        "failed": health.failed,
        "empty": health.empty,
        "other": health.other,
        "average": health.average or None,
        "last_success_at": stamp(health.last_success_at) or None,
        "last_failure_at": stamp(health.last_failure_at) or None,
        "last_reason": health.last_reason or None,
    }


def set_aside_row(item: SetAside) -> Row:
    """Return one input that was not taken, with the keys of an article."""
    unknown = ("id", "outlet", "title", "author", "site_name", "published_at", "modified_at", "dateline", "fields")
    more = ("retrieved_at", "language", "text", "version", "superseded", "copy_of", "credit", "capture")
    url = safe_url(item.name)
    known = {
        "url": url or None,
        "path": None if url else item.name,
        "sha256": item.sha256 or None,
        "status": "set-aside",
        "reason": item.reason.value,
        "detail": item.detail or None,
    }
    return dict.fromkeys((*unknown, *more)) | known


def claim_row(claim: Claim, evidence: Evidence, material: Material) -> Row:
    """Return one claim with its words, so that nobody needs the article to read it."""
    article = evidence.article_of(claim)
    entities = [entity_record(entity) for entity in claim.entities]
    return {
        "id": claim.id,
        "article_id": claim.article_id,
        **_place(article),
        "version": article.version,
        "current": not article.superseded,
        "voice": claim.voice.value,
        "source": _words(claim.source, claim, evidence) | {"entities": entities, "resolved": claim.resolved},
        "cue": _words(claim.cue, claim, evidence),
        "content": _words(claim.content, claim, evidence),
        "speech": claim.speech.value,
        "act": claim.act.value,
        "position": claim.position.value,
        "certainty": claim.certainty.value,
        "distanced": claim.distanced,
        "basis": _words(claim.basis, claim, evidence),
        "via": list(claim.via),
        "parent": claim.parent or None,
        "said_at": stamp(claim.said_at) or None,
        "confidence": claim.confidence,
        "provenance": _provenance(claim, material),
    }


def _place(article: Article) -> Row:
    return {"url": article.url or None, "path": article.path or None, "outlet": article.outlet or None}


def provenance_of(claim: Claim, material: Material) -> Provenance:
    """Return what found a claim; where that is not recorded, what made the material."""
    return material.provenance.get(claim.id) or Provenance(
        component=material.component,
        version=material.component_version,
        run_id=material.run.id,
        run_started_at=material.run.started_at,
    )


def _provenance(claim: Claim, material: Material) -> Row:
    known = provenance_of(claim, material)
    return {
        "component": known.component,
        "version": known.version or None,
        "rule": claim.rule or None,
        "run_id": known.run_id,
    }


def _words(spans: Sequence[Span], claim: Claim, evidence: Evidence) -> Row:
    return {"text": evidence.words(claim, spans) or None, "spans": offsets(spans)}


def relation_row(pair: RelatedPair) -> Row:
    """Return how two claims stand to each other."""
    return {
        "left": pair.left,
        "right": pair.right,
        "relation": pair.relation.value,
        "kind": pair.kind.value or None,
        "confidence": pair.confidence,
        "reasons": list(pair.reasons),
    }


def finding_row(finding: Finding, evidence: Evidence) -> Row:
    """Return one matter with its claims, its articles and outlets, and how many origins, at most, each side has."""
    articles = _articles((member.claim_id for member in finding.members), evidence)
    return {
        "id": finding.id,
        "statement": finding.statement,
        "status": finding.status.value,
        "claims": [member_record(member) for member in finding.members],
        "articles": sorted(article.id for article in articles),
        "outlets": sorted({article.outlet for article in articles if article.outlet}),
        "origins": {side.value: origin_count(finding, side) for side in (Side.FOR, Side.AGAINST)},
        "reckoning": finding.reckoning or None,
        "beginnings": [origin_record(origin) for origin in finding.origins],
        "carriers": [carrier_record(carrier) for carrier in finding.carriers],
        "first_seen": stamp(finding.first_seen),
        "last_seen": stamp(finding.last_seen),
    }


def member_record(member: Member) -> Row:
    """Return a claim's part in a finding: its side, null where that is not told, and the stake of its source."""
    return {
        "id": member.claim_id,
        "side": None if member.side is Side.BESIDE else member.side.value,
        "stake": member.stake.value,
        "stake_reason": member.stake_reason or None,
    }


def origin_record(origin: Origin) -> Row:
    """Return one origin with the claims that go back to it, why they count once, and how sure that is."""
    return {
        "side": origin.side.value,
        "claims": list(origin.claim_ids),
        "reason": origin.reason or None,
        "confidence": origin.confidence,
    }


def carrier_record(carrier: Carrier) -> Row:
    """Return what one outlet brings to a finding."""
    return {"outlet": carrier.outlet, "contribution": carrier.contribution.value, "reason": carrier.reason or None}


def _articles(claim_ids: Iterable[str], evidence: Evidence) -> list[Article]:
    found = {evidence.claims[claim_id].article_id for claim_id in claim_ids}
    return [evidence.articles[article_id] for article_id in found]
