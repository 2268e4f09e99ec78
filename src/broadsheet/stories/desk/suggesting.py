"""Stories by a word of their headline, for a field of the desk in which one types."""

from typing import Any

from django.urls import URLPattern, path, reverse

from broadsheet.editions.access import Person
from broadsheet.editions.reads import all_editions
from broadsheet.editions.typed import FoundByTyping
from broadsheet.foundation.clock import now
from broadsheet.index.reads import search
from broadsheet.stories.access import may, visible_to
from broadsheet.stories.indexing import KIND
from broadsheet.stories.models import Story

NEWEST = 400
"""Stories whose headlines are looked at letter by letter; older ones are found in the index, by whole words."""
LIMIT = 8


class FoundStories(FoundByTyping):
    """The newest stories with what was typed in their headline, of those that whoever asks may read."""

    def found(self, person: Person, typed: str) -> list[dict[str, Any]]:
        return [_row(story, person) for story in stories_with(person, typed)]


def stories_with(person: Person, typed: str) -> list[Story]:
    """At most eight stories with words that begin as each word that was typed: the newest, then what the index has."""
    words = typed.casefold().split()
    if not words:
        return []
    visible = Story.objects.filter(visible_to(person, now())).order_by("-id")
    newest = visible.values_list("pk", "headline")[:NEWEST]
    ids = [pk for pk, headline in newest if _begins(headline.casefold(), words)][:LIMIT]
    if len(ids) < LIMIT:
        ids += [pk for pk in _in_index(typed) if pk not in ids]
    found = {story.pk: story for story in visible.filter(pk__in=ids).select_related("edition", "section")}
    return [found[pk] for pk in ids if pk in found][:LIMIT]


def _begins(headline: str, words: list[str]) -> bool:
    there = [word.lstrip("“”«»„\"'(—–-") for word in headline.split()]
    return all(any(one.startswith(word) for one in there) for word in words)


def _in_index(typed: str) -> list[int]:
    pages = [search(typed, kind=KIND, edition_id=edition.id, limit=LIMIT) for edition in all_editions()]
    return [hit.id for page in pages for hit in page.hits]


def _row(story: Story, person: Person) -> dict[str, str]:
    edit = reverse(Story.snippet_viewset.get_url_name("edit"), args=[story.pk])
    address = edit if may(person, "story.edit", story) else ""
    about = " · ".join(filter(None, (str(story.section or ""), story.edition.name, str(story.get_state_display()))))
    return {"id": str(story.pk), "string": str(story), "edit_url": address, "about": about}


def suggesting_urls() -> list[URLPattern]:
    """The address of these suggestions."""
    return [path("stories/found/", FoundStories.as_view(), name="found-stories")]
