import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.settings import ROOT

# What each room may import beside the standard library, `tasks.model` and itself.
LIBRARIES = {
    "model": set(),
    "reading": {
        "charset_normalizer",
        "courlan",
        "dateparser",
        "feedparser",
        "htmldate",
        "httpcore2",
        "httpx2",
        "lxml",
        "markdown_it",
        "protego",
        "py3langid",
        "pypdf",
        "trafilatura",
        "url_normalize",
    },
    "attribution": {"dateparser", "numpy", "spacy", "threadpoolctl"},
    "comparison": {"numpy", "onnxruntime", "tokenizers"},
    "storage": {"alembic", "sqlalchemy"},
    "reporting": {"duckdb", "jinja2", "markupsafe"},
}
# These join the rooms, and use few libraries beside; Prefect stays out of the steps.
JOINERS: dict[str, set[str]] = {"steps": set(), "console": {"prefect", "rich"}, "serving": {"prefect", "yaml"}}
# Each of these lives in one place.
LONERS = {"spacy": "tasks/attribution/", "sqlalchemy": "tasks/storage/", "jinja2": "tasks/reporting/"}
OURS = {"tasks", "flows", "rashomon", "bench"}

SOURCES = sorted(
    path
    for folder in ("tasks", "flows", "bench", ".")
    for path in (ROOT / folder).glob("*.py" if folder == "." else "**/*.py")
)


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def find_imports(path: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)}, line {node.lineno}: a relative import"
            yield node.module or ""
            if node.module == "tasks":  # `from tasks import x` imports a room as well
                yield from (f"tasks.{alias.name}" for alias in node.names)


def room_of(path: Path) -> str:
    """Return the room that a file is in; "" for verbs, flows and the command line."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "tasks" and len(parts) > 2 else ""


def outside(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - OURS


@pytest.mark.parametrize("room", sorted(LIBRARIES | JOINERS))
def test_a_room_exists_and_says_what_it_is_for(room: str) -> None:
    module = ast.parse((ROOT / "tasks" / room / "__init__.py").read_text(encoding="utf-8"))

    assert ast.get_docstring(module)


def test_every_room_has_its_list_of_libraries() -> None:
    assert {room_of(path) for path in SOURCES} - {""} == set(LIBRARIES) | set(JOINERS)


@pytest.mark.parametrize("path", [path for path in SOURCES if room_of(path) in JOINERS], ids=place)
def test_what_joins_the_rooms_uses_few_libraries(path: Path) -> None:
    names = set(find_imports(path))
    console = {name for name in names if name.startswith("tasks.console")}

    assert outside(names) <= JOINERS[room_of(path)]
    assert room_of(path) == "console" or not console


@pytest.mark.parametrize("path", [path for path in SOURCES if room_of(path) in LIBRARIES], ids=place)
def test_a_room_opens_no_door_but_its_own(path: Path) -> None:
    room, names = room_of(path), set(find_imports(path))
    inside = {name for name in names if name.split(".")[0] in OURS}
    doors = {"tasks.model", f"tasks.{room}"}

    assert {name for name in inside if ".".join(name.split(".")[:2]) not in doors} == set()
    assert outside(names) <= LIBRARIES[room]


@pytest.mark.parametrize("path", [path for path in SOURCES if not room_of(path)], ids=place)
def test_libraries_that_live_in_a_room_are_used_there_alone(path: Path) -> None:
    assert outside(set(find_imports(path))) & set(LONERS) == set()


@pytest.mark.parametrize("path", [path for path in SOURCES if place(path).startswith("flows/")], ids=place)
def test_flow_files_carry_two_word_names_and_call_verbs(path: Path) -> None:
    rooms = {name for name in find_imports(path) if name.startswith("tasks.") and name.split(".")[1] in LIBRARIES}

    assert path.stem == "__init__" or path.stem.count("_") == 1
    assert rooms <= {"tasks.model"}


def test_the_reading_of_imports_sees_late_and_plain_ones(tmp_path: Path) -> None:
    file = tmp_path / "sample.py"
    file.write_text(
        "import spacy.tokens\nfrom tasks import storage\ndef late():\n    from tasks.model.claim import Act\n"
    )

    assert set(find_imports(file)) == {"spacy.tokens", "tasks", "tasks.storage", "tasks.model.claim"}
