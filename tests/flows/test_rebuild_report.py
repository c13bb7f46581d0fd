from pathlib import Path

import pytest

from flows.rebuild_report import rebuild_report
from flows.verify_articles import verify_articles
from tasks.model.errors import InputError

pytestmark = pytest.mark.usefixtures("prefect_server", "workspace")


def test_the_newest_report_is_printed_again() -> None:
    outcome = verify_articles(["articles"])
    Path(outcome.report).unlink()

    assert rebuild_report().report == outcome.report
    assert Path(outcome.report).is_file()


def test_an_older_run_is_printed_by_its_id() -> None:
    first, second = verify_articles(["articles/wire.txt"]), verify_articles(["articles/daily.txt"])

    assert rebuild_report(first.run_id).report == first.report != second.report


def news_of(report: str) -> str:
    page = Path(report).read_text(encoding="utf-8")
    return page[page.index('<section id="since"') : page.index('<section id="findings"')]


def test_an_old_report_says_for_ever_what_was_new_then() -> None:
    first = verify_articles(["articles/wire.txt"])
    second = verify_articles(["articles/wire.txt", "articles/daily.txt"])
    told = news_of(second.report)
    third = verify_articles(["articles"])
    rebuild_report(second.run_id)

    assert "This is the first run: nothing to compare with." in Path(first.report).read_text(encoding="utf-8")
    assert "Compared with what stood at the end of the run of" in told
    assert "1 new finding" in told
    assert news_of(second.report) == told != news_of(third.report)


@pytest.mark.parametrize("texts", ["whole", "sentences"])
def test_the_operator_says_what_a_report_prints(monkeypatch: pytest.MonkeyPatch, texts: str) -> None:
    monkeypatch.setenv("RASHOMON_SHOW_TEXTS", texts)
    monkeypatch.setenv("RASHOMON_CONTACT", "desk@example.org")
    page = Path(verify_articles(["articles"]).report).read_text(encoding="utf-8")

    assert "write to <bdi>desk@example.org</bdi>" in page
    assert ("an ellipsis (…) stands for what is left out" in page) is (texts == "sentences")


@pytest.mark.parametrize(("run_id", "words"), [("", "start with rashomon verify"), ("nobody", "nobody")])
def test_a_run_that_is_not_stored_is_wrong_use(run_id: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        rebuild_report(run_id)
