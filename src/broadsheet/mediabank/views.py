"""A picture's page, and the files that pages show."""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.editions.pages import edition_page, editions_as_alternates, render_page
from broadsheet.editions.reads import EditionValue
from broadsheet.mediabank.reads import file_is_public, is_public, pictures, public_uses
from broadsheet.press.pages import public_page

SHOWN_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{24}\.(jpg|png)", re.ASCII)


@edition_page
def picture_page(request: HttpRequest, edition: EditionValue, picture_id: int, slug: str) -> HttpResponse:
    """A picture with its rights and the stories in which it stands; only pictures that readers see have a page."""
    found = pictures((picture_id,), edition.language)
    if not found or not is_public(picture_id):
        raise Http404
    picture = found[0]
    if picture.slug != slug:
        return HttpResponsePermanentRedirect(edition.path(picture.address))
    title = picture.caption.text or picture.alt.text or _("Picture")
    return render_page(
        edition,
        "mediabank/picture.jinja",
        title=title,
        description=picture.alt.text,
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
    return _file(name, "public, max-age=31536000, immutable")


@require_safe
def newsroom_file(request: HttpRequest, name: str) -> HttpResponse:
    """A picture's file as the desk shows it, before any reader may see it; the desk lets nobody else come here."""
    return _file(name, "private, max-age=3600")


def for_the_newsroom(page: bytes) -> bytes:
    """A page with its pictures' files at the addresses where the newsroom gets them: for previews."""
    return page.replace(b"/media/pictures/", b"/desk/pictures/files/")


def _file(name: str, kept: str) -> HttpResponse:
    """The bytes; `kept` says by whom and how long. The name is a hash of them, so that they never change."""
    path = Path(settings.MEDIA_ROOT) / "pictures" / name
    if not SHOWN_NAME.fullmatch(name) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=mimetypes.guess_type(name)[0])
    response.headers["Cache-Control"] = kept
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]
