"""From stored segments to what a page shows, with what they name at hand."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from broadsheet.mediabank.reads import PictureValue
from broadsheet.people.reads import PersonValue
from broadsheet.stories.values import Card, Segment


def resolve_segments(
    segments: Iterable[dict[str, Any]],
    pictures: Mapping[int, PictureValue],
    people: Mapping[int, PersonValue],
    cards: Mapping[int, Card],
) -> tuple[Segment, ...]:
    """The segments with their pictures, speakers and cards; what a reader may not see, or is gone, is left out."""
    by_id: dict[str, Mapping[Any, Any]] = {"pictures": pictures, "people": people, "cards": cards}
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
    return Segment(
        type=kind,
        title=segment["title"],
        address=segment["address"],
        host=segment["host"],
        picture=by_id["pictures"].get(segment.get("poster")),
    )


def _quote(segment: dict[str, Any], speaker: PersonValue | None) -> Segment:
    names = ("text", "number", "role", "place", "said_on")
    return Segment(type="quote", speaker=speaker, **{name: segment[name] for name in names})


def _picture(segment: dict[str, Any], picture: PictureValue | None) -> Segment | None:
    return Segment(type="picture", picture=picture, caption=segment["caption"]) if picture else None
