"""Claims as W3C Web Annotations: held against the specification, read as a graph, and found again in the texts."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rdflib import DCTERMS, RDF, Literal, URIRef

from tasks.model.article import Article, Span
from tasks.model.claim import Claim
from tasks.model.errors import EvidenceError
from tasks.model.run import Provenance
from tasks.reporting.exporting import export_material
from tasks.reporting.links import iri
from tasks.reporting.material import Material
from tasks.reporting.selectors import ROOM, selectors_of, surroundings
from tests.reporting.graphs import CONTEXTS, OA, RASHOMON, read_graph, terms_of
from tests.reporting.test_render import HOSTILE, hostile_material

Document = dict[str, Any]
SCHEMA = json.loads(Path(__file__).with_name("web_annotation.json").read_text(encoding="utf-8"))
DEMANDED = Draft202012Validator(SCHEMA)


def written(material: Material, folder: Path) -> str:
    """Return the file of annotations of the material."""
    (path,) = export_material(folder, material, "annotations")
    assert path == folder / "annotations.jsonld"
    return path.read_text(encoding="utf-8")


def items_of(text: str) -> list[Document]:
    """Return the annotations of a file."""
    document: Document = json.loads(text)
    items: list[Document] = document["first"]["items"]
    return items


def find_segments(value: Any) -> Iterator[Document]:
    """Yield everything in a document that points at words."""
    if isinstance(value, dict) and value.get("type") == "SpecificResource":
        yield value
    for held in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from find_segments(held)


def said_by(annotation: Document) -> Document:
    """Return the body that tells who says it and how."""
    body: Document = annotation["body"][0]
    return body


@pytest.fixture
def text(material: Material, tmp_path: Path) -> str:
    return written(material, tmp_path / "out")


def test_each_claim_is_one_annotation_on_one_line(text: str, material: Material) -> None:
    ids = [f"urn:rashomon:claim:{claim.id}" for claim in material.claims]
    assert [one["id"] for one in items_of(text)] == ids
    head, *lines, tail = text.splitlines()
    assert [json.loads(line.removesuffix(","))["id"] for line in lines] == ids
    assert (json.loads(text)["total"], head.endswith('"items": ['), tail) == (len(ids), True, "]}}")


def test_what_is_written_is_what_the_specification_demands(text: str) -> None:
    assert list(DEMANDED.iter_errors(json.loads(text))) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        pytest.param(("id",), "not an address", id="a name that is none"),
        pytest.param(("first", "items"), [], id="a page without annotations"),
        pytest.param(("first", "items", 0, "target"), [], id="no target"),
        pytest.param(("first", "items", 0, "created"), "2031-04-07T05:00:00+02:00", id="a time that is not in UTC"),
        pytest.param(("first", "items", 0, "target", 0, "selector", 1, "start"), -1, id="an offset below 0"),
        pytest.param(("first", "items", 0, "target", 0, "source"), "https://a.example/<b>", id="an address with signs"),
        pytest.param(("first", "items", 0, "motivation"), "judging", id="a motivation that nobody knows"),
    ],
)
def test_the_schema_bites(text: str, place: tuple[str | int, ...], value: object) -> None:
    document: Any = json.loads(text)
    broken = deepcopy(document)
    *way, last = place
    held = broken
    for step in way:
        held = held[step]
    held[last] = value
    assert not DEMANDED.is_valid(broken)


def test_read_as_a_graph_nothing_is_lost(text: str, material: Material) -> None:
    graph = read_graph(text)
    spans = [(*one.content, *one.source, *one.cue, *one.basis) for one in material.claims]
    kinds = Counter(graph.objects(None, RDF.type))
    assert kinds[OA.Annotation] == kinds[OA.TextualBody] == len(material.claims)
    assert kinds[OA.TextQuoteSelector] == kinds[OA.TextPositionSelector] == sum(map(len, spans))
    assert kinds[OA.SpecificResource] == sum(map(len, spans))
    assert terms_of(json.loads(text)) <= CONTEXTS["http://www.w3.org/ns/anno.jsonld"].keys()


def test_the_graph_says_who_denies_and_shows_the_words(text: str, claims: Mapping[str, Claim]) -> None:
    graph = read_graph(text)
    claim = URIRef(f"urn:rashomon:claim:{claims['wire_denial'].id}")
    denying = [body for body in graph.objects(claim, OA.hasBody) if (body, RASHOMON.act, Literal("deny")) in graph]
    assert [str(value) for body in denying for value in graph.objects(body, RDF.value)] == ["Kestrel Works denies"]
    (target,) = graph.objects(claim, OA.hasTarget)
    assert graph.value(target, OA.hasSource) == URIRef("https://wire.example/2031/04/lune-solvent")
    exact = [graph.value(selector, OA.exact) for selector in graph.objects(target, OA.hasSelector)]
    assert [str(words) for words in exact if words] == ["the charge"]
    assert graph.value(claim, DCTERMS.created) == Literal(datetime(2031, 4, 7, 5, tzinfo=UTC))


def test_every_selector_leads_back_to_the_words(text: str, material: Material) -> None:
    articles = {f"urn:sha256:{sha256(one.text.encode()).hexdigest()}": one for one in material.articles}
    found = Counter[tuple[str, int, int]]()
    for segment in find_segments(json.loads(text)):
        article = articles[segment["state"]["cached"]]
        words, offsets = segment["selector"]
        assert article.text[offsets["start"] : offsets["end"]] == words["exact"]
        whole = words["prefix"] + words["exact"] + words["suffix"]
        assert [article.text.find(whole), article.text.rfind(whole)] == [offsets["start"] - len(words["prefix"])] * 2
        assert segment["source"] in {article.url, f"urn:rashomon:article:{article.id}"}
        found[article.id, offsets["start"], offsets["end"]] += 1
    spans = [(one.article_id, span) for one in material.claims for span in words_of_claim(one)]
    assert found == Counter((article_id, span.start, span.end) for article_id, span in spans)


def words_of_claim(claim: Claim) -> tuple[Span, ...]:
    """Return every span of a claim."""
    return (*claim.content, *claim.source, *claim.cue, *claim.basis)


def test_what_is_told_of_the_content_stands_in_the_bodies(text: str, claims: Mapping[str, Claim]) -> None:
    items = {one["id"].rpartition(":")[2]: one for one in items_of(text)}
    said = said_by(items[claims["herald_twelve"].id])
    assert said["value"] == "R. Okafor says, as probable"
    assert (said["rashomon:act"], said["rashomon:position"], said["rashomon:confidence"]) == ("assert", "for", 1.0)
    okafor = {"id": "urn:rashomon:entity:person:r-okafor", "name": "R. Okafor", "type": "Person"}
    assert said["rashomon:source"] == [okafor]
    release = items[claims["release_denial"].id]["body"]
    parts = [(one["rashomon:part"], one["purpose"], one["selector"][0]["exact"]) for one in release[1:]]
    assert parts == [
        ("source", "identifying", "Kestrel Works"),
        ("cue", "classifying", "rejects"),
        ("basis", "describing", "All nine tanks are tight"),
    ]
    assert said_by(items[claims["wire_denial"].id])["rashomon:said_at"] == "2031-04-03T08:00:00Z"


def test_a_quote_in_two_pieces_has_two_targets(text: str, claims: Mapping[str, Claim]) -> None:
    one = next(item for item in items_of(text) if item["id"].endswith(claims["herald_valve"].id))
    exact = [target["selector"][0]["exact"] for target in one["target"]]
    assert exact == ["They opened the valve after ten,", "and they knew what was in the pipe"]


def test_an_annotation_names_what_found_it_and_when(material: Material, tmp_path: Path) -> None:
    first, second = material.claims[0].id, material.claims[1].id
    then = datetime(2031, 4, 1, 7, tzinfo=UTC)
    made = {
        first: Provenance(component="rules", version="7 <b>", run_id="earlier", run_started_at=then),
        second: Provenance(component="rules", version="", run_id="purged"),
    }
    one, other, third, *_ = items_of(written(replace(material, provenance=made), tmp_path))
    assert (one["creator"]["id"], one["creator"]["name"]) == (
        "urn:rashomon:component:rules%207%20%3Cb%3E",
        "rules 7 <b>",
    )
    assert (one["created"], third["created"]) == ("2031-04-01T07:00:00Z", "2031-04-07T05:00:00Z")
    assert ("created" in other, other["creator"]["name"]) == (False, "rules")


def test_a_text_that_was_edited_since_says_so(material: Material, claims: Mapping[str, Claim], tmp_path: Path) -> None:
    old = tuple(replace(one, superseded=one.outlet == "Radio Lune") for one in material.articles)
    items = items_of(written(replace(material, articles=old), tmp_path))
    outdated = {one["id"].rpartition(":")[2] for one in items if not said_by(one)["rashomon:current"]}
    assert outdated == {claims[key].id for key in ("radio_holm", "radio_river", "radio_wells")}


def test_offsets_count_code_points(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim], tmp_path: Path
) -> None:
    article = new_article(text="😀😀 The mayor said 👩‍🚒 the bridge is closed.")
    claim = new_claim(article, content=["the bridge"], source="The mayor", cue="said")
    one = items_of(written(alone(material, article, claim), tmp_path))[0]
    words, offsets = one["target"][0]["selector"]
    assert (offsets["start"], offsets["end"]) == (22, 32)  # 25 and 35 in UTF-16, as JavaScript counts
    assert (words["prefix"], words["suffix"]) == ("😀😀 The mayor said 👩‍🚒 ", " is closed.")


def alone(material: Material, article: Article, *claims: Claim) -> Material:
    """Return material of one article."""
    return replace(material, articles=(article,), claims=claims, findings=())


def test_signs_that_utf8_cannot_carry_keep_the_offsets(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim], tmp_path: Path
) -> None:
    article = new_article(text="\ud800 The mayor said the \udfff bridge is closed.", url="https://a.example/\ud800")
    claim = new_claim(article, content=["the \udfff bridge"], source="The mayor", cue="said")
    text = written(alone(material, article, claim), tmp_path)
    export_material(tmp_path, alone(material, article, claim), "jsonl")
    row = json.loads((tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    target = items_of(text)[0]["target"][0]
    words, offsets = target["selector"]
    assert row["text"][offsets["start"] : offsets["end"]] == words["exact"] == "the ? bridge"
    assert target["state"]["cached"] == f"urn:sha256:{sha256(row['text'].encode()).hexdigest()}"
    assert target["source"] == "https://a.example/%3F"


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_strangers_text_keeps_the_form(
    material: Material,
    new_article: Callable[..., Article],
    new_claim: Callable[..., Claim],
    words: str,
    tmp_path: Path,
) -> None:
    hostile = hostile_material(material, words, new_article, new_claim)
    text = written(hostile, tmp_path)
    assert list(DEMANDED.iter_errors(json.loads(text))) == []
    kept = words.strip().encode("utf-8", "replace").decode()
    exact = {str(one) for one in read_graph(text).objects(None, OA.exact)}
    assert exact == {kept, f"{kept} also"}
    claims = Counter(f"urn:rashomon:article:{claim.article_id}" for claim in hostile.claims)
    assert Counter(segment["source"] for segment in find_segments(json.loads(text))) == claims + claims


def test_nothing_stored_gives_a_collection_of_nothing(material: Material, tmp_path: Path) -> None:
    text = written(replace(material, articles=(), claims=(), findings=()), tmp_path)
    assert (json.loads(text)["total"], "first" in json.loads(text)) == (0, False)
    assert list(DEMANDED.iter_errors(json.loads(text))) == []
    assert len(read_graph(text)) > 0


def test_a_claim_that_points_at_no_words_leaves_no_file(material: Material, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError):
        export_material(tmp_path, replace(material, articles=()), "annotations")
    assert list(tmp_path.iterdir()) == []


def test_same_material_same_bytes(material: Material, text: str, tmp_path: Path) -> None:
    assert written(material, tmp_path / "again") == text


def test_words_that_stand_twice_get_what_tells_them_apart() -> None:
    line = "The mayor said the bridge is closed. " * 3
    text = f"{line}\n{line}"
    at = text.rindex("bridge")
    words, offsets = selectors_of(text, Span(start=at, end=at + len("bridge")))
    whole = words["prefix"] + words["exact"] + words["suffix"]
    assert text.count(whole) == 1
    assert text.index(whole) + len(words["prefix"]) == offsets["start"] == at


def test_surroundings_stay_in_the_paragraph() -> None:
    text = "One.\nThe bridge is closed.\nTwo."
    at = text.index("bridge")
    shown = surroundings(text, Span(start=at, end=at + len("bridge")))
    assert shown.of(text) == "The bridge is closed."
    assert shown.end - shown.start < 2 * ROOM


@given(text=st.text("ab\n", min_size=1, max_size=90), ends=st.tuples(st.integers(0, 89), st.integers(1, 90)))
def test_any_words_are_found_once_with_their_surroundings(text: str, ends: tuple[int, int]) -> None:
    start = min(ends[0], len(text) - 1)
    span = Span(start=start, end=max(start + 1, min(ends[1], len(text))))
    shown = surroundings(text, span)
    assert shown.contains(span)
    assert [text.find(shown.of(text)), text.rfind(shown.of(text))] == [shown.start] * 2


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("https://a.example/%7Bb%7D", "https://a.example/%7Bb%7D"),
        ('https://a.example/<b>"{c}|\\^`', "https://a.example/%3Cb%3E%22%7Bc%7D%7C%5C%5E%60"),
        ("https://a.example/\u202eb", "https://a.example/%E2%80%AEb"),
        ("https://bäcker.example/größe", "https://bäcker.example/größe"),
        ("javascript:alert(1)", ""),
        ("file:///etc/hosts", ""),
    ],
)
def test_iri(url: str, expected: str) -> None:
    assert iri(url) == expected
