"""Templates -> pages: escaping, links through one filter, and a policy by which a page loads nothing."""

import re
from base64 import b64encode
from collections.abc import Mapping
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


class Printer:
    """Prints pages from the templates of a folder, with the style and the script that lie beside them."""

    def __init__(self, templates: Path) -> None:
        """Read the style and the script once, for all pages."""
        self._templates = environment(templates)
        self._style = WASTE.sub("", (templates / "report.css").read_text(encoding="utf-8"))
        self._script = (templates / "report.js").read_text(encoding="utf-8")

    def page(self, template: str, held: Mapping[str, object], *, script: bool = False, linked: str = "") -> str:
        """Return a page that shows what is held; its style stands in it, and a script and data if it has them."""
        code = self._script if script else ""
        # Our own files as they are, and data that is escaped already.
        inlined = {"style": Markup(self._style), "script": Markup(code), "linked": Markup(linked)}  # noqa: S704
        policy = content_policy(self._style, code)
        return self._templates.get_template(template).render(inlined, policy=policy, **held)


def content_policy(style: str, script: str = "") -> str:
    """Return the policy that lets a page load nothing; only the style and the script with these hashes apply."""
    run = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; style-src {_hash(style)}; {run}img-src 'none'; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
