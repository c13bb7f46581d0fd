"""What counting needs to know of the articles: who published them, when, and which of them repeat one another."""

import re
from dataclasses import dataclass
from datetime import datetime

from tasks.model.article import Article

_TLD = re.compile(r"^www\.|\.(?:com|org|net|info|news|co\.uk|example|[a-z]{2})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One article, as far as findings and origins need it."""

    article_id: str
    outlet: str
    seen_at: datetime  # published, or retrieved where no date is known
    root: str  # the article that it repeats, or its own id
    dated: bool = True  # False: nobody knows when it was published, so it cannot be shown to come first

    @property
    def is_copy(self) -> bool:
        """Return whether it repeats another article."""
        return self.root != self.article_id

    @property
    def outlet_key(self) -> str:
        """Return the outlet's name made comparable; an article without one is its own outlet."""
        return outlet_key(self.outlet) or self.article_id


def setting_of(article: Article) -> Setting:
    """Return what counting needs to know of an article."""
    return Setting(
        article_id=article.id,
        outlet=article.outlet,
        seen_at=article.published_at or article.retrieved_at,
        root=article.copy_of or article.id,
        dated=article.published_at is not None,
    )


def outlet_key(name: str) -> str:
    """Return an outlet's name without article, case, marks and web ending: "The Day.Az" and "day" are one."""
    folded = name.casefold().strip().removeprefix("the ")
    return "".join(filter(str.isalnum, _TLD.sub("", folded)))
