"""Sentences in which a page speaks of itself or to its reader: well formed, and none of the story.

Shape tells them from prose no longer, but who speaks to whom does: news speaks of others, in the third person. Whatever
is quoted or attributed is somebody's word and stays.
"""

import re

# Words of a line, tuned on 14,753 lines of American campaign news: longer ones that matched were columns and reports.
LONGEST = 40
CALLING = 25  # of one that speaks to its reader
HANDLE = 12  # of one that holds the name of an account
BIO = 40

SPEECH = re.compile(
    r"[\"“”«»]|\b(?:said|says|told|tells|according to|asked|added|denie[sd]|claim(?:s|ed)|wrote|argue[sd])\b",
    re.IGNORECASE,
)
PIECE = r"(?:article|story|report|post|piece|column|page|op-?ed|commentary|interview|transcript)"
# The text about the text.
ITSELF = re.compile(
    rf"^\W*(?:this|the original|the above) {PIECE} (?:is|was|has|had|may|must|can|appeared|originally|first|contains)\b"
    rf"|\bearlier versions? of (?:this|the) {PIECE}\b"
    rf"|\b(?:contributed|contributing) to (?:this|the) {PIECE}\b"
    rf"|\b(?:read|see|view|find) the (?:original|full) {PIECE}\b"
    rf"|^\W*the (?:post|article) .+ appeared first on\b"
    rf"|\b(?:information|knowledge) about this {PIECE}\b"
    rf"|\b(?:views?|opinions?) expressed (?:in|on|by|here|are|do|above)\b"
    rf"|\bthis {PIECE} (?:may|must|can) not be (?:published|reproduced|rewritten|broadcast|copied)",
    re.IGNORECASE,
)
# A way to reach somebody: news names people, not their addresses.
MAIL, ACCOUNT = re.compile(r"\S@\S+\.[a-z]{2,}", re.IGNORECASE), re.compile(r"(?:^|\s)@[a-z_]\w{2,}", re.IGNORECASE)
READER, HOUSE = re.compile(r"\byou(?:rs?|'re|’re)?\b", re.IGNORECASE), re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)
PLEASE = re.compile(r"\bplease\b", re.IGNORECASE)
# What a reader is asked to do, and with what.
CALL = re.compile(
    r"(?:^\W*|[?!] )(?:share|follow|sign up|subscribe|download|click|tap|watch|read|listen|support|help us|contact"
    r"|send us|write to|join|get|visit|donate|register|stay)\b",
    re.IGNORECASE,
)
TOOL = re.compile(
    rf"\b(?:you|your|us|our|here|app|newsletter|e?-?mail|inbox|channel|social media|facebook|twitter|this {PIECE})\b",
    re.IGNORECASE,
)
TRADE = (
    r"(?:reporter|correspondent|journalist|editor|writer|columnist|contributor|freelancer?|intern|fellow|producer|author"
    r"|photographer|analyst|commentator)"
)
NAME = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}"
BIOGRAPHY = re.compile(
    rf"^{NAME} (?:(?:is|was|works as|worked as) (?:an?|the|our) (?:[\w’'-]+,? ){{0,5}}?{TRADE}\b"
    rf"|(?:covers|covered|writes|reports|edits) .{{3,80}}\b(?:for|at|with) )"
)


def speaks_of_itself(line: str, words: int) -> bool:
    """Return whether a page speaks here of itself or to its reader; a quotation or a report of speech never does."""
    if words > LONGEST or SPEECH.search(line):
        return False
    if ITSELF.search(line) or (words <= HANDLE and ACCOUNT.search(line)):
        return True
    return words <= CALLING and speaks_to_reader(line)


def speaks_to_reader(line: str) -> bool:
    """Return whether a short line asks its reader for something, or tells how to reach the house."""
    if MAIL.search(line) or (READER.search(line) and HOUSE.search(line)):
        return True
    if PLEASE.search(line) and (HOUSE.search(line) or TOOL.search(line)):
        return True
    return bool(CALL.search(line) and TOOL.search(line))


def is_biography(line: str) -> bool:
    """Return whether a line tells who somebody of the trade is: at the end of a text, that is its author."""
    return len(line.split()) <= BIO and bool(BIOGRAPHY.match(line)) and not SPEECH.search(line)
