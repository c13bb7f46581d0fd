"""Findings as schema.org claims inside the page: read as a graph, held against schema.org's terms, and harmless."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, SDO, Graph, URIRef

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind, Speech
from tasks.model.finding import Finding, Kind, Member, RelatedPair, Relation, Side, Status
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.linked_data import LARGEST, MOST_ARTICLES, linked_data
from tasks.reporting.material import Material
from tasks.reporting.render import render_report
from tests.reporting.graphs import PAGE, read_graph, terms_of
from tests.reporting.test_render import HOSTILE, Page, hostile_material

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SCHEMA = "https://schema.org/"

# Which properties schema.org lets each type have, of those that we write: its own and those of the types above it.
ALLOWED = {
    "Claim": {"text", "description", "author", "appearance", "firstAppearance", "subjectOf"},
    "NewsArticle": {"url", "headline", "datePublished", "publisher"},
    "Quotation": {"name", "text", "creator", "isPartOf"},
    "Statement": {"name", "creator", "isPartOf"},
    "Person": {"name"},
    "Organization": {"name"},
    "GovernmentOrganization": {"name"},
}


def told(material: Material) -> str:
    """Return what the page of the material holds for programs."""
    return linked_data(material.findings, gather_evidence(material))


def nodes(material: Material, kind: str) -> list[dict[str, Any]]:
    """Return the outermost nodes of one type."""
    return [node for node in json.loads(told(material))["@graph"] if node["@type"] == kind]


@pytest.fixture
def graph(material: Material) -> Graph:
    return read_graph(told(material))


def test_each_finding_is_a_claim_with_its_permanent_address(graph: Graph, material: Material) -> None:
    claims = set(graph.subjects(RDF.type, SDO.Claim))
    assert claims == {URIRef(f"{PAGE}#finding-{finding.id}") for finding in material.findings}
    texts = {str(text) for claim in claims for text in graph.objects(claim, SDO.text)}
    assert "Kestrel Works let solvent into the river Lune" in texts


def test_the_address_of_each_claim_is_a_place_in_the_page(material: Material, templates: Path) -> None:
    claims = {node["@id"].removeprefix("#") for node in nodes(material, "Claim")}
    assert claims <= set(Page(render_report(material, templates)).ids)
    assert len(claims) == len(material.findings)


def test_every_term_is_one_of_schema_org(graph: Graph, material: Material) -> None:
    for subject, kind in graph.subject_objects(RDF.type):
        name = str(kind).removeprefix(SCHEMA)
        used = {str(term).removeprefix(SCHEMA) for term in graph.predicates(subject)} - {str(RDF.type)}
        assert used <= ALLOWED[name], name
    for term in {*ALLOWED, *terms_of(json.loads(told(material)))}:
        assert SDO[term] == URIRef(SCHEMA + term)  # a closed list: any other name is a warning, and so an error


def test_nothing_is_rated(material: Material) -> None:
    assert not re.search(r"review|rating|true|false", " ".join(terms_of(json.loads(told(material)))), re.IGNORECASE)
    assert "ClaimReview" not in told(material)


def test_who_says_so_is_the_author_and_articles_are_appearances(graph: Graph, material: Material) -> None:
    dispute = URIRef(f"{PAGE}#finding-{material.findings[0].id}")
    authors = {
        (str(graph.value(who, RDF.type)).removeprefix(SCHEMA), str(graph.value(who, SDO.name)))
        for who in graph.objects(dispute, SDO.author)
    }
    assert authors == {("Person", "Ada Holm"), ("Person", "Mira Solt")}
    places = set(graph.objects(dispute, SDO.appearance))
    assert places == {
        URIRef("https://wire.example/2031/04/lune-solvent"),
        URIRef("https://harbourpost.example/lune"),
        URIRef("https://herald.example/town/lune-fish?id=7&page=2"),
        URIRef("https://review.example/lune-water"),
    }
    for place in places:
        assert (place, RDF.type, SDO.NewsArticle) in graph
        assert graph.value(place, SDO.url) == place
        assert graph.value(place, SDO.headline)
        assert graph.value(graph.value(place, SDO.publisher), SDO.name)
    assert graph.value(dispute, SDO.firstAppearance) == URIRef("https://wire.example/2031/04/lune-solvent")


def test_denials_stand_beside_with_words_only_where_they_are_the_sources_own(
    material: Material, articles: Mapping[str, Article]
) -> None:
    dispute = next(node for node in nodes(material, "Claim") if node["@id"].endswith(material.findings[0].id))
    denials = {one["name"]: one for one in dispute["subjectOf"]}
    assert denials.keys() == {"Jonas Weir (Kestrel Works) denies it", "Kestrel Works denies it"}
    weir, kestrel = denials["Jonas Weir (Kestrel Works) denies it"], denials["Kestrel Works denies it"]
    assert (weir["@type"], kestrel["@type"], "text" in kestrel) == ("Quotation", "Statement", False)
    assert weir["text"] in articles["wire"].text
    assert weir["creator"] == [{"@type": "Person", "name": "Jonas Weir"}]
    assert dispute["description"] == (
        "Some sources say so and others deny it. Says so: at most 2 independent origins, in 5 articles. "
        "Denies: at most 1 independent origin, in 3 articles."
    )


def test_another_number_is_no_denial(material: Material) -> None:
    first, *_ = material.findings
    number = replace(first, pairs=tuple(replace(p, kind=Kind.NUMBER) for p in conflicts(first)))
    (claim,) = nodes(replace(material, findings=(number,)), "Claim")
    assert {one["name"].rpartition(") ")[2] for one in claim["subjectOf"]} == {
        "says otherwise",
        "Kestrel Works says otherwise",
    }


def conflicts(finding: Finding) -> list[RelatedPair]:
    return [pair for pair in finding.pairs if pair.relation is Relation.CONFLICT]


def test_where_the_first_article_has_no_address_no_other_is_called_the_first(material: Material) -> None:
    wire = next(article for article in material.articles if article.outlet == "National Wire")
    filed = replace(wire, url="", path="inbox/wire.txt")
    claims = tuple(
        replace(claim, article_id=filed.id) if claim.article_id == wire.id else claim for claim in material.claims
    )
    renamed = {old.id: new.id for old, new in zip(material.claims, claims, strict=True)}
    moved = replace(
        material,
        articles=tuple(filed if article is wire else article for article in material.articles),
        claims=claims,
        findings=tuple(rename(finding, renamed) for finding in material.findings),
    )
    claim = nodes(moved, "Claim")[0]
    assert "firstAppearance" not in claim
    assert {"@id": "https://harbourpost.example/lune"} in claim["appearance"]


def rename(finding: Finding, names: Mapping[str, str]) -> Finding:
    """Return the finding with other ids of claims, without its pairs."""
    members = tuple(replace(one, claim_id=names[one.claim_id]) for one in finding.members)
    origins = tuple(replace(one, claim_ids=tuple(names[i] for i in one.claim_ids)) for one in finding.origins)
    return replace(finding, members=members, origins=origins, pairs=())


def test_who_is_not_named_is_no_author(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    article = new_article(text="Officials said the bridge is closed. He said the road is open.")
    officials = Entity(id="group:officials", name="officials", kind=EntityKind.GROUP)
    one = new_claim(article, content=["the bridge is closed"], source="Officials", who=[officials])
    other = new_claim(article, content=["the road is open"], source="He", resolved=False)
    (claim,) = nodes(of_claims(material, [article], [one, other]), "Claim")
    assert "author" not in claim


def of_claims(material: Material, articles: list[Article], claims: list[Claim]) -> Material:
    """Return material with one finding, in which all claims say so."""
    finding = replace(
        material.findings[0],
        id=claims[0].id,
        members=tuple(Member(claim_id=claim.id, side=Side.FOR) for claim in claims),
        origins=(),
        pairs=(),
    )
    return replace(material, articles=tuple(articles), claims=tuple(claims), findings=(finding,))


def test_a_state_speaks_through_its_government_and_an_outlet_in_its_own_voice(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    article = new_article(text="Norway said the bridge is closed. The road is open.")
    norway = Entity(id="state:NO", name="Norway", kind=EntityKind.STATE)
    one = new_claim(article, content=["the bridge is closed"], source="Norway", who=[norway])
    other = new_claim(article, content=["The road is open"], voice="outlet")
    (claim,) = nodes(of_claims(material, [article], [one, other]), "Claim")
    assert claim["author"] == [
        {"@type": "GovernmentOrganization", "name": "Norway"},
        {"@type": "Organization", "name": "Outlet"},
    ]


def test_what_is_only_denied_has_no_author_and_no_appearance(material: Material) -> None:
    first = material.findings[0]
    against = tuple(member for member in first.members if member.side is Side.AGAINST)
    origins = tuple(origin for origin in first.origins if origin.side is Side.AGAINST)
    denied = replace(first, status=Status.DENIED, members=against, origins=origins)
    (claim,) = nodes(replace(material, findings=(denied,)), "Claim")
    assert claim.keys() == {"@type", "@id", "text", "description", "subjectOf"}
    assert claim["description"].startswith("It is denied here; no source in these articles asserts it. Denies: at most")
    places = {one["isPartOf"]["@id"] for one in claim["subjectOf"]}
    assert places == {node["@id"] for node in nodes(replace(material, findings=(denied,)), "NewsArticle")}


def test_a_finding_names_few_articles_and_says_how_many_there_are(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    articles = [new_article(url=f"https://a.example/{number}") for number in range(MOST_ARTICLES + 3)]
    claims = [new_claim(article, content=["the bridge is closed"], source="The mayor") for article in articles]
    many = of_claims(material, articles, claims)
    assert len(nodes(many, "Claim")[0]["appearance"]) == len(nodes(many, "NewsArticle")) == MOST_ARTICLES


def test_what_would_be_too_much_is_left_out_from_the_end(material: Material) -> None:
    first = material.findings[0]
    long = [replace(first, id=f"{number:016x}", statement="word " * 4000) for number in range(20)]
    text = linked_data(long, gather_evidence(material))
    kept = [node["@id"] for node in json.loads(text)["@graph"] if node["@type"] == "Claim"]
    assert 0 < len(kept) < len(long)
    assert kept == [f"#finding-{number:016x}" for number in range(len(kept))]
    assert len(text) < LARGEST + 100


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_strangers_text_cannot_leave_its_block(
    material: Material,
    templates: Path,
    new_article: Callable[..., Article],
    new_claim: Callable[..., Claim],
    words: str,
) -> None:
    hostile = hostile_material(material, words, new_article, new_claim)
    page = render_report(hostile, templates)
    (block,) = BLOCK.findall(page)
    assert not set("<>&") & set(block)
    assert block == told(hostile)
    (claim,) = nodes(hostile, "Claim")
    assert "appearance" not in claim  # no address of it may be followed
    assert read_graph(block).value(URIRef(f"{PAGE}{claim['@id']}"), RDF.type) == SDO.Claim


def test_a_quotation_of_strangers_words_stays_whole(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> None:
    words = '</script><!-- "not & one"\u2028'
    article = new_article(text=f"The mayor said: {words} yesterday.")
    claim = new_claim(article, content=[words.strip()], source="The mayor", speech="direct", act="deny")
    against = of_claims(material, [article], [claim])
    member = replace(against.findings[0].members[0], side=Side.AGAINST)
    text = told(replace(against, findings=(replace(against.findings[0], members=(member,)),)))
    (quotation,) = json.loads(text)["@graph"][0]["subjectOf"]
    assert (quotation["text"], claim.speech) == (words.strip(), Speech.DIRECT)
    assert "</" not in text


def test_without_findings_the_page_holds_no_block(material: Material, templates: Path) -> None:
    empty = replace(material, findings=())
    assert told(empty) == ""
    assert "ld+json" not in render_report(empty, templates)
