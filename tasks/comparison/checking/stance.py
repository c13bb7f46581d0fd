"""The stance of an article towards a statement, and the readable table of weights that decides it."""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from tasks.comparison.regression import Regression, read_regression
from tasks.model.errors import InputError

TABLE = Path(__file__).parents[3] / "models" / "check.json"  # fitted with a trained judge
WORDS_TABLE = TABLE.with_name("check-lexical.json")  # with the judge that needs no network


class Stance(StrEnum):
    """What an article does with a statement."""

    SUPPORTS = "supports"  # the outlet itself states or endorses it
    DENIES = "denies"  # it states or endorses the contrary
    REPORTS = "reports"  # it only attributes it to somebody, or keeps its distance
    SILENT = "silent"


# From which sureness a denial is shown as one: on topics left out in turn 33 of 35 are right there, 84 of 132 in all.
SURE_DENIAL = 0.80
SPEAKING = (Stance.SUPPORTS, Stance.DENIES, Stance.REPORTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Both tables: whether the article speaks of the statement at all, and what it does with it."""

    speaks: Regression
    stance: Regression
    version: str


@lru_cache(maxsize=2)
def load_weights(path: Path = TABLE) -> Weights:
    """Return the tables; a file that is missing or damaged is an InputError."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Weights(
            speaks=read_regression(table["speaks"]), stance=read_regression(table["stance"]), version=table["version"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"the weights {path} cannot be read ({error!r}); training/check makes them") from error
