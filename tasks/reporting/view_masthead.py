"""The head of a report: its topic, its numbers, and the few sentences that need attention first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.finding import Finding, Side, Status
from tasks.model.run import CANCELLED, FAILED, INTERRUPTED
from tasks.reporting.edits import Edit, edit_words, find_edits
from tasks.reporting.evidence import Evidence
from tasks.reporting.material import Material
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_findings import is_denied, origin_count, side_claims, source_count
from tasks.reporting.words import count, headline, joined, minute, period, stamp

ATTENTION = 7
NAMES = 3  # parties in a title
SHARE = 3  # one story: its first party is in a third of the articles

UNFINISHED = {FAILED: "failed", INTERRUPTED: "was interrupted", CANCELLED: "was cancelled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One number of the masthead with what it counts."""

    number: str
    noun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MastheadView:
    """What stands on top of a report."""

    title: str
    deck: str
    figures: tuple[FigureView, ...]
    period: str
    as_of: str
    as_of_iso: str
    scope: str
    ended: str  # "" where the run did all it had to do, or is doing it
    left_out: str  # "" where all of the run is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionView:
    """One sentence that needs attention, with the place that it leads to."""

    status: str
    tag: str
    statement: str
    words: str
    anchor: str


def masthead_view(material: Material, findings: Sequence[Finding], evidence: Evidence) -> MastheadView:
    """Return the topic and the numbers, origins first."""
    outlets = {article.outlet for article in material.articles if article.outlet}
    dates = [article.published_at for article in material.articles if article.published_at]
    figures = (
        (independent_origins(findings, evidence), "independent origin", ", at most"),
        (len(material.articles), "article", ""),
        (len(outlets), "outlet", ""),
        (len(findings), "finding", ""),
    )
    return MastheadView(
        title=title_of(material, evidence),
        deck=_deck(findings, material.articles),
        figures=tuple(
            FigureView(number=f"{n:,}", noun=count(n, noun).split(" ", 1)[1] + more) for n, noun, more in figures
        ),
        period=period(dates),
        as_of=minute(material.run.started_at),
        as_of_iso=stamp(material.run.started_at),
        scope=material.scope,
        ended=how_it_ended(material.run.status),
        left_out=left_out_words(material),
    )


def how_it_ended(status: str) -> str:
    """Return a warning where a run did not do all it had to do: what it shows is right, and not all there would be."""
    if status not in UNFINISHED:
        return ""
    return f"The run {UNFINISHED[status]} before it was done: this is what it stored until then. A rerun goes on there."


def left_out_words(material: Material) -> str:
    """Return what a page of a large run leaves out, and how to have it."""
    if material.whole is None:
        return ""
    articles, findings = count(material.whole.articles, "article"), count(material.whole.findings, "finding")
    return (
        f"This run read {articles} and touched {findings}. The report shows the {len(material.findings):,} that a "
        "reader should meet first, with the articles they rest on; "
        f"rashomon export DIR --run {material.run.id} gives all."
    )


def title_of(material: Material, evidence: Evidence) -> str:
    """Return the topic: the parties that most articles speak about; where no party leads, that there are several."""
    named = _named_in(evidence)
    top = sorted(named, key=lambda name: (-len(named[name]), -named[name].total(), name))[:NAMES]
    if not top:
        return _title_of_articles(material.articles)
    most, originals = len(named[top[0]]), sum(not article.copy_of for article in material.articles)
    if most * SHARE < originals:
        return f"{', '.join(top)} and other topics"
    return joined([name for name in top if len(named[name]) * 2 >= most])


def _named_in(evidence: Evidence) -> dict[str, Counter[str]]:
    """Return for each party the articles that speak about it, and how often; copies speak for nobody."""
    named: dict[str, Counter[str]] = {}
    for claim in evidence.claims.values():
        if not evidence.article_of(claim).copy_of:
            for party in claim.proposition.parties:
                named.setdefault(party.entity.name, Counter())[claim.article_id] += 1
    return named


def _title_of_articles(articles: Sequence[Article]) -> str:
    if not articles:
        return "Nothing to report yet"
    if len(articles) == 1:
        return articles[0].title or "One article"
    outlets = {article.outlet for article in articles}
    return f"{count(len(articles), 'article')} from {count(len(outlets), 'outlet')}"


def _deck(findings: Sequence[Finding], articles: Sequence[Article]) -> str:
    """Return how the findings stand, as one sentence."""
    held = Counter(finding.status for finding in findings)
    told = (
        (Status.DISPUTED, "disputed"),
        (Status.SHIFTED, "on which a source changed its position"),
        (Status.SEVERAL_ORIGINS, "from several origins"),
        (Status.DENIED, "only denied"),
        (Status.UNCLEAR, "unclear"),
        (Status.SINGLE_ORIGIN, "from a single origin"),
    )
    parts = [f"{held[status]:,} {words}" for status, words in told if held[status]]
    if not parts:
        return "No two sources speak on one matter." if articles else "No article could be read."
    return f"{count(len(findings), 'matter')}: {joined(parts)}."


def independent_origins(findings: Iterable[Finding], evidence: Evidence) -> int:
    """Return how many speakers, at most, the origins of all findings begin with; one who speaks twice counts once."""
    speakers = set[tuple[str, ...]]()
    for finding in findings:
        for origin in finding.origins:
            claims = [evidence.claims[claim_id] for claim_id in origin.claim_ids]
            speakers.add(min(_key(claim, evidence) for claim in claims))
    return len(speakers)


def _key(claim: Claim, evidence: Evidence) -> tuple[str, ...]:
    article = evidence.article_of(claim)
    return tuple(key for key, _, _ in speaker_of(claim, article).rows) or ("~", article.id, *map(str, claim.source))


def attention_views(
    material: Material, findings: Sequence[Finding], evidence: Evidence
) -> tuple[tuple[AttentionView, ...], int]:
    """Return at most seven sentences, conflicts first, and how many more there would be; an edit has one place."""
    edits = find_edits(material)
    found = [
        *(_disputed(finding, evidence) for finding in findings if finding.status is Status.DISPUTED),
        *(_shifted(finding, evidence) for finding in findings if finding.status is Status.SHIFTED),
        *(_spread(finding, evidence) for finding in findings if _spreads(finding, evidence)),
    ]
    changed = [article for article in material.articles if article.version > 1 and not article.superseded]
    edited = [_edited(article, edits) for article in changed]
    shown = [*found[: ATTENTION - len(edited[:1])], *edited][:ATTENTION]
    return tuple(shown), len(found) + len(edited) - len(shown)


DENY, DIFFER = ("denies it", "deny it"), ("says otherwise", "say otherwise")


def _disputed(finding: Finding, evidence: Evidence) -> AttentionView:
    sides = (
        _side(finding, Side.FOR, evidence, ("says so", "say so")),
        _side(finding, Side.AGAINST, evidence, DENY if is_denied(finding) else DIFFER),
    )
    return _about(finding, "Disputed", f"{'; '.join(sides)}.")


def _side(finding: Finding, side: Side, evidence: Evidence, verbs: tuple[str, str]) -> str:
    """Return how many stand on the side, origins first; the verb agrees with the number."""
    claims = side_claims(finding, side, evidence)
    articles = len({claim.article_id for claim in claims})
    number = origin_count(finding, side)
    beside = f"{count(source_count(claims, evidence), 'source')}, {count(articles, 'article')}"
    return f"at most {count(number, 'independent origin')} ({beside}) {verbs[number != 1]}"


def _shifted(finding: Finding, evidence: Evidence) -> AttentionView:
    """Return who changed position: the sources that stand on both sides."""
    sides = [
        {speaker_of(claim, evidence.article_of(claim)).name for claim in side_claims(finding, side, evidence)}
        for side in (Side.FOR, Side.AGAINST)
    ]
    names = sorted(sides[0] & sides[1])
    return _about(
        finding,
        "Shifted",
        f"{joined(names) or 'a source'} {'have' if len(names) > 1 else 'has'} taken both sides at different times.",
    )


def _spreads(finding: Finding, evidence: Evidence) -> bool:
    return finding.status is Status.SINGLE_ORIGIN and len(_outlets(finding, evidence)) > 1


def _spread(finding: Finding, evidence: Evidence) -> AttentionView:
    outlets = _outlets(finding, evidence)
    words = f"At most 1 independent origin, carried by {count(len(outlets), 'outlet')}; not corroborated here."
    return _about(finding, "Single origin", words)


def _outlets(finding: Finding, evidence: Evidence) -> set[str]:
    return {evidence.article_of(evidence.claims[member.claim_id]).outlet for member in finding.members}


def _edited(article: Article, edits: Mapping[str, Edit]) -> AttentionView:
    changed = f": {edit_words(edits[article.id])}" if article.id in edits else ""
    return AttentionView(
        status="edited",
        tag="Edited",
        statement=article.title or "Untitled",
        words=f"{article.outlet or 'The outlet'} changed the text; this is version {article.version}{changed}.",
        anchor=f"article-{article.id}",
    )


def _about(finding: Finding, tag: str, words: str) -> AttentionView:
    return AttentionView(
        status=finding.status.value,
        tag=tag,
        statement=headline(finding.statement),
        words=words[0].upper() + words[1:],
        anchor=f"finding-{finding.id}",
    )
