"""Claims as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): who says it, how, and where it stands.

One claim is one annotation. Its targets are the content, a target for each piece; its bodies are what is told of the
content: who says it and how, in words and in terms of our own, and the words of the article that show it (source, cue,
basis). These words are bodies and no targets, since by the model each body speaks of each target: "denies" is said of
the content, not of the name of who denies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from typing import Any
from urllib.parse import quote

from tasks.model.article import Article, Span, content_id
from tasks.model.claim import Claim, Entity, EntityKind
from tasks.model.run import Provenance
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.export import provenance_of
from tasks.reporting.links import iri
from tasks.reporting.material import Material
from tasks.reporting.selectors import selectors_of
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_claims import are_several, claim_act
from tasks.reporting.words import count, stamp

Row = dict[str, Any]

OURS = "urn:rashomon:"  # what has no address gets a name; a name is not registered and leads nowhere
CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"rashomon": OURS})
PURPOSES = {"source": "identifying", "cue": "classifying", "basis": "describing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What all annotations of one article share: the place, the state of the text, and the text as files hold it."""

    source: str
    state: Row
    text: str


def annotations(material: Material) -> Iterator[Row]:
    """Yield the annotation of each claim; raise EvidenceError where one points at no words."""
    evidence = gather_evidence(material)
    for article_id, claims in groupby(material.claims, key=lambda claim: claim.article_id):
        article = evidence.articles[article_id]
        page = page_of(article)
        for claim in claims:
            yield annotation(claim, article, page, provenance_of(claim, material))


def collection(material: Material) -> Row:
    """Return what the annotations are a collection of, without them."""
    name = f"{OURS}annotations:{content_id(*(claim.id for claim in material.claims))}"
    head = {
        "@context": list(CONTEXT),
        "id": name,
        "type": "AnnotationCollection",
        "label": f"Who says what: {count(len(material.claims), 'claim')} in {count(len(material.articles), 'article')}",
        "generator": {"id": software_iri(), "type": "Software", "name": f"Rashomon {software_version()}"},
        "total": len(material.claims),
    }
    # A collection without annotations may have no page: a page must hold one or more.
    return head | {"last": f"{name}:1"} if material.claims else head


def first_page(head: Row) -> Row:
    """Return the one page of a collection that has any, without its annotations."""
    return {"id": head["last"], "type": "AnnotationPage", "partOf": head["id"], "startIndex": 0}


def annotation(claim: Claim, article: Article, page: Page, found: Provenance) -> Row:
    """Return one claim; the time is that of the run that found it, and left out where that run is forgotten."""
    maker = f"{found.component} {found.version}".strip()
    made = {
        "id": f"{OURS}claim:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "creator": {"id": f"{OURS}component:{_encoded(maker)}", "type": "Software", "name": maker},
        "generator": software_iri(),
    }
    dated = {"created": stamp(found.run_started_at)} if found.run_started_at else {}
    parts = {"source": claim.source, "cue": claim.cue, "basis": claim.basis}
    shown = [_shown_words(page, name, span) for name, spans in parts.items() for span in spans]
    return made | dated | {"body": [_said(claim, article), *shown], "target": segments(page, claim.content)}


def page_of(article: Article) -> Page:
    """Return the article as a target: its address, or a name where it has none, and which text was read when.

    The hash is that of `text` in the other exports, in UTF-8: whose text has another one may not trust the offsets.
    """
    stored = article.text.encode("utf-8", "replace")  # a lone surrogate becomes one sign, so that offsets still hold
    return Page(
        source=iri(article.url) or f"{OURS}article:{article.id}",
        state={
            "type": "TimeState",
            "sourceDate": stamp(article.retrieved_at),
            "cached": f"urn:sha256:{sha256(stored).hexdigest()}",
        },
        text=stored.decode(),
    )


def segments(page: Page, spans: Sequence[Span]) -> list[Row]:
    """Return the words under the spans as parts of the page."""
    return [_segment(page, span) for span in spans]


def _shown_words(page: Page, name: str, span: Span) -> Row:
    return {"purpose": PURPOSES[name], "rashomon:part": name} | _segment(page, span)


def _segment(page: Page, span: Span) -> Row:
    return {
        "type": "SpecificResource",
        "source": page.source,
        "state": page.state,
        "selector": selectors_of(page.text, span),
    }


def _said(claim: Claim, article: Article) -> Row:
    """Return who says it and how: in words for any reader, in terms of our own for programs."""
    speaker = speaker_of(claim, article)
    said_at = {"rashomon:said_at": stamp(claim.said_at)} if claim.said_at else {}
    return {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "language": "en",
        "value": f"{speaker.name} {claim_act(claim, several=are_several(claim, speaker.name))}",
        "rashomon:act": claim.act.value,
        "rashomon:position": claim.position.value,
        "rashomon:certainty": claim.certainty.value,
        "rashomon:speech": claim.speech.value,
        "rashomon:voice": claim.voice.value,
        "rashomon:distanced": claim.distanced,
        "rashomon:resolved": claim.resolved,
        "rashomon:confidence": claim.confidence,
        "rashomon:current": not article.superseded,
        "rashomon:source": [_agent(entity) for entity in claim.entities],
    } | said_at


def _agent(entity: Entity) -> Row:
    agent = {"id": f"{OURS}entity:{_encoded(entity.id)}", "name": entity.name}
    kind = agent_type(entity.kind)
    return agent | {"type": kind} if kind else agent


def agent_type(kind: EntityKind) -> str:
    """Return the class of an agent; nothing for unnamed people, who are neither one person nor an organisation."""
    match kind:
        case EntityKind.PERSON:
            return "Person"
        case EntityKind.STATE | EntityKind.BODY | EntityKind.OUTLET:
            return "Organization"
        case EntityKind.GROUP | EntityKind.UNKNOWN:
            return ""


def _encoded(words: str) -> str:
    return quote(words, safe=":", errors="replace")


def software_iri() -> str:
    """Return the name of this program in this version."""
    return f"{OURS}software:{software_version()}"


@cache
def software_version() -> str:
    """Return the version of this program."""
    try:
        return version("rashomon")
    except PackageNotFoundError:  # a copy that nobody installed
        return "not-installed"
