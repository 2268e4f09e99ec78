"""From a body's blocks to finished segments: an ordered list of small pure transforms, run at publication.

A block is what the body stores: {"type", "value", "id"}. A segment is what a page needs: finished HTML, or a
reference (picture, film, speaker, card) with the words around it, which one keyed read resolves.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, TypedDict

from markupsafe import escape

from broadsheet.foundation.slugs import to_slug
from broadsheet.stories.blocks import embed_host
from broadsheet.stories.cleaning import as_paragraphs

Blocks = list[dict[str, Any]]
Segments = list[dict[str, Any]]


class References(TypedDict):
    """Ids that a body refers to."""

    pictures: set[int]
    films: set[int]
    people: set[int]
    stories: set[int]


def plain_values(blocks: Blocks) -> Blocks:
    """Lists as plain lists: the editor stores each item as a block of its own."""
    return [{"type": block["type"], "value": _without_items(block["value"])} for block in blocks]


def _without_items(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_items(item["value"] if _is_item(item) else item) for item in value]
    if isinstance(value, dict):
        return {name: _without_items(part) for name, part in value.items()}
    return value


def _is_item(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item


def trim_words(blocks: Blocks) -> Blocks:
    """No text begins or ends with white space."""

    def trim(value: Any) -> Any:
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, list):
            return [trim(item) for item in value]
        if isinstance(value, dict):
            return {name: trim(part) for name, part in value.items()}
        return value

    return [{**block, "value": trim(block["value"])} for block in blocks]


def clean_texts(blocks: Blocks) -> Blocks:
    """Rich texts hold only what `cleaning` lets through."""

    def clean(block: dict[str, Any]) -> dict[str, Any]:
        if block["type"] == "paragraph":
            return {**block, "value": as_paragraphs(block["value"] or "")}
        if block["type"] == "fact_box":
            return {**block, "value": {**block["value"], "text": as_paragraphs(block["value"].get("text") or "")}}
        return block

    return [clean(block) for block in blocks]


def drop_marks_around_quotes(blocks: Blocks) -> Blocks:
    """Quotation marks around a whole quote go: the page sets those of its language."""

    def bare(text: str) -> str:
        found = re.fullmatch(r"([“”„«\"])(.*)([“”»\"])", text, flags=re.DOTALL)
        if found is None or found[1] in found[2] or found[3] in found[2]:
            return text
        return found[2].strip()

    return [
        {**block, "value": {**block["value"], "text": bare(block["value"].get("text") or "")}}
        if block["type"] == "quote"
        else block
        for block in blocks
    ]


def drop_unfinished(blocks: Blocks) -> Blocks:
    """Blocks without what they need never reach a reader."""
    return [block for block in blocks if _is_finished(block["type"], block["value"])]


def _is_finished(kind: str, value: Any) -> bool:
    if not value:
        return False
    needs = {"quote": "text", "picture": "picture", "fact_box": "text", "table": "rows"}
    if kind == "gallery":
        return any(entry.get("picture") for entry in value.get("pictures") or ())
    if kind == "timeline":
        return any(entry.get("text") for entry in value.get("entries") or ())
    if kind == "video" and value.get("film"):
        return not value.get("address")
    if kind in ("video", "embed"):
        return bool(embed_host(value.get("address") or "") and value.get("title"))
    return bool(value.get(needs[kind])) if kind in needs else True


def number_quotes(blocks: Blocks) -> Blocks:
    """Each quote knows its place among the quotes of its story, from 1."""
    number = 0
    numbered: Blocks = []
    for block in blocks:
        if block["type"] == "quote":
            number += 1
            block = {**block, "value": {**block["value"], "number": number}}
        numbered.append(block)
    return numbered


def name_subheads(blocks: Blocks) -> Blocks:
    """Each subhead has an anchor made of its words, once in a story, so that it can be linked to."""
    taken: set[str] = set()
    named: Blocks = []
    for block in blocks:
        if block["type"] == "subhead":
            slug = base = to_slug(block["value"])[:60].strip("-") or "part"
            while slug in taken:
                slug = f"{base}-{len(taken)}"
            taken.add(slug)
            block = {**block, "value": {"text": block["value"], "anchor": slug}}
        named.append(block)
    return named


TRANSFORMS: tuple[Callable[[Blocks], Blocks], ...] = (
    plain_values,
    trim_words,
    clean_texts,
    drop_marks_around_quotes,
    drop_unfinished,
    number_quotes,
    name_subheads,
)


def to_segments(blocks: Blocks) -> Segments:
    """The finished segments of a body, neighbouring HTML joined; the same blocks always give the same segments."""
    for transform in TRANSFORMS:
        blocks = transform(blocks)
    return _join_html(WRITERS[block["type"]](block["value"]) for block in blocks)


def to_segments_of_clean(blocks: Blocks) -> Segments:
    """The same segments, quicker, of blocks that a program wrote in whole paragraphs: nothing in them is cleaned."""
    return _join_html(
        WRITERS[block["type"]](block["value"]) for block in name_subheads(number_quotes(plain_values(blocks)))
    )


def _join_html(segments: Iterable[dict[str, Any]]) -> Segments:
    joined: Segments = []
    for segment in segments:
        if segment["type"] == "html" and joined and joined[-1]["type"] == "html":
            joined[-1] = {"type": "html", "html": f"{joined[-1]['html']}\n{segment['html']}"}
        else:
            joined.append(segment)
    return joined


def _html(html: str) -> dict[str, Any]:
    return {"type": "html", "html": html}


def _write_fact_box(value: dict[str, Any]) -> dict[str, Any]:
    title = f"<h2>{escape(value['title'])}</h2>" if value.get("title") else ""
    return _html(f'<aside class="fact-box">{title}{value["text"]}</aside>')


def _write_timeline(value: dict[str, Any]) -> dict[str, Any]:
    title = f"<h2>{escape(value['title'])}</h2>" if value.get("title") else ""
    entries = "".join(
        f"<li><b>{escape(entry.get('when') or '')}</b> {escape(entry.get('text') or '')}</li>"
        for entry in value["entries"]
        if entry.get("text")
    )
    return _html(f'<section class="timeline">{title}<ol>{entries}</ol></section>')


def _write_table(value: dict[str, Any]) -> dict[str, Any]:
    lines = [[cell.strip() for cell in line.split("|")] for line in value["rows"].splitlines() if line.strip()]
    width = max(map(len, lines))
    header, *rows = [line + [""] * (width - len(line)) for line in lines]
    caption = f"<caption>{escape(value['caption'])}</caption>" if value.get("caption") else ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' if cell else "<td></td>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    named = f' role="region" aria-label="{escape(value["caption"])}"' if value.get("caption") else ""
    return _html(f'<div class="table" tabindex="0"{named}>{table}</div>')


def _write_quote(value: dict[str, Any]) -> dict[str, Any]:
    names = ("number", "text", "speaker", "role", "place", "said_on")
    return {"type": "quote", **{name: value.get(name) or "" for name in names}, "speaker": value.get("speaker")}


def _write_picture(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "picture", "picture": value["picture"], "caption": value.get("caption") or ""}


def _write_gallery(value: dict[str, Any]) -> dict[str, Any]:
    pictures = [_write_picture(entry) for entry in value["pictures"] if entry.get("picture")]
    return {"type": "gallery", "title": value.get("title") or "", "pictures": pictures}


def _write_frame(value: dict[str, Any]) -> dict[str, Any]:
    address = value.get("address") or ""
    return {"title": value.get("title") or "", "address": address, "host": embed_host(address)}


def _write_video(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "video", "film": value.get("film"), **_write_frame(value), "poster": value.get("poster")}


WRITERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "paragraph": _html,
    "subhead": lambda value: _html(f'<h2 id="{value["anchor"]}">{escape(value["text"])}</h2>'),
    "quote": _write_quote,
    "picture": _write_picture,
    "gallery": _write_gallery,
    "video": _write_video,
    "fact_box": _write_fact_box,
    "timeline": _write_timeline,
    "table": _write_table,
    "related": lambda story: {"type": "card", "story": story},
    "embed": lambda value: {"type": "embed", **_write_frame(value)},
}


def references_of(segments: Segments) -> References:
    """The pictures, films, people and stories that segments refer to, by id."""
    found = References(pictures=set(), films=set(), people=set(), stories=set())
    for segment in segments:
        entries = segment["pictures"] if segment["type"] == "gallery" else [segment]
        for entry in entries:
            found["pictures"].update(_ids(entry.get("picture"), entry.get("poster")))
            found["films"].update(_ids(entry.get("film")))
            found["people"].update(_ids(entry.get("speaker")))
            found["stories"].update(_ids(entry.get("story")))
    return found


def _ids(*values: Any) -> list[int]:
    return [int(value) for value in values if value]
