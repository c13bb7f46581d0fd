"""How well acts, positions and certainties are told: `python -m bench.acts DATA.jsonl [--part PART] [--errors N]`.

DATA holds the articles whose marked attributions `bench/acts.jsonl` labels (offsets and labels, no text; how they were
labelled: bench/acts.md). Two ways are measured: what the extractor found, where its content meets the marked one (half
of the union of their words), and the marked source, cue and content handed to `acts.judge` alone. Beside each stands
the baseline that calls everything a certain assertion. A third of the articles, by the hash of their id, is kept: the
figures come from it, and its errors are never shown. An attribution labelled `question` counts for its position alone;
one labelled `nothing` (a deed, a slip of the marks) is left aside.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.attribution.data import sample_of
from bench.attribution.matching import WORD, shared
from tasks.attribution.acts import judge
from tasks.attribution.drafts import Draft
from tasks.attribution.parsing import Paragraph, parse_texts
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.model.article import Span
from tasks.model.claim import Claim, Voice, position
from tasks.settings import load_settings

LABELS = Path(__file__).with_name("acts.jsonl")
KEPT = 3  # one article of so many is kept
HALF = 0.5
Marks = Sequence[Sequence[int]]
Answer = tuple[str, str, str]  # act, position, certainty
BASELINE: Answer = ("assert", "for", "certain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a person said of one marked attribution."""

    id: str  # the SHA-256 of the article's, which may hold words of its headline
    content: Marks
    cue: Marks
    answer: Answer

    @property
    def kept(self) -> bool:
        """Return whether its article belongs to the part whose errors nobody reads."""
        return int(self.id, 16) % KEPT == 0


def hash_of(article: str) -> str:
    """Return what stands for the id of an article in the labels."""
    return sha256(article.encode()).hexdigest()


def read_labels(part: str) -> list[Label]:
    """Return the labels of a part that are attributions at all."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    labels = [
        Label(
            id=row["id"],
            content=row["content"],
            cue=row["cue"],
            answer=(row["act"], row["position"], row["certainty"]),
        )
        for row in rows
        if row["act"] != "nothing"
    ]
    return [label for label in labels if part == "all" or label.kept == (part == "kept")]


def as_spans(marks: Marks) -> tuple[Span, ...]:
    """Return marks as spans."""
    return tuple(Span(start=start, end=end) for start, end in marks)


def words_in(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Return where the words under the spans begin."""
    return frozenset(span.start + m.start() for span in spans for m in WORD.finditer(text[span.start : span.end]))


def judged(label: Label, paragraphs: Sequence[Paragraph]) -> Answer | None:
    """Return what `judge` says of the marked spans, None where no paragraph holds them."""
    content, cue = as_spans(label.content), as_spans(label.cue)
    home = next((one for one in paragraphs if one.tokens(content)), None)
    words = [token for one in paragraphs for token in one.tokens(cue)]
    if home is None or not words:
        return None
    draft = judge(
        Draft(paragraph=home, row=None, cue=tuple(words), source=(), content=content, root=None, rule="marked")
    )
    return draft.act.value, position(draft.act, negated=draft.negated).value, draft.certainty.value


def matched(label: Label, text: str, claims: Iterable[Claim]) -> Answer | None:
    """Return what the extractor says of the marked attribution, None where it did not find it."""
    marked = words_in(text, as_spans(label.content))

    def share(claim: Claim) -> float:
        return shared(words_in(text, claim.content), marked)

    best = max((claim for claim in claims if claim.voice is Voice.SOURCE), key=share, default=None)
    if best is None or share(best) < HALF:
        return None
    return best.act.value, best.position.value, best.certainty.value


def answers(
    rows: list[dict[str, Any]], labels: Iterable[Label]
) -> Iterator[tuple[Label, str, Answer | None, Answer | None]]:
    """Yield each label with the text of its article and both answers."""
    settings = load_settings()
    nlp = load_pipeline(settings.spacy_model, settings.extractor)
    found = extract_articles([sample_of(row).article for row in rows], nlp)
    read = parse_texts(((row["text"], ()) for row in rows), nlp)
    for row, (_, claims), paragraphs in zip(rows, found, read, strict=True):
        if isinstance(claims, Exception):
            raise claims
        for label in labels:
            if label.id == hash_of(row["id"]):
                yield label, row["text"], matched(label, row["text"], claims), judged(label, paragraphs)


def show(name: str, pairs: Sequence[tuple[Answer, Answer]]) -> None:
    """Print how often the answers are right; the second of each pair is what was said."""
    plain = [(label, answer) for label, answer in pairs if label[0] != "question"]
    held = [(label, answer) for label, answer in plain if label[1] != "none"]
    denials = [(label, answer) for label, answer in plain if label[0] == "deny"]
    figures = {
        "act": _share((label[0] == answer[0] for label, answer in plain)),
        "position": _share((label[1] == answer[1] for label, answer in pairs)),
        "act and position": _share((label[:2] == answer[:2] for label, answer in plain)),
        "certainty": _share((label[2] == answer[2] for label, answer in held)),
        "denials": _share((label[:2] == answer[:2] for label, answer in denials)),
    }
    print(f"{name:34}{len(pairs):5}  " + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))


def _share(right: Iterable[bool]) -> float:
    listed = list(right)
    return sum(listed) / len(listed) if listed else 0.0


def show_confusion(pairs: Iterable[tuple[Answer, Answer]]) -> None:
    """Print for each act what was said instead of it."""
    table: dict[str, Counter[str]] = {}
    for label, answer in pairs:
        table.setdefault(label[0], Counter())[answer[0]] += 1
    for act, said in sorted(table.items()):
        others = "  ".join(f"{other} {number}" for other, number in said.most_common() if other != act)
        print(f"  {act:9}{said[act]:4} of {said.total():3}   {others}")


def main() -> None:
    """Read the arguments and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.acts", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--part", choices=("kept", "open", "all"), default="kept")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of the open part")
    given = parser.parse_args()
    labels = read_labels(given.part)
    wanted = {label.id for label in labels}
    if not given.data.is_file():
        parser.error(f"{given.data}: no such file; name the marked articles")
    with given.data.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if hash_of(row["id"]) in wanted]
    got = list(answers(rows, labels))
    print(f"{len(labels)} labels of {len(rows)} articles, part {given.part!r}; found by the extractor:")
    both = {
        "extractor, what it found": [(label.answer, found) for label, _, found, _ in got if found is not None],
        "judge alone, marked spans": [(label.answer, said) for label, _, _, said in got if said is not None],
    }
    for name, pairs in both.items():
        show(name, pairs)
        show("  everything a certain assertion", [(label, BASELINE) for label, _ in pairs])
        show_confusion(pairs)
    if given.errors and given.part == "open":
        show_errors([(label, text, said) for label, text, _, said in got if said is not None], given.errors)


def show_errors(got: Iterable[tuple[Label, str, Answer]], most: int) -> None:
    """Print the wrong answers with their words, to the terminal alone."""
    wrong = [(label, text, said) for label, text, said in got if label.answer != said]
    for label, text, said in wrong[:most]:
        words = [" … ".join(text[start:end] for start, end in marks) for marks in (label.cue, label.content)]
        print(f"{'/'.join(label.answer)} not {'/'.join(said)}: <{words[0]}> {words[1][:160]}")


if __name__ == "__main__":
    main()
