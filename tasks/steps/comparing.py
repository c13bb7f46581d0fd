"""New claims -> relations and findings, in blocks of one transaction each; free of Prefect.

The vectors come first, outside of any transaction, since they take the time. Then each block of new claims meets the
claims that were compared before it, so that every pair is judged once, and all that follows from a block is stored with
it: a run that is killed goes on with the next block, and two runs at once take turns.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from tasks.comparison.candidates import Side, side_of
from tasks.comparison.clusters import binds
from tasks.comparison.compare import VERSION, compare_sides
from tasks.comparison.embeddings import MODEL, load_embedder, pack, unpack
from tasks.comparison.findings import build_findings
from tasks.comparison.kinship import load_table
from tasks.comparison.remembered import forget_all
from tasks.comparison.search import sought
from tasks.comparison.setting import Setting, setting_of
from tasks.comparison.stories import Stories
from tasks.comparison.weighing import load_weigher, weigher_version
from tasks.model.claim import Claim, Entity
from tasks.model.finding import Finding, Kind, RelatedPair
from tasks.settings import Settings
from tasks.steps.batches import Compared
from tasks.steps.copying import note_copies
from tasks.steps.database import open_once
from tasks.steps.partners import Window, find_partners
from tasks.steps.patiently import patiently
from tasks.steps.trimming import give_back
from tasks.storage.articles import load_articles
from tasks.storage.candidates import CandidateRow, find_unembedded, find_waiting, load_candidates, save_names
from tasks.storage.claims import load_claims, save_embeddings
from tasks.storage.comparisons import load_component, mark_compared, save_relations
from tasks.storage.copies import load_copy_roots
from tasks.storage.database import Session, reading, writing
from tasks.storage.findings import find_members, save_findings
from tasks.storage.notices import note_findings
from tasks.storage.versions import find_passed_over, pass_over

SEARCH = "search-3"  # raise it when what is kept for the search changes (`names_of`) or what it lets through
BLOCK = 200  # claims of one transaction: some seconds, in which other writers wait while the judge reads
EMBEDDED = 2_000  # claims whose vectors are made and stored at a time: bounds the memory


def comparison_version(settings: Settings) -> str:
    """Return the version of what makes relations, models and tables included; a new one compares all claims again."""
    parts = (VERSION, SEARCH, MODEL, weigher_version(settings.judge), load_table().version)
    return f"{VERSION}-{sha256(' '.join(parts).encode()).hexdigest()[:12]}"


def compare_all(settings: Settings) -> Compared:
    """Compare every claim that waits for it, and return how many claims, relations and findings that gave."""
    pass_over_superseded(settings)
    embed_new(settings)
    return compare_waiting(settings)


@patiently
def pass_over_superseded(settings: Settings) -> None:
    """Leave the claims of texts that were edited since out of the comparison; their copies are noted all the same."""
    engine, version = open_once(settings.database_url), comparison_version(settings)
    with reading(engine) as session:
        found = find_passed_over(session, version)
    if found:
        with writing(engine) as session:
            moved = note_copies(session, found)
            pass_over(session, found, version)
            renew_findings(session, find_members(session, moved))


def embed_new(settings: Settings) -> None:
    """Store the vector of every claim that waits for comparison and has none of this model."""
    missing = find_missing(settings)
    for start in range(0, len(missing), EMBEDDED):
        embed_some(missing[start : start + EMBEDDED], settings)


@patiently
def find_missing(settings: Settings) -> Sequence[str]:
    """Return the claims that wait for comparison and have no vector of this model."""
    with reading(open_once(settings.database_url)) as session:
        return find_unembedded(session, comparison_version(settings), MODEL)


@patiently
def embed_some(claim_ids: Sequence[str], settings: Settings) -> None:
    """Store the vectors of some claims."""
    engine = open_once(settings.database_url)
    with reading(engine) as session:
        claims = load_claims(session, ids=claim_ids)
    vectors = load_embedder().embed([claim.proposition.statement for claim in claims])
    with writing(engine) as session:
        packed = {claim.id: pack(vector) for claim, vector in zip(claims, vectors, strict=True)}
        save_embeddings(session, packed, MODEL)


def compare_waiting(settings: Settings) -> Compared:
    """Compare every claim that waits and has its vector, in blocks, and return how much came of it."""
    compared = Compared()
    for articles in in_blocks(find_compared_next(settings)):
        compared += compare_block(articles, settings)
        forget_all()
        give_back()
    return compared


@patiently
def find_compared_next(settings: Settings) -> Mapping[str, int]:
    """Return the articles of which claims wait and have their vectors, each with their number."""
    with reading(open_once(settings.database_url)) as session:
        return find_waiting(session, comparison_version(settings), MODEL)


def in_blocks(waiting: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield whole articles in their order, as many as make a block of claims."""
    articles: list[str] = []
    claims = 0
    for article, count in waiting.items():
        articles.append(article)
        claims += count
        if claims >= BLOCK:
            yield articles
            articles, claims = [], 0
    if articles:
        yield articles


@patiently
def compare_block(articles: Collection[str], settings: Settings) -> Compared:
    """Compare the claims of these articles that still wait, store what follows, and return how much it was."""
    with writing(open_once(settings.database_url)) as session:
        rows = load_candidates(session, articles, version=comparison_version(settings), embedding_model=MODEL)
        waiting = {row.claim_id for row in rows if not row.compared}
        if not waiting:  # another run was quicker
            return Compared()
        moved = note_copies(session, articles)
        block = block_of(session, articles, rows)
        pairs = find_relations(session, block, settings)
        save_relations(session, pairs, comparison_version(settings))
        save_names(session, names_of(block.new))
        mark_compared(session, waiting, comparison_version(settings))
        related = sum(pair.kind is not Kind.SAME_MATTER for pair in pairs)
        renewed = renew_findings(session, waiting | find_members(session, moved))
        return Compared(claims=len(waiting), relations=related, findings=renewed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """New claims, ready for the search, and what is known of their articles, of which all claims count."""

    new: Side
    stories: Stories
    settings: Mapping[str, Setting]


def block_of(session: Session, articles: Collection[str], rows: Sequence[CandidateRow]) -> Block:
    """Return those of the articles' claims that wait as a block; `rows` holds those that have a vector."""
    packed = {row.claim_id: row.embedding for row in rows}
    waiting = {row.claim_id for row in rows if not row.compared}
    claims = [claim for claim in load_claims(session, article_ids=articles) if claim.id in packed]
    vectors = unpack([packed[claim.id] for claim in claims])
    places = [place for place, claim in enumerate(claims) if claim.id in waiting]
    settings = settings_of(session, claims)
    roots = {article_id: setting.root for article_id, setting in settings.items()}
    return Block(
        new=side_of([claims[place] for place in places], vectors[places], roots),
        stories=Stories(claims, vectors),
        settings=settings,
    )


def find_relations(session: Session, block: Block, settings: Settings) -> list[RelatedPair]:
    """Return the related pairs of a block with itself and with what was compared before it, in the time window."""
    width = timedelta(days=settings.window_days)
    seen_at = {article_id: setting.seen_at for article_id, setting in block.settings.items()}
    since, until = min(seen_at.values()) - width, max(seen_at.values()) + width
    window = Window(since=since, until=until, version=comparison_version(settings), model=MODEL)
    weigher = load_weigher(settings.judge)
    pairs = compare_sides(block.new, block.new, block.stories, weigher=weigher)
    found = [*within(width, pairs, block.new.claims, seen_at)]
    for partners in find_partners(session, sought(block.new, block.stories.means), window):
        roots = load_copy_roots(session, {claim.article_id for claim in partners.claims})
        others = side_of(partners.claims, partners.vectors, roots)
        pairs = compare_sides(block.new, others, block.stories.joined(partners.around, partners.means), weigher=weigher)
        found += within(width, pairs, [*block.new.claims, *others.claims], partners.seen_at | seen_at)
    return found


def within(
    width: timedelta, pairs: Iterable[RelatedPair], claims: Iterable[Claim], seen_at: Mapping[str, datetime]
) -> Iterator[RelatedPair]:
    """Yield the pairs whose articles were seen no further apart than this."""
    moments = {claim.id: seen_at[claim.article_id] for claim in claims}
    yield from (pair for pair in pairs if abs(moments[pair.left] - moments[pair.right]) <= width)


def names_of(side: Side) -> dict[str, frozenset[str]]:
    """Return for each claim the words of names by which it can be found; the ids it names are stored with it."""
    return {
        known.claim_id: known.entity_ids - {entity.id for entity in entities_in(claim)}
        for claim, known in zip(side.claims, side.known, strict=True)
    }


def entities_in(claim: Claim) -> Iterator[Entity]:
    """Yield who makes the claim and who is spoken of in it."""
    yield from claim.entities
    yield from (party.entity for party in claim.proposition.parties)


def renew_findings(session: Session, claim_ids: Collection[str]) -> int:
    """Build the findings anew that these claims may have changed, and return how many there are."""
    findings = rebuild_findings(session, claim_ids)
    note_findings(session, findings, datetime.now(UTC))
    return len(findings)


def rebuild_findings(session: Session, claim_ids: Collection[str], gone: Collection[str] = ()) -> tuple[Finding, ...]:
    """Replace the findings that these claims may have changed, as if those gone had never been, and return them."""
    component = load_component(session, claim_ids, binds)
    claims = load_claims(session, ids=(component.claims | component.beside) - set(gone))
    settings = settings_of(session, claims).values()
    findings = build_findings(claims, component.pairs, settings, component.beside)
    save_findings(session, findings, component.claims)
    return findings


def settings_of(session: Session, claims: Iterable[Claim]) -> dict[str, Setting]:
    """Return where and when the claims were printed, by article."""
    articles = load_articles(session, ids={claim.article_id for claim in claims})
    return {article.id: setting_of(article) for article in articles}
