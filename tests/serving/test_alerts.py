"""Alerts as an operator has them: a Prefect server, a webhook and a mail server, all real, and runs with news."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tasks.console.prefect_settings import prefect_variables
from tasks.settings import ROOT
from tests.serving.machine import free_port, wait_for

pytestmark = pytest.mark.server

TEXTS = {
    "one.txt": ("Meridian Wire", "4", "Minister Ana Petrov said that the mill released chlorine into the river."),
    "two.txt": ("Coast Herald", "5", "The mill denied on Wednesday that it released chlorine into the river."),
}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A newsroom's machine: its folder, its Prefect server, and the environment in which its commands run."""

    folder: Path
    api: str
    environment: dict[str, str]

    def rashomon(self, *arguments: str, fails: int = 0, **variables: str) -> str:
        environment = {**self.environment, **variables}
        command = [sys.executable, "-m", "rashomon", *arguments]
        done = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.rashomon(*arguments, "--json").splitlines()]

    def post(self, path: str, body: Any) -> Any:
        return httpx2.post(f"{self.api}/{path}", json=body, timeout=30).raise_for_status()

    def events(self, *names: str) -> list[dict[str, Any]]:
        wanted = {"filter": {"event": {"name": list(names)}}}
        found: list[dict[str, Any]] = self.post("events/filter", wanted).json()["events"]
        return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, webhook: Any, mailbox: Any) -> Iterator[Desk]:
    folder, port = tmp_path_factory.mktemp("desk"), free_port()
    for name, (outlet, day, text) in TEXTS.items():
        head = (
            f"title: News\nurl: https://{name[:3]}.example/a\noutlet: {outlet}\npublished: 2025-03-0{day}T06:10:00Z\n\n"
        )
        (folder / name).write_text(head + text + "\n", encoding="utf-8")
    (folder / "rashomon.toml").write_text(
        f'report_url = "https://desk.example/reports"\nallow_hosts = ["127.0.0.1"]\n[alerts]\n'
        f'webhook_url = "http://127.0.0.1:{webhook.port}/token-1"\nemail_to = ["desk@north.example"]\n'
        f'email_from = "rashomon@north.example"\nsmtp_url = "smtp://me:token-2@127.0.0.1:{mailbox.port}"\n',
        encoding="utf-8",
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RASHOMON_"))}
    api = f"http://127.0.0.1:{port}/api"
    environment = clean | prefect_variables() | {"PREFECT_HOME": str(folder / "prefect"), "DO_NOT_TRACK": "1"}
    environment |= {"PREFECT_API_URL": api, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(
            command, env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True
        ) as running,
    ):
        try:
            wait_for(lambda: httpx2.get(f"{api}/health").json() is True, "the server")
            yield Desk(folder=folder, api=api, environment=environment)
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            try:
                running.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)


def test_automations_are_applied_again_without_harm(desk: Desk) -> None:
    theirs = {
        "name": "somebody's own",
        "trigger": {"type": "event", "expect": ["their.event"], "posture": "Reactive", "threshold": 1},
        "actions": [{"type": "do-nothing"}],
    }
    desk.post("automations/", theirs)
    assert {row["outcome"] for row in desk.rows("alerts", "apply")} == {"created"}
    assert {row["outcome"] for row in desk.rows("alerts", "apply")} == {"unchanged"}

    found = {one["name"]: one for one in desk.post("automations/filter", {}).json()}
    late = found["rashomon-late-runs"]
    httpx2.patch(f"{desk.api}/automations/{late['id']}", json={"enabled": False}).raise_for_status()
    changed = found["rashomon-digest"]
    kept = {key: changed[key] for key in ("name", "trigger", "actions", "enabled", "tags")}
    httpx2.put(
        f"{desk.api}/automations/{changed['id']}", json=kept | {"description": "tampered with"}
    ).raise_for_status()
    outcomes = {row["name"]: (row["outcome"], row["enabled"]) for row in desk.rows("alerts", "apply")}

    assert outcomes["rashomon-late-runs"] == ("unchanged", False)  # what an operator switched off stays off
    assert outcomes["rashomon-digest"] == ("updated", True)
    after = {one["name"]: one for one in desk.post("automations/filter", {}).json()}
    assert after["somebody's own"] == found["somebody's own"]
    assert after["rashomon-digest"]["description"] == changed["description"]
    assert {name: one["id"] for name, one in after.items()} == {name: one["id"] for name, one in found.items()}
    blocks = desk.post("block_documents/filter", {"include_secrets": False}).text
    assert "token" not in blocks + json.dumps(list(after.values()))


def test_the_way_to_people_can_be_tried(desk: Desk, webhook: Any, mailbox: Any) -> None:
    shown = desk.rashomon("alerts")
    assert "Told: a webhook at 127.0.0.1, desk@north.example" in shown
    assert "token" not in shown
    rows = desk.rows("alerts", "test")

    assert [(row["action"], row["reached"]) for row in rows] == [("call-webhook", True), ("send-notification", True)]
    assert [call["subject"] for call in webhook.calls] == ["Rashomon: a test"]
    assert [mail["subject"] for mail in mailbox.mails] == ["Rashomon: a test"]
    assert mailbox.logins == ["\0me\0token-2"]


def test_a_new_conflict_is_told_once_by_webhook_and_by_mail(desk: Desk, webhook: Any, mailbox: Any) -> None:
    webhook.calls.clear()
    mailbox.mails.clear()
    desk.rashomon("verify", "one.txt", "two.txt", PREFECT_API_URL="")  # without a server nobody is told ...
    assert "Waiting to be told: 1" in desk.rashomon("alerts")
    desk.rashomon("verify", "one.txt", "two.txt")  # ... until a run has one, however old its findings are
    wait_for(lambda: webhook.calls and mailbox.mails, "a call and a mail")
    [event] = wait_for(lambda: desk.events("rashomon.conflict.found"), "the event")
    desk.rashomon("verify", "one.txt", "two.txt")  # nothing new
    desk.post("events", [{key: event[key] for key in ("id", "event", "occurred", "resource", "related", "payload")}])
    desk.rashomon("alerts", "test")  # what comes after the repeated event has come, so it is dealt with
    wait_for(lambda: len(desk.events("rashomon.alert.tested")) == 2, "the next event")

    calls = [call for call in webhook.calls if call["event"] == "rashomon.conflict.found"]
    mails = [mail for mail in mailbox.mails if mail["subject"] != "Rashomon: a test"]
    assert (len(calls), len(mails), len(desk.events("rashomon.conflict.found"))) == (1, 1, 1)
    assert "Waiting to be told: 0" in desk.rashomon("alerts")
    [call], [mail] = calls, mails
    assert call["content_type"].startswith("application/json")
    assert call["payload"]["sides"] == {
        "for": ["Ana Petrov (in Meridian Wire)"],
        "against": ["The mill (unresolved) (in Coast Herald)"],
    }
    assert (mail["from"], mail["to"]) == ("Rashomon <rashomon@north.example>", "desk@north.example")
    assert mail["subject"] == "Rashomon: Sources disagree: The mill released chlorine into the river"
    assert mail.get_content_type() == "text/plain"
    words = mail.get_content()
    assert "Deny it: The mill (unresolved) (in Coast Herald)" in words
    [link] = [line.removeprefix("Report: ") for line in words.splitlines() if line.startswith("Report: ")]
    page, _, anchor = link.rpartition("/")[2].partition("#")
    assert f'id="{anchor}"' in (desk.folder / "reports" / page).read_text(encoding="utf-8")
    roles = {one["prefect.resource.role"]: one["prefect.resource.name"] for one in event["related"]}
    assert {"outlet", "source", "flow-run", "flow"} <= set(roles)
    assert roles["flow"] == "verify-articles"


def test_a_run_that_fails_is_told(desk: Desk, webhook: Any, mailbox: Any) -> None:
    webhook.calls.clear()
    mailbox.mails.clear()
    (desk.folder / "empty.txt").write_text("", encoding="utf-8")
    desk.rashomon("verify", "empty.txt", fails=1)
    wait_for(lambda: webhook.calls and mailbox.mails, "a call and a mail")

    words = mailbox.mails[0].get_content()
    assert mailbox.mails[0]["subject"] == "Rashomon: the run verify empty.txt has failed"
    assert "o article could be read; the report gives the reasons" in words
    assert f"{desk.api.removesuffix('/api')}/" in words  # the run in Prefect's UI


def test_nobody_is_told_any_more_once_the_settings_name_nobody(desk: Desk) -> None:
    settings = desk.folder / "rashomon.toml"
    settings.write_text('report_url = "https://desk.example/reports"\n', encoding="utf-8")
    outcomes = {row["name"]: row["outcome"] for row in desk.rows("alerts", "apply")}

    assert outcomes["rashomon-new-conflict"] == "removed"
    assert outcomes["rashomon-dead-runs"] == "unchanged"
    assert desk.post("block_documents/filter", {}).json() == []
    names = {one["name"] for one in desk.post("automations/filter", {}).json()}
    assert names == {"rashomon-dead-runs", "rashomon-late-runs", "somebody's own"}
    assert "nobody is to be told" in desk.rashomon("alerts", "test", fails=2)
