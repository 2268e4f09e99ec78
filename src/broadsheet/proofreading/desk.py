"""The newsroom's words on the desk: what there is, a word added, a word removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.editions.access import has_right, require_right
from broadsheet.editions.words import LANGUAGES
from broadsheet.foundation.refusals import Refused
from broadsheet.proofreading.actions import add_word, remove_word
from broadsheet.proofreading.models import Word
from broadsheet.proofreading.reads import newest_words
from broadsheet.proofreading.spelling import DICTIONARIES

RIGHT = "story.edit"


class Words(WagtailAdminTemplateMixin, View):
    """The newsroom's own words, the newest first, and the form for another."""

    template_name = "proofreading/desk/words.html"
    page_title = gettext_lazy("The newsroom's words")
    header_icon = "draft"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_right(request.user, RIGHT)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        words, older = newest_words(_number(request.GET.get("before")))
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(
                words=[_row(word) for word in words],
                older=f"{reverse('words')}?before={older}" if older else "",
                typed=request.GET.get("word", "")[:60],
                language=request.GET.get("language", ""),
                languages=[(code, name) for code, name in LANGUAGES if code in DICTIONARIES],
                says=_says(),
            )
        )
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            word = add_word(request.user, request.POST.get("language", ""), request.POST.get("word", ""))
        except Refused as refusal:
            return self.say(request, str(refusal), done=False)
        return self.say(request, _("“%(word)s” is one of the newsroom's words now.") % {"word": word.word}, done=True)

    def say(self, request: HttpRequest, sentence: str, *, done: bool) -> HttpResponse:
        """The sentence above the page, or alone for a script."""
        if not request.accepts("text/html"):
            return JsonResponse({"sentence": sentence}, status=200 if done else 409)
        messages.add_message(request, messages.SUCCESS if done else messages.ERROR, sentence)
        return HttpResponseRedirect(reverse("words"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class RemoveWord(View):
    """Takes a word away again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, word_id: int) -> HttpResponse:
        remove_word(request.user, word_id)
        messages.success(request, _("The word was removed."))
        return HttpResponseRedirect(reverse("words"))


class WordsMenuItem(MenuItem):
    """The way to the words; shown to those who may add some."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_right(request.user, RIGHT)


def menu_item() -> MenuItem:
    """The entry of the menu, for the hook `register_admin_menu_item`."""
    return WordsMenuItem(gettext_lazy("Words"), reverse_lazy("words"), name="words", icon_name="draft", order=440)


SHEETS = ("proofreading/desk/words.css",)


def desk_urls() -> list[URLPattern]:
    """The words' addresses, for the hook `register_admin_urls`."""
    return [
        path("words/", Words.as_view(), name="words"),
        path("words/<int:word_id>/remove/", RemoveWord.as_view(), name="remove_word"),
    ]


def _says() -> dict[str, str]:
    return {
        "why": _(
            "Words that no dictionary has and that are right here: names of places, words of a trade, of a dialect."
        ),
        "word": _("Word"),
        "language": _("Language"),
        "add": _("Add"),
        "remove": _("Remove"),
        "nothing": _("None yet."),
        "older": _("Older words"),
    }


def _row(word: Word) -> dict[str, Any]:
    return {
        "word": word.word,
        "language": word.get_language_display(),
        "remove": reverse("remove_word", args=[word.pk]),
        "label": _("Remove “%(word)s”") % {"word": word.word},
    }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
