"""Templates -> pages: escaping, links through one filter, and a policy by which a page loads nothing."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tasks.reporting.links import safe_url
from tasks.reporting.proof import clean

WASTE = re.compile(r"/\*.*?\*/|\n\s*", re.DOTALL)  # of a style sheet: notes, and what makes it readable


@lru_cache(maxsize=4)
def environment(templates: Path) -> Environment:
    """Return the templates with escaping on, undefined names an error, and links through one filter."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,  # select_autoescape would leave some file names out
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["safe_url"] = safe_url
    return made


def _printable(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """Prints pages from the templates of a folder, with the style and the script that lie beside them."""

    templates: Path

    def page(self, template: str, held: Mapping[str, object], *, script: bool = False) -> str:
        """Return a page that shows what is held; its style, and its script if it has one, stand in it."""
        style = WASTE.sub("", self._read("report.css"))
        code = self._read("report.js") if script else ""
        return (
            environment(self.templates)
            .get_template(template)
            .render(
                style=Markup(style),  # noqa: S704 - our own files, inlined as they are
                script=Markup(code),  # noqa: S704
                policy=content_policy(style, code),
                **held,
            )
        )

    def _read(self, name: str) -> str:
        return (self.templates / name).read_text(encoding="utf-8")


def content_policy(style: str, script: str = "") -> str:
    """Return the policy that lets a page load nothing; only the style and the script with these hashes apply."""
    run = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; style-src {_hash(style)}; {run}img-src 'none'; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
