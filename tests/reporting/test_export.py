"""The rows and the files of an export."""

import builtins
import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.errors import EvidenceError, InputError
from tasks.model.finding import Side
from tasks.model.run import Provenance
from tasks.reporting.attributions import attribution_rows
from tasks.reporting.export import export_rows
from tasks.reporting.export_files import COLUMNS, write_export
from tasks.reporting.material import Material
from tests.reporting.test_render import HOSTILE, hostile_material


@pytest.fixture
def rows(material: Material) -> dict[str, list[dict[str, Any]]]:
    return export_rows(material)


def test_each_row_has_each_key(rows: dict[str, list[dict[str, Any]]]) -> None:
    assert rows.keys() == COLUMNS.keys()
    for kind, held in rows.items():
        assert held
        assert all(row.keys() == COLUMNS[kind].keys() for row in held)


def test_claim_row_stands_alone(rows: dict[str, list[dict[str, Any]]], claims: Mapping[str, Claim]) -> None:
    row = next(row for row in rows["claims"] if row["id"] == claims["herald_valve"].id)
    assert row["content"]["text"] == "They opened the valve after ten, … and they knew what was in the pipe"
    assert row["source"]["text"] == "she"
    assert row["source"]["entities"][0] == {"id": "person:mira-solt", "name": "Mira Solt", "kind": "person"}
    assert (row["speech"], row["act"], row["position"]) == ("direct", "assert", "for")
    assert row["url"] == "https://herald.example/town/lune-fish?id=7&page=2"
    assert row["provenance"] == {
        "component": "attribution",
        "version": "1",
        "rule": "test",
        "run_id": "6b1f0a52-77aa",
    }


def test_spans_lead_to_the_words(rows: dict[str, list[dict[str, Any]]]) -> None:
    texts = {row["id"]: row["text"] for row in rows["articles"]}
    for row in rows["claims"]:
        words = [texts[row["article_id"]][start:end] for start, end in row["content"]["spans"]]
        assert " … ".join(words) == row["content"]["text"]


def test_unknown_is_null(rows: dict[str, list[dict[str, Any]]], claims: Mapping[str, Claim]) -> None:
    row = next(row for row in rows["claims"] if row["id"] == claims["review_thirty"].id)
    assert row["source"] == {"text": None, "spans": [], "entities": [], "resolved": True}
    assert (row["cue"]["text"], row["said_at"], row["parent"]) == (None, None, None)
    radio = next(row for row in rows["articles"] if row["outlet"] == "Radio Lune")
    assert (radio["url"], radio["path"], radio["published_at"]) == (None, "inbox/radio-lune.txt", None)


def test_set_asides_are_articles_that_were_not_taken(rows: dict[str, list[dict[str, Any]]]) -> None:
    asides = [row for row in rows["articles"] if row["status"] == "set-aside"]
    assert [(row["url"], row["path"], row["reason"]) for row in asides] == [
        (None, "inbox/photo.txt", "binary"),
        ("https://wire.example/old", None, "fetch-failed"),
    ]


def test_findings_count_origins(rows: dict[str, list[dict[str, Any]]]) -> None:
    dispute = rows["findings"][0]
    assert dispute["origins"] == {"for": 2, "against": 1}
    assert (len(dispute["claims"]), len(dispute["articles"]), len(dispute["outlets"])) == (11, 6, 6)
    assert dispute["first_seen"] == "2031-04-07T05:00:00Z"


def test_findings_say_who_has_a_stake_and_who_brings_what(
    rows: dict[str, list[dict[str, Any]]], claims: Mapping[str, Claim]
) -> None:
    dispute = rows["findings"][0]
    stakes = {row["id"]: (row["side"], row["stake"], row["stake_reason"]) for row in dispute["claims"]}
    assert stakes[claims["release_denial"].id] == ("against", "party", "the matter is what Kestrel Works does")
    assert {row["stake"] for row in rows["findings"][1]["claims"]} == {"unknown"}
    assert dispute["carriers"][-1] == {
        "outlet": "Harbour Post",
        "contribution": "repeats",
        "reason": "carries Ada Holm (first in National Wire) and Jonas Weir (first in National Wire)",
    }
    assert [(row["side"], len(row["claims"])) for row in dispute["beginnings"]] == [
        ("for", 4),
        ("for", 2),
        ("against", 4),
        ("declines", 1),
    ]
    assert dispute["reckoning"].startswith("6 articles, at most 4 origins: for it Ada Holm in 4 articles")


def test_export_refuses_a_quote_that_is_not_there(material: Material) -> None:
    with pytest.raises(EvidenceError):
        export_rows(replace(material, articles=()))


def test_json_lines_round_trip(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    for path in write_export(tmp_path / "a" / "b", rows, "jsonl"):
        read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert read == rows[path.stem]


def test_csv_round_trip(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    for path in write_export(tmp_path, rows, "csv"):
        with path.open(encoding="utf-8", newline="") as file:
            read = list(csv.DictReader(file))
        assert [list(row) for row in read] == [list(COLUMNS[path.stem])] * len(rows[path.stem])
        for row, written in zip(read, rows[path.stem], strict=True):
            assert {key: from_cell(cell, written[key]) for key, cell in row.items()} == written


def from_cell(cell: str, like: object) -> object:
    """Return a cell of a CSV file as a value of the same kind as the one that was written."""
    match like:
        case None:
            return cell or None
        case dict() | list() | bool() | int() | float():
            return json.loads(cell)
        case _:
            return cell


def test_csv_is_read_by_a_database_as_by_python(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    for path in write_export(tmp_path, rows, "csv"):
        with path.open(encoding="utf-8", newline="") as file:
            expected = [{key: cell or None for key, cell in row.items()} for row in csv.DictReader(file)]
        read = duckdb.read_csv(str(path), header=True, all_varchar=True, quotechar='"', escapechar='"', delimiter=",")
        assert [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()] == expected


def test_json_lines_are_read_by_a_database(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    for path in write_export(tmp_path, rows, "jsonl"):
        read = duckdb.read_json(str(path), format="newline_delimited", columns=dict(COLUMNS[path.stem]))
        found = [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]
        assert [{key: as_written(value) for key, value in row.items()} for row in found] == rows[path.stem]


@pytest.fixture
def make_hostile(
    material: Material, new_article: Callable[..., Article], new_claim: Callable[..., Claim]
) -> Callable[[str], Material]:
    return lambda words: hostile_material(material, words, new_article, new_claim)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_strangers_text_comes_back_as_it_was(
    make_hostile: Callable[[str], Material], form: str, words: str, tmp_path: Path
) -> None:
    odd = f"{words}\r\n'\";,\t"
    (path,) = (one for one in write_export(tmp_path, export_rows(make_hostile(odd)), form) if one.stem == "articles")
    titles = [row["title"] for row in read_rows(path)]
    # UTF-8 has no lone surrogates; one sign stands for one, so that offsets hold.
    assert titles == [*[odd.encode("utf-8", "replace").decode()] * 2, None]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file by a reader of its format; an empty cell of a CSV file is unknown."""
    match path.suffix:
        case ".jsonl":
            return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        case ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                return [{key: cell or None for key, cell in row.items()} for row in csv.DictReader(file)]
        case _:
            read = pytest.importorskip("duckdb").read_parquet(str(path))
            return [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_csv_runs_no_formula(material: Material, tmp_path: Path, text: str) -> None:
    rows = export_rows(replace(material, findings=(), claims=(), articles=(replace(material.articles[0], title=text),)))
    write_export(tmp_path, rows, "csv")
    with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["title"] == f"'{text}"


def test_parquet_is_read_back(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    for path in write_export(tmp_path, rows, "parquet"):
        read = duckdb.read_parquet(str(path))
        found = [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]
        assert len(found) == len(rows[path.stem])
        for row, written in zip(found, rows[path.stem], strict=True):
            assert {key: as_written(value) for key, value in row.items()} == written
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".parquet"] * len(COLUMNS)


def as_written(value: object) -> object:
    """Return a value of a Parquet file as the export wrote it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {key: as_written(part) for key, part in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_nothing_to_export_gives_files_without_rows(material: Material, tmp_path: Path, form: str) -> None:
    rows = export_rows(replace(material, articles=(), claims=(), findings=(), set_asides=(), health=()))
    written = write_export(tmp_path, rows, form)
    assert [path.name for path in written] == [f"{kind}.{form}" for kind in COLUMNS]
    assert [row for path in written if path.stem != "edits" for row in read_rows(path)] == []


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_signs_that_utf8_cannot_carry(material: Material, tmp_path: Path, form: str) -> None:
    odd = replace(material.articles[0], title="a\ud800b\x00c", text=f"x\x00 {material.articles[0].text}")
    rows = export_rows(replace(material, articles=(odd,), claims=(), findings=()))
    (path,) = (one for one in write_export(tmp_path, rows, form) if one.stem == "articles")
    assert next((row["title"], row["text"]) for row in read_rows(path)) == ("a?b\x00c", odd.text)


def test_unknown_format(rows: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="format 'xml': choose one of jsonl, csv, parquet"):
        write_export(tmp_path / "new", rows, "xml")
    assert not (tmp_path / "new").exists()


def test_parquet_without_its_extra(
    rows: dict[str, list[dict[str, Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> ModuleType:
        if name == "duckdb":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match="extra `parquet`"):
        write_export(tmp_path, rows, "parquet")


def test_attributions_nest(articles: Mapping[str, Article], claims: Mapping[str, Claim]) -> None:
    text = articles["radio"].text
    own = [claim for claim in claims.values() if claim.article_id == articles["radio"].id]
    first, second = attribution_rows(own, text)
    assert [text[start:end] for start, end in first["nested"][0]["content"]] == [
        "Their solvent is in our river, and it has been for nine days."
    ]
    assert (second["nested"], second["cue"]) == ([], None)
    assert first["source_entities"][0]["id"] == "person:ada-holm"
    assert [text[start:end] for start, end in first["source"]] == ["HOLM"]


def test_attributions_leave_the_outlets_own_words_out(
    articles: Mapping[str, Article], claims: Mapping[str, Claim]
) -> None:
    own = [claim for claim in claims.values() if claim.article_id == articles["herald"].id]
    rows = attribution_rows(own, articles["herald"].text)
    assert len(rows) == len(own) - 1
    assert [row["content"][0][0] for row in rows] == sorted(row["content"][0][0] for row in rows)


def test_attribution_without_a_source_has_null(articles: Mapping[str, Article], claims: Mapping[str, Claim]) -> None:
    row = attribution_rows([claims["review_thirty"]], articles["review"].text)[0]
    assert (row["source"], row["cue"], row["distanced"], row["certainty"]) == (None, None, True, "possible")


def test_child_of_an_unknown_parent_is_kept(articles: Mapping[str, Article], claims: Mapping[str, Claim]) -> None:
    orphan = replace(claims["radio_river"], parent="gone")
    assert len(attribution_rows([orphan], articles["radio"].text)) == 1


def test_a_claim_names_the_run_that_found_it(material: Material) -> None:
    first = material.claims[0].id
    made = {first: Provenance(component="rules", version="7", run_id="earlier")}
    rows = {row["id"]: row for row in export_rows(replace(material, provenance=made))["claims"]}

    assert (rows[first]["provenance"]["version"], rows[first]["provenance"]["run_id"]) == ("7", "earlier")


def test_who_stands_beside_has_no_side_in_the_export(material: Material) -> None:
    first, *others = material.findings
    last = replace(first.members[-1], side=Side.BESIDE)
    beside = replace(first, members=(*first.members[:-1], last))
    found = export_rows(replace(material, findings=(beside, *others)))
    row = next(one for one in found["findings"] if one["id"] == first.id)
    sides = {claim["id"]: claim["side"] for claim in row["claims"]}
    assert sides[last.claim_id] is None
    assert sides[first.members[0].claim_id] == first.members[0].side.value
