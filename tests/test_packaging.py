import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_normal_install_takes_the_tables_that_code_reads_beside_itself() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = setup["package-data"]["*"]
    files = [path for path in (ROOT / "tasks").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    tables = [path for path in files if path.suffix != ".py"]

    assert len(tables) > 5
    assert [path.name for path in tables if not any(fnmatch(path.name, pattern) for pattern in patterns)] == []
