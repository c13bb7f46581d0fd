"""Lists of web addresses -> inputs: one for each line that is no comment."""

from collections.abc import Iterable, Iterator

from tasks.model.article import SetAside, SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.item import Input, InputKind
from tasks.reading.urls import check_url, is_url, without_credentials


def find_addresses(lines: Iterable[bytes], name: str) -> Iterator[Input | SetAside]:
    """Yield one input for each address, in order and each once, and a note for each line that is none."""
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        text = line.decode("utf-8-sig", "replace").strip()
        if not text or text.startswith("#") or text in seen:
            continue
        seen.add(text)
        if is_url(text):
            yield address_input(text)
        else:
            detail = f"line {number}: neither a web address nor a comment (#)"
            yield SetAside(name=f"{name}#{number}", reason=SetAsideReason.BAD_RECORD, detail=detail)


def address_input(name: str) -> Input | SetAside:
    """Return the input for a web address; one that carries a password is set aside and never shown."""
    shown = without_credentials(name.strip())
    try:
        return Input(name=shown, kind=InputKind.URL, url=check_url(name))
    except UnreadableArticleError as error:
        return SetAside(name=shown, reason=error.reason, detail=error.detail)
