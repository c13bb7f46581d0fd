"""Who stands for whom: countries, capitals, seats of power, bodies, outlets; from data files."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tasks.model.claim import Entity, EntityKind

HERE = Path(__file__).parent
_RAW = tomllib.loads((HERE / "gazetteer.toml").read_text(encoding="utf-8"))
WEB_ENDINGS: tuple[str, ...] = tuple(_RAW["outlet"]["endings"])
TITLES = frozenset(_RAW["office"]["titles"])
GOVERNMENT = frozenset(_RAW["office"]["government"])
GROUPS = frozenset(_RAW["office"]["groups"])
BODIES = frozenset(_RAW["office"]["bodies"])
PERSON_ENDINGS: tuple[str, ...] = tuple(_RAW["office"]["person_endings"])
NOT_PEOPLE = frozenset(_RAW["office"]["not_people"])
OUTLET_WORDS = frozenset(_RAW["outlet"]["words"])


def slug(name: str) -> str:
    """Return a name as it stands in an id: "Antony Blinken" -> "antony-blinken"."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a name stands for: the entities, narrowest first, and how literal the name is."""

    entities: tuple[Entity, ...]
    capital: bool = False  # a city that stands for its government only where it speaks
    demonym: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Every known name and what it stands for; names match as whole words in their own case."""

    names: dict[str, Place]
    pattern: re.Pattern[str]

    def find(self, text: str) -> Iterator[tuple[int, int, Place]]:
        """Yield start, end and meaning of each known name, longest first where two overlap."""
        for match in self.pattern.finditer(text):
            yield match.start(), match.end(), self.names[match.group().replace("’", "'")]


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer, read once in a process."""
    names: dict[str, Place] = {}
    _add_states(names)
    for name in _RAW["outlet"]["names"]:
        names[name] = Place(entities=(Entity(id=f"outlet:{slug(name)}", name=name, kind=EntityKind.OUTLET),))
    _add_bodies(names)
    known = {entity.id: entity for place in names.values() for entity in place.entities}
    for name, code in _RAW["capital"].items():
        names[name] = Place(entities=(known[code if ":" in code else f"state:{code}"],), capital=True)
    for name, code in _RAW["speaks_for"].items():
        state = (known[f"state:{code}"],) if code else ()
        first = (
            names[name].entities[0]
            if name in names
            else Entity(id=f"body:{slug(name)}", name=name, kind=EntityKind.BODY)
        )
        names[name] = Place(entities=(first, *state))
    longest_first = sorted(names, key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace("'", "['’]") for name in longest_first)
    return Gazetteer(names=names, pattern=re.compile(rf"(?<![\w.])(?:{alternatives})(?![\w])"))


def _add_states(names: dict[str, Place]) -> None:
    for row in json.loads((HERE / "countries.json").read_text(encoding="utf-8")):
        own = _RAW["state"].get(row["code"], {})
        name = own.get("name", row["name"])
        state = Entity(id=f"state:{row['code']}", name=name, kind=EntityKind.STATE)
        for spelling in {name, *row["names"], *own.get("names", [])}:
            names[spelling] = Place(entities=(state,))
        for demonym in row["demonyms"]:
            names.setdefault(demonym, Place(entities=(state,), demonym=True))
        for demonym in own.get("demonyms", []):  # the editor's word holds: "American" is nobody else's
            names[demonym] = Place(entities=(state,), demonym=True)
        for capital in row["capitals"]:
            names.setdefault(capital, Place(entities=(state,), capital=True))


def _add_bodies(names: dict[str, Place]) -> None:
    for key, spellings in _RAW["body"].items():
        body = Entity(id=f"body:{key}", name=spellings[0], kind=EntityKind.BODY)
        names.update(dict.fromkeys(spellings, Place(entities=(body,))))
