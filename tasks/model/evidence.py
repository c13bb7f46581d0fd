"""What an article was read from: the bytes as they came, how they came, and what made a text of them."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from tasks.model.errors import EvidenceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one document by their hash, packed, with the answer that brought them."""

    sha256: str  # of the raw bytes
    size: int  # of the raw bytes
    fetched_at: datetime
    parser: str  # what made the text, with its version
    packed: bytes = b""  # "" where the bytes are not kept
    url_final: str = ""  # after all redirects; "" for what came from no server
    status: int = 0  # of the answer; 0 for what came from no server
    headers: Mapping[str, str] = field(default_factory=dict)  # those that matter, by their names in small letters

    def __post_init__(self) -> None:
        if self.fetched_at.tzinfo is None:
            raise ValueError("times are aware: give a time zone")


def pack(raw: bytes) -> bytes:
    """Return the bytes compressed."""
    return zlib.compress(raw)


def unpack(packed: bytes, digest: str) -> bytes:
    """Return the raw bytes; raise EvidenceError where they are not those that were hashed."""
    try:
        raw = zlib.decompress(packed)
    except zlib.error as error:
        raise EvidenceError(f"the raw bytes {digest[:12]}… cannot be unpacked: {error}") from None
    if sha256(raw).hexdigest() != digest:
        raise EvidenceError(f"the raw bytes {digest[:12]}… are not those that were read: their hash is another")
    return raw
