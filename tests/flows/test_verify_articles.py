from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import get_client

from flows.verify_articles import verify_articles
from tasks import read
from tasks.attribution import pipeline
from tasks.model.article import SetAsideReason
from tasks.model.errors import InputError, RashomonError
from tasks.options import VerifyOptions
from tasks.reading.read import read_each
from tasks.reporting.material import Material
from tasks.request import Articles, PastedText
from tasks.settings import load_settings
from tasks.steps import comparing
from tasks.steps.material import load_everything, load_material
from tasks.steps.progress import listening
from tasks.submitting import in_threads

pytestmark = pytest.mark.usefixtures("prefect_server", "workspace")


BRIDGE = "Mayor Ana Holm said on Friday that the bridge was safe. The builder denied it."


def stored() -> Material:
    return load_everything(load_settings())


def test_articles_become_a_report() -> None:
    outcome = verify_articles(["articles"])

    assert (outcome.articles, outcome.set_asides) == (3, 1)
    assert outcome.claims >= 5
    assert Path(outcome.report).is_file()
    assert (Path("reports") / "index.html").is_file()
    assert "chlorine" in Path(outcome.report).read_text(encoding="utf-8")


def test_the_run_is_recorded_with_what_was_asked_and_which_versions_answered() -> None:
    outcome = verify_articles(["articles"])
    material = load_material(outcome.run_id, load_settings())

    assert (material.run.status, material.scope) == ("completed", "articles")
    assert {pipeline.COMPONENT, "comparison", "rashomon"} <= set(dict(material.method))
    assert [item.reason for item in material.set_asides] == [SetAsideReason.EMPTY]


def test_small_batches_give_what_one_batch_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    verify_articles(["articles"])
    whole = stored()
    monkeypatch.setenv("RASHOMON_DATABASE_URL", "sqlite:///fresh.db")
    verify_articles(["articles"], options=VerifyOptions(batch_size=1))

    assert (stored().claims, stored().findings) == (whole.claims, whole.findings)


def test_without_prefect_the_same_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    verify_articles(["articles"], options=VerifyOptions(batch_size=1))
    with_prefect = stored()
    monkeypatch.setenv("RASHOMON_DATABASE_URL", "sqlite:///fresh.db")
    with in_threads(3):
        outcome = verify_articles.fn(["articles"], options=VerifyOptions(batch_size=1))

    assert (stored().claims, stored().findings) == (with_prefect.claims, with_prefect.findings)
    assert (outcome.articles, outcome.set_asides, Path(outcome.report).is_file()) == (3, 1, True)


def test_the_same_input_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = verify_articles(["articles"])
    before = stored()
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _: pytest.fail("what is stored was read again"))
    second = verify_articles(["articles"])

    assert (stored().articles, stored().claims, stored().findings) == (before.articles, before.claims, before.findings)
    assert (second.articles, second.claims) == (first.articles, 0)


def test_a_pasted_text_is_an_article() -> None:
    outcome = verify_articles(Articles(pasted=PastedText(text=BRIDGE)))

    assert outcome.articles == 1


def test_where_no_article_could_be_read_the_run_fails_and_says_where_the_reasons_are() -> None:
    state = verify_articles(["articles/empty.txt"], return_state=True)

    with pytest.raises(RashomonError, match=r"no article could be read.*report-.*html"):
        state.result()
    assert state.is_failed()


def test_a_source_that_does_not_exist_is_wrong_use() -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt"):
        verify_articles(["nowhere.txt"])


def fail_on(name: str, call: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def failing(item: Any, **others: Any) -> Iterator[Any]:
        if name in item.name:
            raise ZeroDivisionError("a bug")
        yield from call(item, **others)

    return failing


def test_a_bug_that_one_article_brings_out_sets_that_one_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "read_each", fail_on("daily", read_each))
    outcome = verify_articles(["articles"])
    failed = [item for item in stored().set_asides if item.reason is SetAsideReason.FAILED]

    assert outcome.articles == 2
    assert [item.detail for item in failed] == ["ZeroDivisionError: a bug"]
    assert "daily.txt" in failed[0].name


def test_a_bug_in_extraction_sets_one_article_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pipeline.extract_articles

    def failing(articles: Any, nlp: Any) -> Iterator[Any]:
        if any("daily" in article.url for article in articles):
            raise ZeroDivisionError("a bug")
        yield from whole(articles, nlp)

    monkeypatch.setattr(pipeline, "extract_articles", failing)
    outcome = verify_articles(["articles"])

    assert (outcome.articles, outcome.set_asides) == (2, 2)


@pytest.mark.parametrize("step", ["save_relations", "mark_compared", "save_findings"])
def test_a_run_that_breaks_off_goes_on_where_it_was(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(comparing, step, lambda *_: (_ for _ in ()).throw(KeyError("power cut")))
        with pytest.raises(KeyError):
            verify_articles(["articles"])
    assert [stored().run.status, stored().findings] == ["failed", ()]

    verify_articles(["articles"])
    resumed = stored()
    monkeypatch.setenv("RASHOMON_DATABASE_URL", "sqlite:///fresh.db")
    verify_articles(["articles"])

    assert (resumed.claims, resumed.findings) == (stored().claims, stored().findings)


def test_whoever_listens_hears_how_far_a_run_is() -> None:
    heard: list[tuple[str, int, int]] = []
    with listening(lambda *step: heard.append(step)):
        verify_articles(["articles"])

    assert [stage for stage, done, total in heard if done == total] == ["read", "compare", "publish"]


def test_a_run_is_named_after_its_sources() -> None:
    verify_articles(["articles/wire.txt", "articles/note.txt"])
    with get_client(sync_client=True) as client:
        names = [run.name for run in client.read_flow_runs()]

    assert "verify wire.txt and 1 more" in names
