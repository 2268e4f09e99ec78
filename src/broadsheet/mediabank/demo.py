"""The demo newsroom's pictures and its film: real photographs with their true creators and licences."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from broadsheet.editions.access import Person
from broadsheet.mediabank.actions import add_film, add_picture
from broadsheet.mediabank.models import Film, FilmCaptions, FilmText, Picture, PictureText

FOLDER = Path(__file__).parent / "demo_pictures"
FILMS = Path(__file__).parent / "demo_films"


def demo_titles() -> list[str]:
    """The working titles of the demo's pictures."""
    return [_title(row) for row in _rows()]


def fill(by: Person) -> dict[str, Any]:
    """Bring them in; returns them by key, as {"picture:harbour-dawn": ..., "film:ridge-path": ...}."""
    found: dict[str, Any] = {}
    for row in _rows():
        names = ("creator", "agency", "licence", "licence_url", "source", "taken", "focal_x", "focal_y")
        picture = Picture(title=_title(row), **{name: row[name] for name in names})
        picture.original.save(row["file"], ContentFile((FOLDER / "pictures" / row["file"]).read_bytes()), save=False)
        picture.texts = [PictureText(language=code, **row[code]) for code in ("en", "ru") if code in row]
        found[f"picture:{row['key']}"] = add_picture(by, picture)
    for row in tomllib.loads((FILMS / "films.toml").read_text(encoding="utf-8"))["film"]:
        found[f"film:{row['key']}"] = add_film(by, _film(row, found))
    return found


def _film(row: dict[str, Any], found: dict[str, Any]) -> Film:
    names = ("creator", "agency", "licence", "licence_url", "source", "taken")
    film = Film(title=_title(row), poster=found[f"picture:{row['poster']}"], **{name: row[name] for name in names})
    film.file = _file(f"{row['key']}.mp4")
    film.texts = [FilmText(language=code, **row[code]) for code in ("en", "ru")]
    film.captions = [FilmCaptions(language=code, file=_file(f"{row['key']}.{code}.vtt")) for code in ("en", "ru")]
    return film


def _file(name: str) -> ContentFile[bytes]:
    return ContentFile((FILMS / name).read_bytes(), name)


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((FOLDER / "pictures.toml").read_text(encoding="utf-8"))["picture"]
    return rows


def _title(row: dict[str, Any]) -> str:
    return str(row["key"]).replace("-", " ")
