"""Folders -> files: all below one, in order, each once, however the links in it lead."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from tasks.model.article import SetAside, SetAsideReason

Identity = tuple[int, int]  # device and inode: one file has one, whatever names and links lead to it

# Files that introduce a folder; named directly they are read like any other.
ABOUT_A_FOLDER = frozenset(
    ("readme", "license", "licence", "copying", "notice", "changelog", "contributing", "authors")
)


def find_files(path: Path, seen: set[Identity]) -> Iterator[Path | SetAside]:
    """Yield the file, or the files below the folder in sorted order; `seen` holds what was met before."""
    stack = [path]
    while stack:
        here = stack.pop()
        try:
            status = here.stat()
            identity = (status.st_dev, status.st_ino)
            if note := trouble_with(here, status.st_mode, again=identity in seen):
                yield note
            elif identity not in seen:
                seen.add(identity)
                if S_ISDIR(status.st_mode):
                    stack.extend(sorted(filter(is_wanted, here.iterdir()), reverse=True))
                else:
                    yield Path(os.path.normpath(here.absolute()))
        except OSError as error:
            yield fault_of(here, error)


def trouble_with(path: Path, mode: int, *, again: bool) -> SetAside | None:
    """Return why a path is set aside unread: it leads in a circle, or to no regular file."""
    if S_ISDIR(mode):
        circle = again and path.is_symlink()
        detail = "a link to a folder that is read already"
        return set_aside(path, SetAsideReason.LINK_LOOP, detail) if circle else None
    # A pipe or a device could keep a reader waiting for ever.
    return None if S_ISREG(mode) else set_aside(path, SetAsideReason.UNSUPPORTED, "neither a file nor a folder")


def fault_of(path: Path, error: OSError) -> SetAside:
    """Return the note on a path that the system does not open."""
    if error.errno == errno.ELOOP:
        return set_aside(path, SetAsideReason.LINK_LOOP, "a link that leads back to itself")
    if path.is_symlink():
        return set_aside(path, SetAsideReason.NOT_FOUND, "a link that leads nowhere")
    return set_aside(path, SetAsideReason.REFUSED, f"cannot be opened: {error.strerror}")


def is_wanted(path: Path) -> bool:
    """Return whether a file or folder found in a folder is read: not hidden, and not about the folder."""
    about = path.stem.lower() in ABOUT_A_FOLDER and not path.is_dir()
    return not path.name.startswith(".") and not about


def set_aside(path: Path, reason: SetAsideReason, detail: str) -> SetAside:
    """Return the note on a path that is not read."""
    return SetAside(name=shown_path(path), reason=reason, detail=detail)


def shown_path(path: Path) -> str:
    """Return the absolute path with forward slashes, fit to be shown."""
    return printable(Path(os.path.normpath(path.absolute())).as_posix())


def printable(name: str) -> str:
    """Return a name in which bytes that are no UTF-8 are shown as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
