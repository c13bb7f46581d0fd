"""What a person may choose for one run, and how such a run is named."""

from collections.abc import Sequence
from pathlib import Path

from prefect.runtime import flow_run
from pydantic import BaseModel, ConfigDict, Field

from tasks.reading.urls import without_credentials
from tasks.settings import Settings, load_settings

SHOWN = 60  # characters of a source in the name of a run


class VerifyOptions(BaseModel):
    """What one run does otherwise than the settings say; titles and descriptions stand in Prefect's run form."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    batch_size: int = Field(
        0, ge=0, le=1_000, title="Articles in a batch", description="One task takes so many. 0: as in the settings."
    )
    window_days: int = Field(
        0,
        ge=0,
        le=36_500,
        title="Days to look back",
        description="Claims are compared with stored ones at most so much older or younger. 0: as in the settings.",
    )

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with what was chosen for this run."""
        return settings.model_copy(update={name: value for name, value in self.model_dump().items() if value})


def name_run() -> str:
    """Return a name that says what the flow run at hand holds."""
    return f"verify {scope_of(flow_run.parameters.get('sources', []), flow_run.parameters.get('text', ''))}"


def scope_of(sources: Sequence[str], text: str = "") -> str:
    """Return what was asked for, short enough for a title: its first source, and how many more there are."""
    shown = (without_credentials(source) if "://" in source else source for source in sources)
    names = [*(["a pasted text"] if text.strip() else []), *shown] or ["nothing"]
    if "://" not in names[0]:  # a path says where on this machine, which is nobody's business in a report
        names[0] = Path(names[0]).name or names[0]
    first = names[0] if len(names[0]) <= SHOWN else "…" + names[0][1 - SHOWN :]
    return first if len(names) == 1 else f"{first} and {len(names) - 1} more"


def name_watch() -> str:
    """Return a name that says what the flow run at hand looks through."""
    return f"watch {scope_of_watch(load_settings())}"


def scope_of_watch(settings: Settings) -> str:
    """Return what is watched: how many feeds, and whether there is an inbox."""
    feeds = f"{len(settings.feeds)} feed{'s' if len(settings.feeds) > 1 else ''}" if settings.feeds else ""
    return " and ".join(part for part in (feeds, "the inbox" if settings.inbox else "") if part) or "nothing"
