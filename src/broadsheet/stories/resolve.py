"""From stored segments to what a page shows, with what they name at hand."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from broadsheet.editions.names import Localized
from broadsheet.mediabank.reads import FilmValue, PictureValue
from broadsheet.people.reads import PersonValue
from broadsheet.stories.blocks import player_page, playing
from broadsheet.stories.values import Card, Segment


def resolve_segments(
    segments: Iterable[dict[str, Any]],
    pictures: Mapping[int, PictureValue],
    films: Mapping[int, FilmValue],
    people: Mapping[int, PersonValue],
    cards: Mapping[int, Card],
) -> tuple[Segment, ...]:
    """The segments with what they refer to at hand; what a reader may not see, or is gone, is left out."""
    by_id: dict[str, Mapping[Any, Any]] = {"pictures": pictures, "films": films, "people": people, "cards": cards}
    resolved = (_resolve(segment, by_id) for segment in segments)
    return tuple(segment for segment in resolved if segment is not None)


def _resolve(segment: dict[str, Any], by_id: dict[str, Mapping[Any, Any]]) -> Segment | None:
    kind = segment["type"]
    if kind == "html":
        return Segment(type="html", html=Markup(segment["html"]))
    if kind == "quote":
        return _quote(segment, by_id["people"].get(segment["speaker"]))
    if kind == "picture":
        return _picture(segment, by_id["pictures"].get(segment["picture"]))
    if kind == "gallery":
        shown = (_picture(entry, by_id["pictures"].get(entry["picture"])) for entry in segment["pictures"])
        found = tuple(picture for picture in shown if picture is not None)
        return Segment(type="gallery", title=segment["title"], pictures=found) if found else None
    if kind == "card":
        card = by_id["cards"].get(segment["story"])
        return Segment(type="card", card=card) if card else None
    if kind == "video":
        return _video(segment, by_id["films"], by_id["pictures"])
    return Segment(type=kind, title=segment["title"], address=segment["address"], host=segment["host"])


def _video(
    segment: dict[str, Any], films: Mapping[int, FilmValue], pictures: Mapping[int, PictureValue]
) -> Segment | None:
    """A video with its poster: a film that is hosted here, or a player elsewhere."""
    if not segment.get("film"):
        address = segment["address"]
        return Segment(
            type="video",
            title=segment["title"],
            address=playing(address),
            page=player_page(address),
            host=segment["host"],
            picture=pictures.get(segment.get("poster")),  # type: ignore[arg-type]
        )
    film = films.get(segment["film"])
    if film is None:
        return None
    poster = pictures.get(segment.get("poster")) or pictures.get(film.poster_id)  # type: ignore[arg-type]
    title = Localized(segment["title"]) if segment["title"] else film.title
    return Segment(type="video", title=title.text, title_lang=title.lang, page=film.file, film=film, picture=poster)


def _quote(segment: dict[str, Any], speaker: PersonValue | None) -> Segment:
    names = ("text", "number", "role", "place", "said_on")
    return Segment(type="quote", speaker=speaker, **{name: segment[name] for name in names})


def _picture(segment: dict[str, Any], picture: PictureValue | None) -> Segment | None:
    return Segment(type="picture", picture=picture, caption=segment["caption"]) if picture else None
