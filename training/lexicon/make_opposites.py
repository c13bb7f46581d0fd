"""Make `opposites.json` and `synonyms.json` of `tasks/comparison` from WordNet 3.0.

Its licence stands in both files; see README.md, Licences.

apt-get install wordnet-base
python training/lexicon/make_opposites.py /usr/share/wordnet
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "tasks" / "comparison" / "opposites.json"
SYNONYMS = TARGET.with_name("synonyms.json")
PARTS = ("adj", "adv", "noun", "verb")
# Of a pair, one word must occur in WordNet's own marked texts: pairs of rare words are no words of the news.
LEAST_USES = 1
LEAST_USES_ALIKE = 3  # of each word of a set of synonyms: rare senses of common words are many
NOTICE = (
    "WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. This software and database is provided "
    '"as is" and Princeton University makes no representations or warranties, express or implied. Permission to use, '
    "copy, modify and distribute is granted without fee, provided that this notice stands on all copies. The name of "
    "Princeton University or Princeton may not be used in advertising or publicity."
)


def read_senses(folder: Path) -> Iterator[tuple[list[str], list[tuple[str, int, int]], str]]:
    """Yield each set of synonyms: its words, its antonyms (key, own word, other word), its own key."""
    for part in PARTS:
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            words = [word.split("(")[0] for word in fields[4 : 4 + 2 * count : 2]]
            start = 5 + 2 * count
            pointers = [fields[at : at + 4] for at in range(start, start + 4 * int(fields[start - 1]), 4)]
            opposite = [
                (f"{kind}{offset}", *divmod(int(place, 16), 256))
                for sign, offset, kind, place in pointers
                if sign == "!"
            ]
            yield words, opposite, f"{fields[2].replace('s', 'a')}{fields[0]}"


def read_uses(folder: Path) -> Counter[str]:
    """Return how often each word stands in WordNet's marked texts."""
    uses: Counter[str] = Counter()
    for line in (folder / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, _, count = line.split()
        uses[key.split("%")[0]] += int(count)
    return uses


def find_pairs(folder: Path) -> list[list[str]]:
    """Return the pairs of opposites in small letters, each once, without words that are also synonyms."""
    senses = list(read_senses(folder))
    words_of = {key: words for words, _, key in senses}
    alike = {frozenset((one, other)) for words, _, _ in senses for one in words for other in words}
    uses = read_uses(folder)
    pairs = {
        frozenset((words[own - 1], words_of[key][other - 1]))
        for words, opposite, _ in senses
        for key, own, other in opposite
    }
    plain = (sorted(pair) for pair in pairs - alike if all(word.isalpha() and word.islower() for word in pair))
    return sorted(pair for pair in plain if len(pair) > 1 and max(uses[word] for word in pair) >= LEAST_USES)


def find_synonyms(folder: Path) -> list[list[str]]:
    """Return the sets of words in use that share a sense, in small letters, each once."""
    uses = read_uses(folder)
    plain = (
        sorted({word for word in words if word.isalpha() and word.islower() and uses[word] >= LEAST_USES_ALIKE})
        for words, _, _ in read_senses(folder)
    )
    return [list(words) for words in sorted({tuple(words) for words in plain if len(words) > 1})]


def find_irregular(folder: Path) -> dict[str, str]:
    """Return the irregular forms of words in use, each with its lemma."""
    known = {word for word, count in read_uses(folder).items() if count >= LEAST_USES}
    found: dict[str, str] = {}
    for part in PARTS:
        for line in (folder / f"{part}.exc").read_text(encoding="utf-8").splitlines():
            form, *lemmas = line.split()
            if lemmas and lemmas[0] in known and form.isalpha() and form != lemmas[0]:
                found.setdefault(form, lemmas[0])
    return dict(sorted(found.items()))


def main() -> None:
    """Write the file."""
    folder = Path(sys.argv[1])
    pairs = find_pairs(folder)
    irregular = find_irregular(folder)
    lines = ",\n".join(json.dumps(pair) for pair in pairs)
    table = f'{{"licence": {json.dumps(NOTICE)},\n"irregular": {json.dumps(irregular)},\n"pairs": [\n{lines}\n]}}\n'
    TARGET.write_text(table, encoding="utf-8")
    alike = find_synonyms(folder)
    lines = ",\n".join(json.dumps(words) for words in alike)
    SYNONYMS.write_text(f'{{"licence": {json.dumps(NOTICE)},\n"sets": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(alike)} sets of synonyms written to {SYNONYMS.name}")
    print(f"{len(pairs)} pairs and {len(irregular)} irregular forms written to {TARGET.name}")


if __name__ == "__main__":
    main()
