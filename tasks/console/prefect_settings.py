"""Prefect's own settings: one table in pyproject.toml, handed on as environment defaults before Prefect is imported."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from tasks.logs import JSON_VARIABLES
from tasks.model.errors import InputError
from tasks.settings import ROOT, LogFormat, load_settings

QUIET = "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"
# Prefect reads each entry of its logging.yml from such a variable, and its temporary server inherits them.
HANDLER = ("PREFECT_LOGGING_HANDLERS_CONSOLE_CLASS", "tasks.console.prefect_log.ConsoleHandler")


def prefect_variables() -> dict[str, str]:
    """Return the table `[tool.prefect]` as environment variables."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["prefect"]
    return dict(flatten(table, "PREFECT"))


def flatten(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield name and value of each leaf of a nested table, the names joined by underscores."""
    for key, value in table.items():
        name = f"{prefix}_{key.upper()}"
        if isinstance(value, dict):
            yield from flatten(value, name)
        else:
            yield name, str(value).lower() if isinstance(value, bool) else str(value)


def set_prefect_defaults(*, verbose: bool = True) -> None:
    """Set the variables that the user has not set; to be called before Prefect is imported, which reads them then.

    Unless `verbose`, the terminal shows errors alone; the server gets the whole log either way.
    """
    for name, value in (prefect_variables() | log_variables()).items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault(*HANDLER)
    if not verbose:
        os.environ.setdefault(QUIET, "ERROR")


def log_variables() -> dict[str, str]:
    """Return what has Prefect's processes write JSON lines, where the settings say so."""
    with suppress(InputError):  # told by whoever needs the settings
        if load_settings().log_format is LogFormat.JSON:
            return dict(JSON_VARIABLES)
    return {}
