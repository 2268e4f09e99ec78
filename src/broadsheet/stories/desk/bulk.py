"""Work on many stories at once: each goes through the same action as one alone, and a report says what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from time import sleep
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.design.words import as_moment
from broadsheet.editions.access import Person, access_section, access_topic, has_right
from broadsheet.editions.models import Topic
from broadsheet.editions.reads import all_sections
from broadsheet.foundation.refusals import Refused
from broadsheet.stories import actions
from broadsheet.stories.access import access_story
from broadsheet.stories.models import Story
from broadsheet.stories.worklist import readable_among

MOST = 100
"""Stories in one go."""
PAUSE = 0.01
"""Seconds between two stories, in which others can write."""


@dataclass(frozen=True)
class Job:
    """What can be done with ticked stories: the right it needs, what it asks for, and how it is done with one.

    `run` says in a sentence what it did, or raises Refused.
    """

    word: Promise | str
    right: str
    run: Callable[[Person, Story, str], str]
    asks: str = ""
    is_serious: bool = False


def _latest_of(by: Person, story: Story, right: str) -> Any:
    """The latest version of a story; one of an archive, which has none, gets its first."""
    kept = access_story(by, story.pk, right)
    return kept.latest_revision or actions.save_story(by, kept)


def _publish(by: Person, story: Story, _value: str) -> str:
    kept = access_story(by, story.pk, "story.publish")
    if kept.live and not kept.has_unpublished_changes:
        raise Refused("bulk.nothing", _("Nothing is to be published: readers see the latest version."))
    actions.publish_revision(by, _latest_of(by, kept, "story.publish"), passed=frozenset())
    kept.refresh_from_db()
    due = kept.latest_revision.approved_go_live_at if kept.latest_revision else None
    if due:
        moment = as_moment(due, (translation.get_language() or "en")[:2], kept.edition.zone)
        return _("Goes out at %(moment)s (%(zone)s).") % {"moment": moment, "zone": kept.edition.zone}
    return _("Published.")


def _withdraw(by: Person, story: Story, _value: str) -> str:
    actions.withdraw_story(by, story.pk)
    return _("Withdrawn: readers no longer see it.")


def _unschedule(by: Person, story: Story, _value: str) -> str:
    kept = access_story(by, story.pk, "story.publish")
    if not kept.revisions.filter(approved_go_live_at__isnull=False).exists():
        raise Refused("bulk.unscheduled", _("It is not scheduled."))
    actions.unschedule_story(by, story.pk)
    return _("The schedule is taken back.")


def _move(by: Person, story: Story, value: str) -> str:
    section = access_section(by, int(value), "story.write")

    def change(draft: Story) -> bool:
        moves: bool = draft.section_id != section.pk
        draft.section = section
        return moves

    return _changed(by, story, change, _("It stands in this section already."))


def _add_topic(by: Person, story: Story, value: str) -> str:
    topic = access_topic(by, int(value), "desk.enter")

    def change(draft: Story) -> bool:
        topics = list(draft.topics.all())
        draft.topics = [*topics, topic]
        return topic not in topics

    return _changed(by, story, change, _("It has this topic already."))


def _changed(by: Person, story: Story, change: Callable[[Story], bool], already: str) -> str:
    """Save the change as a new version, and publish it where readers see the story and nothing else waits in it."""
    kept = access_story(by, story.pk, "story.edit")
    readers_see_all = kept.live and not kept.has_unpublished_changes
    draft = kept.get_latest_revision_as_object()
    if not change(draft):
        raise Refused("bulk.already", already)
    revision = actions.save_story(by, draft)
    if not kept.live:
        return _("Done.")
    if not readers_see_all:
        return _("Saved as a draft: other changes wait in it, too. Publish it, and readers see them all.")
    try:
        actions.publish_revision(by, revision)  # its words are those that readers see already
    except (Refused, Http404) as refusal:
        return _("Saved as a draft, but not published: %(reason)s") % {"reason": refusal}
    return _("Done, and readers see it.")


def _delete(by: Person, story: Story, _value: str) -> str:
    actions.delete_story(by, story.pk)
    return _("Deleted.")


JOBS: dict[str, Job] = {
    "publish": Job(gettext_lazy("Publish"), "story.publish", _publish),
    "withdraw": Job(gettext_lazy("Withdraw"), "story.withdraw", _withdraw, is_serious=True),
    "unschedule": Job(gettext_lazy("Take the schedule back"), "story.publish", _unschedule),
    "move": Job(gettext_lazy("Move to a section"), "story.write", _move, asks="section"),
    "topic": Job(gettext_lazy("Add a topic"), "story.write", _add_topic, asks="topic"),
    "delete": Job(gettext_lazy("Delete"), "story.write", _delete, is_serious=True),
}


def offered_to(who: Person) -> list[tuple[str, str]]:
    """Name and word of what a person may do with some story at least."""
    return [(name, str(job.word)) for name, job in JOBS.items() if has_right(who, job.right)]


@dataclass(frozen=True)
class Outcome:
    """What came of the work on one story."""

    headline: str
    url: str
    is_done: bool
    sentence: str


def work_through(by: Person, job: Job, stories: list[Story], value: str) -> list[Outcome]:
    """Do the job with one story after the other; what is refused stops none of the others."""
    outcomes = []
    for story in stories:
        url = reverse("wagtailsnippets_stories_story:edit", args=[story.pk])
        try:
            outcomes.append(Outcome(str(story), url, True, job.run(by, story, value)))
        except Refused as refusal:
            outcomes.append(Outcome(str(story), url, False, str(refusal)))
        except Http404:
            outcomes.append(Outcome(str(story), url, False, _("Your role does not allow this.")))
        sleep(PAUSE)
    return outcomes


class WorkOnStories(WagtailAdminTemplateMixin, View):
    """Asks what is to be done with the ticked stories, does it, and reports on each."""

    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        return [
            *items,
            {"url": reverse_lazy("wagtailsnippets_stories_story:list"), "label": _("Stories")},
            {"url": "", "label": self.page_title},
        ]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        name = request.POST.get("job", "")
        job = JOBS.get(name)
        self.page_title = str(job.word) if job else _("Stories")
        stories = self._ticked(request)
        language = (translation.get_language() or "en")[:2]
        choices = _choices(job.asks, language) if job else []
        value = request.POST.get("value", "")
        trouble = _trouble(request.user, job, stories, len(request.POST.getlist("id")))
        if job and not trouble and "go" in request.POST and (not job.asks or value in dict(choices)):
            return self._report(work_through(request.user, job, stories, value))
        self.template_name = "stories/desk/bulk.html"
        question = {"section": _("To which section?"), "topic": _("Which topic?")}
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(
                trouble=trouble,
                name=name,
                stories=[{"id": story.pk, "headline": str(story)} for story in stories],
                question=question.get(job.asks, "") if job else "",
                choices=choices,
                go=self.page_title,
                back=_back(request),
                is_serious=bool(job and job.is_serious),
                words={"back": _("Back to the list")},
            )
        )
        return response

    def _ticked(self, request: HttpRequest) -> list[Story]:
        """The ticked stories of which the person may know, in the order of the list."""
        ids = [int(one) for one in request.POST.getlist("id") if one.isascii() and one.isdigit() and len(one) < 19]
        return readable_among(request.user, ids[:MOST])

    def _report(self, outcomes: list[Outcome]) -> HttpResponseBase:
        done = sum(one.is_done for one in outcomes)
        self.template_name = "stories/desk/report.html"
        summary = _("%(done)s of %(all)s done.") % {"done": done, "all": len(outcomes)}
        response: HttpResponseBase = self.render_to_response(
            self.get_context_data(
                outcomes=outcomes,
                summary=summary,
                all_done=done == len(outcomes),
                back=_back(self.request),
                words={"back": _("Back to the list"), "done": _("done"), "not_done": _("not done"),
                       "headline": _("Headline"), "outcome": _("What came of it")},
            )
        )  # fmt: skip
        return response


def _trouble(who: Person, job: Job | None, stories: list[Story], ticked: int) -> str:
    if job is None:
        return _("Choose what is to be done with the ticked stories.")
    if not has_right(who, job.right):
        return _("Your role does not allow this.")
    if not stories:
        return _("No story is ticked.")
    if ticked > MOST:
        return _("At most %(most)s stories at once. Nothing was changed.") % {"most": MOST}
    return ""


def _choices(asks: str, language: str) -> list[tuple[str, str]]:
    if asks == "section":
        return [(str(section.id), section.name.text) for section in all_sections(language)]
    if asks == "topic":
        topics = [(str(topic.pk), str(topic)) for topic in Topic.objects.prefetch_related("names")]
        return sorted(topics, key=lambda pair: pair[1].casefold())
    return []


def _back(request: HttpRequest) -> str:
    """The list as it was; never an address elsewhere."""
    home = reverse("wagtailsnippets_stories_story:list")
    back = request.POST.get("back", "")
    return back if back.startswith(home) else home
