"""The style sheet of every public page: the parts' own files, put together once."""

import base64
import functools
import hashlib
import re
from pathlib import Path

PARTS = Path(__file__).parent / "parts"
# Tokens and what holds for every element come first; the parts follow in the order of their names.
FIRST = ("tokens", "base")
LAYERS = "@layer tokens, base, parts;"


@functools.cache
def style_sheet() -> str:
    """The whole style sheet without comments and white space; it stands in each page, so that no page waits for it."""
    names = [*FIRST, *sorted({file.parent.name for file in PARTS.glob("*/*.css")} - set(FIRST))]
    files = [file for name in names for file in sorted((PARTS / name).glob("*.css"))]
    return _without_white_space("\n".join([LAYERS, *(file.read_text(encoding="utf-8") for file in files)]))


@functools.cache
def style_hash() -> str:
    """The hash by which the Content-Security-Policy knows the style sheet (CSP level 3, section 2.3.1)."""
    digest = hashlib.sha256(style_sheet().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _without_white_space(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()
