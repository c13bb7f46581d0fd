"""What went wrong, by kind: the list that says where the next points are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.attribution.data import Sample
from bench.attribution.matching import Attribution, Matched, Words, shared

MOSTLY = 0.8
WIDTH = 110  # characters of a content that an example shows
NO_CUE = "missed: nothing found at its cue"
INSIDE = "missed: nothing found at its cue, its words lie in another content"
NO_MARK = "spurious: nothing marked there"
OVERLAPS = "spurious: inside a marked content"
KINDS = (
    NO_CUE,
    INSIDE,
    "missed: cue found, content too wide",
    "missed: cue found, content too narrow",
    "missed: cue found, content elsewhere",
    "source wrong: another one",
    "source wrong: nobody where somebody is marked",
    "source wrong: somebody where nobody is marked",
    NO_MARK,
    OVERLAPS,
    "counted as a match, content too wide",
    "counted as a match, content too narrow",
    "counted as a match, content partly elsewhere",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake: what was marked and what was found, either of which may be missing."""

    kind: str
    marked: Attribution | None
    found: Attribution | None


def find_mistakes(matched: Matched) -> Iterator[Mistake]:
    """Yield the mistakes in one article."""
    for m, f in matched.pairs:
        yield from _in_pair(matched.marked[m], matched.found[f], right=(m, f) in matched.right)
    used = {f for _, f in matched.pairs}
    paired = {m for m, _ in matched.pairs}
    free = [one for f, one in enumerate(matched.found) if f not in used]
    explained: list[Attribution] = []
    for marked in (one for m, one in enumerate(matched.marked) if m not in paired):
        near = max(
            (one for one in free if _same_cue(marked, one)), key=lambda one: _likeness(marked, one), default=None
        )
        if near is not None:
            explained.append(near)
            yield Mistake(kind=f"missed: cue found, {_boundary(marked, near)}", marked=marked, found=near)
        else:
            around = any(_lies_in(marked.content, one.content) for one in matched.found)
            yield Mistake(kind=INSIDE if around else NO_CUE, marked=marked, found=None)
    for one in (one for one in free if not any(one is other for other in explained)):
        inside = any(_lies_in(one.content, marked.content) for marked in matched.marked)
        yield Mistake(kind=OVERLAPS if inside else NO_MARK, marked=None, found=one)


def _in_pair(marked: Attribution, found: Attribution, *, right: bool) -> Iterator[Mistake]:
    if not right:
        kind = "another one" if marked.source and found.source else "nobody where somebody is marked"
        kind = kind if marked.source else "somebody where nobody is marked"
        yield Mistake(kind=f"source wrong: {kind}", marked=marked, found=found)
    if marked.content != found.content:
        boundary = _boundary(marked, found).replace("content else", "content partly else")
        yield Mistake(kind=f"counted as a match, {boundary}", marked=marked, found=found)


def _same_cue(marked: Attribution, found: Attribution) -> bool:
    """Return whether two attributions hang on one cue; one without a cue is known by its content."""
    return bool(marked.cue & found.cue if marked.cue else marked.content & found.content)


def _likeness(marked: Attribution, found: Attribution) -> float:
    return shared(marked.content, found.content)


def _boundary(marked: Attribution, found: Attribution) -> str:
    if len(found.content) > len(marked.content) and _lies_in(marked.content, found.content):
        return "content too wide"
    return "content too narrow" if _lies_in(found.content, marked.content) else "content elsewhere"


def _lies_in(inner: Words, outer: Words) -> bool:
    return len(inner & outer) >= MOSTLY * len(inner)


def show(blocks: Mapping[str, Sequence[Matched]], samples: Sequence[Sample], examples: int) -> Iterator[str]:
    """Yield how many mistakes of each kind there are in each block, then examples from the first."""
    listed = {name: [list(find_mistakes(one)) for one in articles] for name, articles in blocks.items()}
    counts = {
        name: [sum(one.kind == kind for found in lists for one in found) for kind in KINDS]
        for name, lists in listed.items()
    }
    yield f"{'':68}" + "".join(f"{name:>9}" for name in blocks)
    for row, kind in enumerate(KINDS):
        yield f"{kind:68}" + "".join(f"{numbers[row]:9}" for numbers in counts.values())
    first = next(iter(listed.values()))
    for kind in KINDS if examples else ():
        told = [
            (sample, one) for sample, found in zip(samples, first, strict=True) for one in found if one.kind == kind
        ]
        yield f"\n{kind}"
        # From all over the articles, the same ones in every run.
        for sample, one in told[:: max(len(told) // examples, 1)][:examples]:
            yield from _example(sample, one)


def _example(sample: Sample, mistake: Mistake) -> Iterator[str]:
    yield f"  {sample.name}"
    for name, one in (("marked", mistake.marked), ("found", mistake.found)):
        if one is not None:
            source, cue, content = (_words(sample.text.text, spans) for spans in one.spans)
            rule = f" ({one.rule} {one.confidence:.2f})" if one.rule else ""
            yield f"    {name:7}[{source}] [{cue}]{rule} {content}"


def _words(text: str, spans: Sequence[tuple[int, int]]) -> str:
    words = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
    half = WIDTH // 2
    return words if len(words) <= WIDTH else f"{words[:half]} (...) {words[-half:]}"
