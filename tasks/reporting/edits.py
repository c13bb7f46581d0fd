"""What an edit changed: the sentences and the claims that a text has gained or lost against the version before it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.model.article import Article, Span, words_of
from tasks.model.claim import Claim, Voice
from tasks.reporting.context import sentence_spans
from tasks.reporting.evidence import check_claim
from tasks.reporting.material import Material
from tasks.reporting.speakers import speaker_of
from tasks.reporting.view_claims import are_several, claim_act
from tasks.reporting.words import CLOSING, OPENING, count, joined

NAMES = 2  # sources that a summary names


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Two versions of one page: what stands in one of them alone."""

    article: Article
    before: Article
    added: tuple[Span, ...]  # of the article
    removed: tuple[Span, ...]  # of the one before
    claims_added: tuple[Claim, ...]
    claims_removed: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditView:
    """An edit as a template prints it."""

    words: str  # "2 sentences added, 1 sentence removed"
    against: str  # which version it is compared with
    added: tuple[str, ...]
    removed: tuple[str, ...]
    claims_added: tuple[str, ...]
    claims_removed: tuple[str, ...]


def find_edits(material: Material) -> dict[str, Edit]:
    """Return the edit of each article whose version before is at hand; raise EvidenceError for claims without words."""
    known = {(article.url, article.version): article for article in (*material.earlier, *material.articles)}
    texts = {article.id: article for article in (*material.earlier, *material.articles)}
    claims: dict[str, list[Claim]] = {}
    for claim in {one.id: one for one in (*material.earlier_claims, *material.claims)}.values():
        check_claim(claim, texts)
        claims.setdefault(claim.article_id, []).append(claim)
    found: dict[str, Edit] = {}
    for article in material.articles:
        before = known.get((article.url, article.version - 1))
        if article.url and before is not None:
            found[article.id] = edit_of(article, before, claims)
    return found


def edit_of(article: Article, before: Article, claims: Mapping[str, Sequence[Claim]]) -> Edit:
    """Return what changed between two versions."""
    new, old = list(sentence_spans(article.text)), list(sentence_spans(before.text))
    said, said_before = claims.get(article.id, ()), claims.get(before.id, ())
    return Edit(
        article=article,
        before=before,
        added=tuple(only_in(article.text, new, before.text, old)),
        removed=tuple(only_in(before.text, old, article.text, new)),
        claims_added=only_claimed(article, said, before, said_before),
        claims_removed=only_claimed(before, said_before, article, said),
    )


def only_in(text: str, spans: Iterable[Span], other: str, others: Iterable[Span]) -> Iterable[Span]:
    """Yield the sentences that the other text does not have, or not as often; where they stand does not matter."""
    left = Counter(folded(span.of(other)) for span in others)
    for span in spans:
        words = folded(span.of(text))
        if left[words]:
            left[words] -= 1
        else:
            yield span


def only_claimed(
    article: Article, claims: Iterable[Claim], other: Article, others: Iterable[Claim]
) -> tuple[Claim, ...]:
    """Return what sources say in one version alone, by their own words."""
    known = {claim_key(other, claim) for claim in others}
    return tuple(claim for claim in claims if claim.voice is Voice.SOURCE and claim_key(article, claim) not in known)


def claim_key(article: Article, claim: Claim) -> tuple[str, ...]:
    """Return what makes two claims of two versions one: source, act and words."""
    words = (folded(words_of(article.text, spans)) for spans in (claim.source, claim.content))
    return (claim.act.value, *words)


def folded(text: str) -> str:
    """Return a text without case, and without what the two sides of a quotation mark may change."""
    return " ".join(text.casefold().split()).strip(f"{OPENING}{CLOSING} ")


def edit_view(edit: Edit) -> EditView:
    """Return an edit in words, read from the stored texts."""
    return EditView(
        words=edit_words(edit),
        against=f"version {edit.before.version}",
        added=tuple(span.of(edit.article.text) for span in edit.added),
        removed=tuple(span.of(edit.before.text) for span in edit.removed),
        claims_added=tuple(claim_words(edit.article, claim) for claim in edit.claims_added),
        claims_removed=tuple(claim_words(edit.before, claim) for claim in edit.claims_removed),
    )


def edit_words(edit: Edit) -> str:
    """Return how much changed: "2 sentences added, 1 sentence removed, gone: 1 claim of Ada Holm"."""
    parts = [
        f"{count(len(spans), 'sentence')} {done}"
        for spans, done in ((edit.added, "added"), (edit.removed, "removed"))
        if spans
    ]
    for claims, done, article in (
        (edit.claims_added, "new", edit.article),
        (edit.claims_removed, "gone", edit.before),
    ):
        if claims:
            names = list(dict.fromkeys(speaker_of(claim, article).name for claim in claims))
            speakers = joined(names) if len(names) <= NAMES else count(len(names), "source")
            parts.append(f"{done}: {count(len(claims), 'claim')} of {speakers}")
    return ", ".join(parts) or "no sentence changed"


def claim_words(article: Article, claim: Claim) -> str:
    """Return who says what, in the words of the article."""
    name = speaker_of(claim, article).name
    return f"{name} {claim_act(claim, several=are_several(claim, name))}: {words_of(article.text, claim.content)}"
