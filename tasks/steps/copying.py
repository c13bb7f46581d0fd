"""Copies: which stored articles share a text, and with which of them it began; kept as the articles come.

It began with the one that the others name ("SEOUL (Reuters) - ..."), with a news agency, or with the earliest.
"""

from collections.abc import Collection, Sequence

from tasks.comparison.copies import is_copy, may_be_copy, same_sentences
from tasks.comparison.setting import outlet_key
from tasks.model.agencies import agency_named
from tasks.storage.copies import (
    Relative,
    find_copy_candidates,
    load_copy_roots,
    load_family,
    load_shingles,
    load_texts,
    set_family,
)
from tasks.storage.database import Session

NEAREST = 20  # articles looked at for each new one; a text that is carried more often finds the rest through them


def note_copies(session: Session, article_ids: Collection[str]) -> set[str]:
    """Note for each of the articles which others it repeats, or which repeat it.

    Returned are the articles of which the text now begins with another one.
    """
    moved: set[str] = set()
    for article_id in sorted(article_ids):
        if copies := find_copies(session, article_id):
            family = load_family(session, [article_id, *copies])
            if len(family) > 1:  # versions of one page are no copies of each other
                ids, root = [one.article_id for one in family], first_of(family).article_id
                moved |= {one for one, before in load_copy_roots(session, ids).items() if before != root}
                set_family(session, ids, root)
    return moved


def find_copies(session: Session, article_id: str) -> list[str]:
    """Return the stored articles that share the text of this one: by its word sequences, else by its sentences."""
    own = load_shingles(session, article_id)
    near = find_copy_candidates(session, article_id, own, NEAREST)
    sure = [one.article_id for one in near if is_copy(one.shared, min(one.total, len(own)))]
    open_ones = [
        one.article_id
        for one in near
        if one.article_id not in sure and may_be_copy(one.shared, min(one.total, len(own)))
    ]
    if open_ones:
        texts = load_texts(session, [article_id, *open_ones])
        sure += [other for other in open_ones if same_sentences(texts[article_id], texts[other])]
    return sure


def first_of(family: Sequence[Relative]) -> Relative:
    """Return the one with which a text began."""
    named = {outlet_key(one.credit) for one in family if one.credit}

    def order(one: Relative) -> tuple[object, ...]:
        agency = agency_named(one.outlet)
        is_named = outlet_key(one.outlet) in named or (agency and outlet_key(agency) in named)
        return not is_named, not agency, one.seen_at, one.article_id

    return min(family, key=order)
