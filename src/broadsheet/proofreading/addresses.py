"""Addresses of links: which of them can be visited, and how they are told apart."""

import hashlib
from urllib.parse import urldefrag, urlsplit

LONGEST = 2_000


def hash_of(address: str) -> str:
    """What an address is found by."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def to_visit(address: str) -> str:
    """The address as it is visited, without its place in the page; empty where it is none that can be."""
    bare = urldefrag(address.strip())[0]
    try:
        parts = urlsplit(bare)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    plain = all(character.isprintable() and not character.isspace() for character in bare)
    return bare if known and plain and "@" not in parts.netloc and len(bare) <= LONGEST else ""
