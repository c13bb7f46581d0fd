"""Material -> the files of an export, in the format that is asked for."""

import json
from collections.abc import Iterator
from pathlib import Path

from tasks.reporting.annotations import annotations, collection, first_page
from tasks.reporting.export import export_rows
from tasks.reporting.export_files import put_in_place, write_export
from tasks.reporting.material import Material

ANNOTATIONS = "annotations"


def export_material(folder: Path, material: Material, form: str) -> dict[Path, int]:
    """Write the material into the folder, which is made; return for each file how many rows it holds."""
    if form == ANNOTATIONS:
        return {write_annotations(folder, material): len(material.claims)}
    rows = export_rows(material)
    return {path: len(rows[path.stem]) for path in write_export(folder, rows, form)}


def write_annotations(folder: Path, material: Material) -> Path:
    """Write all claims as one JSON-LD document, and return it.

    One document, as the format has it: a reader of JSON-LD takes it whole, where it would not take JSON lines. Each
    annotation is one line of it all the same, so that it is written, compared and searched line by line.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{ANNOTATIONS}.jsonld"
    with (
        put_in_place(path) as passing,
        passing.open("w", encoding="utf-8", errors="replace", newline="\n") as file,
    ):
        file.writelines(_lines(material))
    return path


def _lines(material: Material) -> Iterator[str]:
    head = collection(material)
    if not material.claims:
        yield f"{_json(head)}\n"
        return
    # The page comes last in the collection and its items last in the page, so that two brackets close both.
    yield f'{_json(head)[:-1]}, "first": {_json(first_page(head))[:-1]}, "items": [\n'
    for number, one in enumerate(annotations(material), 1):
        yield f"{_json(one)}{',' if number < len(material.claims) else ''}\n"
    yield "]}}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
