"""Findings as schema.org claims in JSON-LD, for programs that read the page: who says so, who denies it, and where.

A claim here is a finding. Those who say so are its authors, and it appears in the articles that carry them. schema.org
has no word for a denial: its `ClaimReview` rates, which we never do, and it knows no relation between claims. So who
denies stands under `subjectOf`, as a quotation where the words are the denier's own and as a statement without words
where an outlet tells it, named in plain words; and `description` says how many origins, at most, stand on each side.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tasks.model.article import Article, words_of
from tasks.model.claim import Claim, Entity, EntityKind, Speech, Voice
from tasks.model.finding import Finding, Side
from tasks.reporting.evidence import Evidence
from tasks.reporting.links import iri
from tasks.reporting.proof import clean
from tasks.reporting.speakers import speaker_of, speaking_entities
from tasks.reporting.view_claims import are_several
from tasks.reporting.view_findings import is_denied, order_findings, origin_count, side_claims
from tasks.reporting.words import count, headline, plural, side_title, stamp, status_sentence

Node = dict[str, Any]

# What one finding names, the first of each: the description says how many articles there are.
MOST_ARTICLES = 10
MOST_AUTHORS = 10
MOST_DENIALS = 5
LARGEST = 100_000  # characters in a page; the findings that a reader should meet first come first, the rest is left out
ESCAPED = {"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"}  # nothing inside may end the element or begin a comment


def linked_data(findings: Iterable[Finding], evidence: Evidence) -> str:
    """Return the findings as JSON-LD that may stand in a script element; nothing where there is none."""
    claims: list[str] = []
    articles: dict[str, str] = {}
    size = 0
    for finding in order_findings(findings):
        node = claim_node(finding, evidence)
        named = {place: article for place, article in _addresses(finding, evidence) if place not in articles}
        new = {place: _written(_article_node(named[place])) for place in _pointed_at(node) if place in named}
        claim = _written(node)
        size += len(claim) + sum(map(len, new.values()))
        if size > LARGEST:
            break
        claims.append(claim)
        articles |= new
    graph = ",\n".join((*claims, *articles.values()))
    return f'{{"@context":"https://schema.org","@graph":[\n{graph}\n]}}' if claims else ""


def claim_node(finding: Finding, evidence: Evidence) -> Node:
    """Return one finding: who says so, the articles that carry it, the first of them, and who denies it."""
    said = side_claims(finding, Side.FOR, evidence)
    places = [iri(article.url) for article in _articles(said, evidence)]
    return _known(
        {
            "@type": "Claim",
            "@id": f"#finding-{finding.id}",
            "text": headline(finding.statement),
            "description": _description(finding, evidence),
            "author": _authors(said, evidence)[:MOST_AUTHORS],
            "appearance": _references(places)[:MOST_ARTICLES],
            "firstAppearance": next(iter(_references([_first_place(said, evidence)])), None),
            "subjectOf": _denials(finding, evidence),
        }
    )


def _known(node: Node) -> Node:
    return {key: value for key, value in node.items() if value}


def _written(node: Node) -> str:
    text = json.dumps(_tidy(node), ensure_ascii=False, separators=(",", ":"))
    for sign, escape in ESCAPED.items():
        text = text.replace(sign, escape)
    return text


def _tidy(value: Any) -> Any:
    """Return the value with its texts as a page can hold them."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _tidy(held) for key, held in value.items()}
        case list():
            return [_tidy(held) for held in value]
        case _:
            return value


def _description(finding: Finding, evidence: Evidence) -> str:
    denied = is_denied(finding)
    told = [status_sentence(finding.status, denied=denied)]
    for side in (Side.FOR, Side.AGAINST):
        if number := origin_count(finding, side):
            articles = len({claim.article_id for claim in side_claims(finding, side, evidence)})
            origins, where = count(number, "independent origin"), count(articles, "article")
            told.append(f"{side_title(side, denied=denied)}: at most {origins}, in {where}.")
    return " ".join(told)


def _articles(claims: Iterable[Claim], evidence: Evidence) -> list[Article]:
    """Return the articles of the claims, the earliest first; those whose day is not known come last."""
    found = {claim.article_id: evidence.article_of(claim) for claim in claims}
    return sorted(found.values(), key=_age)


def _age(article: Article) -> tuple[bool, str, bool, str]:
    return article.published_at is None, stamp(article.published_at), bool(article.copy_of), article.id


def _first_place(claims: Sequence[Claim], evidence: Evidence) -> str:
    """Return the address of the first article of known day; nothing where it has none: the next is not the first."""
    first = next(iter(_articles(claims, evidence)), None)
    return iri(first.url) if first and first.published_at else ""


def _references(places: Iterable[str]) -> list[Node]:
    return [{"@id": place} for place in dict.fromkeys(places) if place]


def _addresses(finding: Finding, evidence: Evidence) -> Iterator[tuple[str, Article]]:
    """Yield the articles of a finding with their addresses; of two texts under one address, the earlier last."""
    claims = (evidence.claims[member.claim_id] for member in finding.members)
    for article in reversed(_articles(claims, evidence)):
        yield iri(article.url), article


def _pointed_at(node: Node) -> list[str]:
    """Return the addresses of the articles that a claim points at, each once."""
    sources = [one["isPartOf"] for one in node.get("subjectOf", ()) if "isPartOf" in one]
    return list(dict.fromkeys(place["@id"] for place in (*node.get("appearance", ()), *sources)))


def _article_node(article: Article) -> Node:
    place = iri(article.url)
    publisher = {"@type": "Organization", "name": article.outlet} if article.outlet else None
    return _known(
        {
            "@type": "NewsArticle",
            "@id": place,
            "url": place,
            "headline": article.title,
            "datePublished": stamp(article.published_at),
            "publisher": publisher,
        }
    )


def _authors(claims: Iterable[Claim], evidence: Evidence) -> list[Node]:
    """Return those who say so and are known by name, each once."""
    found = [agent for claim in claims for agent in _agents(claim, evidence)]
    return list({(agent["@type"], agent["name"]): agent for agent in found}.values())


def _agents(claim: Claim, evidence: Evidence) -> list[Node]:
    article = evidence.article_of(claim)
    if claim.voice is Voice.OUTLET:
        return [{"@type": "Organization", "name": article.outlet}] if article.outlet else []
    if not (claim.resolved and claim.entities):
        return []
    speaking = speaking_entities(claim.entities, words_of(article.text, claim.source))
    return [{"@type": agent_type(entity), "name": entity.name} for entity in speaking if agent_type(entity)]


def agent_type(entity: Entity) -> str:
    """Return what schema.org calls an entity that speaks; nothing for unnamed people and for what is not known."""
    match entity.kind:
        case EntityKind.PERSON:
            return "Person"
        case EntityKind.STATE:
            return "GovernmentOrganization"  # a country is a place there, and speaks through its government
        case EntityKind.BODY | EntityKind.OUTLET:
            return "Organization"
        case EntityKind.GROUP | EntityKind.UNKNOWN:
            return ""


def _denials(finding: Finding, evidence: Evidence) -> list[Node]:
    """Return who takes the other side, each once, with the words where they are the source's own."""
    verb = "denies it" if is_denied(finding) else "says otherwise"
    found: dict[str, Node] = {}
    for claim in side_claims(finding, Side.AGAINST, evidence):
        name = speaker_of(claim, evidence.article_of(claim)).name
        node = _denial(claim, f"{name} {plural(verb) if are_several(claim, name) else verb}", evidence)
        if name not in found or ("text" in node and "text" not in found[name]):
            found[name] = node
    return list(found.values())[:MOST_DENIALS]


def _denial(claim: Claim, name: str, evidence: Evidence) -> Node:
    own = claim.speech is Speech.DIRECT
    return _known(
        {
            "@type": "Quotation" if own else "Statement",
            "name": name,
            "text": evidence.words(claim, claim.content) if own else "",
            "creator": _agents(claim, evidence),
            "isPartOf": next(iter(_references([iri(evidence.article_of(claim).url)])), None),
        }
    )
