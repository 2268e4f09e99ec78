"""The body of an archive's story: blocks as the desk stores them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

Block = dict[str, Any]
Say = Callable[[str], str]


@dataclass(frozen=True)
class Material:
    """What a body is made of: how many words, three stories to lead to (id, address), who speaks, what is shown."""

    kind: str
    words: int
    links: tuple[tuple[int, str], ...]
    speakers: tuple[int, ...]
    pictures: tuple[int, ...]


def body_of(material: Material, chance: Random, say: Say) -> list[Block]:
    """Blocks with as many words as wanted (the last sentence may go beyond), each with an id of its own."""
    new_id = ids_of(chance)
    parts = _parts(material, chance, say, new_id)
    blocks, words = list[Block](), 0
    for kind, value, more in parts:
        blocks.append({"type": kind, "value": value, "id": next(new_id)})
        words += more
        if words >= material.words:
            break
    for place, (story, _address) in zip((2, len(blocks) + 1), material.links[1:], strict=False):
        blocks.insert(place, {"type": "related", "value": story, "id": next(new_id)})
    return blocks


def ids_of(chance: Random) -> Iterator[str]:
    """Ids for the blocks of one body, of the shape that the editor gives them."""
    digits = f"{chance.getrandbits(80):020x}"
    begin = f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}-a{digits[15:18]}-"
    return (f"{begin}{number:012x}" for number in count(1))


Part = tuple[str, Any, int]


def _parts(material: Material, chance: Random, say: Say, new_id: Iterator[str]) -> Iterator[Part]:
    """Part after part with its number of words, without end."""
    yield _paragraph(chance, say, material.links[0][1] if material.links else "")
    yield from _special(material, chance, say, new_id)
    turn = 0
    while True:
        if turn % 3 == 1 or material.kind == "in-brief":
            yield _quote(material.speakers[turn % len(material.speakers)], say)
        if turn % 5 == 4:
            yield _counted("subhead", say("subhead"))
        yield _paragraph(chance, say)
        turn += 1


def _counted(kind: str, text: str) -> Part:
    return kind, text, len(text.split())


def _paragraph(chance: Random, say: Say, address: str = "") -> Part:
    sentences = [say("sentence") for _turn in range(1 + int(chance.random() * 3))]
    words = sum(sentence.count(" ") + 1 for sentence in sentences)
    if address:
        link = say("subhead")
        words += link.count(" ") + 1
        sentences.append(f'<a href="{address}">{link}</a>.')
    return "paragraph", f"<p>{' '.join(sentences)}</p>", words


def _quote(speaker: int, say: Say) -> Part:
    text = say("said_by")
    value = {"text": text, "speaker": speaker, "role": "", "place": "", "said_on": None}
    return "quote", value, text.count(" ") + 1


def _special(material: Material, chance: Random, say: Say, new_id: Iterator[str]) -> Iterator[Part]:
    """What stories of some kinds have besides."""
    if material.kind == "explainer":
        text = say("sentence")
        title = say("title")
        yield "fact_box", {"title": title, "text": f"<p>{text}</p>"}, len(f"{title} {text}".split())
    if material.kind == "live":
        entries = [say("entry") for _turn in range(3)]
        items = [
            {"type": "item", "value": {"when": f"{9 + hour}:00", "text": text}, "id": next(new_id)}
            for hour, text in enumerate(entries)
        ]
        yield "timeline", {"title": "", "entries": items}, sum(len(text.split()) + 1 for text in entries)
    if material.kind == "analysis":
        rows = "\n".join(f"{say('title')} | {int(chance.random() * 100)}" for _turn in range(4))
        yield "table", {"caption": "", "rows": rows}, len(rows.replace("|", " ").split())
    if material.kind == "gallery" and material.pictures:
        shown = chance.sample(material.pictures, min(3, len(material.pictures)))
        pictures = [
            {"type": "item", "value": {"picture": picture, "caption": ""}, "id": next(new_id)} for picture in shown
        ]
        yield "gallery", {"title": "", "pictures": pictures}, 0
