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


@pytest.mark.parametrize(("run_id", "words"), [("", "start with rashomon verify"), ("nobody", "nobody")])
def test_a_run_that_is_not_stored_is_wrong_use(run_id: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        rebuild_report(run_id)
