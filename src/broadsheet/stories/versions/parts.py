"""What a version of a story says, part by part: its fields and the blocks of its body, each as text."""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail import blocks

from broadsheet.editions.models import Section, Topic
from broadsheet.editions.times import desk_moment
from broadsheet.mediabank.models import Picture
from broadsheet.people.models import Person
from broadsheet.stories.keys_of_paragraphs import without_keys
from broadsheet.stories.models import Kind, Story

Content = dict[str, Any]
Name = Callable[[type[Model], int], str]
"""What a row is called by whoever looks; a row that is gone or that they may not know of has a number."""

TEXTS = ("headline", "standfirst")
REST = ("lead_caption", "dateline", "card_headline", "slug")
TIMES = ("due_at", "embargo_until", "go_live_at", "expire_at")
BODY: Any = Story._meta.get_field("body").stream_block


@dataclass(frozen=True)
class Part:
    """A field, or a block of the body (then `key` is "body:" and its id): what it is called, says, and is."""

    key: str
    label: str
    text: str
    raw: Any


def parts_of(content: Content, name: Name) -> dict[str, Part]:
    """The parts of a revision's content, in the order of a page; a field that the content lacks is empty."""
    parts = [*_before_body(content, name), *_body(content, name), *_after_body(content, name)]
    return {part.key: part for part in parts}


def blocks_of(content: Content) -> list[dict[str, Any]]:
    """The blocks of the body, as it stores them: type, value, id."""
    found: Any = content.get("body") or []
    return json.loads(found) if isinstance(found, str) else list(found)


def block_key(block: dict[str, Any]) -> str:
    """The key of a block's part."""
    return f"body:{block.get('id')}"


def _before_body(content: Content, name: Name) -> Iterator[Part]:
    for field in TEXTS:
        yield _text(content, field)
    yield _one(content, "section", Section, name)
    kind = content.get("kind") or ""
    yield Part("kind", _label("kind"), str(Kind(kind).label) if kind in Kind.values else kind, kind)
    yield _one(content, "lead_picture", Picture, name)
    yield _text(content, "lead_caption")


def _after_body(content: Content, name: Name) -> Iterator[Part]:
    people = [byline["person"] for byline in content.get("bylines") or ()]
    yield Part("bylines", _("Bylines"), ", ".join(name(Person, one) for one in people), content.get("bylines") or [])
    for field in REST[1:]:
        yield _text(content, field)
    yield _many(content, "further_sections", Section, name)
    yield _many(content, "topics", Topic, name)
    for field in TIMES:
        moment = parse_datetime(content.get(field) or "")
        text = desk_moment(moment) if moment else ""
        yield Part(field, _label(field), text, content.get(field))


def _text(content: Content, field: str) -> Part:
    text = content.get(field) or ""
    return Part(field, _label(field), text, text)


def _one(content: Content, field: str, model: type[Model], name: Name) -> Part:
    pk = content.get(field)
    return Part(field, _label(field), name(model, pk) if pk else "", pk)


def _many(content: Content, field: str, model: type[Model], name: Name) -> Part:
    pks = content.get(field) or []
    return Part(field, _label(field), ", ".join(sorted(name(model, pk) for pk in pks)), sorted(pks))


def _label(field: str) -> str:
    label = str(Story._meta.get_field(field).verbose_name)
    return label[:1].upper() + label[1:]


def _body(content: Content, name: Name) -> Iterator[Part]:
    for block in blocks_of(content):
        kind = BODY.child_blocks.get(block["type"])
        label = str(kind.label) if kind else block["type"]
        text = "\n".join(_lines(kind, block["value"], name)) if kind else str(block["value"])
        yield Part(block_key(block), label, text, _raw(block))


def _raw(block: dict[str, Any]) -> Any:
    """What a block is, but for the keys of its paragraphs."""
    return json.loads(without_keys(json.dumps({"type": block["type"], "value": block["value"]})))


def _lines(kind: Any, value: Any, name: Name) -> Iterator[str]:
    """What a block says, in lines; a chosen thing by its name, a field of a larger block behind its label."""
    if value in (None, "", [], {}):
        return
    if isinstance(kind, blocks.RichTextBlock):
        yield from _plain(value)
    elif isinstance(kind, blocks.ChooserBlock):
        yield name(kind.target_model, value)
    elif isinstance(kind, blocks.StructBlock):
        for field, child in kind.child_blocks.items():
            for line in _lines(child, value.get(field), name):
                yield line if field == "text" else f"{child.label}: {line}"
    elif isinstance(kind, blocks.ListBlock):
        for item in value:
            yield from _lines(kind.child_block, item.get("value") if isinstance(item, dict) else item, name)
    else:
        yield str(value)


def _plain(rich: str) -> Iterator[str]:
    """The words of a rich text, a line a paragraph or item; the address of a link stands behind its words."""
    text = re.sub(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', r"\2 (\1)", rich, flags=re.DOTALL)
    text = re.sub(r"</(p|li)>|<br\s*/?>", "\n", text)
    for line in html.unescape(re.sub(r"<[^>]+>", "", text)).split("\n"):
        if line.strip():
            yield line.strip()
