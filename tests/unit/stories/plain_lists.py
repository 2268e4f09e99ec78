"""The lists of the site as plain queries over stories give them, to compare with those that are kept."""

from collections import defaultdict

from broadsheet.people.models import PersonUse
from broadsheet.stories.models import KIND_NUMBERS, Kind, Listing, ListingCount, Story

Place = tuple[str, int, int]


def plain_lists() -> dict[Place, list[int]]:
    """(kind, id, edition) -> the published stories that belong there, newest first."""
    lists: dict[Place, list[int]] = defaultdict(list)
    for story in Story.objects.filter(live=True, state="published").order_by("-published_at", "-pk"):
        sections = {story.section_id, *story.further_sections.values_list("pk", flat=True)}
        topics = set(story.topics.values_list("pk", flat=True))
        writers = set(story.bylines.values_list("person_id", flat=True))
        lists["edition", story.edition_id, story.edition_id].append(story.pk)
        lists["kind", KIND_NUMBERS[Kind(story.kind)], story.edition_id].append(story.pk)
        uses = PersonUse.objects.filter(used_by="story", used_by_id=story.pk, is_public=True)
        people = writers | set(uses.values_list("person_id", flat=True))
        for kind, ids in (("section", sections), ("topic", topics), ("person", people)):
            for list_id in ids:
                lists[kind, list_id, story.edition_id].append(story.pk)
    return dict(lists)


def kept_lists() -> dict[Place, list[int]]:
    """The same, as the listing table has it."""
    lists: dict[Place, list[int]] = defaultdict(list)
    for row in Listing.objects.order_by("-published_at", "-story_id"):
        lists[row.list_kind, row.list_id, row.edition_id].append(row.story_id)
    return dict(lists)


def kept_counts() -> dict[Place, int]:
    """How many stories each list has, as it is kept; those that have none are left out."""
    rows = ListingCount.objects.filter(stories__gt=0)
    return {(row.list_kind, row.list_id, row.edition_id): row.stories for row in rows}
