"""Where the source and the content of a cue stand in spaCy's tree."""

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.attribution.bounds import within_stops
from tasks.attribution.contents import find_content, find_preposition
from tasks.attribution.cues import Cue, find_cues, load_words
from tasks.attribution.drafts import Draft, branch, merge, spans_of
from tasks.attribution.labelled import caller_of
from tasks.attribution.objects import NOTHING, Found
from tasks.attribution.parsing import Paragraph
from tasks.attribution.phrases import SUBJECTS, cue_tokens, not_stated, noun_phrase, passive, source_of
from tasks.attribution.polarity import find_head
from tasks.model.article import Span
from tasks.model.claim import Act

SECOND = ("dobj", "advmod", "acomp")  # "had no comment", "stopped short", "pleaded guilty"
SHORT_SENTENCE = 12  # "he asked the court on Monday.", which the parser cuts off behind a question mark
SPEECH_WORDS = 2  # a quotation of fewer words is a scare quote or a name


def find_drafts(paragraph: Paragraph) -> list[Draft]:
    """Return the attributions of a paragraph that have a cue of their own, in the order of their cues."""
    drafts = []
    for token, row in find_cues(paragraph):
        if token.pos_ == "VERB" and caller_of(token) is not None:
            continue  # 'dismissed as "gossip" claims that': nobody claims there
        draft = _noun_draft(paragraph, token, row) if row.noun else _verb_draft(paragraph, token, row)
        if draft is not None:
            drafts.append(draft)
    # "withdrew his claim that": the verb says what becomes of the claim, the noun adds no second one.
    # A passive without its agent says nobody's word of it: "the club's promise to pay was welcomed" promises.
    named = (draft for draft in drafts if draft.source)
    roots = {draft.root.i for draft in named if draft.root is not None and draft.row and not draft.row.noun}
    drafts = [draft for draft in drafts if not (draft.row and draft.row.noun and draft.cue[-1].i in roots)]
    drafts.extend(_according(paragraph))
    for draft in drafts:
        draft.content = _own_part(paragraph, draft, drafts)
    return _share_quotes(paragraph, drafts)


def _own_part(paragraph: Paragraph, draft: Draft, drafts: list[Draft]) -> tuple[Span, ...]:
    """Return a content without the clause of the next speaker: "he said 14 had died, while she insisted nine had"."""
    if draft.root is None or not draft.content or draft.rule not in ("clause", "according-to"):
        return draft.content
    aside: set[int] = set()
    for verb in (token for other in drafts if other is not draft and other.source for token in other.cue):
        if verb.head == draft.root and verb.dep_ in ("advcl", "conj", "parataxis") and verb.i > draft.root.i:
            link = [child.i for child in draft.root.children if child.dep_ == "cc" and child.i == verb.left_edge.i - 1]
            aside |= {token.i for token in verb.subtree} | set(link)
    if not aside:
        return draft.content
    return spans_of(paragraph, [token for token in paragraph.tokens(draft.content) if token.i not in aside])


def _verb_draft(paragraph: Paragraph, verb: Token, row: Cue) -> Draft | None:
    source = source_of(verb)
    root, tokens, rule = find_content(verb, row)
    if root is None and "quote" in row.takes | {"speech"} and source and not passive(verb):
        rule = "quote"
    elif not tokens:
        return None
    if _idle(verb, source):
        return None
    if passive(verb):  # "was accused by three men of theft": the parser hangs "of" on the men
        source = _less(source, tokens)
    second = _second(verb, row) if rule != "comment" else []  # "offered no comment": that is what was not said
    cue = tuple(sorted({*cue_tokens(verb), *second}, key=lambda token: token.i))
    own = {token.i for token in (*source, *cue)}
    content = spans_of(paragraph, [token for token in tokens if token.i not in own])
    return Draft(paragraph=paragraph, row=row, cue=cue, source=source, content=content, root=root, rule=rule)


def _second(verb: Token, row: Cue) -> list[Token]:
    """Return the second word of a phrase and what stands before it: "no comment" of "had no comment on"."""
    seconds = [child for child in verb.children if row.word and child.lower_ == row.word]
    return [token for second in seconds if second.dep_ in SECOND for token in (*second.lefts, second)]


def _less(source: tuple[Token, ...], content: list[Token]) -> tuple[Token, ...]:
    """Return a source without the content that hangs on it, and without the preposition that leads there."""
    kept = [token for token in source if token not in content]
    while kept and kept[-1].dep_ == "prep":
        kept.pop()
    return tuple(kept)


def _idle(verb: Token, source: tuple[Token, ...]) -> bool:
    """Return whether a verb reports nothing: a question, an order, a condition, "as I said", "we say"."""
    if len(source) == 1 and load_words().has("no_source", source[0].lower_):
        return True
    return not_stated(verb, named=bool(source)) or _only_wanted(verb)


def _only_wanted(verb: Token) -> bool:
    """Return whether an act is only urged, promised, wanted or refused: "asked the union to withdraw its claim"."""
    if verb.dep_ not in ("xcomp", "ccomp", "advcl") or not any(child.lower_ == "to" for child in verb.children):
        return False
    above = load_words().verbs.get(verb.head.lemma_.lower())
    return above is not None and above.act in (Act.URGE, Act.PROMISE, Act.ATTITUDE, Act.DECLINE)


def _noun_draft(paragraph: Paragraph, noun: Token, row: Cue) -> Draft | None:
    """Return the attribution of "voiced concern over it", "the firm's denial that it knew"."""
    verb = noun.head
    light = noun.dep_ in ("dobj", "conj") and verb.lemma_.lower() in load_words().light
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    maker = owner or _maker(noun)
    source = source_of(verb) if light else noun_phrase(maker) if maker is not None else ()
    root, tokens = _noun_content(noun, row)
    if root is None and light:
        root, tokens = _noun_content(verb, row)
    elif root is None and maker is not None and maker != owner:
        root, tokens = _content_at_maker(maker, row)
        source = _less(source, tokens)
    if root is None or not source or _idle(verb, source):
        return None
    cue = tuple(sorted((*cue_tokens(verb), noun), key=lambda token: token.i)) if light else (noun,)
    content = spans_of(paragraph, tokens)
    return Draft(paragraph=paragraph, row=row, cue=cue, source=source, content=content, root=root, rule="noun")


def _maker(noun: Token) -> Token | None:
    """Return whose word a noun is: monks in "allegations by monks", nurses in "concern among nurses"."""
    makers = (pobj for prep in noun.children if prep.lower_ in ("by", "from", "among") for pobj in prep.children)
    return next((pobj for pobj in makers if pobj.dep_ == "pobj"), None)


def _content_at_maker(maker: Token, row: Cue) -> Found:
    """Return "a new road" in "calls by hoteliers for a new road", which the parser hangs on the hoteliers."""
    for child in maker.rights:
        that = any(mark.lower_ == "that" and mark.dep_ not in SUBJECTS for mark in child.children)
        if "clause" in row.takes and that:
            return child, branch(child)
    # "the Bank of Tirana" is one name
    return find_preposition(maker, row) if maker.pos_ == "NOUN" else NOTHING


def _noun_content(noun: Token, row: Cue) -> tuple[Token | None, list[Token]]:
    for child in noun.children:
        # "that morphine was thinned": the tagger takes the "that" for the morphine's
        that = child.left_edge.lower_ == "that" or any(mark.lower_ == "that" for mark in child.children)
        if "clause" in row.takes and child.dep_ in ("acl", "ccomp", "relcl") and that:
            return child, branch(child)
        if "to" in row.takes and child.dep_ in ("acl", "xcomp") and any(mark.lower_ == "to" for mark in child.children):
            return child, branch(child)
    return find_preposition(noun, row)


def _according(paragraph: Paragraph) -> Iterator[Draft]:
    """Yield the attributions by "according to": the rest of the sentence is what is said."""
    if "according" not in paragraph.text.lower():
        return  # most paragraphs; to ask each of their tokens takes longer
    for token in paragraph.doc:
        if token.lower_ != "according" or paragraph.quoted(token):
            continue
        people = [inner for prep in token.children if prep.lower_ == "to" for inner in prep.children]
        people = [person for person in people if person.dep_ == "pobj"]
        if not people:
            continue
        own = {child.i for child in token.subtree}
        rest = within_stops(paragraph, token, (other for other in token.sent if other.i not in own))
        root = token.head if token.head in rest else find_head(rest)
        cue = tuple(child for child in paragraph.doc[token.i : token.i + 2])
        yield Draft(
            paragraph=paragraph,
            row=load_words().verbs["say"],
            cue=cue,
            source=noun_phrase(people[0]),
            content=spans_of(paragraph, rest),
            root=root,
            rule="according-to",
        )


def _share_quotes(paragraph: Paragraph, drafts: list[Draft]) -> list[Draft]:
    """Give every quotation to the nearest speaking verb of its sentence, widen contents that cut into one."""
    for draft in drafts:
        draft.content = _widened(paragraph, draft)
    for quote in paragraph.quotes:
        whole = paragraph.span(quote.start, quote.end)
        if any(span.overlaps(whole) for draft in drafts for span in draft.content):
            continue
        speakers = [draft for draft in drafts if _may_speak(paragraph, draft, quote)]
        if speakers and len(paragraph.words(whole).split()) >= SPEECH_WORDS:
            nearest = min(speakers, key=lambda draft: _distance(draft, quote))
            nearest.content = merge((*nearest.content, whole))
    for draft in drafts:
        draft.root = root_of(draft)
    return [draft for draft in drafts if draft.content]


def root_of(draft: Draft) -> Token | None:
    """Return the head of what is said first: a quotation may hold several sentences, and the parser names the last."""
    tokens = draft.paragraph.tokens(draft.content)
    if not tokens or (draft.root is not None and draft.root.sent.start <= tokens[0].i):
        return draft.root
    first = tokens[0].sent.root
    verbs = [token for token in tokens if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")]
    return first if first in tokens else next(iter(verbs), tokens[0])


def _widened(paragraph: Paragraph, draft: Draft) -> tuple[Span, ...]:
    quotes = [paragraph.span(quote.start, quote.end) for quote in paragraph.quotes]
    cut = [quote for quote in quotes if any(span.overlaps(quote) for span in draft.content)]
    own = [paragraph.span(token.idx, token.idx + len(token)) for token in (*draft.cue, *draft.source)]
    return merge((*draft.content, *(quote for quote in cut if not any(quote.overlaps(word) for word in own))))


def _may_speak(paragraph: Paragraph, draft: Draft, quote: Span) -> bool:
    """Return whether a quotation can belong to a draft: the same sentence, or touching it ("..." / he asked)."""
    if draft.row is None or "quote" not in draft.row.takes or not draft.cue or draft.rule == "called-false":
        return False
    sentence = draft.cue[0].sent
    if sentence.start_char <= quote.start < sentence.end_char:
        return True
    between = paragraph.text[quote.end : sentence.start_char]
    return (
        quote.end <= sentence.start_char
        and not between.strip()
        and len(sentence) <= SHORT_SENTENCE
        and not draft.content
    )


def _distance(draft: Draft, quote: Span) -> int:
    verb = draft.cue[-1]
    return min(abs(quote.start - verb.idx - len(verb)), abs(verb.idx - quote.end))
