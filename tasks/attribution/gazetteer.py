"""Who stands for whom: countries, capitals, seats of power, bodies, outlets; from data files."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tasks.attribution.languages import ENGLISH, table_of
from tasks.model.claim import Entity, EntityKind
from tasks.model.countries import read_countries

HERE = Path(__file__).parent
WORD = re.compile(r"\w+")
_RAW = tomllib.loads((HERE / "gazetteer.toml").read_text(encoding="utf-8"))
WEB_ENDINGS: tuple[str, ...] = tuple(_RAW["outlet"]["endings"])
TITLES = frozenset(_RAW["office"]["titles"])
GOVERNMENT = frozenset(_RAW["office"]["government"])
GROUPS = frozenset(_RAW["office"]["groups"])
BODIES = frozenset(_RAW["office"]["bodies"])
PERSON_ENDINGS: tuple[str, ...] = tuple(_RAW["office"]["person_endings"])
NOT_PEOPLE = frozenset(_RAW["office"]["not_people"])
PERSONS = frozenset(_RAW["office"]["persons"])
SINGLE_OFFICES = frozenset(_RAW["office"]["single"])
SPEAKING_OFFICES = frozenset(_RAW["office"]["speaking"])
LOCAL_BODIES = frozenset(_RAW["office"]["local"])
SEATS = frozenset(_RAW["office"]["seats"])
STATE_NOUNS = frozenset(_RAW["office"]["states"])
SHORT_TITLES: dict[str, str] = _RAW["short_titles"]
FIRM_WORDS = frozenset(_RAW["firm"]["words"])
FIRM_KINDS = frozenset(_RAW["firm"]["kinds"])
EPITHETS = frozenset(_RAW["office"]["epithets"])
ALIKE = {noun: frozenset(group) for group in _RAW["firm"]["alike"] for noun in group}
HEADS: dict[str, str] = _RAW["heads"]
COMMERCIAL = frozenset(_RAW["firm"]["commercial"])
FIRMS_OR_PEOPLE = frozenset(_RAW["firm"]["or_people"])
ARTICLED = frozenset(_RAW["articled"]["names"])
OUTLET_NOUNS = frozenset(_RAW["outlet"]["nouns"])
OUTLET_WORDS = frozenset(_RAW["outlet"]["words"])
_FIRST_NAMES = tomllib.loads((HERE / "first_names.toml").read_text(encoding="utf-8"))
GENDERS = {name: pronoun for pronoun, names in _FIRST_NAMES.items() for name in names.split()}


@lru_cache(maxsize=4096)
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
    bodies: dict[str, Entity]  # every state and body, by its id
    openings: dict[str, tuple[str, ...]]  # the names that begin with a word, longest first
    pattern: re.Pattern[str]  # a word that a name may begin with

    def find(self, text: str) -> Iterator[tuple[int, int, Place]]:
        """Yield start, end and meaning of each known name, the longest of those that begin at one place."""
        text, end = text.replace("’", "'"), 0
        for match in self.pattern.finditer(text):
            name = self._longest(text, match) if match.start() >= end else ""
            end = match.start() + len(name) if name else end
            if name in self.names:
                yield match.start(), end, self.names[name]

    def _longest(self, text: str, match: re.Match[str]) -> str:
        """Return the longest name that stands at a place, "" where none does."""
        for name in self.openings.get(match.group(), ()):
            end = match.start() + len(name)
            if text.startswith(name, match.start()) and not WORD.match(text, end):
                return name
        return ""


@cache
def load_gazetteer(language: str = ENGLISH) -> Gazetteer:
    """Return the gazetteer, read once in a process; another language's names come on top of the English ones."""
    names: dict[str, Place] = {}
    _add_states(names)
    for name in _RAW["outlet"]["names"]:
        own = _RAW["outlet"]["same"].get(name, name)
        names[name] = Place(entities=(Entity(id=f"outlet:{slug(own)}", name=own, kind=EntityKind.OUTLET),))
    _add_bodies(names)
    known = {entity.id: entity for place in names.values() for entity in place.entities}
    for name, code in _RAW["capital"].items():
        names[name] = Place(entities=(known[code if ":" in code else f"state:{code}"],), capital=True)
    for name, code in _RAW["speaks_for"].items():
        state = (known[f"state:{code}"],) if code else ()
        seat = Entity(id=f"body:{slug(name)}", name=name, kind=EntityKind.BODY)
        names[name] = Place(entities=(names[name].entities[0] if name in names else seat, *state))
    if language != ENGLISH:
        _add_language(names, known, tomllib.loads(table_of(language, "gazetteer.toml").read_text(encoding="utf-8")))
    for name in [name for name in names if not name.isascii()]:
        names.setdefault(_plain(name), names[name])  # "Brasilia" is Brasília
    return Gazetteer(
        names=names, bodies=known, openings=_openings([*names, *_RAW["elsewhere"]["names"]]), pattern=_pattern(names)
    )


def _add_language(names: dict[str, Place], known: dict[str, Entity], raw: dict[str, Any]) -> None:
    """Add the names that another language has for the same states, seats and bodies."""
    for code, row in raw["state"].items():
        state = (known[f"state:{code}"],)
        names.update(dict.fromkeys(row["names"], Place(entities=state)))
        names.update(dict.fromkeys(row["demonyms"], Place(entities=state, demonym=True)))
    for key, spellings in raw["body"].items():
        names.update(dict.fromkeys(spellings, Place(entities=(known[f"body:{key}"],))))
    for name, code in raw["capital"].items():
        names[name] = Place(entities=(known[code if ":" in code else f"state:{code}"],), capital=True)
    for name, row in raw["speaks_for"].items():
        own = Entity(id=f"body:{slug(name)}", name=name, kind=EntityKind.BODY)
        seat = names[row["same"]].entities[0] if row["same"] else own
        names[name] = Place(entities=(seat, known[f"state:{row['code']}"]))


def _plain(name: str) -> str:
    """Return a name without its accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))


def _openings(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    openings: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        openings.setdefault(_first_word(name), []).append(name)
    return {word: tuple(longest_first) for word, longest_first in openings.items()}


def _first_word(name: str) -> str:
    match = WORD.match(name)
    return match[0] if match else ""


def _pattern(names: dict[str, Place]) -> re.Pattern[str]:
    """Return what finds the words that a name may begin with: capitalised ones, and the few small ones."""
    small = {_first_word(name) for name in names if not name[:1].isupper()}
    return re.compile(rf"(?<![\w.])(?:[^\W\d_a-z]\w*|(?:{'|'.join(sorted(map(re.escape, small)))})(?!\w))")


def _add_states(names: dict[str, Place]) -> None:
    for row in read_countries():
        own = _RAW["state"].get(row.code, {})
        name = own.get("name", row.name)
        state = Entity(id=f"state:{row.code}", name=name, kind=EntityKind.STATE)
        for spelling in {name, *row.names, *own.get("names", [])}:
            names[spelling] = Place(entities=(state,))
        for demonym in row.demonyms:
            names.setdefault(demonym, Place(entities=(state,), demonym=True))
        for demonym in own.get("demonyms", []):  # the editor's word holds: "American" is nobody else's
            names[demonym] = Place(entities=(state,), demonym=True)
        for capital in row.capitals:
            names.setdefault(capital, Place(entities=(state,), capital=True))


def _add_bodies(names: dict[str, Place]) -> None:
    for key, spellings in _RAW["body"].items():
        body = Entity(id=f"body:{key}", name=spellings[0], kind=EntityKind.BODY)
        names.update(dict.fromkeys(spellings, Place(entities=(body,))))
