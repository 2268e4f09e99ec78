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
# Before anything is shown: whether the fonts were fetched by an earlier page (see tokens.css and page.js).
FIRST_SCRIPT = 'try{if(localStorage.fonts)document.documentElement.className="with-fonts"}catch{}'


@functools.cache
def style_sheet(script: str) -> str:
    """The whole style sheet of pages in a script ("latin" or "cyrillic"), without comments and white space.

    It stands in each page, so that no page waits for it; scripts differ in the fonts that they name.
    """
    names = [*FIRST, *sorted({file.parent.name for file in PARTS.glob("*/*.css")} - set(FIRST))]
    files = [file for name in names for file in sorted((PARTS / name).glob("*.css")) if _is_for(script, file)]
    return _without_white_space("\n".join([LAYERS, *(file.read_text(encoding="utf-8") for file in files)]))


@functools.cache
def style_hash(script: str) -> str:
    """The hash by which the Content-Security-Policy knows the style sheet."""
    return hash_of(style_sheet(script))


def hash_of(text: str) -> str:
    """The hash of what stands in a page, as a Content-Security-Policy names it (CSP level 3, section 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _is_for(script: str, file: Path) -> bool:
    return not file.stem.startswith("fonts-") or file.stem == f"fonts-{script}"


def _without_white_space(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()
