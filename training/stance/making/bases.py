"""Sentences of articles and headlines that pairs are made from: read at training time, and kept out of the project."""

import gzip
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.model.article import Article, DateSource
from training.stance.making.pairs import CLAIMS, HEADLINES, Base, Origin
from training.stance.making.parsing import MODEL, find_clause, parse

ARTICLES = 600  # the last 106 of the file are kept aside: nothing is learnt from them
SHORTEST, LONGEST = 5, 28  # words of a claim that is used
# Nobody in particular, or only known from the text around: a pair of such sentences has no sure label.
_RAW = tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))["bases"]
UNCLEAR = re.compile(
    rf"\b(?:{'|'.join(_RAW['unclear'])})\b|^(?:{'|'.join(_RAW['openers'])})\b|^(?:{'|'.join(_RAW['leads'])}),"
    r"|[?!\"“”…\[\]()<>{}—–#@Ã¢€™]|\.\.|\. |- |\b[a-z]+ed (?:she|he|they) |['’](?:ve|re|d|m|ll)\b"
)


def read_claims(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the article and the statement of every claim in the articles that may be learnt from."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:ARTICLES]]
    nlp = load_pipeline(MODEL)
    for article, claims in extract_articles([_article(row["id"], row["text"]) for row in rows], nlp):
        if isinstance(claims, tuple):
            yield from ((article.url, claim.proposition.statement) for claim in claims)


def _article(name: str, text: str) -> Article:
    return Article(
        url=name, path="", outlet="", title="", published_at=None, date_source=DateSource.NONE, language="en",
        sha256="", retrieved_at=datetime(2016, 1, 1, tzinfo=UTC), text=text,
    )  # fmt: skip


def read_headlines(path: Path) -> list[str]:
    """Return the headlines of the training pairs, without those on topics of the Emergent test set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if '"fnc1' in line and "emergent_test_topic" not in line]
    found = {row["hypothesis"] for row in rows} | {row["premise"] for row in rows if row["corpus"] == "fnc1_hh"}
    return sorted({" ".join(line.split()).strip(" .") for line in found})


def claim_bases(statements: Iterable[tuple[str, str]]) -> list[Base]:
    """Return the statements that are one plain sentence about the third person, each text once."""
    plain = {text: topic for topic, text in statements if _is_plain(text)}
    return _with_parse(plain, CLAIMS)


def headline_bases(headlines: Iterable[str]) -> list[Base]:
    """Return the headlines, with their clause where they have one."""
    return _with_parse({line: line for line in headlines if len(line) < 110}, HEADLINES)  # noqa: PLR2004


def _is_plain(text: str) -> bool:
    return SHORTEST <= len(text.split()) <= LONGEST and text[:1].isupper() and UNCLEAR.search(text) is None


def _with_parse(texts: dict[str, str], origin: Origin) -> list[Base]:
    bases = []
    for (text, topic), doc in zip(texts.items(), parse(texts), strict=True):
        clause = find_clause(doc)
        if clause is not None or origin == HEADLINES:
            bases.append(Base(text=text, origin=origin, topic=topic, clause=clause, doc=doc))
    return bases
