"""The demo newsroom's pictures: real photographs with their true creators and licences."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from broadsheet.editions.access import Person
from broadsheet.mediabank.actions import add_picture
from broadsheet.mediabank.models import Picture, PictureText

FOLDER = Path(__file__).parent / "demo_pictures"


def fill(by: Person) -> dict[str, Any]:
    """Bring them in; returns the pictures by key, as {"picture:harbour-dawn": ...}."""
    table = tomllib.loads((FOLDER / "pictures.toml").read_text(encoding="utf-8"))
    found = {}
    for row in table["picture"]:
        names = ("creator", "agency", "licence", "licence_url", "source", "taken", "focal_x", "focal_y")
        picture = Picture(title=row["key"].replace("-", " "), **{name: row[name] for name in names})
        picture.original.save(row["file"], ContentFile((FOLDER / "pictures" / row["file"]).read_bytes()), save=False)
        picture.texts = [PictureText(language=code, **row[code]) for code in ("en", "ru") if code in row]
        found[f"picture:{row['key']}"] = add_picture(by, picture)
    return found
