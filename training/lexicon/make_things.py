"""Make `tasks/attribution/things.json` from WordNet 3.0 (its licence stands in the file; see README.md, Licences).

apt-get install wordnet-base
python training/lexicon/make_things.py /usr/share/wordnet
"""

import json
import sys
import textwrap
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import spacy

from tasks.settings import load_settings
from training.lexicon.make_opposites import NOTICE

TARGET = Path(__file__).resolve().parents[2] / "tasks" / "attribution" / "things.json"
# WordNet's own files of senses: animals, artefacts, parts of bodies, food, natural objects, plants, substances.
CONCRETE = frozenset({5, 6, 8, 13, 17, 20, 27})
# What stands for a policy, a work or a body, though it can be touched: a new bridge, a film, a missile, a drug.
PUBLIC = frozenset(
    {
        *("building", "structure", "way", "weapon", "weaponry", "military_vehicle", "warship", "armament", "explosive"),
        *("creation", "facility", "drug", "fuel", "area", "establishment", "track", "system", "network", "land"),
        *("soldier", "pathogen", "microorganism", "virus", "body_of_water", "water_system", "rocket"),
    }
)
FOOD = 13
SHORT = 9  # dishes are often words that no news model has met, short ones mostly words that people know
PEOPLE = frozenset({18})
MOSTLY = 0.55  # of the uses of a word in WordNet's marked texts, those that mean a thing
UNSEEN = 0.5  # what a sense without a use counts as


@dataclass(frozen=True, slots=True)
class Sense:
    """One set of synonyms: the file it stands in, its first word, the keys of what it is a kind of."""

    file: int
    word: str
    above: tuple[str, ...]


def read_senses(folder: Path) -> dict[str, Sense]:
    """Return every sense of a noun by its key."""
    senses = {}
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        start = 5 + 2 * int(fields[3], 16)
        pointers = (fields[at : at + 2] for at in range(start, start + 4 * int(fields[start - 1]), 4))
        above = tuple(key for sign, key in pointers if sign in ("@", "@i"))
        senses[fields[0]] = Sense(int(fields[1]), fields[4], above)
    return senses


def read_uses(folder: Path) -> Counter[tuple[str, int]]:
    """Return how often each sense of each noun stands in WordNet's marked texts."""
    uses: Counter[tuple[str, int]] = Counter()
    for line in (folder / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, number, count = line.split()
        word, sense = key.split("%")
        if sense.startswith("1"):
            uses[word, int(number)] += int(count)
    return uses


def kinds_of(key: str, senses: dict[str, Sense]) -> set[str]:
    """Return the first words of a sense and of all that it is a kind of."""
    return {senses[key].word}.union(*(kinds_of(above, senses) for above in senses[key].above))


def find_nouns(folder: Path, known: frozenset[str], files: frozenset[int]) -> list[str]:
    """Return the known nouns that mostly mean what stands in some of WordNet's files, and nothing public."""
    senses, uses = read_senses(folder), read_uses(folder)
    found = []
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        word, *fields = line.split()
        keys = fields[-int(fields[1]) :] if word.isalpha() else []
        common = word in known or (len(word) <= SHORT and any(senses[key].file == FOOD for key in keys))
        if not keys or not common:
            continue
        counts = [uses[word, number] + UNSEEN for number in range(1, len(keys) + 1)]
        things = [senses[key].file in files and not kinds_of(key, senses) & PUBLIC for key in keys]
        if sum(count for count, thing in zip(counts, things, strict=True) if thing) >= MOSTLY * sum(counts):
            found.append(word)
    return found


def main() -> None:
    """Write the file."""
    # Words that spaCy's model has never met are too rare to carry.
    known = frozenset(spacy.load(load_settings().spacy_model).vocab.strings)
    folder = Path(sys.argv[1])
    kinds = {"things": find_nouns(folder, known, CONCRETE), "people": find_nouns(folder, known, PEOPLE)}
    parts = [f'"licence": {json.dumps(NOTICE)}']
    for kind, nouns in kinds.items():
        lines = ",\n".join(json.dumps(line) for line in textwrap.wrap(" ".join(nouns), 112))
        parts.append(f'"{kind}": [\n{lines}\n]')
    TARGET.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")
    print({kind: len(nouns) for kind, nouns in kinds.items()}, f"written to {TARGET.name}")


if __name__ == "__main__":
    main()
