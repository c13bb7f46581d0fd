"""A large report as many pages: one that lists, one for each finding and each article, with links between them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# A link within a report, as our templates print it; strangers' text is escaped and holds no such sign.
INNER = re.compile(r'href="#([a-z]+)(-[^"]*)?"')
TOP = "top"  # the report itself
OWN_PAGES = ("finding", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where everything stands: the page of the report, the folder of the others, the article of each claim."""

    home: str
    folder: str
    article_of: Mapping[str, str]

    def relink(self, page: str, here: str = "") -> str:
        """Return the page with the links to what stands on another page leading there; `here` is its own anchor.

        The page of the report lies beside the folder of the others, and is no anchor: it is "" here.
        """

        def led(link: re.Match[str]) -> str:
            return f'href="{self.lead(link[1], link[2] or "", here)}"'

        return INNER.sub(led, page)

    def lead(self, kind: str, rest: str, here: str) -> str:
        """Return the address of an anchor, "finding" and "-1f" for `finding-1f`, seen from a page."""
        anchor = f"{kind}{rest}"
        page = anchor if kind in OWN_PAGES else f"article-{self.article_of[rest[1:]]}" if kind == "claim" else ""
        if not page:
            return self._home("" if anchor == TOP else f"#{anchor}", here)
        if page == here:
            return f"#{anchor}"
        beside = "" if here else f"{self.folder}/"
        return f"{beside}{page}.html{'' if page == anchor else f'#{anchor}'}"

    def _home(self, fragment: str, here: str) -> str:
        """Return a place on the page of the report; what has a place of its own on every page stays there."""
        if not here or fragment == "#main":
            return fragment or self.home
        return f"../{self.home}{fragment}"
