"""Markdown -> draft: headings marked, links and emphasis as their words, code and comments none of the text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.draft import Draft
from tasks.reading.fields import draft_with
from tasks.reading.frontmatter import split_front_matter
from tasks.reading.header import split_header
from tasks.reading.lines import Line, clean_line
from tasks.reading.markup import fragment_text

LONGEST = 200_000  # characters; a longer one is a book, and parsing it could take a minute
CODE_SHOWN = 200  # characters of a block of code that is told of as dropped
PARSER = MarkdownIt("commonmark").enable("table")


def draft_of_markdown(text: str, *, given: bool = False) -> Draft:
    """Return the draft of a Markdown text: what its front matter, or our own header, says of it, and its lines."""
    if len(text) > LONGEST:
        raise UnreadableArticleError(SetAsideReason.TOO_LARGE, f"more than {LONGEST:,} characters of Markdown")
    fields, body = split_front_matter(text)
    place = "front matter"
    if not fields:
        header, body = split_header(text)
        fields, place = header.fields, "header"
    tokens = PARSER.parse(body)
    lines = list(find_lines(tokens))
    top = next((line.text for line in lines[:1] if line.heading), "")
    draft = draft_with({"title": top, **{k: v for k, v in fields.items() if v}}, lines, place=place)
    code = tuple(clean_line(token.content)[:CODE_SHOWN] for token in tokens if token.type in {"fence", "code_block"})
    return replace(draft, residue=tuple(filter(None, code)), given=given or bool(fields))


def find_lines(tokens: Sequence[Token]) -> Iterator[Line]:
    """Yield the paragraphs, headings, list items and rows of a parsed text."""
    heading, mark, cells = False, "", []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
        elif token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "inline" and is_cell(tokens[number - 1]):
            cells.append(words_of(token))
        elif token.type == "tr_close":
            yield from lines_of(" ".join(cells), number, heading=False)
            cells = []
        elif token.type == "inline":
            yield from lines_of(mark + words_of(token), number, heading=heading)
            mark = ""
        elif token.type == "html_block":
            yield from lines_of(fragment_text(token.content), number, heading=False)


def is_cell(token: Token) -> bool:
    """Return whether a token opens a cell of a table."""
    return token.type in {"th_open", "td_open"}


def words_of(token: Token) -> str:
    """Return the words of a line: those of its links and of code within a sentence; a picture has none."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline", "text_special"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
            parts.append("\n")
    return "".join(parts)


def lines_of(text: str, block: int, *, heading: bool) -> Iterator[Line]:
    """Yield the lines of one block that are not empty."""
    for line in filter(None, map(clean_line, text.splitlines())):
        yield Line(text=line, block=block, heading=heading)
