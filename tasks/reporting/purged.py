"""What a purge took out, in words: one line, and a table as Markdown."""

from collections.abc import Mapping

WORDS = {
    "articles": "articles",
    "claims": "claims",
    "relations": "relations between claims",
    "findings": "findings dropped, or built anew from the claims that stay",
    "documents": "documents whose bytes were kept",
    "runs": "records of runs",
    "entries": "entries of feeds that waited in vain",
    "reports": "report files",
}


def purge_line(counts: Mapping[str, int], bytes_freed: int) -> str:
    """Return what went in one line."""
    named = ", ".join(f"{counts[name]:,} {name}" for name in WORDS if counts.get(name))
    return f"{named}; {megabytes(bytes_freed)} given back" if named else "Nothing is that old."


def purge_markdown(days: int, counts: Mapping[str, int], bytes_freed: int, note: str) -> str:
    """Return what went as Markdown."""
    rows = "\n".join(f"| {words} | {counts.get(name, 0):,} |" for name, words in WORDS.items())
    told = f"\n\n{note[:1].upper()}{note[1:]}." if note else ""
    return (
        f"# Purged: what was last met more than {days} days ago\n\n| what | how many |\n| --- | ---: |\n{rows}\n\n"
        f"{megabytes(bytes_freed)} given back.{told}\n"
    )


def megabytes(size: int) -> str:
    """Return a size in megabytes."""
    return f"{max(size, 0) / 1e6:,.1f} MB"
