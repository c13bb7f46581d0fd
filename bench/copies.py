"""Copies that are cut, wrapped and edited: how many are found, beside hashes of the whole text, and how many too many.

    python -m bench.copies                 articles of our own (training/attribution/own)
    python -m bench.copies STORIES.jsonl   those of labelled stories, {"articles": [{"text"}]} or {"text"} a line;
                                           of one story's pairs it also tells how many count as copies

Each article is taken over in ten ways. The articles that were written apart and share one long quotation must not
count as copies, nor may articles of different names.
"""

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from time import process_time

from tasks.comparison.copies import is_copy, may_be_copy, same_sentences, shingles
from tasks.settings import ROOT

OWN = ROOT / "training" / "attribution" / "own"
MARK = re.compile(r"\{[\w+]+:([^{}]*)\}")
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+|\n+")
SHORTEST = 120  # words of an article that is measured with
OTHER_WORDS = ("harbour", "council", "seven", "morning", "statement", "north", "report", "village", "quiet", "second")
QUOTE = (
    "“We have looked at every page of the record, we have asked everyone who was there that night, and we have found "
    "nobody who saw the gate open before nine; whoever says so now must tell us where they stood, what they saw and "
    "why they waited three weeks before they came to us with it, since the law asks all of us to speak at once.”"
)

Change = Callable[[str, str, random.Random], str]


def words_changed(share: float) -> Change:
    """Return a change of that share of the words, here and there."""

    def change(text: str, _other: str, dice: random.Random) -> str:
        return " ".join(dice.choice(OTHER_WORDS) if dice.random() < share else word for word in text.split(" "))

    return change


def sentences_kept(share: float) -> Change:
    """Return a change that keeps that share of the sentences and fills up with another text's."""

    def change(text: str, other: str, dice: random.Random) -> str:
        own, others = SENTENCE.split(text), SENTENCE.split(other)
        return " ".join(line if dice.random() < share else dice.choice(others) for line in own)

    return change


def cut(text: str, _other: str, _dice: random.Random) -> str:
    """Return the first third of the sentences."""
    lines = SENTENCE.split(text)
    return " ".join(lines[: max(3, len(lines) // 3)])


def wrapped(text: str, other: str, _dice: random.Random) -> str:
    """Return the text within a longer one of somebody else."""
    half = len(other) // 2
    return f"{other[:half]}\n{text}\n{other[half:]}\n{other}"


def shuffled(text: str, _other: str, dice: random.Random) -> str:
    """Return the sentences in another order."""
    lines = SENTENCE.split(text)
    dice.shuffle(lines)
    return " ".join(lines)


CHANGES: dict[str, Change] = {
    "as it is": lambda text, _other, _dice: text,
    "another dateline and credit": lambda text, _other, _dice: f"LARDEN, Tuesday — {text}\nOur own report.",
    "first third": cut,
    "in a longer text": wrapped,
    "sentences in another order": shuffled,
    "one word in ten changed": words_changed(0.1),
    "one word in five changed": words_changed(0.2),
    "one word in four changed": words_changed(0.25),
    "seven sentences of ten kept": sentences_kept(0.7),
    "half of the sentences kept": sentences_kept(0.5),
}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.copies", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="stories or articles as JSON lines; our own without it")
    stories = read_stories(parser.parse_args().data)
    texts = [text for story in stories for text in story]
    print(f"{len(texts)} articles of {SHORTEST} words or more\n{'':32}{'whole text':>12}{'shingles':>10}{'both':>8}")
    began = process_time()
    for name, change in CHANGES.items():
        dice = random.Random(7)  # noqa: S311
        pairs = [(text, change(text, texts[place - len(texts) // 2], dice)) for place, text in enumerate(texts)]
        print(line(name, pairs))
    print("\nthese are no copies")
    quoted = [(f"{text}\n{QUOTE}", f"{texts[place - len(texts) // 2]}\n{QUOTE}") for place, text in enumerate(texts)]
    print(line("one long quotation shared", quoted))
    print(line("nothing shared", [(text, texts[place - len(texts) // 2]) for place, text in enumerate(texts)]))
    if len(stories) < len(texts):
        print(line("pairs of one story, as they are", [pair for story in stories for pair in combinations(story, 2)]))
    print(f"\n{process_time() - began:.1f} s of processor time")


def line(name: str, pairs: list[tuple[str, str]]) -> str:
    """Return one line of the table: which share of the pairs each way calls copies."""
    shares = [sum(found(*pair) for pair in pairs) / len(pairs) for found in (same_text, by_shingles, by_both)]
    return f"{name:<32}{shares[0]:>12.3f}{shares[1]:>10.3f}{shares[2]:>8.3f}  of {len(pairs):,}"


def same_text(left: str, right: str) -> bool:
    """Return whether two texts have one hash, their white space aside."""
    one, other = (sha256(" ".join(text.split()).encode()).digest() for text in (left, right))
    return one == other


def by_shingles(left: str, right: str) -> bool:
    """Return whether two texts share enough word sequences."""
    one, other = shingles(left), shingles(right)
    return is_copy(len(one & other), min(len(one), len(other)))


def by_both(left: str, right: str) -> bool:
    """Return what a run decides: by word sequences, and where they leave it open by sentences."""
    one, other = shingles(left), shingles(right)
    shared, smaller = len(one & other), min(len(one), len(other))
    return is_copy(shared, smaller) or (may_be_copy(shared, smaller) and same_sentences(left, right))


def read_stories(path: Path | None) -> list[list[str]]:
    """Return the articles that are long enough, story by story."""
    found = ([text for text in story if len(text.split()) >= SHORTEST] for story in rows_of(path))
    return [story for story in found if story]


def rows_of(path: Path | None) -> Iterator[list[str]]:
    """Yield the texts of each story."""
    if path is None:
        for file in sorted(OWN.glob("*.txt")):
            for part in file.read_text(encoding="utf-8").split("\n=== ")[1:]:
                text = part.partition("\n")[2]
                while MARK.search(text):
                    text = MARK.sub(r"\1", text)
                yield [text.strip()]
        return
    for row in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(row)
        yield [one["text"] for one in told["articles"]] if "articles" in told else [told["text"]]


if __name__ == "__main__":
    main()
