"""The story's page, and its preview on the desk."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from broadsheet.editions.pages import Alternate, edition_page, render_page
from broadsheet.editions.reads import EditionValue, all_editions
from broadsheet.mediabank.views import for_the_newsroom
from broadsheet.stories import slots
from broadsheet.stories.models import Story
from broadsheet.stories.named import bylines_of, topics_of
from broadsheet.stories.reads import moved_story_at, public_address, story_at, story_page, story_value
from broadsheet.stories.segments import to_segments
from broadsheet.stories.values import StoryRow, StoryValue


class Gone(Exception):
    """There was a story at this address, and it was withdrawn."""


@edition_page
def story(
    request: HttpRequest, edition: EditionValue, section: str, year: str, month: str, day: str, slug: str
) -> HttpResponse:
    """A story at its address; a story that moved is redirected to; one that was withdrawn is gone (410)."""
    _refuse_no_day(year, month, day)
    return story_or_redirect(edition, f"/{section}/{year}/{month}/{day}/{slug}/")


def story_or_redirect(edition: EditionValue, path: str) -> HttpResponse:
    """The page of the story at a path within the edition, or the way to it; Http404 or Gone where there is none."""
    value = story_page(edition, path)
    if value is None:
        return _redirect_to_moved(edition, path)
    if value.address != path:
        return HttpResponsePermanentRedirect(edition.path(value.address))
    return _page(edition, value)


def _redirect_to_moved(edition: EditionValue, path: str) -> HttpResponse:
    """The way to a story that stands under another section; Gone where there was one here, Http404 else."""
    story_id = story_at(edition.id, path)
    if story_id is not None and public_address(story_id) is None:
        raise Gone
    moved_to = moved_story_at(edition, path)
    if moved_to is None:
        raise Http404
    return HttpResponsePermanentRedirect(edition.path(moved_to))


def preview_page(request: HttpRequest, story: Story) -> HttpResponse:
    """The page as it would be if this version were published now; for the desk only."""
    edition = next((edition for edition in all_editions() if edition.id == story.edition_id), None)
    if edition is None:
        return HttpResponse(_("Choose an edition, and the preview appears."))
    with translation.override(edition.language):
        value = story_value(edition, _row_of(story))
        response = _page(edition, value, preview=True)
    response.content = for_the_newsroom(response.content)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _row_of(version: Story) -> StoryRow:
    """The row that this version would have if it were published now."""
    columns = {name: getattr(version, name) for name in StoryRow._fields}
    named = {"byline_ids": bylines_of(version), "topic_ids": topics_of(version)}
    segments = to_segments(list(version.body.get_prep_value()))
    return StoryRow(**columns | named | {"id": version.pk or 0, "body_segments": segments})


def _page(edition: EditionValue, value: StoryValue, *, preview: bool = False) -> HttpResponse:
    here = Alternate(edition.language, edition.short_name, edition.canonical(value.address))
    others = tuple(Alternate(other.language, other.edition_name, other.address) for other in value.counterparts)
    head_parts = Markup("\n").join(part(edition, value) for part in slots.HEAD) if not preview else Markup()
    return render_page(
        edition,
        "stories/story.jinja",
        title=value.headline or _("Story without a headline"),
        description=value.standfirst,
        path=value.address,
        alternates=(here, *others) if others else (),
        story=value,
        recent=value.recent,
        next_story=value.next,
        head_parts=head_parts,
        beside=Markup("\n").join(part(edition, value) for part in slots.BESIDE),
        preview=preview,
    )


def _refuse_no_day(year: str, month: str, day: str) -> None:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
