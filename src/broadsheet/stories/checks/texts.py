"""The texts of a story's body as plain words, each with the block in which it stands."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from broadsheet.stories.segments import plain_values

INLINE = re.compile(r"</?(?:b|strong|i|em|a|sup|sub|embed)\b[^<>]*>")
ELEMENT = re.compile(r"<[^<>]*>")
ADDRESS = re.compile(r"""<a\b[^<>]*?\shref\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A block of a body; lists within it are plain."""

    id: str
    kind: str
    value: Any

    def word(self, name: str) -> str:
        """The text of one of its fields; empty where it has none."""
        found = self.value.get(name) if isinstance(self.value, dict) else None
        return found if isinstance(found, str) else ""


@dataclass(frozen=True)
class Text:
    """Plain words: `place` is a field of the form or the id of a block. A line is a paragraph."""

    place: str
    words: str


def blocks_of(stored: list[dict[str, Any]]) -> list[Block]:
    """The blocks as a check needs them."""
    plain = zip(stored, plain_values(stored), strict=True)
    return [Block(str(block.get("id") or ""), one["type"], one["value"]) for block, one in plain]


def texts_of(blocks: list[Block]) -> list[Text]:
    """Every text of the blocks that a reader reads, in its order."""
    return [Text(block.id, words) for block in blocks for words in _words_of(block) if words]


def paragraphs_of(block: Block) -> list[str]:
    """The paragraphs of a rich text as plain words, an item of a list as one."""
    rich = block.value if block.kind == "paragraph" else block.word("text")
    lines = html.unescape(ELEMENT.sub("\n", INLINE.sub("", rich or ""))).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def addresses_of(block: Block) -> list[str]:
    """The addresses of the links in a rich text, each once."""
    if block.kind not in ("paragraph", "fact_box"):
        return []
    rich = block.value if block.kind == "paragraph" else block.word("text")
    return list(dict.fromkeys(html.unescape(found.strip("\"'")).strip() for found in ADDRESS.findall(rich or "")))


def _words_of(block: Block) -> Iterator[str]:
    value = block.value
    if block.kind == "paragraph":
        yield "\n".join(paragraphs_of(block))
    elif block.kind == "subhead":
        yield value or ""
    elif isinstance(value, dict):
        yield block.word("title")
        yield "\n".join(paragraphs_of(block)) if block.kind == "fact_box" else block.word("text")
        yield block.word("caption")
        yield block.word("rows").replace("|", "\n")
        yield from (entry.get("text") or "" for entry in value.get("entries") or ())
        yield from (entry.get("caption") or "" for entry in value.get("pictures") or ())
