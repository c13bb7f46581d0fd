"""trafilatura, brought in quietly: the only door to it."""

import logging
import warnings

# It warns that SOCKS proxies need another package, though we never let it fetch anything.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from htmldate import find_date
    from trafilatura import bare_extraction, load_html

__all__ = ["bare_extraction", "find_date", "load_html"]

# These libraries tell of every odd page; what comes of a page is told by its article or its reason.
for noisy in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(noisy).setLevel(logging.CRITICAL)
