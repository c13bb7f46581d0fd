import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.settings import ROOT

# Prefect's own recorder, stopped while it writes one event; what its first write meets is the argument.
STOP_WHILE_WRITING = """
import asyncio, sys, uuid
from types import SimpleNamespace
from tasks.console.prefect_settings import set_prefect_defaults
set_prefect_defaults(verbose=False)
import prefect.main
from prefect.server.events.schemas.events import ReceivedEvent
from prefect.server.services import task_run_recorder as recorder
from prefect.types._datetime import now

event = ReceivedEvent(
    occurred=now("UTC"), event="prefect.task-run.Completed", id=uuid.uuid4(),
    resource={"prefect.resource.id": "prefect.task-run.1", "prefect.orchestration": "client"},
)

async def write(events):
    attempts.append(events)
    writing.set()
    if len(attempts) == 1 and sys.argv[1] == "stopped":
        await asyncio.sleep(60)
    elif len(attempts) == 1:
        raise OSError("the disk is full")
    written.extend(events)

async def stop():
    async with recorder.consumer(write_batch_size=9, flush_every=0) as handle:
        await handle(SimpleNamespace(data=event.model_dump_json()))
        await writing.wait()
    print(len(attempts), len(written))

attempts, written, writing = [], [], asyncio.Event()
recorder.record_bulk_task_run_events = write
asyncio.run(stop())
"""


START_AS_PREFECT_DOES = """
import subprocess, sys
sys.path.remove("")  # the command line has no such entry
from tasks.console.running import run_flow

def load():
    from prefect import flow

    return flow(lambda: print(subprocess.run([sys.executable, "-m", sys.argv[1]]).returncode), name="start")

run_flow(load, as_json=True, verbose=False)
"""


def run_code(code: str, *arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "PYTHON"))}
    given = clean | {"PYTHONPATH": str(ROOT), "PREFECT_HOME": str(folder)} | variables
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=given, cwd=folder, capture_output=True, text=True, check=True)


@pytest.mark.parametrize(
    ("met", "shown"),
    [
        pytest.param("stopped", (), id="the stop"),
        pytest.param("fault", ("Error flushing 1 events", "the disk is full"), id="a real error"),
    ],
)
def test_a_server_that_is_stopped_while_it_writes_shows_nothing(
    met: str, shown: tuple[str, ...], tmp_path: Path
) -> None:
    ran = run_code(STOP_WHILE_WRITING, met, folder=tmp_path)

    assert ran.stdout == "2 1\n", "the event that was put back is written before the server ends"
    assert all(words in ran.stderr for words in shown)
    assert shown or ran.stderr == ""


def test_what_starts_in_a_readers_folder_takes_none_of_its_modules(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text("raise RuntimeError('a file of the reader was imported')\n")
    ran = run_code(START_AS_PREFECT_DOES, "tasks.console.prefect_log", folder=tmp_path)

    assert (ran.stdout, ran.stderr) == ("0\n", "")
