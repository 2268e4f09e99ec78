"""A picture's page, and the files of pictures and films that pages show."""

import re
from pathlib import Path

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.editions.pages import edition_page, editions_as_alternates, render_page
from broadsheet.editions.reads import EditionValue
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.access import access_picture
from broadsheet.mediabank.films import ranges
from broadsheet.mediabank.reads import (
    captions_file_is_public,
    file_is_public,
    film_file_is_public,
    is_public,
    newest_pictures,
    pictures,
    public_uses,
    rendition_for_readers,
    rendition_for_the_newsroom,
)
from broadsheet.mediabank.rendition_files import Busy, ready
from broadsheet.mediabank.renditions import Rendition
from broadsheet.press.pages import public_page

SHOWN_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{24}\.(jpg|png)", re.ASCII)
FILM_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{24}\.(mp4|webm)", re.ASCII)
CAPTIONS_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{24}\.vtt", re.ASCII)
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}
FILM_TYPES = {"mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt; charset=utf-8"}
HERE = "/mediabank/"
FOR_EVER, FOR_THE_NEWSROOM = "public, max-age=31536000, immutable", "private, max-age=3600"


@edition_page
def front(request: HttpRequest, edition: EditionValue) -> HttpResponse:
    """The pictures that the edition's readers see, those that came in last first."""
    try:
        before = request.GET.get("before", "")  # bytes that are no text are a ValueError, too
        page = newest_pictures(edition.id, edition.language, before)
    except ValueError:
        raise Http404 from None
    return render_page(
        edition,
        "mediabank/front.jinja",
        title=f"{_('Mediabank')} – {edition.name}",
        description=_("Every picture with its creator, its licence and the stories in which it stands."),
        path=f"{HERE}?before={before}" if before else HERE,
        alternates=() if before else editions_as_alternates(HERE),
        page=page,
    )


@edition_page
def picture_page(request: HttpRequest, edition: EditionValue, picture_id: int, slug: str) -> HttpResponse:
    """A picture with its rights and the stories in which it stands; only pictures that readers see have a page."""
    found = pictures((picture_id,), edition.language)
    if not found or not is_public(picture_id):
        raise Http404
    picture = found[0]
    if picture.slug != slug:
        return HttpResponsePermanentRedirect(edition.path(picture.address))
    # What cannot be marked as of another language (a title, a description) says nothing in another language.
    caption, alt = (text.text if not text.lang else "" for text in (picture.caption, picture.alt))
    title = caption or alt or f"{_('Picture')} {picture.id}"
    return render_page(
        edition,
        "mediabank/picture.jinja",
        title=title,
        description=alt or _("A picture with its creator, its licence and the stories in which it stands."),
        path=picture.address,
        alternates=editions_as_alternates(picture.address),
        picture=picture,
        uses=public_uses(picture_id, edition.id),
    )


@public_page
def shown_file(request: HttpRequest, name: str) -> HttpResponse:
    """A picture's file as readers get it: while a published story shows it."""
    if not SHOWN_NAME.fullmatch(name) or not file_is_public(f"pictures/{name}"):
        raise Http404
    return _shown(name, FOR_EVER)


@require_safe
def look_of_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The way from a picture's number, which a form holds, to its file; the desk lets nobody else come here."""
    picture = access_picture(request.user, pk, "desk.enter")
    return HttpResponseRedirect(newsroom_address(str(picture.shown.name)), headers={"Cache-Control": "no-store"})


def newsroom_address(shown: str) -> str:
    """Where the desk gets a picture's file."""
    return "/desk/" + shown.replace("pictures/", "pictures/files/", 1)


@require_safe
def newsroom_file(request: HttpRequest, name: str) -> HttpResponse:
    """A picture's file as the desk shows it, before any reader may see it; the desk lets nobody else come here."""
    return _shown(name, FOR_THE_NEWSROOM)


@public_page
def rendition(request: HttpRequest, rendition: str) -> HttpResponse:
    """A picture's file in one width and format, as readers get it: while a published story shows the picture."""
    return _rendition(rendition_for_readers(rendition), FOR_EVER, "/media/pictures/")


@require_safe
def newsroom_rendition(request: HttpRequest, rendition: str) -> HttpResponse:
    """The same as previews show it, before any reader may see it; the desk lets nobody else come here."""
    return _rendition(rendition_for_the_newsroom(rendition), FOR_THE_NEWSROOM, "/desk/pictures/files/")


@public_page
def film_file(request: HttpRequest, name: str) -> HttpResponse:
    """A film's file as readers get it, whole or in part: while a published story shows it."""
    if not FILM_NAME.fullmatch(name) or not film_file_is_public(f"films/{name}"):
        raise Http404
    return _film_file(request, f"films/{name}", FOR_EVER)


@require_safe
def newsroom_film(request: HttpRequest, name: str) -> HttpResponse:
    """The same as the desk plays it, before any reader may see it; the desk lets nobody else come here."""
    if not FILM_NAME.fullmatch(name):
        raise Http404
    return _film_file(request, f"films/{name}", FOR_THE_NEWSROOM)


@public_page
def captions_file(request: HttpRequest, captions: str) -> HttpResponse:
    """A film's captions as readers get them: while a published story shows the film."""
    if not CAPTIONS_NAME.fullmatch(captions) or not captions_file_is_public(f"captions/{captions}"):
        raise Http404
    return _film_file(request, f"captions/{captions}", FOR_EVER)


@require_safe
def newsroom_captions(request: HttpRequest, captions: str) -> HttpResponse:
    """The same before any reader may see them; the desk lets nobody else come here."""
    if not CAPTIONS_NAME.fullmatch(captions):
        raise Http404
    return _film_file(request, f"captions/{captions}", FOR_THE_NEWSROOM)


FOR_PREVIEWS = (
    (b"/media/pictures/", b"/desk/pictures/files/"),
    (b"/media/renditions/", b"/desk/pictures/files/renditions/"),
    (b"/media/films/", b"/desk/films/files/"),
    (b"/media/captions/", b"/desk/films/captions/"),
)


def for_the_newsroom(page: bytes) -> bytes:
    """A page with the files of pictures and films at the addresses where the newsroom gets them: for previews."""
    for public, there in FOR_PREVIEWS:
        page = page.replace(public, there)
    return page


def _film_file(request: HttpRequest, name: str, kept: str) -> HttpResponse:
    path = Path(settings.MEDIA_ROOT) / name
    try:
        return ranges.answer(request, path, FILM_TYPES[path.suffix[1:]], kept)
    except FileNotFoundError:
        raise Http404 from None


def _shown(name: str, kept: str) -> HttpResponse:
    if not SHOWN_NAME.fullmatch(name):
        raise Http404
    return _file(Path(settings.MEDIA_ROOT) / "pictures" / name, kept)


def _rendition(found: Rendition | None, kept: str, files: str) -> HttpResponse:
    if found is None:
        raise Http404
    instead = f"{files}{found.source.shown.removeprefix('pictures/')}"
    try:
        return _file(ready(found), kept)
    except (FileNotFoundError, Refused):
        raise Http404 from None  # the original went in this moment, or was damaged
    except Busy:
        # Nobody is left without the picture: the shown file is there from the beginning, only larger.
        return HttpResponseRedirect(instead, headers={"Cache-Control": "no-store"})


def _file(path: Path, kept: str) -> HttpResponse:
    """The bytes; `kept` says by whom and how long. The name holds a hash, so that what is behind it never changes."""
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=CONTENT_TYPES[path.suffix[1:]])
    response.headers["Cache-Control"] = kept
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]
