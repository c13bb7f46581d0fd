"""`rashomon purge`, `backup` and `restore`: what keeps the database in order; none of them needs Prefect."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tasks.console.output import progress_bar, say, write_json
from tasks.model.errors import InputError
from tasks.settings import load_settings

AGE = re.compile(r"(\d{1,5})\s*([dw])", re.IGNORECASE)


def days_of(age: str) -> int:
    """Return how many days an age has: 90d are 90, 2w are 14."""
    found = AGE.fullmatch(age.strip())
    if found is None:
        raise InputError(f"--older-than {age}: not an age; write days or weeks, such as 90d or 12w")
    return int(found[1]) * (7 if found[2].lower() == "w" else 1)


def purge_stored(older_than: str, *, reports: bool, vacuum: bool, dry_run: bool, as_json: bool) -> None:
    """Take out what is old, or tell what would go, and print how much it is."""
    days, settings = days_of(older_than), load_settings()
    from tasks.reporting.purged import purge_line
    from tasks.steps.progress import listening
    from tasks.steps.purging import age_of, look_for_old, purge

    age, freed, note = age_of(days, datetime.now(UTC)), 0, ""
    if dry_run:
        counts = look_for_old(age, settings, reports=reports).counts()
    else:
        with progress_bar(wanted=not as_json) as show, listening(show):
            gone, shrunk = purge(age, settings, reports=reports, vacuum=vacuum)
        counts, freed, note = gone.counts(), shrunk.before - shrunk.after, shrunk.note
    if as_json:
        write_json({"older_than_days": days, "dry_run": dry_run, **counts, "bytes_freed": freed, "note": note})
        return
    say(f"{'Would go' if dry_run else 'Gone'}, last met before {age.before:%Y-%m-%d}: {purge_line(counts, freed)}")
    if note:
        say(f"{note[:1].upper()}{note[1:]}.")


def back_up_stored(file: Path, *, force: bool, as_json: bool) -> None:
    """Copy what is stored into a file, and print how much that was."""
    from tasks.storage.backup import back_up

    settings = load_settings()
    copied = back_up(settings.database_url, file, force=force)
    if as_json:
        write_json(
            {"file": str(file.absolute()), "bytes": file.stat().st_size, "revision": copied.revision, **copied.counts}
        )
    else:
        say(f"{file.absolute()}: {held_by(copied.counts)}, {file.stat().st_size / 1e6:,.1f} MB, checked")


def restore_stored(file: Path, *, as_json: bool) -> None:
    """Fill the database of the settings from a backup, and print how much that was."""
    from tasks.storage.backup import restore

    settings = load_settings()
    copied = restore(file, settings.database_url)
    if as_json:
        write_json({"database": settings.database_place, "revision": copied.revision, **copied.counts})
    else:
        say(f"{settings.database_place}: {held_by(copied.counts)}")


def held_by(counts: Mapping[str, int]) -> str:
    """Return in words what tables hold."""
    return ", ".join(f"{counts.get(name, 0):,} {name}" for name in ("articles", "claims", "findings", "runs"))
