"""What is old goes with all that hangs on it, and what stays is as if nothing else had ever been there."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.errors import InputError
from tasks.model.evidence import Capture, pack
from tasks.model.finding import Side
from tasks.model.notice import Matter
from tasks.model.run import Extraction
from tasks.settings import Settings
from tasks.steps import purging as steps
from tasks.steps.purging import Purged, age_of, look_for_old, purge
from tasks.storage.articles import load_articles, save_batch
from tasks.storage.claims import load_claims
from tasks.storage.comparisons import load_relations, save_relations
from tasks.storage.copies import set_family
from tasks.storage.database import open_database, reading, writing
from tasks.storage.evidence import load_raw
from tasks.storage.feeds import EntryNote, FeedState, find_due, save_feed
from tasks.storage.findings import load_findings, resolve_finding, save_findings
from tasks.storage.inhand import find_holders, take_in_hand
from tasks.storage.notice_tables import NoticedClaimRow, NoticeRow
from tasks.storage.notices import save_notice
from tasks.storage.purging import find_purged
from tasks.storage.runs import finish_run, list_runs, load_set_asides, start_run
from tests.storage.conftest import NOON

ROOT = Path(__file__).parents[2]
OLD, RECENT, NOW = NOON, NOON + timedelta(days=80), NOON + timedelta(days=100)
DAYS = 90

pytestmark = pytest.mark.parametrize(
    "url", ["file", pytest.param("postgresql", marks=pytest.mark.server)], indirect=True
)


@pytest.fixture
def clean(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Purged]:
    """A function that purges what is older than 90 days, and gives how much went."""
    monkeypatch.setattr(steps, "open_once", lambda _url: engine)
    monkeypatch.setattr(steps, "ARTICLES", 1)  # a transaction for each: the order must not matter
    settings = Settings(report_dir=tmp_path / "reports")

    def run(*, reports: bool = False) -> Purged:
        foreseen = look_for_old(age_of(DAYS, NOW), settings, reports=reports)
        gone, _ = purge(age_of(DAYS, NOW), settings, reports=reports)
        assert {**gone.counts(), "relations": foreseen.relations} == foreseen.counts()
        return gone

    return run


@pytest.fixture
def store(engine: Engine) -> Callable[..., None]:
    """A function that stores what one run met at a time."""

    def save(run: str, at: datetime, *items: Extraction, asides: tuple[SetAside, ...] = ()) -> None:
        with writing(engine) as session:
            start_run(session, run, "watch-feeds", at, {})
            save_batch(session, run, items, asides)
            finish_run(session, run, "completed", at)

    return save


def ids(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return {article.id for article in load_articles(session)}


def test_the_age_is_the_time_since_an_article_was_met(
    engine: Engine, make: SimpleNamespace, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    long_ago = make.article("Old.", url="https://a.example/1", retrieved_at=OLD, published_at=NOW)
    met_again = make.article("Met again.", url="https://a.example/2", retrieved_at=OLD)
    old_page = make.article(
        "Of 1999.", url="https://a.example/3", retrieved_at=RECENT, published_at=OLD.replace(year=1999)
    )
    store("old", OLD, *(make.extraction(one, make.claim(one)) for one in (long_ago, met_again)))
    store("recent", RECENT, make.extraction(old_page), make.extraction(met_again))

    gone = clean()
    assert ids(engine) == {met_again.id, old_page.id}
    assert (gone.articles, gone.claims) == (1, 1)
    assert clean().counts() == Purged().counts()


def test_a_finding_keeps_the_claims_that_stay_and_its_id_leads_to_it(
    engine: Engine, make: SimpleNamespace, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    times = {"first": OLD, "second": RECENT, "third": RECENT + timedelta(days=1)}
    articles = {
        name: make.article(f"{name} text", url=f"https://{name}.example/", published_at=at, retrieved_at=at)
        for name, at in times.items()
    }
    claims = {name: make.claim(one) for name, one in articles.items()}
    first, second, third = (claims[name].id for name in times)
    lone = make.article("Alone.", url="https://lone.example/", retrieved_at=OLD)
    alone = make.claim(lone)
    store("old", OLD, make.extraction(articles["first"], claims["first"]), make.extraction(lone, alone))
    store("new", RECENT, *(make.extraction(articles[name], claims[name]) for name in ("second", "third")))
    with writing(engine) as session:
        save_relations(session, [make.pair(first, second), make.pair(second, third)], "c1")
        found = make.finding(first, second, third, pairs=(make.pair(first, second), make.pair(second, third)))
        save_findings(session, [found, make.finding(alone.id)], {first, second, third, alone.id})

    gone = clean()
    with reading(engine) as session:
        (kept,) = load_findings(session)
        assert [member.claim_id for member in kept.members] == [second, third]
        assert kept.id == second
        assert {claim for origin in kept.origins for claim in origin.claim_ids} == {second, third}
        assert all(isinstance(member.side, Side) for member in kept.members)
        assert resolve_finding(session, first) == second
        assert resolve_finding(session, alone.id) is None
        assert [(pair.left, pair.right) for pair in load_relations(session)] == [tuple(sorted((second, third)))]
    assert gone.counts()["findings"] == 2


def test_a_text_whose_first_article_goes_begins_with_another(
    engine: Engine, make: SimpleNamespace, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    root = make.article("One text.", url="https://root.example/", retrieved_at=OLD)
    copies = [
        make.article("One text.", url=f"https://{place}.example/", retrieved_at=RECENT, published_at=RECENT + late)
        for place, late in (("b", timedelta(hours=2)), ("a", timedelta(hours=3)))
    ]
    store("old", OLD, make.extraction(root))
    store("new", RECENT, *map(make.extraction, copies))
    with writing(engine) as session:
        set_family(session, [one.id for one in (root, *copies)], root.id)

    clean()
    with reading(engine) as session:
        assert {one.id: one.copy_of for one in load_articles(session)} == {copies[0].id: "", copies[1].id: copies[0].id}


def test_the_text_before_counts_again_where_the_newest_goes(
    engine: Engine, make: SimpleNamespace, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    newest = make.article("Later text.", published_at=NOON + timedelta(days=2), retrieved_at=OLD)
    before = make.article("Earlier text.", published_at=NOON, retrieved_at=RECENT)
    store("old", OLD, make.extraction(newest, make.claim(newest)))
    store("new", RECENT, make.extraction(before, make.claim(before)))

    clean()
    with reading(engine) as session:
        (kept,) = load_articles(session)
    assert (kept.id, kept.version, kept.superseded) == (before.id, 1, False)


def test_bytes_go_with_the_last_article_that_was_read_from_them(
    engine: Engine, make: SimpleNamespace, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    def extraction(raw: bytes, name: str, at: datetime) -> Extraction:
        digest = sha256(raw).hexdigest()
        article = make.article(f"{name} text", url=f"https://{name}.example/", retrieved_at=at, sha256=digest)
        capture = Capture(sha256=digest, size=len(raw), fetched_at=at, parser="1", packed=pack(raw))
        return Extraction(
            article=article, claims=(), shingles=frozenset(), component="", component_version="1", capture=capture
        )

    store("old", OLD, extraction(b"shared", "a", OLD), extraction(b"own", "b", OLD))
    store("new", RECENT, extraction(b"shared", "c", RECENT))

    assert clean().documents == 1
    with reading(engine) as session:
        assert load_raw(session, sha256(b"shared").hexdigest()) == b"shared"
        assert load_raw(session, sha256(b"own").hexdigest()) is None


def test_old_runs_go_but_for_the_newest_and_those_at_work(
    engine: Engine, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    aside = SetAside(name="https://a.example/", reason=SetAsideReason.NOT_FOUND, detail="404")
    store("old", OLD, asides=(aside,))
    with writing(engine) as session:  # `run-1` of the fixture was killed: it says still that it is running
        start_run(session, "at-work", "watch-feeds", NOW - timedelta(days=3), {})
    assert clean().runs == 2
    with reading(engine) as session:
        assert [run.id for run in list_runs(session)] == ["at-work"]
        assert load_set_asides(session, "old") == []


def test_what_a_feed_still_shows_does_not_come_back(
    engine: Engine, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    store("recent", RECENT)
    feed, said = "https://f.example/feed", {"kind": "url", "url": "https://f.example/1", "text": "What the feed said."}
    shown = [EntryNote(key="done", stamp="1", said=said, is_stored=True), EntryNote(key="stuck", stamp="1", said=said)]
    with writing(engine) as session:
        save_feed(session, feed, FeedState(), shown, OLD)

    assert clean().entries == 1
    with writing(engine) as session:
        save_feed(session, feed, FeedState(), [EntryNote(key=one.key, stamp="1", said=said) for one in shown], NOW)
        assert find_due(session, [feed], NOW + timedelta(days=1)) == []


def test_a_file_that_still_lies_there_is_known(
    engine: Engine, make: SimpleNamespace, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    file = make.article("A file.", url="", path="inbox/file.txt", retrieved_at=OLD)
    page = make.article("A page.", retrieved_at=OLD)
    store("old", OLD, make.extraction(file), make.extraction(page))
    clean()
    with reading(engine) as session:
        assert find_purged(session, [file.id, page.id]) == {file.id}
    store("by-hand", NOW, make.extraction(file))
    with reading(engine) as session:
        assert find_purged(session, [file.id]) == set()


def test_what_was_told_is_forgotten_with_its_last_claim(
    engine: Engine, make: SimpleNamespace, store: Callable[..., None], clean: Callable[..., Purged]
) -> None:
    old = make.article("Old.", url="https://a.example/1", retrieved_at=OLD)
    new = make.article("New.", url="https://a.example/2", retrieved_at=RECENT)
    claims = {one.id: make.claim(one) for one in (old, new)}
    store("old", OLD, make.extraction(old, claims[old.id]))
    store("new", RECENT, make.extraction(new, claims[new.id]))
    told = {"of both": (old, new), "of the old": (old,), "not yet told": (old,)}
    with writing(engine) as session:
        for matter, (name, articles) in zip(Matter, told.items(), strict=False):
            save_notice(session, name, matter, "subject", OLD)
            marks = [{"claim_id": claims[one.id].id, "matter": matter, "notice_id": name} for one in articles]
            session.execute(sa.insert(NoticedClaimRow), marks)
        done = NoticeRow.id != "not yet told"
        session.execute(sa.update(NoticeRow).where(done).values(told_at=OLD))
        take_in_hand(session, {"then"}, "a process", OLD)
        take_in_hand(session, {"lately"}, "a process", RECENT)

    clean()
    with reading(engine) as session:
        assert set(session.scalars(sa.select(NoticeRow.id))) == {"of both", "not yet told"}
        assert set(session.scalars(sa.select(NoticedClaimRow.claim_id))) == {claims[new.id].id}
        assert set(find_holders(session, {"then", "lately"})) == {"lately"}


@pytest.mark.parametrize("days", [0, -1, 40_000])
def test_an_age_that_is_none_is_refused(days: int, url: str) -> None:  # noqa: ARG001  (of the module)
    with pytest.raises(InputError, match="name a number from 1"):
        age_of(days, NOW)


PURGER = """
import os, sys
from datetime import datetime, timedelta
from tasks.settings import Settings
from tasks.steps import purging
from tasks.storage.purging import Age

url, now, die = sys.argv[1], datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
purging.ARTICLES, count, remove = 5, 0, purging.purging.remove_articles

def counted(session, articles):
    global count
    count += 1
    remove(session, articles)
    if count == die:
        session.flush()
        os._exit(9)

purging.purging.remove_articles = counted
gone, _ = purging.purge(Age(before=now, now=now + timedelta(days=30)), Settings(database_url=url), reports=False)
print(gone.articles)
"""


def start(*command: str) -> subprocess.Popen[str]:
    given = [sys.executable, *command]
    return subprocess.Popen(given, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def filled(url: str) -> Iterator[Engine]:
    """A database with what a writer stores: 40 articles of old."""
    filler = start(str(Path(__file__).with_name("writer.py")), url, "1", "10")
    assert filler.communicate(timeout=120) == ("", "")
    opened = open_database(url)
    yield opened
    opened.dispose()


def purger(url: str, die: int, before: datetime = RECENT) -> subprocess.Popen[str]:
    return start("-c", PURGER, url, before.isoformat(), str(die))


@pytest.mark.server  # real processes
def test_one_that_is_killed_leaves_whole_steps_and_the_next_goes_on(url: str, filled: Engine) -> None:
    killed = purger(url, die=3)
    assert (killed.communicate(timeout=120)[1], killed.returncode) == ("", 9)
    with reading(filled) as session:
        articles, claims = load_articles(session), load_claims(session)
    assert (len(articles), {claim.article_id for claim in claims}) == (40, {article.id for article in articles})

    out, errors = purger(url, die=0).communicate(timeout=120)
    assert (out.strip(), errors) == ("40", "")
    assert ids(filled) == set()


@pytest.mark.server
def test_it_works_beside_runs_that_write(url: str, filled: Engine) -> None:
    """What is stored anew meanwhile may go again or stay; nobody fails, and nothing is left that belongs to nothing."""
    others = [start(str(Path(__file__).with_name("writer.py")), url, "2", "10"), purger(url, die=0), purger(url, die=0)]
    assert [other.communicate(timeout=180)[1] for other in others] == [""] * 3
    with reading(filled) as session:
        articles, claims = load_articles(session), load_claims(session)
    assert {claim.article_id for claim in claims} == {article.id for article in articles}
