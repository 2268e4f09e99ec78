"""The listing table and its kept counts: which lists a story stands in."""

from django.db.models import F

from broadsheet.stories import slots
from broadsheet.stories.models import KIND_NUMBERS, Kind, Listing, ListingCount, ListKind, Story
from broadsheet.stories.segments import references_of

Place = tuple[str, int]


def places_of(story: Story) -> set[Place]:
    """The lists that a published story stands in: its edition, kind, sections, topics, and whoever writes or speaks."""
    sections = {section.pk for section in story.further_sections.all()}
    sections.add(story.section_id)
    people = {byline.person_id for byline in story.bylines.all()} | references_of(story.body_segments)["people"]
    return {
        (ListKind.EDITION, story.edition_id),
        (ListKind.KIND, KIND_NUMBERS[Kind(story.kind)]),
        *((ListKind.SECTION, section) for section in sections),
        *((ListKind.TOPIC, topic.pk) for topic in story.topics.all()),
        *((ListKind.PERSON, person) for person in people),
    }


def set_listings(story: Story, places: set[Place]) -> None:
    """Make the story stand in exactly these lists, keep their counts, and let the rooms above keep theirs."""
    assert story.published_at is not None or not places
    rows = {(row.list_kind, row.list_id): row for row in Listing.objects.filter(story=story)}
    for place in rows.keys() - places:
        rows[place].delete()
        _count(story, place, -1)
    for place in sorted(places - rows.keys()):
        Listing.objects.create(
            list_kind=place[0],
            list_id=place[1],
            edition_id=story.edition_id,
            story=story,
            published_at=story.published_at,  # type: ignore[misc]
        )
        _count(story, place, +1)
    for list_it in slots.LISTED:
        list_it(story)


def _count(story: Story, place: Place, change: int) -> None:
    which = {"list_kind": place[0], "list_id": place[1], "edition_id": story.edition_id}
    ListingCount.objects.get_or_create(**which)
    ListingCount.objects.filter(**which).update(stories=F("stories") + change)
