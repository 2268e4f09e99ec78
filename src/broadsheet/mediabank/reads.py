"""Reads of pictures and films, each with its keys."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from broadsheet.editions.names import Localized, choose
from broadsheet.editions.words import LANGUAGES
from broadsheet.mediabank.models import Film, FilmCaptions, FilmText, FilmUse, Picture, PictureText, PictureUse
from broadsheet.mediabank.renditions import (
    Rendition,
    Source,
    asked_by,
    endings_of,
    height_at,
    name_of,
    srcset_of,
    widths_of,
)
from broadsheet.press.keys import Key, declare
from broadsheet.press.prepared import Prepared
from broadsheet.press.render import keyed, reading

COLUMNS = (
    "slug", "shown", "width", "height", "creator", "agency", "licence", "licence_url", "source", "taken",
    "focal_x", "focal_y", "original_width", "original_height",
)  # fmt: skip
FILM_COLUMNS = (
    "file", "milliseconds", "width", "height", "poster_id", "creator", "agency", "licence", "licence_url", "source",
)  # fmt: skip
LARGEST_FOR_OTHERS = 1280
FORMATS = {"avif": 0, "webp": 1, "fallback": 2}  # by their places in `endings_of`
SOURCE_COLUMNS = ("original", "shown", "width", "height", "original_width", "original_height")
KEYS = declare(
    Key(
        "picture:{id}",
        on=Picture,
        columns=(*COLUMNS, "original"),
    ),
    Key("picture-file:{shown}", on=Picture, columns=("shown",)),
    Key("picture:{picture_id}", on=PictureText, columns=("language", "caption", "alt")),
    Key("mediabank:{edition_id}", on=PictureUse, columns=("is_public", "picture_id")),
    Key("picture:{picture_id}:uses", on=PictureUse, columns=("edition_id", "is_public", "title", "address")),
    Key("film:{id}", on=Film, columns=FILM_COLUMNS),
    Key("film:{film_id}", on=FilmText, columns=("language", "title", "description")),
    Key("film:{film_id}", on=FilmCaptions, columns=("language", "file")),
    Key("film:{film_id}:uses", on=FilmUse, columns=("is_public",)),
    Key("film-file:{file}", on=Film, columns=("file",)),
    Key("captions-file:{file}", on=FilmCaptions, columns=("file", "film_id")),
)  # fmt: skip
TEXTS = ("texts__language", "texts__caption", "texts__alt")
_pictures = Prepared(lambda ids: Picture.objects.filter(pk__in=ids).order_by().values_list("pk", *COLUMNS, *TEXTS))
FILM_TEXTS = ("texts__language", "texts__title", "texts__description", "captions__language", "captions__file")
_films = Prepared(lambda ids: Film.objects.filter(pk__in=ids).order_by().values_list("pk", *FILM_COLUMNS, *FILM_TEXTS))


@dataclass(frozen=True)
class PictureValue:
    """A picture in a page's language; sizes in pixels, the focal point from 0 to 1.

    Its renditions are named here whether they have been made or not: the first request makes them.
    """

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
    original_width: int = 0
    original_height: int = 0

    @property
    def address(self) -> str:
        return f"/mediabank/{self.id}/{self.slug}/"

    @property
    def credit(self) -> str:
        """The credit line: agency / photographer, or the one of them that is known."""
        return " / ".join(name for name in (self.agency, self.creator) if name)

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of its renditions, the smallest first."""
        return widths_of(*self._full_size)

    def srcset(self, kind: str) -> str:
        """All widths of one format, as a srcset wants them: "avif", "webp", or "fallback" (JPEG or PNG)."""
        return srcset_of(self.file, self._full_size, endings_of(self.file)[FORMATS[kind]])

    @property
    def files(self) -> tuple[tuple[int, str], ...]:
        """Its renditions for everybody's programs (JPEG, or PNG), the smallest first: width in px and address."""
        return tuple((width, self._rendition(width, endings_of(self.file)[-1])) for width in self.widths)

    @property
    def largest(self) -> str:
        """The address for those who show one picture of a page elsewhere: JPEG (or PNG), at most 1,280 px wide."""
        return self._rendition(self.largest_size[0], endings_of(self.file)[-1])

    @property
    def largest_size(self) -> tuple[int, int]:
        """Width and height of `largest`."""
        width = max(width for width in self.widths if width <= LARGEST_FOR_OTHERS)
        return width, height_at(width, *self._full_size)

    @property
    def focal_class(self) -> str:
        """The focal point in tenths, as classes ("fx4 fy5"): styles within the page are forbidden to it."""
        return f"fx{round(self.focal_x * 10)} fy{round(self.focal_y * 10)}"

    @property
    def _full_size(self) -> tuple[int, int]:
        return self.original_width or self.width, self.original_height or self.height

    def _rendition(self, width: int, ending: str) -> str:
        return f"/media/{name_of(self.file, width, ending)}"


@dataclass(frozen=True)
class UseValue:
    """A story in which a picture is seen by readers."""

    title: str
    address: str


@dataclass(frozen=True)
class CaptionsValue:
    """Captions in one language, with the language's own name and the address of the file."""

    language: str
    name: str
    address: str


@dataclass(frozen=True)
class FilmValue:
    """A film in a page's language; its size in pixels, its poster as the id of a picture."""

    id: int
    file: str
    milliseconds: int
    width: int
    height: int
    poster_id: int
    title: Localized
    description: Localized
    captions: tuple[CaptionsValue, ...]
    creator: str
    agency: str
    licence: str
    licence_url: str
    source: str

    @property
    def credit(self) -> str:
        """The credit line: agency / creator, or the one of them that is known."""
        return " / ".join(name for name in (self.agency, self.creator) if name)

    @property
    def seconds(self) -> int:
        """How long it lasts, as it is said to readers and as players say it."""
        return max(1, self.milliseconds // 1000)

    def captions_for(self, language: str) -> CaptionsValue | None:
        """The captions that are shown unasked: those in a language, else the first; None where there are none."""
        return next((one for one in self.captions if one.language == language), next(iter(self.captions), None))

    @property
    def content_type(self) -> str:
        return f"video/{self.file.rpartition('.')[2]}"


@keyed(lambda ids, language: [f"picture:{picture_id}" for picture_id in ids])
def pictures(ids: tuple[int, ...], language: str) -> tuple[PictureValue, ...]:
    """The pictures with these ids in a language, in the order of the ids; unknown ids are left out."""
    if not ids:
        return ()
    gathered: dict[int, list[tuple[Any, ...]]] = {}
    for row in _pictures(ids):
        gathered.setdefault(row[0], []).append(row)
    return tuple(_value(gathered[picture_id], language) for picture_id in ids if picture_id in gathered)


@keyed(lambda ids, language: [f"film:{film_id}" for film_id in ids])
def films(ids: tuple[int, ...], language: str) -> tuple[FilmValue, ...]:
    """The films with these ids in a language, in the order of the ids; unknown ids are left out."""
    if not ids:
        return ()
    gathered: dict[int, list[tuple[Any, ...]]] = {}
    for row in _films(ids):
        gathered.setdefault(row[0], []).append(row)
    return tuple(_film(gathered[film_id], language) for film_id in ids if film_id in gathered)


@keyed(lambda film_id: [f"film:{film_id}:uses"])
def film_is_public(film_id: int) -> bool:
    """Whether a published story shows the film: only then readers get its files."""
    return FilmUse.objects.filter(film_id=film_id, is_public=True).exists()


def film_file_is_public(file: str) -> bool:
    """Whether readers see a film's file anywhere, by its name within the media."""
    return any(film_is_public(film_id) for film_id in _films_that_play(file))


def captions_file_is_public(file: str) -> bool:
    """The same for a file of captions."""
    return any(film_is_public(film_id) for film_id in _films_with_captions(file))


@keyed(lambda picture_id, edition_id: [f"picture:{picture_id}:uses"])
def public_uses(picture_id: int, edition_id: int) -> tuple[UseValue, ...]:
    """The published stories of an edition in which a picture stands, the newest first."""
    rows = PictureUse.objects.filter(picture_id=picture_id, edition_id=edition_id, is_public=True).order_by("-pk")[:50]
    return tuple(dict.fromkeys(UseValue(title=row.title, address=row.address) for row in rows))


PAGE = 24


@dataclass(frozen=True)
class PicturesPage:
    """Pictures of an edition, those that came in last first; `older` is the mark of the next page, empty at the end."""

    pictures: tuple[PictureValue, ...]
    older: str


def newest_pictures(edition_id: int, language: str, before: str = "") -> PicturesPage:
    """The pictures that an edition's readers see, or those before a mark of an earlier page, else ValueError."""
    with reading(f"mediabank:{edition_id}"):
        rows = PictureUse.objects.filter(edition_id=edition_id, is_public=True)
        if before:
            rows = rows.filter(picture_id__lt=_read_mark(before))
        found = list(rows.order_by("-picture_id").values_list("picture_id", flat=True).distinct()[: PAGE + 1])
    shown = tuple(found[:PAGE])
    return PicturesPage(pictures(shown, language), str(shown[-1]) if len(found) > PAGE else "")


def _read_mark(mark: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,17}", mark, flags=re.ASCII):
        raise ValueError("no mark of a picture")
    return int(mark)


@keyed(lambda picture_id: [f"picture:{picture_id}:uses"])
def is_public(picture_id: int) -> bool:
    """Whether readers see the picture anywhere: only then has it a page of its own."""
    return PictureUse.objects.filter(picture_id=picture_id, is_public=True).exists()


def file_is_public(file: str) -> bool:
    """Whether readers see a file anywhere, by its name within the media; several pictures may show the same bytes."""
    return any(is_public(picture_id) for picture_id in _pictures_that_show(file))


def rendition_for_readers(name: str) -> Rendition | None:
    """The rendition with a name (behind /media/renditions/), if a picture that readers see has it."""
    return _rendition(name, is_public)


def rendition_for_the_newsroom(name: str) -> Rendition | None:
    """The rendition with a name, if any picture has it."""
    return _rendition(name, lambda picture_id: True)


@keyed(lambda picture_id: [f"picture:{picture_id}"])
def rendition_source(picture_id: int) -> Source | None:
    """What a picture's renditions are made of; None where there is no such picture."""
    row = Picture.objects.filter(pk=picture_id).values(*SOURCE_COLUMNS).first()
    if row is None:
        return None
    width, height = row["original_width"] or row["width"], row["original_height"] or row["height"]
    return Source(row["original"], row["shown"], width, height)


def _rendition(name: str, is_seen: Callable[[int], bool]) -> Rendition | None:
    asked = asked_by(name)
    if asked is None:
        return None
    found = (picture_id for shown in asked.shown for picture_id in _pictures_that_show(shown))
    for source in (rendition_source(picture_id) for picture_id in found if is_seen(picture_id)):
        if source is not None and asked.width in widths_of(source.width, source.height):
            return Rendition(source, asked.width, asked.ending)
    return None


@keyed(lambda file: [f"picture-file:{file}"])
def _pictures_that_show(file: str) -> tuple[int, ...]:
    return tuple(Picture.objects.filter(shown=file).order_by("pk").values_list("pk", flat=True))


@keyed(lambda file: [f"film-file:{file}"])
def _films_that_play(file: str) -> tuple[int, ...]:
    return tuple(Film.objects.filter(file=file).order_by("pk").values_list("pk", flat=True))


@keyed(lambda file: [f"captions-file:{file}"])
def _films_with_captions(file: str) -> tuple[int, ...]:
    return tuple(FilmCaptions.objects.filter(file=file).order_by("film_id").values_list("film_id", flat=True))


def _film(rows: list[tuple[Any, ...]], language: str) -> FilmValue:
    """A film from its rows, one for each pair of a text and captions."""
    film_id, *columns = rows[0][: len(FILM_COLUMNS) + 1]
    fields = dict(zip(FILM_COLUMNS, columns, strict=True))
    titles, descriptions = ({row[-5]: row[place] for row in rows if row[-5]} for place in (-4, -3))
    captions = {row[-2]: row[-1] for row in rows if row[-2]}
    names = dict(LANGUAGES)
    return FilmValue(
        id=film_id,
        file=f"/media/{fields.pop('file')}",
        title=choose(titles, language),
        description=choose(descriptions, language),
        captions=tuple(
            CaptionsValue(code, names.get(code, code), f"/media/{captions[code]}") for code in sorted(captions)
        ),
        **fields,
    )


def _value(rows: list[tuple[Any, ...]], language: str) -> PictureValue:
    """A picture from its rows, one for each language in which there are texts."""
    picture_id, *columns = rows[0][:-3]
    fields = dict(zip(COLUMNS, columns, strict=True))
    captions, alts = ({row[-3]: row[place] for row in rows if row[-3]} for place in (-2, -1))
    return PictureValue(
        id=picture_id,
        file=f"/media/{fields.pop('shown')}",
        alt=choose(alts, language),
        caption=choose(captions, language),
        **fields,
    )
