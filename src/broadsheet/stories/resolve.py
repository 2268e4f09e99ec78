"""From stored segments to what a page shows: each kind of reference resolved by one keyed read."""

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from broadsheet.mediabank.reads import PictureValue, pictures
from broadsheet.people.reads import PersonValue, persons
from broadsheet.stories.segments import references_of
from broadsheet.stories.values import Card, Segment

ReadCards = Callable[[tuple[int, ...]], tuple[Card, ...]]


def resolve_segments(segments: Iterable[dict[str, Any]], language: str, read_cards: ReadCards) -> tuple[Segment, ...]:
    """The segments with their pictures, speakers and cards; what a reader may not see, or is gone, is left out."""
    stored = list(segments)
    wanted = references_of(stored)
    by_id: dict[str, dict[Any, Any]] = {
        "pictures": {item.id: item for item in pictures(tuple(sorted(wanted["pictures"])), language)},
        "people": {item.id: item for item in persons(tuple(sorted(wanted["people"])), language)},
        "cards": {item.id: item for item in read_cards(tuple(sorted(wanted["stories"])))},
    }
    resolved = (_resolve(segment, by_id) for segment in stored)
    return tuple(segment for segment in resolved if segment is not None)


def _resolve(segment: dict[str, Any], by_id: dict[str, dict[Any, Any]]) -> Segment | None:
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
