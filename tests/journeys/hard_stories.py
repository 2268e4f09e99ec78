"""Writes stories that are hard to show into a home: everything too long, nothing optional, and worse. Prints addresses.

Run by a Python of its own with Django set up (`RealHome.run`).
"""

import io
import json
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from broadsheet.mediabank.actions import add_picture
from broadsheet.mediabank.models import Picture, PictureText
from tests.factories import Newsroom, make_newsroom

UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ARABIC = "توقف الرافعات في الميناء عن العمل ليلا بعد تسعة أسابيع"


def picture(newsroom: Newsroom, title: str, width: int, height: int) -> Picture:
    """A picture of this size; its texts are as long as they may be."""
    made = Picture(title=title, creator=f"A. {UNBROKEN}", agency=UNBROKEN[:60], licence="CC BY 4.0")
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "JPEG")
    made.original.save(f"{title}.jpg", ContentFile(out.getvalue()), save=False)
    made.texts = [PictureText(language="en", alt=f"{title} {UNBROKEN}", caption=f"{title} {UNBROKEN} " * 3)]
    return add_picture(newsroom.chief, made)


def too_long(newsroom: Newsroom) -> dict[str, Any]:
    words = f"{UNBROKEN} and what comes after it, "
    long = words * 12
    shown = {"picture": picture(newsroom, "wide", 1200, 300), "caption": long[:500]}
    return {
        "headline": (words * 3)[:200], "standfirst": long[:500], "dateline": (UNBROKEN * 2)[:80],
        "lead_caption": long[:500], "lead_picture": shown["picture"], "topics": [newsroom.topic],
        "bylines": [newsroom.writer, newsroom.speaker],
        "body": [
            ("paragraph", f"<p>{long * 3}</p>"),
            ("subhead", words[:160]),
            ("quote", {"text": long, "speaker": newsroom.speaker, "role": words, "place": words}),
            ("gallery", {"title": words, "pictures": [shown, shown]}),
            ("fact_box", {"title": words, "text": f"<p>{long}</p>"}),
            ("timeline", {"title": words, "entries": [{"when": UNBROKEN[:60], "text": long}]}),
            ("table", {"caption": words, "rows": "|".join([UNBROKEN] * 9) + "\n" + "|".join(["1"] * 9)}),
        ],
    }  # fmt: skip


def many_blocks(newsroom: Newsroom) -> dict[str, Any]:
    blocks: list[tuple[str, Any]] = []
    for number in range(100):
        blocks += [
            ("subhead", f"Part {number}"),
            ("paragraph", f"<p>Paragraph {number}.</p>"),
            ("quote", {"text": f"Quote {number}.", "speaker": newsroom.speaker}),
            ("fact_box", {"title": f"Box {number}", "text": "<p>A fact.</p>"}),
        ]
    return {"headline": "Four hundred blocks", "body": blocks}


def main() -> None:
    """Publish each of them; print their addresses as JSON."""
    newsroom = make_newsroom()
    thin, tall = picture(newsroom, "thin", 1, 400), picture(newsroom, "tall", 120, 1200)
    stories = {
        "too long": too_long(newsroom),
        "bare": {"headline": "Bare", "bylines": [], "body": [("paragraph", "<p>Bare.</p>")]},
        "400 blocks": many_blocks(newsroom),
        "Arabic": {
            "headline": f"The word {ARABIC} in the port",
            "standfirst": ARABIC,
            "body": [
                ("paragraph", f"<p>He said: {ARABIC}. Then he left.</p><p>{ARABIC}.</p>"),
                ("quote", {"text": ARABIC, "speaker": newsroom.speaker}),
            ],
        },
        "1 px wide": {"headline": "A picture one pixel wide", "lead_picture": thin,
                      "body": [("picture", {"picture": thin, "caption": ""})]},
        "1 to 10": {"headline": "A picture ten times as tall as wide", "lead_picture": tall,
                    "body": [("gallery", {"title": "Tall", "pictures": [{"picture": tall, "caption": ""}] * 2})]},
    }  # fmt: skip
    made = {name: newsroom.published(**fields).address for name, fields in stories.items()}
    print(json.dumps(made | {"the front": "/", "the section": "/world/", "the mediabank": "/mediabank/"}))


main()
