"""JSON-LD of a page -> what it says of its article: the node that is this article, among all that a page may list."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tasks.reading.lines import clean_line
from tasks.reading.titles import SURE_LETTERS, letters_of

MAX_SCRIPTS = 20
LONGEST = 500_000  # characters of one script
MAX_NODES = 2_000
MAX_DEPTH = 20
PAGES = frozenset(("WebPage", "ItemPage"))  # they speak of the article where no article speaks for itself

Node = Mapping[str, Any]


def find_article(scripts: Sequence[str], titles: Sequence[str]) -> dict[str, str]:
    """Return the fields of the one node that is the page's article; empty where none is, or it is not clear which."""
    nodes = [node for script in scripts[:MAX_SCRIPTS] if len(script) <= LONGEST for node in find_nodes(parsed(script))]
    nodes = nodes[:MAX_NODES]
    articles = [node for node in nodes if is_article(node)]
    chosen = choose(articles, titles) if articles else choose([node for node in nodes if kinds(node) & PAGES], titles)
    return (
        fields_of(chosen, {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node})
        if chosen
        else {}
    )


def parsed(script: str) -> Any:
    """Return what a script holds, None where it is broken."""
    try:
        return json.loads(script.strip(), strict=False)
    except (ValueError, RecursionError):
        return None


def find_nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    """Yield every object in a value, the outer ones first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        if isinstance(one, dict | list):
            yield from find_nodes(one, depth + 1)


def kinds(node: Node) -> set[str]:
    """Return what a node says that it is."""
    said = node.get("@type")
    listed = said if isinstance(said, list) else [said]
    return {kind.rpartition("/")[2] for kind in listed if isinstance(kind, str)}


def is_article(node: Node) -> bool:
    """Return whether a node says that it is an article of some kind."""
    return any(kind.endswith(("Article", "BlogPosting", "Report")) for kind in kinds(node))


def choose(nodes: Sequence[Node], titles: Sequence[str]) -> Node | None:
    """Return the node that is meant: the only one, else the one with the headline of the page."""
    dated = [node for node in nodes if "datePublished" in node or "headline" in node] or list(nodes)
    if len(dated) == 1:
        return dated[0]
    wanted = [letters_of(title) for title in titles]
    for node in dated:
        headline = letters_of(text_of(node.get("headline")))
        if headline and any(
            one == headline or (len(headline) >= SURE_LETTERS and one.startswith(headline)) for one in wanted
        ):
            return node
    return None


def fields_of(node: Node, by_id: Mapping[str, Node]) -> dict[str, str]:
    """Return what a node says of its article."""
    found = {
        "title": text_of(node.get("headline")),
        "author": ", ".join(dict.fromkeys(filter(None, names_of(node.get("author"), by_id)))),
        "site_name": next(filter(None, names_of(node.get("publisher"), by_id)), ""),
        "published": text_of(node.get("datePublished")),
        "modified": text_of(node.get("dateModified")),
        "language": text_of(node.get("inLanguage")),
    }
    return {name: value for name, value in found.items() if value}


def names_of(value: Any, by_id: Mapping[str, Node]) -> Iterator[str]:
    """Yield the names of persons or bodies, written out or pointed at."""
    for one in value[:10] if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            told = one if "name" in one else by_id.get(text_of(one.get("@id")), {})
            yield text_of(told.get("name"))
        else:
            yield text_of(one)


def text_of(value: Any) -> str:
    """Return a value that is text, clean and not endless; "" for any other."""
    return clean_line(value[:500]) if isinstance(value, str) else ""
