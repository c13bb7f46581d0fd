"""Extraction that survives an article which ends its process; free of Prefect.

No exception tells of such an article: a fault in compiled code, or the system that takes a process away for its memory,
ends all at once, and the next run would meet the article again. So what is in hand is noted before it is extracted.
What is still noted when its process has gone was in hand at the end: the next run takes it in a process of its own, in
which only the article that does it ends something. That costs a process, and only after something was killed.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from tasks.model.article import Article
from tasks.model.errors import EndedProcessError
from tasks.settings import Settings
from tasks.steps.apart import extract_apart
from tasks.steps.database import open_once
from tasks.steps.patiently import patiently
from tasks.steps.safely import Outcome, extract_claims
from tasks.steps.settling import is_gone, this_machine, this_process
from tasks.storage.database import writing
from tasks.storage.inhand import Holder, find_holders, let_go, take_in_hand

LONGEST = timedelta(hours=6)  # after which what another machine has in hand counts as left over: nobody here can see it


def extract_in_hand(articles: Sequence[Article], settings: Settings) -> list[Outcome]:
    """Return each article with its claims or its error, in their order; suspects are extracted apart."""
    if not articles:
        return []
    suspects = note_in_hand(articles, settings)
    calm = [article for article in articles if article.id not in suspects]
    outcomes = list(extract_claims(calm, settings)) if calm else []
    outcomes += extract_apart([article for article in articles if article.id in suspects], settings)
    survived = [article.id for article, result in outcomes if is_plain_error(result)]
    if survived:  # else the next run would take them for suspects
        release(survived, settings)
    found = {article.id: (article, result) for article, result in outcomes}
    return [found[article.id] for article in articles]


def is_plain_error(result: object) -> bool:
    """Return whether extraction raised, and its process went on."""
    return isinstance(result, Exception) and not isinstance(result, EndedProcessError)


@patiently
def release(article_ids: Collection[str], settings: Settings) -> None:
    """Note that nobody has these articles in hand any more."""
    with writing(open_once(settings.database_url)) as session:
        let_go(session, article_ids)


@patiently
def note_in_hand(articles: Sequence[Article], settings: Settings) -> set[str]:
    """Note that this process has these articles in hand, and return those on which another one may have ended."""
    now, ids = datetime.now(UTC), {article.id for article in articles}
    with writing(open_once(settings.database_url)) as session:
        holders = find_holders(session, ids)
        take_in_hand(session, ids, this_process(), now)
    return {article for article, holder in holders.items() if is_left(holder, now)}


def is_left(holder: Holder, now: datetime) -> bool:
    """Return whether who had an article in hand has gone and left it."""
    process, since = holder
    return is_gone(process) or (not process.startswith(this_machine()) and now - since > LONGEST)
