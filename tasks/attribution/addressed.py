"""What an interviewer puts into the mouth of the one who is asked: "You say that the mill is safe. Who tested it?"."""

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.attribution.contents import find_content
from tasks.attribution.cues import Cue, find_cues
from tasks.attribution.drafts import Draft, spans_of
from tasks.attribution.parsing import Paragraph
from tasks.attribution.phrases import cue_tokens, not_stated
from tasks.attribution.quotations import ADDRESSED
from tasks.attribution.transcripts import Speaker, Turn


def is_addressed(draft: Draft, speaker: Speaker) -> bool:
    """Return whether the network's source is the "you" of an interviewer, whom it cannot know."""
    you = len(draft.source) == 1 and draft.source[0].lower_ == "you"
    return you and any(turn.asks and turn.start <= draft.source[0].idx < turn.end for turn in speaker.turns)


def find_addressed(paragraph: Paragraph, speaker: Speaker) -> Iterator[Draft]:
    """Yield what somebody says by the interviewer's word, with the one who is asked as its source."""
    asking = [turn for turn in speaker.turns if turn.asks and turn.asked]
    for verb, row in find_cues(paragraph) if asking else ():
        turn = next((turn for turn in asking if turn.start <= verb.idx < turn.end), None)
        draft = _draft(paragraph, verb, row, turn) if turn is not None and not row.noun else None
        if draft is not None:
            yield draft


def _draft(paragraph: Paragraph, verb: Token, row: Cue, turn: Turn) -> Draft | None:
    you = [child for child in verb.children if child.dep_ == "nsubj" and child.lower_ == "you"]
    if not you or verb.sent.text.rstrip().endswith("?") or not_stated(verb, named=True):
        return None
    root, tokens, rule = find_content(verb, row)
    if root is None or rule not in ("clause", "object", "gerund", "to"):
        return None
    own = {token.i for token in (*you, *cue_tokens(verb))}
    content = spans_of(paragraph, [token for token in tokens if token.i not in own])
    return Draft(
        paragraph=paragraph,
        row=row,
        cue=cue_tokens(verb),
        source=tuple(you),
        content=content,
        root=root,
        rule=ADDRESSED,
        speaker=turn.asked,
    )
