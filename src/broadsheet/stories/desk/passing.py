"""The page between "Publish" and the readers, where a story has warnings: they are seen, and passed or mended."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Revision

from broadsheet.editions.reads import all_editions
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import actions
from broadsheet.stories.access import access_story
from broadsheet.stories.checks.passing import NOT_PASSED, findings_of
from broadsheet.stories.desk.before_publishing import as_rows
from broadsheet.stories.models import State, Story


class WarningsOfStory(WagtailAdminTemplateMixin, View):
    """The warnings of a saved revision, with "Publish anyway" and the way back to the text."""

    template_name = "stories/desk/warnings.html"
    page_title = gettext_lazy("Before publishing")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, pk: int, revision_id: int) -> HttpResponseBase:
        self.story = access_story(request.user, pk, "story.publish")
        revision = self.story.revisions.filter(pk=revision_id).first() if revision_id < 2**63 else None
        if revision is None:
            raise Http404
        self.revision: Revision = revision
        return super().dispatch(request, pk, revision_id)

    def get(self, request: HttpRequest, pk: int, revision_id: int) -> HttpResponseBase:
        version = self.story.with_content_json(self.revision.content)
        found = findings_of(version)
        if any(finding.weight == "error" for finding in found):
            return HttpResponseRedirect(_edit(self.story))
        rows = as_rows(found, version)
        for row in rows:
            row["href"] = _edit(self.story) + row["href"]
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(
                headline=str(version),
                saved=_("The text is saved as a draft. Readers do not see it yet."),
                rows=rows,
                codes=list(dict.fromkeys(finding.code for finding in found)),
                seen=_mark(self.revision),
                back=_edit(self.story),
                back_words=_("Back to the text"),
                publish_words=_("Publish anyway"),
                nothing=_("Nothing to mend."),
                publish_now=_("Publish"),
            )
        )
        return response

    def post(self, request: HttpRequest, pk: int, revision_id: int) -> HttpResponse:
        """Publish what was seen, with the warnings that stood there passed."""
        here = request.path
        if request.POST.get("seen") != _mark(self.revision):
            messages.warning(request, _("The text was changed meanwhile. This is what stands in it now."))
            return HttpResponseRedirect(here)
        try:
            passed = frozenset(request.POST.getlist("passed"))
            actions.publish_revision(request.user, self.revision, passed=passed)
        except Refused as refusal:
            if refusal.code == NOT_PASSED:
                return HttpResponseRedirect(here)
            messages.error(request, str(refusal))
            return HttpResponseRedirect(_edit(self.story))
        self._say_what_was_done()
        return HttpResponseRedirect(reverse("wagtailsnippets_stories_story:list"))

    def _say_what_was_done(self) -> None:
        story = self.story
        story.refresh_from_db()
        is_out = story.state == State.PUBLISHED and story.live_revision_id == self.revision.pk
        sentence = _("“%(headline)s” is published.") if is_out else _("“%(headline)s” is scheduled.")
        messages.success(self.request, sentence % {"headline": story.headline}, buttons=ways_to_see(story))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailsnippets_stories_story:list"), "label": Story._meta.verbose_name_plural},
            {"url": _edit(self.story), "label": str(self.story.get_latest_revision_as_object())},
            {"url": "", "label": self.page_title},
        ]


def ways_to_see(story: Story) -> list[Any]:
    """The button under the line that says what was published: to the story as readers see it."""
    if not story.live:
        return []
    edition = next(edition for edition in all_editions() if edition.id == story.edition_id)
    return [messages.button(edition.canonical(story.address), _("See it on the site"))]


def page_of_warnings(revision: Revision) -> str:
    """Where the warnings of a revision are seen and passed."""
    return reverse("story_warnings", args=[int(revision.object_id), revision.pk])


def passing_urls() -> list[URLPattern]:
    """The page's address, for the hook `register_admin_urls`."""
    view = WarningsOfStory.as_view()
    return [path("stories/<int:pk>/before-publishing/<int:revision_id>/", view, name="story_warnings")]


def _edit(story: Story) -> str:
    return reverse("wagtailsnippets_stories_story:edit", args=[story.pk])


def _mark(revision: Revision) -> str:
    """Changes with each autosave that overwrites the revision."""
    return str(revision.created_at.isoformat())
