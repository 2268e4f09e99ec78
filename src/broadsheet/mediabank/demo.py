"""The demo newsroom's pictures: real photographs with their true creators and licences."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from broadsheet.editions.access import Person
from broadsheet.mediabank.actions import add_picture
from broadsheet.mediabank.models import Picture, PictureText

FOLDER = Path(__file__).parent / "demo_pictures"


def demo_titles() -> list[str]:
    """The working titles of the demo's pictures."""
    return [_title(row) for row in _rows()]


def fill(by: Person) -> dict[str, Any]:
    """Bring them in; returns the pictures by key, as {"picture:harbour-dawn": ...}."""
    found = {}
    for row in _rows():
        names = ("creator", "agency", "licence", "licence_url", "source", "taken", "focal_x", "focal_y")
        picture = Picture(title=_title(row), **{name: row[name] for name in names})
        picture.original.save(row["file"], ContentFile((FOLDER / "pictures" / row["file"]).read_bytes()), save=False)
        picture.texts = [PictureText(language=code, **row[code]) for code in ("en", "ru") if code in row]
        found[f"picture:{row['key']}"] = add_picture(by, picture)
    return found


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((FOLDER / "pictures.toml").read_text(encoding="utf-8"))["picture"]
    return rows


def _title(row: dict[str, Any]) -> str:
    return str(row["key"]).replace("-", " ")
