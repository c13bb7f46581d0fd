"""Partners: the stored claims that new claims are to be compared with, found without loading what is stored.

SQL gives the articles of the time window. They are read in portions, each article whole: the vectors of a portion are
multiplied with those of the new claims, SQL tells which of the claims that come near name somebody whom the new ones
name, and what may form a pair is loaded. A claim comes in for the same three reasons for which comparison looks at a
pair: it names somebody in common, its article tells the same story, or it is nearly the new claim word for word. The
search is exact, and its memory is that of one portion.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.comparison.embeddings import Vectors, unpack
from tasks.comparison.search import Portion, Sought
from tasks.model.claim import Claim
from tasks.storage.candidates import CandidateRow, find_in_window, load_candidates, load_keys
from tasks.storage.claims import load_claims
from tasks.storage.database import Session

ARTICLES = 200  # of one portion: some thousand claims, a score for each with each new one


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which stored claims count: those of this time that this version has compared, with vectors of this model."""

    since: datetime
    until: datetime
    version: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """Claims of one portion that may form a pair, with their vectors."""

    claims: Sequence[Claim]
    vectors: Vectors
    around: Sequence[Claim]  # all claims of the articles that may tell the story of a new one
    means: Mapping[str, Vectors]  # of the articles of the portion
    seen_at: dict[str, datetime]


def find_partners(session: Session, new: Sought, window: Window) -> Iterator[Partners]:
    """Yield what a block of new claims is to be compared with, portion by portion."""
    dated_at = find_in_window(session, window.version, window.since, window.until)
    articles = list(dated_at)
    for start in range(0, len(articles), ARTICLES):
        some = articles[start : start + ARTICLES]
        if rows := load_candidates(session, some, version=window.version, embedding_model=window.model):
            yield partners_in(session, rows, new, dated_at)


def partners_in(
    session: Session, rows: Sequence[CandidateRow], new: Sought, dated_at: Mapping[str, datetime]
) -> Partners:
    """Return those of a portion's claims that may form a pair with a new one."""
    vectors = unpack([row.embedding for row in rows])
    portion = Portion(new, [row.article_id for row in rows], vectors, [row.compared for row in rows])
    near = {rows[place].claim_id: place for place in portion.to_ask()}
    for claim_id, keys in load_keys(session, near, new.by_key.keys()).items():
        portion.note_keys(near[claim_id], keys)
    chosen = {rows[place].claim_id: place for place in portion.chosen()}
    claims = load_claims(session, ids=chosen)
    return Partners(
        claims=claims,
        vectors=vectors[[chosen[claim.id] for claim in claims]],
        around=load_claims(session, article_ids=portion.of_a_story),
        means=portion.means,
        seen_at={row.article_id: dated_at[row.article_id] for row in rows},
    )
