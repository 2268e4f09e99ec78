"""Reads of persons, each with its keys."""

from dataclasses import dataclass

from broadsheet.editions.names import Localized, choose
from broadsheet.people.models import Person, PersonText
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed

KEYS = declare(
    Key("person:{id}", on=Person, columns=("slug", "writes")),
    Key("person:{person_id}", on=PersonText, columns=("language", "name", "role", "biography")),
)


@dataclass(frozen=True)
class PersonValue:
    """A person in a page's language."""

    id: int
    slug: str
    name: Localized
    role: Localized
    biography: Localized
    writes: bool

    @property
    def address(self) -> str:
        return f"/people/{self.slug}/"

    @property
    def initials(self) -> str:
        """At most two letters that stand for a portrait where there is none."""
        words = [word for word in self.name.text.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@keyed(lambda ids, language: [f"person:{person_id}" for person_id in ids])
def persons(ids: tuple[int, ...], language: str) -> tuple[PersonValue, ...]:
    """The persons with these ids in a language, in the order of the ids; unknown ids are left out."""
    if not ids:
        return ()
    found = {
        person.pk: PersonValue(
            id=person.pk,
            slug=person.slug,
            name=choose({row.language: row.name for row in rows}, language) or Localized(person.slug),
            role=choose({row.language: row.role for row in rows}, language),
            biography=choose({row.language: row.biography for row in rows}, language),
            writes=person.writes,
        )
        for person in Person.objects.filter(pk__in=ids).prefetch_related("texts")
        for rows in [person.texts.all()]
    }
    return tuple(found[person_id] for person_id in ids if person_id in found)
