"""How two texts differ, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)
MOST = 6_000
"""Tokens of a text that are compared one by one; a longer one is compared line by line."""


@dataclass(frozen=True)
class Run:
    """Some words in a row: `kind` is "same", "removed" (only in the old text) or "added" (only in the new one)."""

    kind: str
    text: str


def compare_words(old: str, new: str) -> tuple[Run, ...]:
    """The runs of which both texts are made: those not added make the old text, those not removed the new one."""
    if old == new:
        return (Run("same", old),) if old else ()
    return tuple(_joined(_runs(_tokens(old), _tokens(new))))


def _tokens(text: str) -> list[str]:
    tokens = TOKEN.findall(text)
    return tokens if len(tokens) <= MOST else text.splitlines(keepends=True)


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    for kind, a, b, c, d in SequenceMatcher(_is_space, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Run("removed", "".join(old[a:b]))
        if d > c:
            yield Run("added", "".join(new[c:d]))


def _is_space(token: str) -> bool:
    return token.isspace()


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Changes that only a space divides are one change, so that a reader sees words and no confetti."""
    removed, added, gap = "", "", ""
    for run in runs:
        if run.kind == "same" and run.text.isspace() and (removed or added):
            gap += run.text
        elif run.kind == "same":
            yield from _change(removed, added, gap)
            removed = added = gap = ""
            yield run
        else:
            removed += (gap if removed or added else "") + (run.text if run.kind == "removed" else "")
            added += (gap if removed or added else "") + (run.text if run.kind == "added" else "")
            gap = ""
    yield from _change(removed, added, gap)


def _change(removed: str, added: str, gap: str) -> Iterator[Run]:
    if removed:
        yield Run("removed", removed)
    if added:
        yield Run("added", added)
    if gap:
        yield Run("same", gap)
