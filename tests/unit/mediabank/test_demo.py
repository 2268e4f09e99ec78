"""The demo's film says truly of what it is made, and its story is nobody else's."""

import re
import tomllib
from typing import Any

from broadsheet.mediabank import demo
from broadsheet.stories import demo as stories

FILMS = tomllib.loads((demo.FILMS / "films.toml").read_text(encoding="utf-8"))["film"]
PICTURES = {row["key"]: row for row in tomllib.loads((demo.FOLDER / "pictures.toml").read_text())["picture"]}


def test_each_still_of_a_film_is_a_picture_of_the_mediabank_with_its_creator_and_licence() -> None:
    for film in FILMS:
        for still in film["still"]:
            row = PICTURES[still["picture"]]
            assert (still["creator"], still["licence"]) == (row["creator"], row["licence"])


def test_every_creator_is_named_where_readers_see_it() -> None:
    for film in FILMS:
        for still in film["still"]:
            assert still["creator"].split(",")[0] in film["creator"]
            assert still["picture"] in film["source"]


def test_no_still_asks_for_another_licence_than_the_films() -> None:
    free = {"CC BY 4.0", "CC0 1.0", "Public domain (US federal government work)"}
    assert {still["licence"] for film in FILMS for still in film["still"]} <= free


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [text for part in parts for text in _texts(part)] if isinstance(value, list | dict) else []


def _runs(row: dict[str, Any], length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(_texts(row["body"])).lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_the_films_story_shares_no_eight_words_with_another() -> None:
    rows = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(stories.FOLDER.glob("*.toml"))]
    about = [row for row in rows if any(block["type"] == "video" for block in row["body"])]
    assert about
    for row in about:
        shared = {other["key"]: _runs(row) & _runs(other) for other in rows if other is not row}
        assert not {key: runs for key, runs in shared.items() if runs}
        assert row["kind"] == "video"
        assert len([block for block in row["body"] if block["type"] == "quote"]) >= 3
