"""The check on quotes: words come from the stored text by offset, or the report is not built."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tasks.model.article import Article, Span, words_of
from tasks.model.claim import Claim
from tasks.model.errors import EvidenceError
from tasks.model.finding import Finding
from tasks.reporting.material import Material


@dataclass(frozen=True, slots=True)
class Evidence:
    """The articles and claims of a report by id, each claim checked against the text of its article.

    An article's id is made from its text and a claim's from its offsets, so a text that changed after extraction has
    another id, and its claims are found to belong to no article.
    """

    articles: Mapping[str, Article]  # by date, the undated ones last
    claims: Mapping[str, Claim]
    numbers: Mapping[str, int]  # of the articles in that order, from 1: what a footnote on paper names
    naming: Mapping[str, frozenset[str]] = field(init=False)  # by party: the articles that speak of it

    def __post_init__(self) -> None:
        naming: dict[str, set[str]] = {}
        for claim in self.claims.values():
            for party in claim.proposition.parties:
                naming.setdefault(party.entity.id, set()).add(claim.article_id)
        object.__setattr__(self, "naming", {party: frozenset(articles) for party, articles in naming.items()})

    def article_of(self, claim: Claim) -> Article:
        """Return the article that the claim was found in."""
        return self.articles[claim.article_id]

    def words(self, claim: Claim, spans: Iterable[Span]) -> str:
        """Return the words under the spans, read from the stored text."""
        return words_of(self.article_of(claim).text, spans)


def arrange_evidence(articles: Iterable[Article], claims: Iterable[Claim]) -> Evidence:
    """Return articles and claims by id, unchecked."""
    ordered = sorted(articles, key=_by_date)
    return Evidence(
        articles={article.id: article for article in ordered},
        claims={claim.id: claim for claim in claims},
        numbers={article.id: number for number, article in enumerate(ordered, 1)},
    )


def gather_evidence(material: Material) -> Evidence:
    """Return the material by id; raise EvidenceError where a quote or a reference leads nowhere."""
    evidence = arrange_evidence(material.articles, material.claims)
    for claim in material.claims:
        check_claim(claim, evidence.articles)
    for finding in material.findings:
        check_finding(finding, evidence.claims)
    return evidence


def _by_date(article: Article) -> tuple[bool, str, str, str]:
    at = article.published_at
    return at is None, "" if at is None else at.isoformat(), article.outlet, article.id


def check_claim(claim: Claim, articles: Mapping[str, Article]) -> None:
    """Raise EvidenceError when the claim points at an unknown article, or past the words of a known one."""
    article = articles.get(claim.article_id)
    if article is None:
        raise EvidenceError(f"claim {claim.id}: its article {claim.article_id} is not among the stored articles")
    for span in (*claim.content, *claim.cue, *claim.source, *claim.basis):
        if span.end > len(article.text) or not span.of(article.text).strip():
            raise EvidenceError(
                f"claim {claim.id}: no words at {span.start}..{span.end} of article {article.id} "
                f"({article.place}), whose text has {len(article.text)} characters"
            )


def check_finding(finding: Finding, claims: Mapping[str, Claim]) -> None:
    """Raise EvidenceError when the finding names a claim that is not at hand."""
    named = {member.claim_id for member in finding.members}
    named.update(claim_id for origin in finding.origins for claim_id in origin.claim_ids)
    named.update(claim_id for pair in finding.pairs for claim_id in (pair.left, pair.right))
    missing = sorted(named - claims.keys())
    if missing:
        raise EvidenceError(f"finding {finding.id}: its claims {', '.join(missing)} are not among the stored claims")
