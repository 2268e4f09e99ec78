"""Who may change the steps of stories, whom a story can be handed to, and the only way from an id to such things."""

from django.http import Http404

from broadsheet.accounts.models import User, UserKind
from broadsheet.desk.models import Notice
from broadsheet.editions.access import Given, Person, access_section, require_right, roles_of
from broadsheet.editions.models import Assignment, Section
from broadsheet.stories.access import may
from broadsheet.stories.models import Story

RIGHT = "steps.arrange"


def access_steps(person: Person, section_id: int | None) -> Section | None:
    """The section whose steps the person may change, or None for the list of all; else Refused, or Http404."""
    if section_id is None:
        require_right(person, RIGHT)
        return None
    return access_section(person, section_id, RIGHT)


def access_notice(person: Person, notice_id: int) -> Notice:
    """A notice to this person; Http404 for anybody else's."""
    notice = Notice.objects.filter(pk=notice_id, person_id=person.pk).first() if person.pk else None
    if notice is None:
        raise Http404
    return notice


def staff_who_read(story: Story) -> list[User]:
    """Those who work here and may read the story, by name; their roles are read in one query."""
    people = {person.pk: person for person in User.objects.filter(kind=UserKind.STAFF, is_active=True)}
    given: dict[int, list[Given]] = {pk: [] for pk in people}
    rows = Assignment.objects.filter(user__in=people).values_list("user_id", "role", "edition_id", "section_id")
    for pk, role, edition, section in rows:
        given[pk].append(Given(role, edition, section))  # type: ignore[arg-type]
    for pk, person in people.items():
        person._roles = tuple(given[pk])  # type: ignore[attr-defined]
    readers = [person for person in people.values() if may(person, "story.read", story)]
    return sorted(readers, key=lambda person: str(person).casefold())


def holds_role(person: User, role: str, story: Story) -> bool:
    """Whether a person was given a role where the story stands."""
    return any(one.role == role and one.covers(story.edition_id, story.section_ids) for one in roles_of(person))
