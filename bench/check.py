"""Stances of articles towards statements, against stories that people labelled: `python -m bench.check STORIES...`.

Each file holds one story a line: {"id", "claim", "articles": [{"aid", "text", "stance"}]}. The figures are F1 over
supports, denies and reports; an article that is called silent though it is not counts as missed. Beside ours stand two
answers that need no model: everything reports, and words alone (words in common, words that refuse or keep a distance).
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tasks.comparison.checking.sentences import find_sentences
from tasks.comparison.checking.stance import SPEAKING, Stance
from tasks.comparison.checking.words import count_kinds
from tasks.comparison.lexicon import load_lexicon
from tasks.comparison.texts import read_words, share
from tasks.console.check import story_lines

Row = Mapping[str, Any]
Answers = dict[tuple[str, str], Stance]  # by story and article
LEAST_SHARED = 0.2  # of the statement's words, in one sentence: less is another matter
LEAD = 3


def ours(stories: Sequence[Row]) -> Answers:
    """Return what `rashomon check --stories` says."""
    found = story_lines(stories)
    return {(row["id"], one["aid"]): Stance(one["stance"]) for row in found for one in row["articles"]}


def majority(stories: Sequence[Row]) -> Answers:
    """Return for every article that it reports, which is what most of the training articles do."""
    return dict.fromkeys(gold(stories), Stance.REPORTS)


def by_words(stories: Sequence[Row]) -> Answers:
    """Return what words in common and words that refuse or keep a distance say."""
    return {
        (row["id"], one["aid"]): stance_by_words(row["claim"], one["text"])
        for row in stories
        for one in row["articles"]
    }


def stance_by_words(statement: str, text: str) -> Stance:
    """Return the stance of one article by its words alone."""
    lexicon = load_lexicon()
    asked = read_words(statement, lexicon).stems
    sentences = [" ".join(span.of(text).split()) for span in find_sentences(text)]
    shared = [share(asked, read_words(sentence, lexicon).stems) for sentence in sentences]
    if not sentences or max(shared) < LEAST_SHARED:
        return Stance.SILENT
    looked_at = [*sentences[:LEAD], sentences[shared.index(max(shared))]]
    kinds = sum((Counter(count_kinds(sentence)) for sentence in looked_at), Counter[str]())
    mine = count_kinds(statement)
    if (kinds["refute"] or kinds["deny"]) and not (mine["refute"] or mine["deny"]):
        return Stance.DENIES
    return Stance.REPORTS if kinds["hedge"] else Stance.SUPPORTS


SYSTEMS: dict[str, Callable[[Sequence[Row]], Answers]] = {
    "everything reports": majority,
    "words alone": by_words,
    "rashomon check": ours,
}


def gold(stories: Sequence[Row]) -> Answers:
    """Return what people said."""
    return {(row["id"], one["aid"]): Stance(one["stance"]) for row in stories for one in row["articles"]}


def figures(wanted: Answers, told: Answers) -> dict[str, float]:
    """Return macro-F1 over the three stances that speak, and each one's own."""
    pairs = Counter((stance, told[place]) for place, stance in wanted.items())
    each = {}
    for stance in SPEAKING:
        hit = pairs[stance, stance]
        all_told = sum(count for (_, one), count in pairs.items() if one is stance)
        all_there = sum(count for (one, _), count in pairs.items() if one is stance)
        each[stance.value] = 2 * hit / (all_told + all_there) if all_told + all_there else 0.0
    silent = sum(count for (one, other), count in pairs.items() if other is Stance.SILENT and one is not other)
    return {"macro-F1": sum(each.values()) / len(each), **each, "called silent": silent / max(1, len(wanted))}


def lines(stories: Sequence[Row]) -> Iterator[str]:
    """Yield the table of one file."""
    wanted = gold(stories)
    counts = Counter(stance.value for stance in wanted.values())
    yield f"{len(stories)} stories, {len(wanted)} articles: " + ", ".join(f"{n} {name}" for name, n in counts.items())
    for name, system in SYSTEMS.items():
        found = figures(wanted, system(stories))
        yield f"{name:<20}" + "  ".join(f"{what} {value:.3f}" for what, value in found.items())


def main() -> None:
    """Print the table of each file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("stories", type=Path, nargs="+")
    for path in options.parse_args().stories:
        print(path)
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for line in lines(rows):
            print("  " + line, flush=True)


if __name__ == "__main__":
    main()
