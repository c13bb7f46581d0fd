"""The automations that come with Rashomon: each file of `automations/` becomes one on the server, known by its name.

A file holds what Prefect's automations hold. `OUR-FLOWS` stands for the names of our flows, since a server may run
others beside them, and `tell` with a subject and a body for whoever the settings name: a webhook, people with a mail
address, or both. Applied again, a file changes what it has changed; what an operator switched off stays off, and what
others made is left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import Automation, AutomationCore

from tasks.serving.notifiers import Notifier, save_notifiers
from tasks.settings import ROOT, Settings, load_settings

FOLDER: Final = Path(__file__).with_suffix("")
TAG: Final = "rashomon"
OUR_FLOWS: Final = "OUR-FLOWS"


class Outcome(StrEnum):
    """What became of one file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed: nobody is to be told"
    IDLE = "not applied: nobody is to be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """One automation after its file was applied."""

    name: str
    outcome: Outcome
    enabled: bool

    @property
    def is_there(self) -> bool:
        """Return whether the server has it."""
        return self.outcome not in {Outcome.REMOVED, Outcome.IDLE}


def apply_automations(settings: Settings | None = None) -> list[Applied]:
    """Bring the server's automations and notifiers to what the files and the settings say; return what was done."""
    settings = settings or load_settings()
    notifiers = save_notifiers(settings)
    with get_client(sync_client=True) as client:
        return [apply_one(client, *read_automation(path, notifiers)) for path in automation_files()]


def automation_files() -> list[Path]:
    """Return the files, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def describe(path: Path) -> tuple[str, str]:
    """Return the name of an automation, and what it does."""
    values: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return values["name"], values["description"]


def read_automation(path: Path, notifiers: Sequence[Notifier]) -> tuple[AutomationCore, bool]:
    """Return the automation of a file, and whether it has anything to do: one that only tells needs a notifier."""
    values: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    words = values.pop("tell", None)
    told = [notifier.action(words["subject"], words["body"]) for notifier in notifiers] if words else []
    actions = [*values.pop("actions", []), *told]
    filled = dict(fill(values))
    return AutomationCore.model_validate({**filled, "actions": actions, "tags": [TAG]}), bool(actions)


def fill(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values with the names of our flows in the place kept for them."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield key, dict(fill(value))
        else:
            yield key, flow_names() if value == OUR_FLOWS else value


def flow_names() -> list[str]:
    """Return the names of our flows, which their files carry."""
    return [path.stem.replace("_", "-") for path in sorted((ROOT / "flows").glob("*_*.py")) if path.stem != "__init__"]


def apply_one(client: SyncPrefectClient, wanted: AutomationCore, busy: bool) -> Applied:
    """Create, update or remove one automation."""
    found = next(iter(client.read_automations_by_name(wanted.name)), None)
    if not busy:
        if found is not None:
            client.delete_automation(found.id)
        return Applied(name=wanted.name, outcome=Outcome.REMOVED if found else Outcome.IDLE, enabled=False)
    if found is None:
        client.create_automation(wanted)
        return Applied(name=wanted.name, outcome=Outcome.CREATED, enabled=True)
    wanted = wanted.model_copy(update={"enabled": found.enabled})
    same = content_of(wanted) == content_of(found)
    if not same:
        client.update_automation(found.id, wanted)
    return Applied(
        name=wanted.name, outcome=Outcome.UNCHANGED if same else Outcome.UPDATED, enabled=bool(found.enabled)
    )


def content_of(automation: AutomationCore | Automation) -> dict[str, Any]:
    """Return what two automations have in common that do the same, whatever their ids are."""
    return automation.model_dump(include={"name", "description", "tags", "trigger", "actions"})
