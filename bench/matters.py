"""Whether findings hold what belongs together: `python -m bench.matters [STORIES.jsonl ...] [--stories N]`.

Three gold standards, since none marks everything. (1) Stories of whole articles, mixed: two claims of one finding must
not come from two stories; the story says nothing of recall, since it holds many matters. (2) Stories of bare claims
with related pairs (ClaimDiff): claims that are related, directly or through others, belong together; this is looser
than one matter. (3) The marked matters of the sample story. Beside the findings stand the same relations joined by
single links: whatever a relation that is sure enough connects is one matter. What ships is measured: copies are known,
and pairs are weighed with the judge of the settings.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.bcubed import bcubed
from bench.matters_gold import Gold, article_of, by_pairs, by_story, sample_gold
from tasks.attribution.pipeline import extract_articles, load_pipeline
from tasks.comparison.clusters import joins
from tasks.comparison.compare import compare_new
from tasks.comparison.copies import is_copy, shingles
from tasks.comparison.embeddings import load_embedder
from tasks.comparison.findings import build_findings
from tasks.comparison.groups import Groups
from tasks.comparison.setting import setting_of
from tasks.comparison.weighing import load_weigher
from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.finding import RelatedPair
from tasks.settings import load_settings

NOW = datetime(2025, 3, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """The claims of some articles, and the group of each claim that shares one, by two ways."""

    claims: Sequence[Claim]
    ways: Mapping[str, Mapping[str, str]]


def main() -> None:
    """Measure on the files that are named, and on the sample story."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--stories", type=int, default=20, help="how many stories of each file are mixed")
    given = parser.parse_args()
    print(f"{'gold':<34}{'way':<14}{'items':>6}{'P':>7}{'R':>7}{'F1':>7}{'groups':>8}{'largest':>9}{'mixed':>7}")
    for path in given.files:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][: given.stories]
        measure_stories(f"{path.stem}, {len(rows)} stories", rows)
    articles, gold_of = sample_gold()
    grouped = group_claims(articles)
    show("sample story, marked matters", grouped, gold_of(grouped.claims), recall=True)


def measure_stories(name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print how pure the groups of mixed stories are, and, where pairs are marked, how well they fit these."""
    stories = {article_of(story, place): story for story in rows for place in range(len(story["articles"]))}
    grouped = group_claims(list(stories))
    owners = {article.id: story["id"] for article, story in stories.items()}
    gathered = {claim_id for way in grouped.ways.values() for claim_id in way}
    show(f"{name}: one story", grouped, by_story(grouped.claims, owners, gathered), recall=False)
    if any("pairs" in story for story in rows):
        show(f"{name}: related pairs", grouped, by_pairs(grouped.claims, stories), recall=True)


def group_claims(articles: Sequence[Article]) -> Grouped:
    """Return the claims of the articles with the findings and the single-link groups that they are in."""
    pipeline = load_pipeline(load_settings().spacy_model)
    claims = [claim for _, found in extract_articles(articles, pipeline) if isinstance(found, tuple) for claim in found]
    vectors = load_embedder().embed([claim.proposition.statement for claim in claims])
    settings = [setting_of(article) for article in with_copies(articles)]
    roots = {setting.article_id: setting.root for setting in settings}
    pairs = compare_new(claims, vectors, copy_roots=roots, weigher=load_weigher(load_settings().judge))
    findings = build_findings(claims, pairs, settings)
    held = {
        member.claim_id: finding.id
        for finding in reversed(findings)
        for member in finding.members
        if len(finding.members) > 1
    }
    return Grouped(claims=claims, ways={"findings": held, "single links": single_links(pairs)})


def with_copies(articles: Sequence[Article]) -> list[Article]:
    """Return the articles, each with the earlier one that it repeats, if any."""
    originals: dict[str, frozenset[int]] = {}
    found = []
    for article in articles:
        mine = shingles(article.text)
        near = (one for one, its in originals.items() if is_copy(len(mine & its), min(len(mine), len(its))))
        root = next(near, "")
        if not root:
            originals[article.id] = mine
        found.append(replace(article, copy_of=root))
    return found


def single_links(pairs: Iterable[RelatedPair]) -> dict[str, str]:
    """Return the group of each claim that a pair connects with others."""
    links = [pair for pair in pairs if joins(pair)]
    groups = Groups(claim_id for pair in links for claim_id in (pair.left, pair.right))
    for pair in links:
        groups.join(pair.left, pair.right, "linked")
    return {claim_id: ids[0] for ids, _, _ in groups.listed() for claim_id in ids}


def show(name: str, grouped: Grouped, gold: Gold, *, recall: bool) -> None:
    """Print one line for each way; recall and F1 only where the gold standard tells of them."""
    for way, held in grouped.ways.items():
        marked = {item: kind for item, kind in gold.kinds.items() if recall or gold.claims[item] in held}
        found = {item: held[gold.claims[item]] for item in marked if gold.claims[item] in held}
        score = bcubed(found, marked)
        sizes = Counter(held.values())
        kinds: dict[str, set[object]] = {}
        for item, group in found.items():
            kinds.setdefault(group, set()).add(gold.kinds[item])
        mixed = sum(len(met) > 1 for met in kinds.values())
        more = f"{score.recall:7.3f}{score.f1:7.3f}" if recall else f"{'-':>7}{'-':>7}"
        largest = max(sizes.values(), default=0)
        print(f"{name:<34}{way:<14}{score.items:>6}{score.precision:7.3f}{more}{len(sizes):>8}{largest:>9}{mixed:>7}")


if __name__ == "__main__":
    main()
