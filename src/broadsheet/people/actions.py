"""Every write on persons."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.editions.access import Person as Who
from broadsheet.editions.access import require_right
from broadsheet.editions.versions import lock_unchanged
from broadsheet.foundation.refusals import Refused
from broadsheet.foundation.slugs import to_slug
from broadsheet.people.access import access_person
from broadsheet.people.finding import free_slug, words_of
from broadsheet.people.indexing import set_person_in_index
from broadsheet.people.models import Person, PersonText, PersonUse, PersonWord

LONGEST_NAME, LONGEST_ROLE = 120, 200


@transaction.atomic
def add_person(by: Who, person: Person, *, form: Any = None) -> Person:
    """Enter a person."""
    require_right(by, "person.add")
    return _save(by, person, form, "wagtail.create")


@transaction.atomic
def add_person_called(by: Who, name: str, *, role: str = "", language: str) -> Person:
    """Enter a person of whom only the name and perhaps the role are known yet; refused where there is no name."""
    require_right(by, "person.add")
    name, role = " ".join(name.split()), " ".join(role.split())
    if not to_slug(name):
        raise Refused("person.nameless", _("Type the person's name."), _("Nothing was added."))
    if len(name) > LONGEST_NAME or len(role) > LONGEST_ROLE:
        raise Refused("person.long", _("The name or the role is too long."), _("Nothing was added."))
    person = Person(slug=free_slug(name))
    person.texts = [PersonText(language=language, name=name, role=role)]
    return add_person(by, person)


@transaction.atomic
def save_person(by: Who, person: Person, *, form: Any = None, version: str | None = None) -> Person:
    """Save a person's names, roles and biographies; what was changed after `version` is not overwritten."""
    lock_unchanged(access_person(by, person.pk, "person.edit"), version, by=by)
    return _save(by, person, form, "wagtail.edit")


@transaction.atomic
def delete_person(by: Who, person_id: int, *, version: str | None = None) -> None:
    """Delete a person who neither writes nor speaks anywhere."""
    person = access_person(by, person_id, "person.edit")
    lock_unchanged(person, version, by=by)
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
    _note_words(person)
    log(instance=person, action=action, user=by if isinstance(by, User) else None, content_changed=True)
    return person


def _note_words(person: Person) -> None:
    """Let the person be found by the words of the names that it has now."""
    texts = PersonText.objects.filter(person=person).values_list("name", flat=True)
    words = words_of(*texts)
    PersonWord.objects.filter(person=person).exclude(word__in=words).delete()
    PersonWord.objects.bulk_create([PersonWord(person=person, word=word) for word in words], ignore_conflicts=True)
