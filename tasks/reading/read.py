"""One input -> one article, or the named reason why there is none."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tasks.model.article import Article, SetAside, SetAsideReason
from tasks.model.errors import FetchError, UnreadableArticleError
from tasks.reading.articles import article_of
from tasks.reading.draft import Draft
from tasks.reading.html import page_address, parse_page
from tasks.reading.item import Input, InputKind, ReadingLimits
from tasks.reading.lines import count_words
from tasks.reading.listings import feed_of, find_in_page, find_listed, only_points, opened
from tasks.reading.markdown import draft_of_markdown
from tasks.reading.markup import decode_page
from tasks.reading.page import FeedFoundError, FeedPointedError, Page
from tasks.reading.pdf import parse_pdf
from tasks.reading.plaintext import decode, draft_of
from tasks.reading.sniff import HEAD_BYTES, MARKDOWN_SUFFIXES, Form, form_of

Fetch = Callable[[str], Page]

READ_TYPES = ("", "text/html", "application/xhtml+xml", "text/plain", "text/markdown")


def read_input(item: Input, *, limits: ReadingLimits, now: datetime, fetch: Fetch) -> Article:
    """Return the article that an input holds; raise UnreadableArticleError or FetchError with the reason."""
    match item.kind:
        case InputKind.FILE:
            raw = read_file(Path(item.path), limits)
            draft = draft_of_file(raw, limits, now, markdown=Path(item.path).suffix.lower() in MARKDOWN_SUFFIXES)
            return article_of(item, draft, sha256(raw).hexdigest(), limits=limits, now=now)
        case InputKind.RECORD | InputKind.TEXT:
            return read_own_text(item, limits=limits, now=now)
        case InputKind.URL:
            return read_address(item, limits=limits, now=now, fetch=fetch)


def read_each(item: Input, *, limits: ReadingLimits, now: datetime, fetch: Fetch) -> Iterator[Article | SetAside]:
    """Yield what an input holds, one article or those of a feed's entries, or the reasons why they are set aside.

    FetchError is raised for the input itself, so that a caller can try again. For an entry of a feed it becomes the
    reason, since the other entries are read by then.
    """
    try:
        yield read_input(item, limits=limits, now=now, fetch=fetch)
    except FeedFoundError as found:
        for entry in find_in_page(found.page, item.name, limits=limits, fetch=fetch):
            yield entry if isinstance(entry, SetAside) else read_entry(entry, limits=limits, now=now, fetch=fetch)
    except FeedPointedError as found:
        for entry in find_listed(found.address, limits=limits, fetch=fetch):
            yield entry if isinstance(entry, SetAside) else read_entry(entry, limits=limits, now=now, fetch=fetch)
    except UnreadableArticleError as error:
        yield SetAside(name=item.name, reason=error.reason, detail=error.detail)


def read_entry(item: Input, *, limits: ReadingLimits, now: datetime, fetch: Fetch) -> Article | SetAside:
    """Return the article of one entry, or why there is none."""
    try:
        return read_input(item, limits=limits, now=now, fetch=fetch)
    except UnreadableArticleError as error:
        return SetAside(name=item.name, reason=error.reason, detail=error.detail)
    except FetchError as error:
        if has_own_text(item, limits):
            return read_own_text(item, limits=limits, now=now)
        return SetAside(name=item.name, reason=SetAsideReason.FETCH_FAILED, detail=str(error))


def read_file(path: Path, limits: ReadingLimits) -> bytes:
    """Return the bytes of a file, which may have grown or gone since it was found."""
    try:
        with path.open("rb") as file:
            raw = file.read(limits.max_file_bytes + 1)
    except OSError as error:
        raise UnreadableArticleError(SetAsideReason.NOT_FOUND, f"cannot be opened: {error.strerror}") from None
    if len(raw) > limits.max_file_bytes:
        raise UnreadableArticleError(
            SetAsideReason.TOO_LARGE, f"longer than the {limits.max_file_bytes:,} bytes that are read"
        )
    return raw


def draft_of_file(raw: bytes, limits: ReadingLimits, now: datetime, *, markdown: bool = False) -> Draft:
    """Return the draft of a file by what its bytes are; only its name tells Markdown without front matter."""
    form = form_of(raw[:HEAD_BYTES])
    if form is Form.HTML and not markdown:
        return parse_page(decode_page(raw), now=now, min_words=limits.min_words)
    if form is Form.PDF:
        return parse_pdf(raw, max_pages=limits.max_pages)
    text = decode(raw)
    return draft_of_markdown(text) if markdown or form is Form.MARKDOWN else draft_of(text)


def read_own_text(item: Input, *, limits: ReadingLimits, now: datetime) -> Article:
    """Return the article in what an input carries itself: a record, a pasted text, the text in a feed."""
    raw = (item.html or item.text).encode("utf-8", "surrogatepass")
    if not raw.strip():
        raise UnreadableArticleError(SetAsideReason.EMPTY, "there is no text")
    if len(raw) > limits.max_file_bytes:
        raise UnreadableArticleError(
            SetAsideReason.TOO_LARGE, f"longer than the {limits.max_file_bytes:,} bytes that are read"
        )
    is_page = item.html or (item.kind is InputKind.TEXT and form_of(raw[:HEAD_BYTES]) is Form.HTML)
    if is_page:
        draft = parse_page(item.html or item.text, now=now, min_words=1)
    elif form_of(raw[:HEAD_BYTES]) is Form.MARKDOWN:
        draft = draft_of_markdown(item.text, given=True)
    else:
        draft = draft_of(item.text, given=True)
    return article_of(item, draft, item.sha256 or sha256(raw).hexdigest(), limits=limits, now=now)


def has_own_text(item: Input, limits: ReadingLimits) -> bool:
    """Return whether what an input carries itself is enough to serve where its page cannot be read."""
    return count_words(item.text) >= limits.min_words


def read_address(item: Input, *, limits: ReadingLimits, now: datetime, fetch: Fetch) -> Article:
    """Return the article at a web address, or the one in the feed that named it where the page is refused."""
    try:
        return read_page(item, opened(fetch(item.url), limits), limits=limits, now=now)
    except FeedFoundError:
        raise
    except UnreadableArticleError:
        if has_own_text(item, limits):
            return read_own_text(item, limits=limits, now=now)
        raise


def read_page(item: Input, page: Page, *, limits: ReadingLimits, now: datetime) -> Article:
    """Return the article of a page; one without may point to a feed, which the error tells."""
    try:
        draft = draft_of_page(page, limits, now)
        return article_of(item, draft, sha256(page.body).hexdigest(), limits=limits, now=now)
    except UnreadableArticleError as error:
        if error.reason is not SetAsideReason.NO_ARTICLE or "html" not in page.content_type + form_of(page.body):
            raise
        if not (feed := feed_of(page)):
            raise
        if only_points(page):
            raise FeedPointedError(feed) from None
        raise UnreadableArticleError(error.reason, f"{error.detail}; its site has a feed: {feed}") from None


def draft_of_page(page: Page, limits: ReadingLimits, now: datetime) -> Draft:
    """Return the draft of what the network gave, by what it is rather than by what it is called."""
    form = form_of(page.body[:HEAD_BYTES])
    if form is Form.FEED:
        raise FeedFoundError(page)
    if form is Form.PDF:
        return addressed(parse_pdf(page.body, max_pages=limits.max_pages), page)
    if form in {Form.EMPTY, Form.BINARY}:
        decode(page.body[:HEAD_BYTES])  # raises with the reason
    if form is Form.HTML or "html" in page.content_type:
        return draft_of_html(page, limits, now)
    if page.content_type not in READ_TYPES or form is Form.RECORDS:
        raise UnreadableArticleError(SetAsideReason.UNSUPPORTED, f"{page.content_type or 'its content'} is not read")
    text = decode_page(page.body, page.charset)
    markdown = form is Form.MARKDOWN or "markdown" in page.content_type
    return addressed(draft_of_markdown(text) if markdown else draft_of(text), page)


def draft_of_html(page: Page, limits: ReadingLimits, now: datetime) -> Draft:
    """Return the draft of a web page; what it does not declare itself the server may."""
    text = decode_page(page.body, page.charset)
    draft = parse_page(text, url=page.url_final, now=now, min_words=limits.min_words)
    declared = draft.language or page.headers.get("content-language", "")
    return replace(draft, language=declared, url=draft.url or page_address(page.linked, page.url_final))


def addressed(draft: Draft, page: Page) -> Draft:
    """Return the draft of a text from the network: it speaks for its own site alone, and no person vouches for it."""
    return replace(draft, url=page_address(draft.url or page.linked, page.url_final), given=False)
