"""Two texts of one story, word by word, with a choice for each difference: what stands, and what was set aside."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.editions.times import desk_moment, in_zone
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.access import access_aside, access_story
from broadsheet.stories.actions import settle_aside
from broadsheet.stories.models import Aside, Story
from broadsheet.stories.seen import Seen
from broadsheet.stories.versions.merging import MINE, ORDER, THEIRS, Difference, differences, order_differs
from broadsheet.stories.versions.names import names_for

LONGEST_CHOICES = 5_000
"""Choices that are read of a form; a text has fewer blocks."""


class TwoTexts(WagtailAdminTemplateMixin, View):
    """The text that was set aside beside the one that stands; what is chosen becomes the story's newest draft."""

    template_name = "stories/desk/two_texts.html"
    page_title = gettext_lazy("Two texts of one story")
    header_icon = "copy"

    def get(self, request: HttpRequest, aside_id: int) -> HttpResponseBase:
        aside = access_aside(request.user, aside_id)
        story = access_story(request.user, aside.story_id, "story.edit")
        with in_zone(story.edition.zone):
            context = self._texts(aside, story, request)
        response: HttpResponseBase = self.render_to_response(context)
        return response

    def _texts(self, aside: Aside, story: Story, request: HttpRequest) -> dict[str, Any]:
        latest = story.latest_revision
        found = differences(latest.content, aside.content, aside.base, names_for(request.user))
        context: dict[str, Any] = self.get_context_data(
            story=story,
            edit_url=_editor(aside),
            seen=Seen.of(story),
            they=_by(latest.user, latest.created_at, request.user),
            mine=_by(aside.by, aside.kept_at, request.user),
            rows=[_row(one) for one in found],
            order=ORDER if order_differs(latest.content, aside.content) else "",
            is_settled=aside.settled_at is not None,
            words=_words(found, is_one=latest.user_id == aside.by_id),
        )
        return context

    def post(self, request: HttpRequest, aside_id: int) -> HttpResponseBase:
        aside = access_aside(request.user, aside_id)
        seen = Seen.in_form(request.POST) or Seen()
        try:
            settle_aside(request.user, aside_id, choices=_choices(request), seen=seen)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
        messages.success(request, _("Saved as you chose. Both texts can be read in the story's history."))
        return HttpResponseRedirect(_editor(aside))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items()]
        items.append({"url": reverse("wagtailsnippets_stories_story:list"), "label": _("Stories")})
        return [*items, {"url": "", "label": self.page_title}]


def aside_urls() -> list[URLPattern]:
    """The address of a text that was set aside."""
    return [path("stories/texts/<id:aside_id>/", TwoTexts.as_view(), name="two-texts")]


def _editor(aside: Aside) -> str:
    return reverse("wagtailsnippets_stories_story:edit", args=[aside.story_id])


def _choices(request: HttpRequest) -> dict[str, str]:
    sent = list(request.POST.items())
    if len(sent) > LONGEST_CHOICES:
        raise Http404
    prefix = "choice:"
    return {
        key.removeprefix(prefix): str(side) for key, side in sent if key.startswith(prefix) and side in (MINE, THEIRS)
    }


def _by(who: Any, when: Any, reader: Any) -> str:
    at = desk_moment(when)
    if who is not None and who.pk == reader.pk:
        return _("You, %(at)s") % {"at": at}
    return f"{who}, {at}" if who is not None else at


def _row(one: Difference) -> dict[str, Any]:
    return {
        "key": f"choice:{one.key}",
        "label": one.label,
        "runs": one.runs,
        "form_only": one.is_in_form_only,
        "theirs_lacks": one.theirs is None,
        "mine_lacks": one.mine is None,
        "theirs": one.suggested == THEIRS,
        # Where both were changed nothing is lost by default: who chooses nothing keeps their own words.
        "mine": one.suggested != THEIRS,
        "both": not one.suggested,
    }


def _words(found: list[Difference], *, is_one: bool) -> dict[str, str]:
    """What is said on the page; `is_one` where both texts are one person's, from two windows."""
    clear = sum(1 for one in found if one.suggested)
    return {
        "now": _("Stands now:"),
        "aside": _("Set aside:"),
        "how": _("Struck words are only in the text that stands now, underlined ones only in the one set aside."),
        "none": _("The two texts say the same. Nothing has to be chosen."),
        "clear": (_("What was changed in one of them alone is chosen already. Look at the rest.") if clear else ""),
        "theirs": _("What stands now") if is_one else _("Their words"),
        "mine": _("What was set aside") if is_one else _("My words"),
        "leave": _("Leave it out"),
        "take": _("Keep it"),
        "form": _("The words are the same; links or type differ."),
        "both": _("This was changed in both.") if is_one else _("Both of you changed this."),
        "order": _("Order of the paragraphs"),
        "their_order": _("Their order"),
        "my_order": _("My order"),
        "save": _("Save what I chose"),
        "back": _("Back to the story"),
        "settled": _("This was settled already. You can choose once more."),
    }
