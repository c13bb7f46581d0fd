"""Claims that are called something before they are named: 'dismissed as "kitchen gossip" claims that it leaked'.

The tagger takes the claims for a verb and the gossip for who claims; what stands around them tells better.
"""

from spacy.tokens import Token

from tasks.attribution.cues import Cue, find_phrase, load_words
from tasks.attribution.objects import NOTHING, Found

WITHIN = 14  # words between a verb and the claims that it calls something
LABEL = 4  # words of a label without quotation marks
LEADING_ON = frozenset({"that", "of", "by", "from", "about"})
CLOSING = frozenset({'"', "”", "’", "''"})
OPENING = frozenset({'"', "“", "‘", "``"})
PARTICLES = frozenset({"aside", "off", "away", "down"})


def find_labelled(verb: Token, _row: Cue) -> Found:
    """Return the claims that a verb calls something, without what it calls them."""
    for token in verb.doc[verb.i + 2 : min(verb.i + WITHIN, verb.sent.end)]:
        if caller_of(token) == verb:
            return token, [own for own in token.subtree if own.i >= token.i]
    return NOTHING


def caller_of(claim: Token) -> Token | None:
    """Return the verb of "dismissed as nonsense claims that" for its claims, None for any other word."""
    words, form = load_words().groups, claim.lower_
    plural = form.endswith("s") and form.removesuffix("s") in words["claim_nouns"]
    after = claim.doc[claim.i + 1].lower_ if claim.i + 1 < len(claim.doc) else ""
    place = _as_before(claim) if plural and after in LEADING_ON else 0
    if place < 1:
        return None
    verb = claim.doc[place - 1]
    if verb.lower_ in PARTICLES and place > 1:
        verb = claim.doc[place - 2]
    return verb if verb.sent == claim.sent and _rejects(verb) else None


def _as_before(claim: Token) -> int:
    """Return the place of the "as" that leads to the label before a word, 0 where there is none."""
    doc, place = claim.doc, claim.i - 1
    if place > 0 and doc[place].text in CLOSING:
        opening = (row for row in range(place - 1, max(0, place - WITHIN), -1) if doc[row].text in OPENING)
        place = next(opening, 0) - 1
        return place if place > 0 and doc[place].lower_ == "as" else 0
    for row in range(place, max(0, place - LABEL), -1):
        if doc[row].lower_ == "as":
            return row if claim.i - row > 1 else 0
        if doc[row].pos_ not in ("NOUN", "ADJ", "ADV", "DET", "PROPN"):
            return 0
    return 0


def _rejects(verb: Token) -> bool:
    """Return whether a verb can be about claims alone, or calls things something."""
    words = load_words()
    row = find_phrase(verb, words) or words.verbs.get(words.lemma(verb))
    rejecting = row is not None and row.claims
    return verb.pos_ == "VERB" and (rejecting or words.lemma(verb) in words.groups["naming_verbs"])
