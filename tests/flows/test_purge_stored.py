from datetime import UTC, datetime, timedelta

import pytest
from prefect.client.orchestration import get_client

from flows.purge_stored import purge_stored
from flows.verify_articles import verify_articles
from tasks.settings import load_settings
from tasks.steps.material import load_everything
from tasks.storage.database import open_database, writers_of

pytestmark = pytest.mark.usefixtures("prefect_server", "workspace")


def test_what_is_old_goes_and_the_run_says_so() -> None:
    verify_articles(["articles"])
    assert purge_stored()["articles"] == 0
    engine = open_database(load_settings().database_url)
    long_ago = (datetime.now(UTC) - timedelta(days=91)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with writers_of(engine).begin() as connection:  # as if the run had been then
        connection.exec_driver_sql(f"UPDATE articles SET retrieved_at = '{long_ago}'")  # noqa: S608
        connection.exec_driver_sql(f"UPDATE runs SET started_at = '{long_ago}'")  # noqa: S608
    engine.dispose()

    assert purge_stored()["articles"] == 3
    assert load_everything(load_settings()).articles == ()
    with get_client(sync_client=True) as client:
        newest, *_ = sorted(
            (one for one in client.read_artifacts() if one.key == "purge"),
            key=lambda one: str(one.created),
            reverse=True,
        )
    assert "| articles | 3 |" in str(newest.data)
    assert str(newest.description).startswith("3 articles, ")
