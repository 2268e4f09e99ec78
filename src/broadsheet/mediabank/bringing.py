"""A picture that comes in from where one writes: dropped, pasted or taken, with the few words that its rights need."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.base import View

from broadsheet.editions.access import has_right
from broadsheet.editions.words import LANGUAGES
from broadsheet.foundation.refusals import Refused
from broadsheet.mediabank.actions import add_picture
from broadsheet.mediabank.models import Picture, PictureText

FIELDS = ("title", "creator", "agency", "licence")


class BringPicture(View):
    """Adds a picture to the mediabank; the answer is what a field shows as chosen, or a sentence for each mistake."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        file = request.FILES.get("file")
        if file is None:
            return _wrong([_("No picture has arrived. Choose it again.")])
        picture = Picture(original=file, **{name: _typed(request, name) for name in FIELDS})
        text = PictureText(language=_language(request), alt=_typed(request, "alt"))
        sentences = _mistakes(picture, text)
        if sentences:
            return _wrong(sentences)
        picture.texts = [text]
        try:
            picture = add_picture(request.user, picture)
        except Refused as refusal:
            return _wrong([str(refusal)], 403 if refusal.code == "forbidden" else 409)
        edit = reverse(Picture.snippet_viewset.get_url_name("edit"), args=[picture.pk])
        may_edit = has_right(request.user, "picture.edit")
        chosen = {"id": str(picture.pk), "string": str(picture), "edit_url": edit if may_edit else ""}
        return JsonResponse(chosen)


def _mistakes(picture: Picture, text: PictureText) -> list[str]:
    sentences = [] if text.alt else [_("Say what is seen, for those who cannot see it.")]
    for thing, left_out in ((picture, {"shown", "slug"}), (text, {"picture", "alt"} if not text.alt else {"picture"})):
        try:
            thing.clean_fields(exclude=left_out)
        except ValidationError as error:
            for name, said in error.message_dict.items():
                label: Any = thing._meta.get_field(name)
                sentences += [f"{str(label.verbose_name).capitalize()}: {sentence}" for sentence in said]
    return sentences


def _wrong(sentences: list[str], status: int = 409) -> JsonResponse:
    return JsonResponse({"sentences": sentences}, status=status)


def _typed(request: HttpRequest, name: str) -> str:
    return " ".join(request.POST.get(name, "").replace("\0", "").split())


def _language(request: HttpRequest) -> str:
    code = request.POST.get("language", "")
    return code if code in dict(LANGUAGES) else "en"
