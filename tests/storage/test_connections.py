"""What a connection to PostgreSQL is told, and what becomes of one that is lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tasks.model.errors import DatabaseError
from tasks.storage.database import CONNECTIONS, SERVER_SIDE, open_database, reading, writing
from tasks.storage.runs import list_runs, start_run

pytestmark = pytest.mark.server

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
OTHERS = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid != pg_backend_pid()"
)


@pytest.fixture
def place(new_postgresql: Callable[[], str]) -> str:
    return new_postgresql()


@pytest.fixture
def shared(place: str) -> Iterator[Engine]:
    opened = open_database(place)
    yield opened
    opened.dispose()


def end_connections(place: str) -> None:
    """Do what a restart of the server does to everybody."""
    admin = sa.create_engine(sa.make_url(place).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.execute(OTHERS)


def runs(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [run.id for run in list_runs(session)]


def test_the_server_knows_whose_connection_it_is_and_how_long_to_wait_for_us(shared: Engine) -> None:
    with shared.connect() as connection:
        told = {name: connection.scalar(sa.text(f"SHOW {name}")) for name in ("application_name", *SERVER_SIDE)}

    assert told["application_name"] == "rashomon"
    assert told["idle_in_transaction_session_timeout"] == "10min"


def test_what_the_address_says_of_the_connection_holds(place: str) -> None:
    named = sa.make_url(place).update_query_dict({"application_name": "the desk"})
    engine = open_database(named.render_as_string(hide_password=False))
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SHOW application_name")) == "the desk"
    engine.dispose()


def test_a_connection_that_was_lost_between_two_steps_is_made_again(shared: Engine, place: str) -> None:
    with writing(shared) as session:
        start_run(session, "before", "verify-articles", NOON, {})
    end_connections(place)
    with writing(shared) as session:
        start_run(session, "after", "verify-articles", NOON, {})

    assert set(runs(shared)) == {"before", "after"}


def test_one_that_is_lost_within_a_step_is_an_error_and_leaves_nothing_half_done(shared: Engine, place: str) -> None:
    def lose() -> None:
        with writing(shared) as session:
            start_run(session, "half", "verify-articles", NOON, {})
            end_connections(place)
            start_run(session, "other half", "verify-articles", NOON, {})

    with pytest.raises(DatabaseError, match=r"terminating connection|closed") as found:
        lose()
    assert found.value.passing

    assert runs(shared) == []


def test_as_many_threads_as_may_be_set_write_at_once(shared: Engine) -> None:
    def write(number: int) -> None:
        with writing(shared) as session:
            start_run(session, str(number), "verify-articles", NOON, {})

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        list(threads.map(write, range(2 * CONNECTIONS)))

    assert len(runs(shared)) == 2 * CONNECTIONS
