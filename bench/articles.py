"""Articles to measure with: the examples again and again, each time with other names and numbers."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from tasks.model.article import Article

NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")  # a capital inside a sentence
NUMBER = re.compile(r"\b\d{1,3}\b")
SYLLABLES = [
    "ba",
    "dor",
    "fen",
    "gal",
    "hul",
    "ka",
    "lim",
    "mar",
    "nor",
    "pel",
    "ras",
    "sul",
    "tan",
    "ven",
    "wick",
    "zor",
]


def vary(articles: list[Article], wanted: int, folder: Path) -> list[Path]:
    """Write so many articles into a folder, none like the other, and return their paths."""
    paths = []
    for number in range(wanted):
        path = folder / f"{number:05}.txt"
        path.write_text(variant(articles[number % len(articles)], number), encoding="utf-8")
        paths.append(path)
    return paths


def variant(article: Article, number: int) -> str:
    """Return an article as a text file, with names, numbers and the order of its paragraphs changed."""
    dice = random.Random(number)  # noqa: S311  (the same articles in every run)
    names = new_names(article.text, dice)
    body = article.text.split("\n")
    dice.shuffle(body)
    text = rename("\n\n".join(body[: max(3, len(body) * 3 // 4)]), names, number)
    head = {
        "title": f"Report {number}",
        "url": f"https://desk{number % 20}.example/{number}",
        "outlet": f"Desk {number % 20}",
    }
    return "".join(f"{key}: {value}\n" for key, value in head.items()) + f"published: {day(number)}\n\n{text}\n"


def new_names(text: str, dice: random.Random, syllables: int = 2) -> dict[str, str]:
    """Return another name for each name in a text; with four syllables hardly two texts share one."""
    return {name: "".join(dice.sample(SYLLABLES, syllables)).capitalize() for name in sorted(set(NAME.findall(text)))}


def rename(text: str, names: dict[str, str], number: int) -> str:
    """Return a text with other names, and with its small numbers higher by `number`."""
    for name, other in names.items():
        text = re.sub(rf"\b{name}\b", other, text)
    return NUMBER.sub(lambda match: str(int(match[0]) + number), text)


def day(number: int) -> str:
    """Return a day of one month, so that all articles lie in one time window."""
    return f"2024-03-{number % 28 + 1:02}"


def find_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that a person names instead."""
    yield from sorted(path for path in folder.rglob("*") if path.is_file())
