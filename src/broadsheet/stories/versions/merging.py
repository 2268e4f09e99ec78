"""Two texts that went apart from one: where they differ, what may be suggested, and the text that was chosen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.foundation.words import Run, compare_words
from broadsheet.stories.versions.parts import Content, Name, Part, block_key, blocks_of, parts_of

THEIRS, MINE = "theirs", "mine"
ORDER = "order"
"""The key of the question in which order the blocks stand that both texts have."""


@dataclass(frozen=True)
class Difference:
    """A part that two texts have differently; a side is None where its text does not have the part at all.

    `suggested` is the side that alone was changed since both set out, or empty where that is not known or both were.
    """

    key: str
    label: str
    theirs: Part | None
    mine: Part | None
    suggested: str

    @property
    def runs(self) -> tuple[Run, ...]:
        """Word by word: what is removed stands only in theirs, what is added only in mine."""
        return compare_words(self.theirs.text if self.theirs else "", self.mine.text if self.mine else "")

    @property
    def is_in_form_only(self) -> bool:
        """Whether the words are the same, and only how they are set differs."""
        return self.theirs is not None and self.mine is not None and self.theirs.text == self.mine.text


def differences(theirs: Content, mine: Content, base: Content | None, name: Name) -> list[Difference]:
    """Where two texts differ, in the order of a page; without `base` nothing is suggested."""
    left, right = parts_of(theirs, name), parts_of(mine, name)
    start = parts_of(base, name) if base is not None else None
    found = []
    for key in _in_order(list(left), list(right)):
        a, b = left.get(key), right.get(key)
        if (a and a.raw) != (b and b.raw):
            part = a or b
            assert part is not None
            found.append(Difference(key, part.label, a, b, _suggested(a, b, start, key)))
    return found


def _suggested(theirs: Part | None, mine: Part | None, start: Mapping[str, Part] | None, key: str) -> str:
    if start is None:
        return ""
    before = start.get(key)
    raw = before and before.raw
    if (theirs and theirs.raw) == raw:
        return MINE
    return THEIRS if (mine and mine.raw) == raw else ""


def order_differs(theirs: Content, mine: Content) -> bool:
    """Whether the blocks that both texts have stand in another order."""
    left, right = ([block_key(block) for block in blocks_of(text)] for text in (theirs, mine))
    return [key for key in left if key in right] != [key for key in right if key in left]


def merge(theirs: Content, mine: Content, choices: Mapping[str, str]) -> Content:
    """The text of both with what was chosen, part by part; where nothing was chosen, theirs stands.

    A block that only one text has is kept if its side was chosen.
    """
    merged = dict(theirs)
    for key, side in choices.items():
        if side == MINE and not key.startswith("body:") and key in mine:
            merged[key] = mine[key]
    merged["body"] = json.dumps(_merged_blocks(theirs, mine, choices))
    return merged


def _merged_blocks(theirs: Content, mine: Content, choices: Mapping[str, str]) -> list[dict[str, Any]]:
    left = {block_key(block): block for block in blocks_of(theirs)}
    right = {block_key(block): block for block in blocks_of(mine)}
    first, second = (list(right), list(left)) if choices.get(ORDER) == MINE else (list(left), list(right))
    chosen = []
    for key in _in_order(first, second):
        side = choices.get(key, MINE if key not in left else THEIRS)
        block = (right if side == MINE else left).get(key)
        if block is not None:
            chosen.append(block)
    return chosen


def _in_order(first: list[str], second: list[str]) -> list[str]:
    """All keys: those of the first in their order, and what only the second has after what it stands behind there."""
    ordered = list(first)
    for place, key in enumerate(second):
        if key not in first:
            before = next((one for one in reversed(second[:place]) if one in ordered), None)
            ordered.insert(ordered.index(before) + 1 if before is not None else 0, key)
    return ordered
