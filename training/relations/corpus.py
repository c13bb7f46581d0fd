"""Stories with the claims of their articles, as the comparison would meet them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tasks.comparison.copies import is_copy, shingles
from tasks.model.claim import Claim
from training.check.data import read_lines

FILES = ("fnc1.train.jsonl", "fnc1.dev.jsonl", "claimdiff.train.jsonl")  # no licence stated for any, none of tier nc
HELD = "fnc1.dev.jsonl"  # its topics are for reporting alone
DEVELOPMENT, KEPT = "development", "kept"
BETWEEN = " + "  # the ids of two stories
SHARE = 0.66  # of the stories that may be developed on: with the held ones about 60 % of all pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles on one topic, by their ids in the story file."""

    id: str
    part: str
    licence: str
    topic: str
    texts: Mapping[str, str]


def read_stories(folder: Path) -> list[Story]:
    """Return the stories of all files."""
    return [story_of(row, held=name == HELD) for name in FILES for row in read_lines(folder / name)]


class StoriesById(dict[str, Story]):
    """Stories by their ids; two ids together name what two stories make as one."""

    def __init__(self, stories: Iterable[Story]) -> None:
        """Take the stories."""
        super().__init__((story.id, story) for story in stories)

    def __missing__(self, name: str) -> Story:
        if BETWEEN not in name:
            raise KeyError(name)
        return join([self[one] for one in name.split(BETWEEN)])


def join(stories: Sequence[Story]) -> Story:
    """Return several stories of one part as one, in which an article's id begins with that of its story."""
    texts = {f"{story.id}/{aid}": text for story in stories for aid, text in story.texts.items()}
    licences = "; ".join(sorted({story.licence for story in stories}))
    (part,) = {story.part for story in stories}
    topic = " / ".join(story.topic for story in stories)
    return Story(id=BETWEEN.join(story.id for story in stories), part=part, licence=licences, topic=topic, texts=texts)


def story_of(row: Mapping[str, Any], *, held: bool) -> Story:
    """Return one story of a file; an article that is given as a list of claims has one of them a line."""
    texts = {
        article["aid"]: article.get("text") or "\n".join(claim["text"] for claim in article["claims"])
        for article in row["articles"]
    }
    topic = str(row.get("claim") or row["topic"])
    return Story(id=row["id"], part=part_of(row["id"], held=held), licence=row["licence"], topic=topic, texts=texts)


def part_of(story: str, *, held: bool) -> str:
    """Return the part of a story, the same in every run."""
    return KEPT if held or mixed(story) >= SHARE else DEVELOPMENT


def mixed(text: str) -> float:
    """Return a number from 0 to 1 that a text alone decides."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") / 2**64


def find_claims(story: Story, extracted: Mapping[str, Sequence[Claim]]) -> Iterator[tuple[str, Claim]]:
    """Yield each claim of a story with the id of its article."""
    for aid, text in story.texts.items():
        for claim in extracted.get(text, ()):
            yield aid, claim


def find_roots(story: Story) -> dict[str, str]:
    """Return for each article that repeats an earlier one which that is, both by their ids in the story file."""
    known: dict[str, frozenset[int]] = {}
    roots: dict[str, str] = {}
    for aid, text in story.texts.items():
        mine = shingles(text)
        copied = (one for one, its in known.items() if is_copy(len(mine & its), min(len(mine), len(its))))
        root = next(copied, "")
        if root:
            roots[aid] = root
        else:
            known[aid] = mine
    return roots
