"""The same flow on a Dask cluster: real processes, real results, and a run of which one process is killed."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dask
import psutil  # type: ignore[import-untyped]  # Dask brings it
import pytest
from distributed import Client, LocalCluster
from prefect.client.orchestration import get_client
from prefect.flows import load_flow_from_entrypoint

from flows.verify_articles import verify_articles
from tasks import publish, read
from tasks.cluster import AT_HOME, ClusterRunner
from tasks.model.errors import RashomonError
from tasks.options import Judge, VerifyOptions
from tasks.reporting.export import export_rows
from tasks.runners import ON_LOOPBACK, ONE_THREAD, chosen_runner, dask_runner
from tasks.settings import ROOT, load_settings
from tasks.steps.material import load_everything

PROFILE = "distributed.worker.profile.enabled"
pytestmark = [
    pytest.mark.usefixtures("prefect_server", "workspace"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Dask leaves its sockets to the garbage collector
]

PATIENCE = 120  # seconds
SMALL = VerifyOptions(batch_size=1, judge=Judge.WORDS)  # so many batches, and one model less to load
OF_THE_RUN = {"retrieved_at", "fetched_at", "run_id", "last_success_at", "last_failure_at"}


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """A cluster that outlives the runs, as one on several machines does."""
    options: Any = {"n_workers": 2, "threads_per_worker": 2, "env": ONE_THREAD} | ON_LOOPBACK
    with LocalCluster(**options) as running:  # type: ignore[no-untyped-call]
        yield running


@pytest.fixture
def client(cluster: LocalCluster) -> Iterator[Any]:
    with Client(cluster) as connected:  # type: ignore[no-untyped-call]
        yield connected


@pytest.fixture
def on_cluster(cluster: LocalCluster) -> Any:
    """The flow on that cluster; its processes began in another folder, so that everything needs its whole path."""
    runner: Any = ClusterRunner(address=cluster.scheduler_address)
    return verify_articles.with_options(task_runner=runner)


@pytest.fixture(autouse=True)
def database(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_DATABASE_URL", f"sqlite:///{workspace / 'rashomon.db'}")
    monkeypatch.setenv("RASHOMON_WORKERS", "2")


def without_run(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_run(inner) for key, inner in value.items() if key not in OF_THE_RUN}
    return [without_run(inner) for inner in value] if isinstance(value, list | tuple) else value


def exported() -> dict[str, list[str]]:
    rows = export_rows(load_everything(load_settings()))
    return {kind: sorted(repr(without_run(row)) for row in found) for kind, found in rows.items()}


def exported_by_threads(monkeypatch: pytest.MonkeyPatch, sources: str) -> dict[str, list[str]]:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("RASHOMON_DATABASE_URL", "sqlite:///threads.db")
        verify_articles([sources], options=VerifyOptions(judge=Judge.WORDS))
        return exported()


def arrows_of(flow_run_id: str) -> set[tuple[str, str]]:
    """Return the arrows that the UI draws between the tasks of a run, by their names."""
    with get_client(sync_client=True) as asking:
        runs = [run for run in asking.read_task_runs() if str(run.flow_run_id) == flow_run_id]
    names = {str(run.id): run.name for run in runs}
    inputs = (
        (str(getattr(one, "id", "")), run.name) for run in runs for given in run.task_inputs.values() for one in given
    )
    return {(names[one], other) for one, other in inputs if one in names}


def wait_for(what: Callable[[], Any]) -> Any:
    until = time.monotonic() + PATIENCE
    while not (found := what()) and time.monotonic() < until:
        time.sleep(0.2)
    return found


def workers() -> set[int]:
    """Return the processes of clusters that we have begun and that are still there."""
    children = psutil.Process().children(recursive=True)
    return {child.pid for child in children if "spawn_main" in " ".join(child.cmdline())}


def absolute(workspace: Path) -> str:
    return str(workspace / "articles")


def test_what_stays_at_home_are_verbs_that_exist() -> None:
    assert {read.find_batches.name, read.find_news.name, publish.publish_report.name} == AT_HOME


def test_one_setting_takes_the_run_to_processes_with_the_same_exports_and_the_same_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RASHOMON_TASK_RUNNER", "dask")
    # As a worker loads it, which imports the file under a name of its own.
    flow: Any = load_flow_from_entrypoint(f"{ROOT}/flows/verify_articles.py:verify_articles")
    assert isinstance(flow.task_runner, ClusterRunner)
    kept = workers()
    outcome = flow(["articles"], options=SMALL)

    assert (outcome.articles, outcome.set_asides) == (3, 1)
    assert Path(outcome.report).is_file()
    assert workers() == kept
    assert exported() == exported_by_threads(monkeypatch, "articles")
    chains = [(f"{one}-{n}-to-{n}", f"{two}-{n}-to-{n}") for n in range(1, 5) for one, two in STEPS]
    ends = [("find-inputs", f"read-{n}-to-{n}") for n in range(1, 5)]
    ends += [(f"store-{n}-to-{n}", "compare") for n in range(1, 5)]
    expected = {*chains, *ends, ("compare", "publish")}
    wait_for(lambda: arrows_of(outcome.run_id) == expected)  # the server records tasks a little later
    assert arrows_of(outcome.run_id) == expected


STEPS = (("read", "extract"), ("extract", "store"))


def test_a_run_that_fails_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_TASK_RUNNER", "dask")
    kept = workers()
    with pytest.raises(RashomonError, match="no article could be read"):
        verify_articles.with_options(task_runner=chosen_runner())(["articles/empty.txt"])

    assert workers() == kept


def test_our_own_cluster_listens_on_the_loopback_alone_and_each_process_has_one_thread() -> None:
    with dask_runner(load_settings()) as runner:
        told = runner.client.run(lambda: {name: os.environ.get(name) for name in ONE_THREAD})
        lean = runner.client.run(lambda: (dask.config.get(PROFILE), os.environ.get("MALLOC_TRIM_THRESHOLD_")))
        threads = runner.client.nthreads()
        processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
        listening = {
            one.laddr.ip for each in processes for one in each.net_connections("tcp") if one.status == "LISTEN"
        }

    assert list(told.values()) == [ONE_THREAD] * 2
    assert list(lean.values()) == [(False, None)] * 2
    assert list(threads.values()) == [1, 1]
    assert listening == {"127.0.0.1"}


def models_loaded() -> int:
    from tasks.attribution import pipeline

    return pipeline._load.cache_info().misses


def test_a_cluster_loads_the_models_once_in_a_process_and_keeps_nothing_of_a_run(
    on_cluster: Any, client: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, name in enumerate("abcdef", start=4):
        text = f"Mayor Ana Holm said on Friday that bridge {name} was safe.\n"
        head = f"published: 2024-03-{day:02}\n\n"
        (workspace / "articles" / f"{name}.txt").write_text(head + text)
    outcome = on_cluster([absolute(workspace)], options=SMALL)

    assert outcome.articles == 9
    assert set(client.run(models_loaded).values()) == {1}
    assert exported() == exported_by_threads(monkeypatch, absolute(workspace))
    assert wait_for(lambda: not any(client.has_what().values()))  # no text of a finished run stays in their memory


def test_a_process_that_is_killed_is_replaced_and_the_run_completes(
    on_cluster: Any, client: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.run(os.getpid)
    killed: list[int] = []

    def kill() -> None:
        busy = wait_for(lambda: [worker for worker, keys in client.processing().items() if keys])
        killed.append(before[busy[0]])
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    outcome = on_cluster([absolute(workspace)], options=SMALL)
    killer.join()

    assert wait_for(lambda: len(client.run(os.getpid)) == 2)  # its nanny starts another one
    assert killed
    assert killed[0] not in client.run(os.getpid).values()
    assert outcome.articles == 3
    assert exported() == exported_by_threads(monkeypatch, absolute(workspace))
