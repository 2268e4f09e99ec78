"""Two topics become one: asked with numbers first, because it is not undone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from broadsheet.editions.access import access_topic, has_right
from broadsheet.editions.models import Edition, Topic
from broadsheet.foundation.refusals import Refused
from broadsheet.stories.actions import merge_topics
from broadsheet.stories.models import ListingCount, ListKind

RIGHT = "topic.edit"
TOPICS = "wagtailsnippets_editions_topic:list"


class MergeTopic(WagtailAdminTemplateMixin, View):
    """Asks into which topic one is merged, says what that means in numbers, and begins it."""

    header_icon = "tag"
    page_title = gettext_lazy("Merge two topics")
    template_name = "stories/desk/merge_topic.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        return [*items, {"url": reverse_lazy(TOPICS), "label": _("Topics")}, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, topic_id: int) -> HttpResponseBase:
        topic = access_topic(request.user, topic_id, RIGHT)
        return self._answer(topic, self._chosen(request.GET.get("into", "")))

    def post(self, request: HttpRequest, topic_id: int) -> HttpResponseBase:
        topic = access_topic(request.user, topic_id, RIGHT)
        into = self._chosen(request.POST.get("into", ""))
        if into is None:
            return self._answer(topic, None)
        try:
            merge_topics(request.user, topic.pk, into.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._answer(topic, None)
        words = _("“%(topic)s” is being merged into “%(into)s”. A topic with many stories takes some minutes.")
        messages.success(request, words % {"topic": topic, "into": into})
        return HttpResponseRedirect(reverse(TOPICS))

    def _chosen(self, text: str) -> Topic | None:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
        return access_topic(self.request.user, number, RIGHT) if number else None

    def _answer(self, topic: Topic, into: Topic | None) -> HttpResponseBase:
        others = Topic.objects.filter(merging_into=None).prefetch_related("names")
        choices = [(one.pk, str(one)) for one in others if one != topic]
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(
                topic=topic,
                into=into,
                choices=sorted(choices, key=lambda pair: pair[1].casefold()),
                says=_numbers(topic, into) if into else [],
                words={
                    "question": _("Into which topic is “%(topic)s” merged?") % {"topic": topic},
                    "on": _("Go on"),
                    "go": _("Merge them"),
                    "back": _("Back to the topics"),
                },
            )
        )
        return response


def merge_button(thing: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """The way from a topic in the list to its merging, for the hook `register_snippet_listing_buttons`."""
    if not isinstance(thing, Topic) or not has_right(user, RIGHT):
        return []
    return [
        Button(_("Merge into another topic"), reverse("merge-topic", args=[thing.pk]), icon_name="tag", priority=25)
    ]


def _numbers(topic: Topic, into: Topic) -> list[str]:
    """What the merging means, in sentences."""
    says = []
    counts = ListingCount.objects.filter(list_kind=ListKind.TOPIC, list_id=topic.pk)
    stories = dict(counts.values_list("edition_id", "stories"))
    for edition in Edition.objects.all():
        count = stories.get(edition.pk, 0)
        words = ngettext(
            "%(edition)s: %(count)s published story gets “%(into)s” instead of “%(topic)s”.",
            "%(edition)s: %(count)s published stories get “%(into)s” instead of “%(topic)s”.",
            count,
        )
        says.append(words % {"edition": edition.name, "count": count, "into": into, "topic": topic})
    return [
        *says,
        _("Stories that are not published get it, too."),
        _("The address /topics/%(old)s/ leads to /topics/%(new)s/ from then on, in every edition.")
        % {"old": topic.slug, "new": into.slug},
        _("The name and the description of “%(topic)s” are deleted. This cannot be undone.") % {"topic": topic},
    ]
