"""Which runner the settings choose, and what each is told; tests/flows has the runs themselves."""

import multiprocessing
import os
import socket
import sys
from concurrent.futures import ProcessPoolExecutor

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

from tasks.cluster import ClusterRunner
from tasks.model.errors import InputError, RashomonError
from tasks.runners import ON_LOOPBACK, ONE_THREAD, chosen_runner, pin_threads


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("threads", ThreadPoolTaskRunner, id="threads"),
        pytest.param("processes", ProcessPoolTaskRunner, id="processes"),
        pytest.param("dask", ClusterRunner, id="dask"),
    ],
)
def test_one_setting_chooses_the_runner(name: str, kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_TASK_RUNNER", name)

    assert type(chosen_runner()) is kind
    assert chosen_runner() == chosen_runner().duplicate()  # Prefect makes a copy of it for each run


def test_the_processes_of_a_pool_hold_their_libraries_to_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ONE_THREAD:
        monkeypatch.setenv(name, "8")
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh, initializer=pin_threads) as pool:
        assert {name: pool.submit(os.getenv, name).result() for name in ONE_THREAD} == ONE_THREAD


def test_so_do_those_of_a_cluster_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_TASK_RUNNER", "dask")
    monkeypatch.setenv("RASHOMON_WORKERS", "3")

    told = chosen_runner().cluster_kwargs
    assert told == {"n_workers": 3, "threads_per_worker": 1, "env": ONE_THREAD} | ON_LOOPBACK


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("RASHOMON_TASK_RUNNER", "dask")
    monkeypatch.setenv("RASHOMON_DASK_ADDRESS", "tcp://cluster.internal:8786")
    return "tcp://cluster.internal:8786"


def test_a_cluster_that_runs_already_is_reached_at_its_address(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_DATABASE_URL", "postgresql://db.internal/rashomon")
    with temporary_settings({PREFECT_API_URL: "http://prefect.internal:4200/api"}):
        assert chosen_runner().address == address


@pytest.mark.parametrize(
    ("server", "database", "words"),
    [
        pytest.param(None, "postgresql://db/rashomon", r"PREFECT_API_URL", id="no server that all reach"),
        pytest.param("http://prefect:4200/api", "sqlite:///a.db", r"database_url.*postgresql://", id="a file of one"),
    ],
)
@pytest.mark.usefixtures("address")
def test_what_the_machines_of_a_cluster_cannot_share_is_told_before_a_run(
    server: str | None, database: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASHOMON_DATABASE_URL", database)
    with temporary_settings({PREFECT_API_URL: server}), pytest.raises(InputError, match=words):
        chosen_runner()


def test_a_cluster_that_does_not_answer_is_told_in_a_sentence() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # nobody listens there
        runner = ClusterRunner(address=f"tcp://127.0.0.1:{probe.getsockname()[1]}", client_kwargs={"timeout": "1s"})
        with runner, pytest.raises(RashomonError, match=r"no Dask scheduler answers at tcp://127.*dask_address"):
            runner.connect()


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_TASK_RUNNER", "dask")
    monkeypatch.delitem(sys.modules, "tasks.cluster")
    monkeypatch.setitem(sys.modules, "dask.base", None)

    with pytest.raises(InputError, match=r"package dask is missing.*extra `dask`"):
        chosen_runner()
