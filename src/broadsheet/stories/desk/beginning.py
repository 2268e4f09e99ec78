"""What a new story says before anybody has typed: what its writer wrote for last, and the writer's own name."""

from typing import Any

from broadsheet.editions.access import Person, has_right
from broadsheet.editions.models import Edition
from broadsheet.people.finding import writer_called
from broadsheet.stories.models import Byline, Story


def blank_story(person: Person) -> Story:
    """A story of the edition and section for which the person wrote last, if they still may; under their own name."""
    last = Story.objects.filter(begun_by_id=person.pk).select_related("section").order_by("-id").first()
    story = _where_last(person, last) or _of_first_edition(person)
    story.bylines = own_bylines(person)
    return story


def own_bylines(person: Person) -> list[Byline]:
    """A byline of the one who writes under the account's own name; none where nobody does."""
    writer = writer_called(getattr(person, "name", ""))
    return [Byline(person=writer, sort_order=0)] if writer else []


def _where_last(person: Person, last: Story | None) -> Story | None:
    if last is None or not has_right(person, "story.write", edition_id=last.edition_id):
        return None
    may = has_right(person, "story.write", edition_id=last.edition_id, section_ids=last.section_ids)
    fields: dict[str, Any] = {"section_id": last.section_id} if may else {}
    return Story(edition_id=last.edition_id, **fields)


def _of_first_edition(person: Person) -> Story:
    editions = [item for item in Edition.objects.all() if has_right(person, "story.write", edition_id=item.pk)]
    return Story(edition=editions[0]) if editions else Story()
