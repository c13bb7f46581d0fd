"""What a person asks one run to read: web addresses, files, a pasted text; as Prefect's run form shows it.

The form shows titles inside of a model alone, so all three stand in one. The server refuses what does not fit the
schema before a run begins; what only the machine that runs the flow can know is told by `check_request`.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetPydanticSchema, model_validator

from tasks.model.errors import InputError
from tasks.reading.header import split_header
from tasks.reading.inputs import STANDARD_INPUT, check_names
from tasks.reading.moments import parse_moment
from tasks.reading.urls import is_url, split_url, without_credentials
from tasks.settings import Settings

# For the form and the server, which say "'bay.example/a' does not match 'https?://'"; we say more (`_check_addresses`).
Address = Annotated[str, Field(json_schema_extra={"pattern": "https?://"})]
WIDTH = 300  # characters of a field about a text; a header block takes lines of 500


class PastedText(BaseModel):
    """One article that a person pastes, and what they know of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(
        "",
        title="Text",
        description="The text of **one** article, with an empty line between its paragraphs. Leave it empty if you "
        "paste nothing; drag the corner of the box to see more of it.",
    )
    title: str = Field("", max_length=WIDTH, title="Headline", examples=["Mill blamed for dead fish"])
    outlet: str = Field(
        "",
        max_length=WIDTH,
        title="Outlet",
        description="Who published it, such as `North Wire`; the report calls it unknown where this is empty.",
        examples=["North Wire"],
    )
    published: str = Field(
        "",
        max_length=80,
        title="Published",
        description="When, as `2024-03-01`, `2024-03-01T08:30+01:00` or `1 March 2024`. "
        "It decides which stored articles the text is compared with; where it is empty, today does.",
        examples=["2024-03-01"],
    )
    url: str = Field(
        "",
        max_length=WIDTH,
        title="Where it stands",
        description="The web address of the article, for links in the report; nothing is fetched from it.",
        examples=["https://wire.example/mill"],
    )

    def as_article(self) -> str:
        """Return the text under a header block that says what was filled in; what its own header said comes second."""
        header, body = split_header(self.text)
        given = self.model_dump(exclude={"text"})
        fields = {**header.fields, **{name: " ".join(value.split()) for name, value in given.items() if value.strip()}}
        if not fields:
            return self.text
        return "\n".join([*(f"{name}: {value}" for name, value in fields.items()), "", body.lstrip("\n")])


class Articles(BaseModel):
    """What is to be read; a plain list of sources, as the command line has it, is taken apart."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    addresses: tuple[Address, ...] = Field(
        (),
        title="Web addresses",
        description="Pages, feeds or sitemaps, one to a row, with their `https://`, such as "
        "`https://example.org/news/story`.",
        examples=[["https://example.org/news/story"]],
    )
    files: tuple[str, ...] = Field(
        (),
        title="Files and folders",
        description="Paths on the machine that runs the flow, one to a row, such as `/home/ada/articles/mill.html`: "
        "text, HTML, Markdown, PDF, JSON lines; of a folder all that is in it. "
        "`examples` are the sample articles that come along: delete that row when you bring your own.",
        examples=[["examples"], ["/home/ada/articles/mill.html"]],
    )
    pasted: PastedText = Field(
        PastedText(), title="A pasted text", description="One article that is neither on the web nor in a file."
    )

    @model_validator(mode="before")
    @classmethod
    def take_apart(cls, given: Any) -> Any:
        """Return a plain list of sources as addresses and files; anything else as it is."""
        if isinstance(given, str) or not isinstance(given, Sequence):
            return given
        names = [str(source) for source in given]
        return {
            "addresses": [name for name in names if is_url(name)],
            "files": [name for name in names if not is_url(name)],
        }

    @property
    def sources(self) -> list[str]:
        """Return addresses and files without the rows that were left empty."""
        return [*_filled(self.addresses), *_filled(self.files)]

    @property
    def text(self) -> str:
        """Return the pasted article, "" where none was pasted."""
        return self.pasted.as_article() if self.pasted.text.strip() else ""


# A caller in Python may give a plain list; the form and the server see the model alone.
Given = Annotated[Articles | Sequence[str], GetPydanticSchema(lambda _source, handler: handler(Articles))]


def check_request(articles: Articles, settings: Settings, *, stdin: bool = True) -> None:
    """Raise an InputError that says in one sentence what cannot be read as it was asked for, and what to do."""
    _check_addresses(_filled(articles.addresses))
    _check_pasted(articles.pasted, settings)
    if not articles.sources and not articles.text:
        raise InputError("nothing to read: give a web address, a file or folder, or paste a text")
    if STANDARD_INPUT in articles.sources and not stdin:
        raise InputError("standard input (-) is there on the command line alone: paste the text instead")
    if articles.sources:
        check_names(articles.sources)


def _filled(rows: Iterable[str]) -> list[str]:
    return [row.strip() if is_url(row) else row for row in rows if row.strip()]


def _check_addresses(addresses: Iterable[str]) -> None:
    for address in addresses:
        if split_url(address) is None:
            shown = without_credentials(address)
            raise InputError(
                f"{shown!r} under Web addresses: an address begins with https:// or http:// and names a host; "
                "files and folders have a place of their own"
            )


def _check_pasted(pasted: PastedText, settings: Settings) -> None:
    size, limit = len(pasted.text.encode("utf-8", "replace")), settings.limits.max_file_bytes
    if size > limit:
        raise InputError(f"the pasted text: {size:,} bytes are more than the {limit:,} that are read; paste less of it")
    if not pasted.text.strip() and any(value.strip() for value in pasted.model_dump().values()):
        raise InputError("the pasted text: something is said of it, and the text itself is missing")
    if pasted.published.strip() and parse_moment(pasted.published) is None:
        raise InputError(
            f"the pasted text: {pasted.published!r} is no day that can be read; write it as 2024-03-01 or 1 March 2024"
        )
    if pasted.url.strip() and split_url(pasted.url) is None:
        raise InputError(
            f"the pasted text: {without_credentials(pasted.url)!r} is no web address; it begins with https://"
        )
