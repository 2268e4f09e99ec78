"""Reads of pictures, each with its keys."""

from dataclasses import dataclass
from typing import Any

from broadsheet.editions.names import Localized, choose
from broadsheet.mediabank.models import Picture, PictureText, PictureUse
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed

COLUMNS = (
    "slug", "shown", "width", "height", "creator", "agency", "licence", "licence_url", "source", "taken",
    "focal_x", "focal_y",
)  # fmt: skip
KEYS = declare(
    Key(
        "picture:{id}",
        on=Picture,
        columns=COLUMNS,
    ),
    Key("picture-file:{shown}", on=Picture, columns=("shown",)),
    Key("picture:{picture_id}", on=PictureText, columns=("language", "caption", "alt")),
    Key("picture:{picture_id}:uses", on=PictureUse, columns=("edition_id", "is_public", "title", "address")),
)  # fmt: skip


@dataclass(frozen=True)
class PictureValue:
    """A picture in a page's language; sizes in pixels, the focal point from 0 to 1."""

    id: int
    slug: str
    file: str
    width: int
    height: int
    alt: Localized
    caption: Localized
    creator: str
    agency: str
    licence: str
    licence_url: str
    source: str
    taken: str
    focal_x: float
    focal_y: float

    @property
    def address(self) -> str:
        return f"/mediabank/{self.id}/{self.slug}/"

    @property
    def credit(self) -> str:
        """The credit line: agency / photographer, or the one of them that is known."""
        return " / ".join(name for name in (self.agency, self.creator) if name)


@dataclass(frozen=True)
class UseValue:
    """A story in which a picture is seen by readers."""

    title: str
    address: str


@keyed(lambda ids, language: [f"picture:{picture_id}" for picture_id in ids])
def pictures(ids: tuple[int, ...], language: str) -> tuple[PictureValue, ...]:
    """The pictures with these ids in a language, in the order of the ids; unknown ids are left out."""
    if not ids:
        return ()
    texts = ("texts__language", "texts__caption", "texts__alt")
    gathered: dict[int, list[dict[str, Any]]] = {}
    for row in Picture.objects.filter(pk__in=ids).values("pk", *COLUMNS, *texts):
        gathered.setdefault(row["pk"], []).append(row)
    return tuple(_value(gathered[picture_id], language) for picture_id in ids if picture_id in gathered)


@keyed(lambda picture_id, edition_id: [f"picture:{picture_id}:uses"])
def public_uses(picture_id: int, edition_id: int) -> tuple[UseValue, ...]:
    """The published stories of an edition in which a picture stands, the newest first."""
    rows = PictureUse.objects.filter(picture_id=picture_id, edition_id=edition_id, is_public=True).order_by("-pk")[:50]
    return tuple(UseValue(title=row.title, address=row.address) for row in rows)


@keyed(lambda picture_id: [f"picture:{picture_id}:uses"])
def is_public(picture_id: int) -> bool:
    """Whether readers see the picture anywhere: only then has it a page of its own."""
    return PictureUse.objects.filter(picture_id=picture_id, is_public=True).exists()


def file_is_public(file: str) -> bool:
    """Whether readers see a file anywhere, by its name within the media; several pictures may show the same bytes."""
    return any(is_public(picture_id) for picture_id in _pictures_that_show(file))


@keyed(lambda file: [f"picture-file:{file}"])
def _pictures_that_show(file: str) -> tuple[int, ...]:
    return tuple(Picture.objects.filter(shown=file).order_by("pk").values_list("pk", flat=True))


def _value(rows: list[dict[str, Any]], language: str) -> PictureValue:
    """A picture from its rows, one for each language in which there are texts."""
    fields = {name: rows[0][name] for name in COLUMNS if name != "shown"}
    texts = [row for row in rows if row["texts__language"]]
    return PictureValue(
        id=rows[0]["pk"],
        file=f"/media/{rows[0]['shown']}",
        alt=choose({row["texts__language"]: row["texts__alt"] for row in texts}, language),
        caption=choose({row["texts__language"]: row["texts__caption"] for row in texts}, language),
        **fields,
    )
