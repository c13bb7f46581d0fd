"""Whether memory stays flat: articles by the thousand, none like the other, through the extractor in batches."""

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.articles import new_names, rename
from bench.attribution.data import Sample
from bench.attribution.matching import Text
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.model.article import Article
from tasks.settings import load_settings

BATCH, EVERY = 50, 500
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def resident_mb() -> float:
    """Return the memory that this process holds now, in megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_MB


def variant(samples: Sequence[Sample], number: int, characters: int = 0) -> Article:
    """Return one of the given articles, or so much of it, with names and numbers that no other variant has."""
    sample = samples[number % len(samples)]
    dice = random.Random(number)  # noqa: S311  (the same articles in every run)
    start = sample.text.text[: characters or None]
    text = rename(start, new_names(start, dice, syllables=4), number)
    return Sample(name=f"{sample.name}-{number}", text=Text(text), marked=()).article


def measure(samples: Sequence[Sample], wanted: int, characters: int = 0) -> Iterator[str]:
    """Yield the memory after every so many articles; each is one of the given ones with new names and numbers."""
    settings = load_settings()
    nlp = load_pipeline(settings.spacy_model, settings.extractor)
    yield f"{'articles':>9}{'MB':>8}{'strings':>10}"
    for begin in range(0, wanted, BATCH):
        done = min(begin + BATCH, wanted)
        for _, claims in extract_articles([variant(samples, number, characters) for number in range(begin, done)], nlp):
            if isinstance(claims, Exception):
                raise claims
        if begin == 0 or done % EVERY == 0 or done == wanted:
            yield f"{done:9}{resident_mb():8.0f}{len(nlp.vocab.strings):10}"
