"""JSON-LD read as a graph by rdflib, with contexts that lie here: a test fetches nothing.

The contexts say in our own words what the official ones say of the terms that we write; a term that they do not know
leaves no trace in the graph, so each test also counts what must be in it.
"""

import json
import warnings
from typing import Any

from rdflib import Graph, Namespace

PAGE = "https://reports.example/page.html"
OA = Namespace("http://www.w3.org/ns/oa#")
RASHOMON = Namespace("urn:rashomon:")
LINKS = {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
MORE_LINKS = {"state": "hasState", "cached": "cachedSource"}
OWN = (
    *("Annotation", "TextualBody", "SpecificResource", "TimeState", "TextQuoteSelector", "TextPositionSelector"),
    *("exact", "prefix", "suffix", "describing", "identifying", "classifying"),
)
MOMENT = "http://www.w3.org/2001/XMLSchema#dateTime"
NUMBER = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"
AS, DCTERMS = "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/"
CONTEXTS: dict[str, dict[str, Any]] = {
    "http://www.w3.org/ns/anno.jsonld": {
        "id": "@id",
        "type": "@type",
        **{name: f"{OA}{name}" for name in OWN},
        "AnnotationCollection": f"{AS}OrderedCollection",
        "AnnotationPage": f"{AS}OrderedCollectionPage",
        "Software": f"{AS}Application",
        "Person": "http://xmlns.com/foaf/0.1/Person",
        "Organization": "http://xmlns.com/foaf/0.1/Organization",
        "name": "http://xmlns.com/foaf/0.1/name",
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "format": "http://purl.org/dc/elements/1.1/format",
        "language": "http://purl.org/dc/elements/1.1/language",
        **{name: {"@id": f"{OA}{term}", "@type": "@id"} for name, term in (LINKS | MORE_LINKS).items()},
        "creator": {"@id": f"{DCTERMS}creator", "@type": "@id"},
        **{name: {"@id": f"{AS}{name}", "@type": "@id"} for name in ("generator", "first", "last", "partOf")},
        "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
        "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
        "created": {"@id": f"{DCTERMS}created", "@type": MOMENT},
        "sourceDate": {"@id": f"{OA}sourceDate", "@type": MOMENT},
        "start": {"@id": f"{OA}start", "@type": NUMBER},
        "end": {"@id": f"{OA}end", "@type": NUMBER},
        "total": {"@id": f"{AS}totalItems", "@type": NUMBER},
        "startIndex": {"@id": f"{AS}startIndex", "@type": NUMBER},
    },
    "https://schema.org": {
        "@vocab": "https://schema.org/",
        "url": {"@type": "@id"},
        "datePublished": {"@type": "https://schema.org/Date"},
    },
}


def read_graph(text: str) -> Graph:
    """Return the graph that a document tells, each address of a context answered from here."""
    document = json.loads(text)
    named = document["@context"]
    contexts = [CONTEXTS.get(str(one), one) for one in (named if isinstance(named, list) else [named])]
    text = json.dumps(document | {"@context": contexts})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its parser uses a class that rdflib itself has given up
        return Graph().parse(data=text, format="json-ld", publicID=PAGE)


def terms_of(value: Any) -> set[str]:
    """Return every key in a document, at any depth, that its context must know."""
    match value:
        case dict():
            told = {key: held for key, held in value.items() if not key.startswith("@")}
            inside = {key for held in told.values() for key in terms_of(held)}
            return inside | {key for key in told if not key.startswith("rashomon:")}
        case list():
            return {key for held in value for key in terms_of(held)}
        case _:
            return set()
