"""trafilatura, brought in quietly: the only door to it, behind which no page breaks out in an unnamed error."""

import logging
import warnings
from typing import Any

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError

# It warns that SOCKS proxies need another package, though we never let it fetch anything.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import htmldate
    import trafilatura
    from trafilatura import load_html

__all__ = ["bare_extraction", "find_date", "load_html"]

# These libraries tell of every odd page; what comes of a page is told by its article or its reason.
for noisy in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(noisy).setLevel(logging.CRITICAL)


def bare_extraction(page: Any, **settings: Any) -> Any:
    """Return what trafilatura makes of a page; raise the named error where the page breaks the library."""
    try:
        return trafilatura.bare_extraction(page, **settings)
    except Exception as error:  # fuzzing met AssertionError; a page may find any other
        detail = f"the page breaks the library that takes its text out ({type(error).__name__})"
        raise UnreadableArticleError(SetAsideReason.FAILED, detail) from error


def find_date(page: Any, **settings: Any) -> str:
    """Return the date that htmldate finds, "" where it finds none or the page breaks it."""
    try:
        return htmldate.find_date(page, **settings) or ""
    except Exception:  # noqa: BLE001  (the text is there; a date that cannot be had is an unknown one)
        return ""
