"""What a person may choose for one run, and how such a run is named."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from prefect.runtime import flow_run
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tasks.reading.urls import without_credentials
from tasks.request import Articles
from tasks.settings import Settings, load_settings

SHOWN = 60  # characters of a source in the name of a run
AS_SET = "as in the settings"  # the first choice everywhere: a run does what every other run does


class Extractor(StrEnum):
    """What finds who said what."""

    AS_SET = AS_SET
    TRAINED = "trained"
    OWN = "trained on texts of our own alone"
    RULES = "rules alone"


class Judge(StrEnum):
    """What judges whether two claims agree or conflict."""

    AS_SET = AS_SET
    TRAINED = "trained"
    WORDS = "words alone"


class KeepRaw(StrEnum):
    """Whether the bytes stay that an article was read from."""

    AS_SET = AS_SET
    YES = "yes"
    NO = "no"


# What the settings call the choices; what is not here leaves them as they are.
MEANT: dict[StrEnum, str | bool] = {
    Extractor.TRAINED: "attribution",
    Extractor.OWN: "attribution-own",
    Extractor.RULES: "rules",
    Judge.TRAINED: "judge",
    Judge.WORDS: "lexical",
    KeepRaw.YES: True,
    KeepRaw.NO: False,
}


class VerifyOptions(BaseModel):
    """What one run does otherwise than the settings say; titles and descriptions stand in Prefect's run form."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    window_days: int = Field(
        0,
        ge=0,
        le=36_500,
        title="Days to look back",
        description="Claims are compared with stored ones that are at most so many days older or younger: "
        "up to 36,500. 0: as in the settings.",
    )
    extractor: Extractor = Field(
        Extractor.AS_SET,
        title="Who said what is found by",
        description="*Rules alone* is quick and finds less. Another choice than in the runs before reads articles anew "
        "that are stored already.",
    )
    judge: Judge = Field(
        Judge.AS_SET,
        title="Agreement and conflict are judged by",
        description="*Words alone* is quick and misses more. Another choice than in the runs before compares all "
        "stored claims anew, in this run and in the next one, which may take long.",
    )
    keep_raw: KeepRaw = Field(
        KeepRaw.AS_SET,
        title="Keep pages and files as they came",
        description="Then anybody may check later what an article was read from; the database grows by it.",
    )
    batch_size: int = Field(
        0,
        ge=0,
        le=1_000,
        title="Articles in a batch",
        description="One task of the run takes so many: up to 1,000. 0: as in the settings.",
    )

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with what was chosen for this run."""
        chosen = {name: MEANT.get(value, value) for name, value in self if value not in (0, AS_SET)}
        return settings.model_copy(update=chosen)


def name_run() -> str:
    """Return a name that says what the flow run at hand holds."""
    return f"verify {scope_of_parameters(flow_run.parameters)}"


def scope_of_parameters(parameters: Mapping[str, Any]) -> str:
    """Return what was asked for; a run that Prefect refuses in the end has a name as well."""
    try:
        articles = Articles.model_validate(parameters.get("articles", ()))
    except ValidationError:
        return scope_of([])
    return scope_of(articles.sources, articles.text)


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
