"""Stances for a reader and as rows: each article with its evidence, quoted from the text by its offsets."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tasks.comparison.checking.check import Checked
from tasks.comparison.checking.evidence import Evidence
from tasks.comparison.checking.reasons import reasons_of
from tasks.comparison.checking.stance import Stance
from tasks.console.output import say, write_json
from tasks.model.article import Article, SetAside, SetAsideReason, words_of
from tasks.model.claim import Voice
from tasks.steps.checking import CheckedArticle

HEADINGS = {  # by stance, and whether it is sure
    (Stance.SUPPORTS, True): "SUPPORTS: the outlet itself states or endorses it",
    (Stance.DENIES, True): "DENIES: the outlet states or endorses the contrary",
    (Stance.DENIES, False): "SEEMS TO DENY: the article leans to the contrary, not surely",
    (Stance.REPORTS, True): "REPORTS: the outlet only attributes it to somebody, or keeps its distance",
    (Stance.SILENT, True): "SILENT: nothing about it was found",
}
LONGEST_PRONOUN = 4  # letters: "they"
UNSURE = "seeming to deny it"
COUNTED = {
    Stance.SUPPORTS: "supporting it",
    Stance.DENIES: "denying it",
    Stance.REPORTS: "only reporting it",
    Stance.SILENT: "silent",
}


def print_rows(statement: str, checked: Sequence[tuple[Article, Checked]], aside: Sequence[SetAside]) -> None:
    """Write one JSON line for each article, and one for each thing that was set aside."""
    for article, found in checked:
        published = article.published_at.isoformat() if article.published_at else None
        head = {"kind": "article", "statement": statement, "id": article.id, "place": article.place}
        about = {"outlet": article.outlet, "title": article.title, "published_at": published}
        write_json({**head, **about, **stance_row(found, article.text), "reasons": list(found.reasons)})
    for item in aside:
        write_json({"kind": "set-aside", "name": item.name, "reason": item.reason, "detail": item.detail})


def print_groups(statement: str, checked: Sequence[tuple[Article, Checked]], aside: Sequence[SetAside]) -> None:
    """Print the articles by their stance, with the words that show it."""
    counts = Counter(COUNTED[found.stance] if found.sure else UNSURE for _, found in checked)
    told = ", ".join(f"{counts[words]} {words}" for words in (*COUNTED.values(), UNSURE) if counts[words])
    say(f"Statement: {statement}\nArticles: {len(checked)}" + (f" ({told})" if told else ""))
    for (stance, sure), heading in HEADINGS.items():
        group = [one for one in checked if (one[1].stance, one[1].sure) == (stance, sure)]
        if group:
            say(f"\n{heading}")
        for article, found in group:
            print_article(article, found)
    for item in aside:
        say(f"\nSET ASIDE  {item.name}\n  {item.reason}: {item.detail}")


def print_article(article: Article, found: Checked) -> None:
    """Print one article with its evidence, each quotation read from the text by its offsets."""
    date = f"{article.published_at:%Y-%m-%d}" if article.published_at else "date unknown"
    say(f"\n  {article.outlet or article.title or article.place}, {date}, {article.place} ({found.score:.2f})")
    for one in found.evidence:
        say(f"    \u201c{words_of(article.text, one.piece.spans)}\u201d")
        say(f"      {who_says(one, article.text)}; {'; '.join(reasons_of(one))}")
    if found.reasons:
        say(f"    weighed: {'; '.join(found.reasons)}")


def who_says(one: Evidence, text: str) -> str:
    """Return whose words a piece is, what is done with them, and the position that is taken."""
    claim = one.piece.claim
    if claim is None or claim.voice is Voice.OUTLET:
        return "the outlet itself"
    who = words_of(text, claim.source)
    if claim.entities and len(who) <= LONGEST_PRONOUN:  # "You", "he": whom it stands for says more
        who = " and ".join(entity.name for entity in claim.entities)
    return f"{who or 'nobody named'} ({claim.act}, {claim.position})"


def failed(one: CheckedArticle) -> SetAside:
    """Return an article that extraction failed on, set aside."""
    return SetAside(name=one.article.place, reason=SetAsideReason.FAILED, detail=str(one.found))


def answer_row(answer: CheckedArticle | None) -> dict[str, Any]:
    """Return the stance of one article of a story, and the error where it could not be read."""
    if answer is None or isinstance(answer.found, Exception):
        silent: dict[str, Any] = {"stance": Stance.SILENT.value, "evidence": []}
        return silent if answer is None else silent | {"error": str(answer.found)}
    return stance_row(answer.found, answer.article.text)


def stance_row(found: Checked, text: str) -> dict[str, Any]:
    """Return a stance with its evidence as plain values."""
    return {
        "stance": found.stance.value,
        "score": round(found.score, 4),
        "sure": found.sure,
        "probabilities": {stance.value: round(share, 4) for stance, share in found.probabilities.items()},
        "evidence": [evidence_row(one, text) for one in found.evidence],
    }


def evidence_row(one: Evidence, text: str) -> dict[str, Any]:
    """Return one piece of evidence as plain values; null source: the outlet itself, or nobody is named."""
    spans, claim = one.piece.spans, one.piece.claim
    return {
        "start": spans[0].start,
        "end": spans[-1].end,
        "spans": [[span.start, span.end] for span in spans],
        "source": words_of(text, claim.source) if claim is not None and claim.source else None,
        "voice": one.piece.voice.value,
        "act": one.piece.act.value,
        "position": one.piece.position.value,
        "distanced": one.piece.distanced,
        "agree": round(one.agree, 4),
        "conflict": round(one.conflict, 4),
        "reasons": list(reasons_of(one)),
    }
