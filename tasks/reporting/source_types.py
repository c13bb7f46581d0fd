"""What type of source somebody unnamed is: an official, an analyst, a critic, a witness, or nobody who is said."""

import re
import tomllib
from pathlib import Path

from tasks.model.claim import Claim, EntityKind

_RAW = tomllib.loads(Path(__file__).with_name("source_types.toml").read_text(encoding="utf-8"))
TYPES = {name: re.compile(rf"\b(?:{'|'.join(map(re.escape, nouns))})s?\b") for name, nouns in _RAW.items()}
NOBODY, AGENTLESS, UNKNOWN, OTHER = "none", "agentless", "unresolved", "unnamed"


def source_type(claim: Claim) -> str:
    """Return the kind of a named source, the type of an unnamed one, "agentless" of a passive that names nobody."""
    if not claim.entities:
        return UNKNOWN if claim.source else AGENTLESS if claim.cue else NOBODY
    if not claim.resolved:
        return UNKNOWN
    first = claim.entities[0]
    nameless = claim.article_id in first.id  # such an id is this article's own: nobody else's
    if first.kind is not EntityKind.GROUP and not nameless:
        return first.kind.value
    name = first.name.casefold()
    return next((kind for kind, nouns in TYPES.items() if nouns.search(name)), OTHER)
