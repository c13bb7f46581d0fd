"""From a real small story to what is told of it: once, in words that a person understands, as long as it holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.extract import extract_new
from tasks.model.article import SetAside, SetAsideReason
from tasks.model.finding import Finding, Side, Status
from tasks.model.health import FAILING_RUNS
from tasks.model.notice import DIGEST, Announcement, Matter
from tasks.read import find_all, read_all, sort_inputs
from tasks.reporting.alerts import NAME, STATEMENT, plain
from tasks.settings import Alerts, Settings
from tasks.steps.batches import Extracted, RunInfo
from tasks.steps.comparing import compare_all
from tasks.steps.database import open_once
from tasks.steps.material import load_material, print_report
from tasks.steps.telling import count_waiting, find_unsure, note_sent, take_news
from tasks.storage.database import reading, writing
from tasks.storage.findings import load_findings, save_findings
from tasks.storage.health import count_reading
from tasks.storage.notices import note_findings
from tasks.store import recorded, run_details, save_extracted

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STORY = {
    "one": ("Meridian Wire", "2025-03-04", "Minister Ana Petrov said that the mill released chlorine into the river."),
    "two": ("Coast Herald", "2025-03-05", "The mill denied on Wednesday that it released chlorine into the river."),
    "three": ("Harbour Post", "2025-03-06", "The Fenwick union said that the ferry to Selby sank in the storm."),
    "four": ("Selby Times", "2025-03-09", "The Fenwick union denied that the ferry to Selby sank in the storm."),
}


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Extracted]:
    folder, settings = tmp_path_factory.mktemp("story"), Settings()
    made = {}
    for name, (outlet, day, text) in STORY.items():
        head = f"title: News\nurl: https://{name}.example/news\noutlet: {outlet}\npublished: {day}T06:10:00Z\n\n"
        (folder / f"{name}.txt").write_text(head + text + "\n", encoding="utf-8")
        [batch] = sort_inputs(find_all([str(folder / f"{name}.txt")], "", settings), 3).batches
        read = read_all(name, batch.inputs, settings, NOW)
        made[name] = extract_new(name, read.articles, set(), (), settings)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/news.db", report_dir=tmp_path / "reports", judge="lexical")


@pytest.fixture
def read_in(stories: dict[str, Extracted], settings: Settings) -> Callable[..., None]:
    """A function that does what a run does with articles, up to the moment where it would tell."""

    def fill(*names: str) -> None:
        run = RunInfo(id="-".join(names), flow="test", started_at=NOW)
        with recorded(run, settings, run_details("", settings)):
            for name in names:
                save_extracted(stories[name], run, settings)
            compare_all(settings)
        print_report(load_material(run.id, settings), settings)

    return fill


def take(settings: Settings, *known: str, later: timedelta = timedelta(0)) -> list[Announcement]:
    return take_news(settings, known, NOW + later)


def findings_in(settings: Settings) -> list[Finding]:
    with reading(open_once(settings.database_url)) as session:
        return load_findings(session)


def test_a_conflict_is_told_in_plain_words(settings: Settings, read_in: Callable[..., None]) -> None:
    read_in("one", "two")
    served = settings.model_copy(update={"report_url": "https://desk.example/reports"})
    [news] = take(served)
    [finding] = findings_in(settings)

    [page] = settings.report_dir.glob("report-*.html")
    assert news.payload["message"] == (
        "Sources contradict each other on this:\n\n"
        "    The mill released chlorine into the river.\n\n"
        "Say so: Ana Petrov (in Meridian Wire)\n"
        "Deny it: The mill (unresolved) (in Coast Herald)\n\n"
        "At most 1 independent origin stands behind those who say so, at most 1 behind those who deny it. "
        "Rashomon does not say who is right; the report shows the exact words.\n\n"
        f"Report: https://desk.example/reports/{page.name}#finding-{finding.id}"
    )
    assert news.payload["subject"] == "Rashomon: Sources disagree: The mill released chlorine into the river"
    assert f'id="finding-{finding.id}"' in page.read_text(encoding="utf-8")
    assert news.event == "rashomon.conflict.found"
    assert news.resource["prefect.resource.id"] == f"rashomon.finding.{finding.id}"
    assert {(one["prefect.resource.role"], one["prefect.resource.name"]) for one in news.related} >= {
        ("outlet", "Coast Herald"),
        ("outlet", "Meridian Wire"),
        ("source", "Ana Petrov"),
    }


def test_a_source_that_changed_is_told_with_its_days(settings: Settings, read_in: Callable[..., None]) -> None:
    read_in("three", "four")
    [news] = take(settings)

    assert news.event == Matter.REVERSAL
    lines = news.payload["message"].splitlines()
    assert lines[0].endswith("has taken two sides on this:")
    assert [line.strip() for line in lines[4:6]] == [
        "6 March 2025: says so (in Harbour Post)",
        "9 March 2025: denies it (in Selby Times)",
    ]
    assert "Report, on the machine where Rashomon runs: " in lines[-1]


def test_a_run_that_is_killed_at_any_point_tells_once(settings: Settings, read_in: Callable[..., None]) -> None:
    read_in("one", "two")
    [first] = take(settings)  # killed before anything was sent
    [again] = take(settings)  # sent, and killed before that was noted
    assert again == first
    assert find_unsure(settings) == [first.id]
    note_sent(settings, [first.id], NOW)
    assert take(settings) == [first]  # the server was killed before it stored the event
    assert take(settings, first.id) == []
    assert (find_unsure(settings), count_waiting(settings)) == ([], 0)
    read_in("one", "two", "three")  # a second run over the same articles
    assert take(settings) == []


def test_a_server_that_forgets_is_not_told_again(settings: Settings, read_in: Callable[..., None]) -> None:
    read_in("one", "two")
    [first] = take(settings)
    note_sent(settings, [first.id], NOW)

    assert take(settings, later=timedelta(days=30)) == []


def test_what_holds_no_longer_is_not_told_and_is_new_when_it_returns(
    settings: Settings, read_in: Callable[..., None]
) -> None:
    read_in("one", "two")
    [finding] = findings_in(settings)
    claims = {member.claim_id for member in finding.members}

    def become(status: Status) -> None:
        with writing(open_once(settings.database_url)) as session:
            changed = replace(finding, status=status)
            save_findings(session, [changed], claims)
            note_findings(session, [changed], NOW + timedelta(days=1))

    become(Status.UNCLEAR)
    assert (take(settings), count_waiting(settings)) == ([], 0)
    become(Status.DISPUTED)
    assert [news.event for news in take(settings)] == [Matter.CONFLICT]


def test_findings_that_merge_are_told_once(settings: Settings, read_in: Callable[..., None]) -> None:
    read_in("one", "two", "three", "four")
    one, two = findings_in(settings)
    claims = {member.claim_id for finding in (one, two) for member in finding.members}
    second = replace(two, status=Status.DISPUTED, pairs=())
    merged = replace(one, members=(*one.members, *two.members))
    with writing(open_once(settings.database_url)) as session:
        save_findings(session, [one, second], claims)
        note_findings(session, [one, second], NOW)
        save_findings(session, [merged], claims)
        note_findings(session, [merged], NOW)

    assert [news.event for news in take(settings)] == [Matter.CONFLICT]


@pytest.mark.parametrize(
    ("single", "events"),
    [
        pytest.param(20, [Matter.CONFLICT, Matter.REVERSAL], id="room enough"),
        pytest.param(1, [Matter.CONFLICT, DIGEST], id="one alone"),
        pytest.param(0, [DIGEST], id="all together"),
    ],
)
def test_what_is_too_much_is_told_together(
    settings: Settings, read_in: Callable[..., None], single: int, events: list[str]
) -> None:
    read_in("one", "two", "three", "four")
    bounded = settings.model_copy(update={"alerts": Alerts(single_events=single)})
    news = take(bounded)

    assert [one.event for one in news] == events
    assert take(bounded) == news  # the same events, whatever became of the first ones
    assert take(bounded, *(one.id for one in news)) == []
    if DIGEST in events:
        assert "changed position: " in news[-1].payload["message"]
        assert (
            news[-1].payload["counts"] == {"conflict": 1, "changed position": 1}
            if not single
            else {"changed position": 1}
        )


@pytest.fixture
def outlet(stories: dict[str, Extracted], settings: Settings) -> Callable[[str], None]:
    """A function that has an outlet fail ("x") or give an article ("a"), run after run."""
    hours = iter(range(1, 100))

    def count(outcomes: str) -> None:
        aside = SetAside(name="https://one.example/2", reason=SetAsideReason.FETCH_FAILED, detail="token")
        [only] = stories["one"].extractions
        for outcome in outcomes:
            with writing(open_once(settings.database_url)) as session:
                given = ([], [aside]) if outcome == "x" else ([only.article], [])
                count_reading(session, *given, NOW + timedelta(hours=next(hours)))

    return count


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        pytest.param("a" + "x" * FAILING_RUNS, [Matter.FAILING], id="failing"),
        pytest.param("x" * FAILING_RUNS + "a", [], id="back before anybody was told"),
        pytest.param("x" * FAILING_RUNS + "a" + "x" * FAILING_RUNS, [Matter.FAILING], id="gone again"),
    ],
)
def test_an_outlet_is_told_of_as_it_is_now(
    settings: Settings, outlet: Callable[[str], None], outcomes: str, told: list[Matter]
) -> None:
    outlet(outcomes)

    assert [news.event for news in take(settings)] == told


def test_a_failing_outlet_that_was_told_is_told_to_be_back(settings: Settings, outlet: Callable[[str], None]) -> None:
    outlet("a" + "x" * FAILING_RUNS)
    [failing] = take(settings)
    outlet("a")
    [back] = take(settings, failing.id)

    assert failing.payload["message"] == (
        "Nothing new could be read from Meridian Wire (one.example) in 6 runs in a row, and something failed in each."
        "\n\n"
        "The last article came on 1 January 2026. What failed last: could not be fetched.\n\n"
        "Rashomon goes on trying, and tells when it works again. The report lists what was set aside and why.\n\n"
        f"Report, on the machine where Rashomon runs: {settings.report_dir}/index.html"
    )
    assert failing.resource == back.resource
    assert failing.resource["prefect.resource.id"] == "rashomon.outlet.one.example"
    assert back.payload["subject"] == "Rashomon: Meridian Wire (one.example) can be read again"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("One\r\nBcc: all@desk.example", "One Bcc: all@desk.example", id="no line of its own"),
        pytest.param("<!channel> <a href=x>here</a>", "(!channel) (a href=x)here(/a)", id="no mark-up"),
        pytest.param("[free](https://x.example)", "(free)(https://x.example)", id="no link of its own wording"),
        pytest.param("a\u202eb\u2066", "ab", id="no turned direction"),
        pytest.param("{{ 7 * 7 }}", "{{ 7 * 7 }}", id="a template is text: the server renders its own alone"),
        pytest.param("word " * 100, f"{('word ' * 16).strip()}…", id="cut"),
    ],
)
def test_what_strangers_wrote_is_one_harmless_line(text: str, shown: str) -> None:
    assert plain(text, NAME) == shown
    assert len(plain(text * 100, STATEMENT)) <= STATEMENT


def test_the_sides_of_a_conflict_are_bounded(settings: Settings, read_in: Callable[..., None]) -> None:
    read_in("one", "two")
    [finding] = findings_in(settings)
    claims = {member.claim_id for member in finding.members}
    with writing(open_once(settings.database_url)) as session:
        save_findings(session, [replace(finding, statement="x" * 50_000)], claims)
    [news] = take(settings)

    assert {member.side for member in finding.members} == {Side.FOR, Side.AGAINST}
    assert len(news.payload["message"]) < 2_000
    assert len(news.payload["subject"]) < 150
