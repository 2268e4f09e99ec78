"""Words for addresses."""

import re

from anyascii import anyascii

LONGEST = 80


def to_slug(text: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens, at most 80 characters, cut between words; may be empty."""
    ascii_text = anyascii(text.replace("ъ", "").replace("ь", "")).lower()
    ascii_text = re.sub(r"['’`\"]", "", ascii_text)
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(slug) <= LONGEST:
        return slug
    cut = slug[: LONGEST + 1].rsplit("-", 1)[0]
    return cut[:LONGEST].strip("-")
