"""The only way from an id to a person."""

from django.http import Http404

from broadsheet.editions.access import Person as Who
from broadsheet.editions.access import require_right
from broadsheet.people.models import Person


def access_person(who: Who, person_id: int, right: str) -> Person:
    """The person, if `who` holds the right on people; else Refused, or Http404 where there is none."""
    person: Person | None = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404
    require_right(who, right)
    return person
