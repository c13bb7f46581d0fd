"""Languages prepared as data: a folder for each code, with the tables that stand for English one folder higher.

A table alone extracts nothing: that needs a parser of the language, and none but the English one ships.
"""

from functools import cache
from pathlib import Path

from tasks.model.errors import InputError

HERE = Path(__file__).parent
ENGLISH = "en"


def table_of(language: str, name: str) -> Path:
    """Return the file of a language's table; InputError where none is prepared."""
    if language == ENGLISH:
        return HERE.parent / name
    if language not in prepared():
        raise InputError(f"no words are prepared for the language {language!r}; there are {', '.join(prepared())}")
    return HERE / language / name


@cache
def prepared() -> tuple[str, ...]:
    """Return the codes of the languages whose words are prepared."""
    return (ENGLISH, *sorted(path.parent.name for path in HERE.glob("*/cues.toml")))
