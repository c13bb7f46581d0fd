"""The figures, side by side for all systems."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.attribution.grammar import NO_ACT, SOURCES, Grammar
from bench.attribution.matching import Attribution, Matched, count_exact
from tasks.model.claim import Act, Speech

Key = Callable[[Attribution, Grammar], str]
KEYS: Mapping[str, tuple[Key, Sequence[str]]] = {
    "by speech": (lambda one, _: one.speech, list(Speech)),
    "by act of the cue word": (lambda one, grammar: grammar.act(one.spans[1]), [*Act, NO_ACT]),
    "by source": (lambda one, grammar: grammar.source(one.spans[0]), SOURCES),
}
LEFT = 28


@dataclass(slots=True)
class Tally:
    """How many are marked, found, and of both how many match and are right end to end."""

    marked: int = 0
    found: int = 0
    matched: tuple[int, int] = (0, 0)  # of the marked ones, of the found ones: the two may fall into different groups
    right: tuple[int, int] = (0, 0)


def count(articles: Sequence[Matched], grammars: Sequence[Grammar], key: Key) -> dict[str, Tally]:
    """Return the tally of each group that a key puts attributions into."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for matched, grammar in zip(articles, grammars, strict=True):
        marked = [tallies[key(one, grammar)] for one in matched.marked]
        found = [tallies[key(one, grammar)] for one in matched.found]
        for tally in marked:
            tally.marked += 1
        for tally in found:
            tally.found += 1
        for m, f in matched.pairs:
            right = (m, f) in matched.right
            _add(marked[m], (1, 0), right=right)
            _add(found[f], (0, 1), right=right)
    return tallies


def _add(tally: Tally, one: tuple[int, int], *, right: bool) -> None:
    tally.matched = (tally.matched[0] + one[0], tally.matched[1] + one[1])
    if right:
        tally.right = (tally.right[0] + one[0], tally.right[1] + one[1])


def total(articles: Sequence[Matched], grammars: Sequence[Grammar]) -> Tally:
    """Return one tally of everything."""
    return count(articles, grammars, lambda _one, _grammar: "")[""]


def rates(tally: Tally, hits: tuple[int, int]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of hits among the marked and among the found."""
    precision = hits[1] / tally.found if tally.found else 0.0
    recall = hits[0] / tally.marked if tally.marked else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def show(systems: Mapping[str, Sequence[Matched]], grammars: Sequence[Grammar]) -> Iterator[str]:
    """Yield the lines of one block of tables."""
    tallies = {name: total(articles, grammars) for name, articles in systems.items()}
    exact = {name: sum(map(count_exact, articles)) for name, articles in systems.items()}
    yield f"{'':{LEFT}}{'marked':>7}" + "".join(f"  {name:>20}" for name in systems)
    yield f"{'':{LEFT}}{'':>7}" + f"  {'P':>6}{'R':>7}{'F1':>7}" * len(systems)
    yield _row("content exact", tallies, {name: (hits, hits) for name, hits in exact.items()})
    yield _row("content match", tallies, {name: tally.matched for name, tally in tallies.items()})
    yield _row("end to end", tallies, {name: tally.right for name, tally in tallies.items()})
    shares = (100 * tally.right[0] / max(tally.matched[0], 1) for tally in tallies.values())
    yield f"{'source right where matched':{LEFT + 7}}" + "".join(f"  {share:20.1f}" for share in shares)
    yield f"{'found':{LEFT + 7}}" + "".join(f"  {tally.found:20}" for tally in tallies.values())
    for title, (key, names) in KEYS.items():
        groups = {name: count(articles, grammars, key) for name, articles in systems.items()}
        yield f"end to end, {title}"
        for group in names:
            rows = {name: found.get(str(group), Tally()) for name, found in groups.items()}
            if any(tally.marked or tally.found for tally in rows.values()):
                yield _row(f"  {group}", rows, {name: tally.right for name, tally in rows.items()})


def _row(name: str, tallies: Mapping[str, Tally], hits: Mapping[str, tuple[int, int]]) -> str:
    marked = max(tally.marked for tally in tallies.values())
    cells = (rates(tally, hits[system]) for system, tally in tallies.items())
    return f"{name:{LEFT}}{marked:7}" + "".join(f"  {100 * p:6.1f}{100 * r:7.1f}{100 * f:7.1f}" for p, r, f in cells)
