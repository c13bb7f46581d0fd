"""New claims -> relations and findings, in blocks of one transaction each; free of Prefect.

The vectors come first, outside of any transaction, since they take the time. Then each block of new claims meets the
claims that were compared before it, so that every pair is judged once, and all that follows from a block is stored with
it: a run that is killed goes on with the next block, and two runs at once take turns.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from tasks.comparison.compare import VERSION, compare_new
from tasks.comparison.embeddings import MODEL, load_embedder, pack, unpack
from tasks.comparison.findings import build_findings
from tasks.comparison.setting import Setting, setting_of
from tasks.model.claim import Claim
from tasks.model.finding import RelatedPair
from tasks.settings import Settings
from tasks.steps.batches import Compared
from tasks.steps.copying import note_copies
from tasks.steps.database import open_once
from tasks.steps.partners import find_partners
from tasks.storage.articles import load_articles
from tasks.storage.claims import find_uncompared, load_claims, load_embeddings, save_embeddings
from tasks.storage.comparisons import load_component, mark_compared, save_relations
from tasks.storage.database import Session, reading, writing
from tasks.storage.findings import save_findings

BLOCK = 1_000  # claims of one transaction: a few seconds, in which other writers wait


def comparison_version() -> str:
    """Return the version of what makes relations; a new one compares all claims again."""
    return f"{VERSION}+{MODEL}"


def compare_all(settings: Settings) -> Compared:
    """Compare every claim that waits for it, and return how many claims, relations and findings that gave."""
    embed_new(settings)
    done = Compared()
    while (block := compare_block(settings)).claims:
        done += block
    return done


def embed_new(settings: Settings) -> None:
    """Store the vector of every claim that waits for comparison and has none."""
    engine = open_once(settings.database_url)
    with reading(engine) as session:
        claims = find_uncompared(session, comparison_version())
        known = load_embeddings(session, ids_of(claims), MODEL)
    missing = [claim for claim in claims if claim.id not in known]
    if not missing:
        return
    vectors = load_embedder().embed([claim.proposition.statement for claim in missing])
    with writing(engine) as session:
        packed = {claim.id: pack(vector) for claim, vector in zip(missing, vectors, strict=True)}
        save_embeddings(session, packed, MODEL)


def compare_block(settings: Settings) -> Compared:
    """Compare the next claims with those that were compared before, store what follows, and return how much it was."""
    with writing(open_once(settings.database_url)) as session:
        waiting = find_uncompared(session, comparison_version())
        vectors = load_embeddings(
            session, ids_of(waiting), MODEL
        )  # one that has none belongs to a run that still stores
        block = first_articles([claim for claim in waiting if claim.id in vectors])
        if not block:
            return Compared()
        note_copies(session, {claim.article_id for claim in block})
        pairs = find_relations(session, block, vectors, ids_of(waiting), settings)
        save_relations(session, pairs, comparison_version())
        mark_compared(session, ids_of(block), comparison_version())
        return Compared(claims=len(block), relations=len(pairs), findings=renew_findings(session, ids_of(block)))


def first_articles(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of the first whole articles, as many as make a block."""
    end = min(BLOCK, len(claims))
    while 0 < end < len(claims) and claims[end].article_id == claims[end - 1].article_id:
        end += 1
    return list(claims[:end])


def find_relations(
    session: Session, block: Sequence[Claim], packed: Mapping[str, bytes], waiting: Collection[str], settings: Settings
) -> list[RelatedPair]:
    """Return the related pairs of a block with itself and with what was compared before it, in the time window."""
    window = timedelta(days=settings.window_days)
    moments = [setting.seen_at for setting in settings_of(session, block).values()]
    vectors = unpack([packed[claim.id] for claim in block])
    articles = find_partners(session, block, vectors, min(moments) - window, max(moments) + window)
    stored = [claim for claim in load_claims(session, article_ids=articles) if claim.id not in waiting]
    known = load_embeddings(session, ids_of(stored), MODEL)
    stored = [claim for claim in stored if claim.id in known]
    places = settings_of(session, [*block, *stored])
    roots = {article_id: setting.root for article_id, setting in places.items()}
    pairs = compare_new(block, vectors, stored, unpack([known[claim.id] for claim in stored]), copy_roots=roots)
    seen_at = {claim.id: places[claim.article_id].seen_at for claim in (*block, *stored)}
    return [pair for pair in pairs if abs(seen_at[pair.left] - seen_at[pair.right]) <= window]


def renew_findings(session: Session, claim_ids: Collection[str]) -> int:
    """Build the findings anew that these claims may have changed, and return how many there are."""
    component, pairs = load_component(session, claim_ids)
    claims = load_claims(session, ids=component)
    findings = build_findings(claims, pairs, settings_of(session, claims).values())
    save_findings(session, findings, component)
    return len(findings)


def settings_of(session: Session, claims: Iterable[Claim]) -> dict[str, Setting]:
    """Return where and when the claims were printed, by article."""
    articles = load_articles(session, ids={claim.article_id for claim in claims})
    return {article.id: setting_of(article) for article in articles}


def ids_of(claims: Iterable[Claim]) -> set[str]:
    """Return the ids of the claims."""
    return {claim.id for claim in claims}
