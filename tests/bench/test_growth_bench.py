"""The made databases hold what they say, and what is new meets its own story there."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bench.growth import add_new, fill, measure, url_of
from bench.growth_data import ARTICLES, CLAIMS, MATTERS, NOW
from tasks.comparison.embeddings import MODEL, unpack
from tasks.settings import load_settings
from tasks.steps.comparing import comparison_version
from tasks.steps.database import open_once
from tasks.storage.candidates import find_in_window, load_candidates
from tasks.storage.claims import load_claims
from tasks.storage.database import reading

STORY = ARTICLES * CLAIMS


def test_stories_are_stored_again_and_again(tmp_path: Path) -> None:
    fill(tmp_path / "made.db", 3 * STORY, STORY)
    version = comparison_version(load_settings())
    with reading(open_once(url_of(tmp_path / "made.db"))) as session:
        recent = find_in_window(session, version, NOW - timedelta(days=30), NOW)
        every = find_in_window(session, version, NOW - timedelta(days=10_000), NOW)
        claims = load_claims(session)
        rows = load_candidates(session, every, version=version, embedding_model=MODEL)
    assert (len(recent), len(every), len(claims)) == (ARTICLES, 3 * ARTICLES, 3 * STORY)
    assert {claim.id for claim in claims} == {row.claim_id for row in rows if row.compared}
    assert {claim.article_id for claim in claims} == every.keys()
    lengths = np.linalg.norm(unpack([row.embedding for row in rows]), axis=1)
    assert lengths == pytest.approx(np.ones(3 * STORY), abs=0.01)


def test_new_claims_meet_the_matters_of_their_story(tmp_path: Path) -> None:
    fill(tmp_path / "made.db", STORY, STORY)
    add_new(tmp_path / "made.db", CLAIMS, STORY)
    cost = measure(tmp_path / "made.db", STORY, 30)
    assert cost.relations == MATTERS * ARTICLES
