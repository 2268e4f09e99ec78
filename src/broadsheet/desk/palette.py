"""The command palette: what one may do at the desk, and what there is, found by typing a few letters."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.menu import MenuItem, admin_menu
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.desk.finding import FoundThing, finders, holds, words_in
from broadsheet.editions.access import has_right

LONGEST = 100
"""Letters of what was typed that are read."""
NAME = "palette"


class Palette(WagtailAdminTemplateMixin, View):
    """What was asked for, in groups: as a page, and as JSON for the window that Ctrl-K opens."""

    http_method_names = ("get",)
    template_name = "desk/palette.html"
    page_title = gettext_lazy("Find or do")
    header_icon = "search"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        text = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
        groups = groups_for(request, text)
        if request.GET.get("as") == "json":
            return JsonResponse({"groups": groups}, headers={"Cache-Control": "no-store"})
        context = self.get_context_data(groups=groups, text=text, words=palette_words())
        response: HttpResponseBase = self.render_to_response(context)
        return response


def groups_for(request: HttpRequest, text: str) -> list[dict[str, Any]]:
    """What may be done and what is found; groups with nothing in them are left out."""
    words = words_in(text)
    actions = [one for one in _actions(request) if holds(one.name, words)]
    found: list[tuple[str, list[FoundThing]]] = [(_("Go to"), actions)]
    if words:
        person: Any = request.user
        found += [(name, finder(person, text)) for name, finder in finders()]
    return [{"name": name, "items": [asdict(one) for one in items]} for name, items in found if items]


def _actions(request: HttpRequest) -> list[FoundThing]:
    """What the person may begin, and each entry of their menu."""
    person = request.user
    writes = has_right(person, "story.write")
    own = [
        (_("New story"), "wagtailsnippets_stories_story:add", "", writes),
        (_("New brief"), "wagtailsnippets_newsfeed_brief:add", "", has_right(person, "brief.publish")),
        (_("My drafts"), "wagtailadmin_home", "#desk-drafts", writes),
        (_("Deleted drafts"), "deleted-stories", "", writes or has_right(person, "story.restore")),
        (_("First screen"), "wagtailadmin_home", "", True),
    ]
    first = [FoundThing(name, "", reverse(view) + place) for name, view, place, is_theirs in own if is_theirs]
    entries = sorted(admin_menu.menu_items_for_request(request), key=lambda entry: entry.order)
    menu = [FoundThing(str(one.label), "", str(one.url)) for one in entries if one.name != NAME and one.url != "#"]
    return [*first, *menu]


def palette_words() -> dict[str, str]:
    """The words of the window, in the language of whoever works there."""
    return {
        "title": _("Find or do"),
        "label": _("A command, or a word of a headline, name or title"),
        "none": _("Nothing is called that."),
        "here": _("On this page"),
        "one": _("%s result"),
        "many": _("%s results"),
        "failed": _("The desk does not answer. Try again in a moment."),
        "close": _("Close"),
        "save": _("Save"),
        "publish": _("Publish"),
        "preview": _("Preview"),
        "find": _("Find"),
        "url": reverse("palette"),
    }


def palette_menu_item() -> MenuItem:
    """The button for it, at the top of the menu; without scripts it leads to the page."""
    return MenuItem(
        gettext_lazy("Find or do"),
        reverse_lazy("palette"),
        name=NAME,
        icon_name="search",
        attrs={"data-palette-open": "", "aria-keyshortcuts": "Control+K Meta+K"},
        order=1,
    )


def palette_urls() -> list[URLPattern]:
    """The address of the palette, for the hook `register_admin_urls`."""
    return [path("palette/", Palette.as_view(), name="palette")]
