"""A program of its own: a PDF on standard input -> its lines by page, as JSON on standard output.

A PDF is a program in disguise: it can ask for gigabytes, or lead its reader in circles. So it is read in a process that
may be ended at any moment, with a roof over its memory; `pdf.py` starts it. It imports nothing of ours, which keeps
its start short.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError

MEMORY = 400_000_000  # bytes of address space, of which Python and the library take 100 million
MAX_CHARACTERS = 600_000  # more than an article may have


def limit_memory() -> None:
    """Put a roof over what this process may ask for, where the system has such roofs."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def read_pdf(raw: bytes, max_pages: int) -> dict[str, Any]:
    """Return what a PDF holds: pages of lines and metadata, or under "trouble" why it gives none."""
    reader = PdfReader(BytesIO(raw), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"trouble": "encrypted"}
    if len(reader.pages) > max_pages:
        return {"trouble": "pages", "count": len(reader.pages)}
    about: Any = reader.metadata or {}
    said = {key: str(about.get(f"/{key}") or "")[:500] for key in ("Title", "Author", "CreationDate", "ModDate")}
    return {"pages": list(find_pages(reader)), **said}


def find_pages(reader: PdfReader) -> Iterator[list[str]]:
    """Yield the lines of each page, until there are more characters than an article has."""
    length = 0
    for page in reader.pages:
        text = page.extract_text() or ""
        length += len(text)
        yield text.splitlines()
        if length > MAX_CHARACTERS:
            return


def told(raw: bytes, max_pages: int) -> dict[str, Any]:
    """Return what a PDF holds; whatever goes wrong in it is told in one word."""
    try:
        return read_pdf(raw, max_pages)
    except MemoryError:
        return {"trouble": "memory"}
    except DependencyError:  # a cipher that nobody here knows
        return {"trouble": "encrypted"}
    except Exception as error:  # noqa: BLE001  (damage comes out as any of a dozen errors; this process ends here)
        return {"trouble": "damaged", "error": type(error).__name__}


def main() -> None:
    """Read one PDF and tell what it holds."""
    logging.disable(logging.CRITICAL)
    limit_memory()
    json.dump(told(sys.stdin.buffer.read(), int(sys.argv[1])), sys.stdout)


if __name__ == "__main__":
    main()
