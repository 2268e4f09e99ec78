"""Every write on persons."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person as Who
from broadsheet.editions.access import require_right
from broadsheet.foundation.refusals import Refused
from broadsheet.people.access import access_person
from broadsheet.people.indexing import set_person_in_index
from broadsheet.people.models import Person, PersonUse


@transaction.atomic
def add_person(by: Who, person: Person, *, form: Any = None) -> Person:
    """Enter a person."""
    require_right(by, "person.edit")
    return _save(by, person, form, "wagtail.create")


@transaction.atomic
def save_person(by: Who, person: Person, *, form: Any = None) -> Person:
    """Save a person's names, roles and biographies."""
    access_person(by, person.pk, "person.edit")
    return _save(by, person, form, "wagtail.edit")


@transaction.atomic
def delete_person(by: Who, person_id: int) -> None:
    """Delete a person who neither writes nor speaks anywhere."""
    person = access_person(by, person_id, "person.edit")
    if person.uses.exists():
        raise Refused(
            "person.used", _("The person writes or speaks in a story and is not deleted."), _("Nothing was changed.")
        )
    log(instance=person, action="wagtail.delete", user=by if isinstance(by, User) else None, deleted=True)
    person.delete()
    set_person_in_index(person_id)


def set_person_uses(*, used_by: str, used_by_id: int, public: set[int], drafted: set[int]) -> None:
    """Record where persons write and speak; called by the rooms above within their own transaction.

    `public` are those of whom readers hear there: only who is heard of anywhere has a page of their own.
    """
    there = PersonUse.objects.filter(used_by=used_by, used_by_id=used_by_id)
    known = dict(there.values_list("person_id", "is_public"))
    wanted = public | drafted
    if new := wanted - known.keys():
        wanted -= new - set(Person.objects.filter(pk__in=new).values_list("pk", flat=True))
    if gone := known.keys() - wanted:
        there.filter(person_id__in=gone).delete()
    # Mostly nothing has changed: an editor saves by itself every second.
    changed = [person_id for person_id in sorted(wanted) if known.get(person_id) != (person_id in public)]
    for person_id in changed:
        PersonUse.objects.update_or_create(
            person_id=person_id,
            used_by=used_by,
            used_by_id=used_by_id,
            defaults={"is_public": person_id in public},
        )


def _save(by: Who, person: Person, form: Any, action: str) -> Person:
    if form is not None:
        form.instance = person
        person = form.save()
    else:
        person.save()
    set_person_in_index(person.pk)
    log(instance=person, action=action, user=by if isinstance(by, User) else None, content_changed=True)
    return person
