"""Reads of persons, each with its keys."""

from dataclasses import dataclass
from typing import Any

from broadsheet.editions.names import Localized, choose
from broadsheet.people.models import Person, PersonText, PersonUse
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import keyed

KEYS = declare(
    Key("person:{id}", on=Person, columns=("slug", "writes")),
    Key("person:{person_id}", on=PersonText, columns=("language", "name", "role", "biography")),
    Key("person:{person_id}:uses", on=PersonUse, columns=("is_public",)),
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
    rows = Person.objects.filter(pk__in=ids).values_list(
        "pk", "slug", "writes", "texts__language", "texts__name", "texts__role", "texts__biography"
    )
    by_id: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_id.setdefault(row[0], []).append(row)
    return tuple(_value(by_id[person_id], language) for person_id in ids if person_id in by_id)


@keyed(lambda person_id: [f"person:{person_id}:uses"])
def is_public(person_id: int) -> bool:
    """Whether readers hear of the person anywhere: only then has it a page of its own."""
    return PersonUse.objects.filter(person_id=person_id, is_public=True).exists()


def _value(rows: list[tuple[Any, ...]], language: str) -> PersonValue:
    """A person from its rows, one for each language in which there is a text."""
    person_id, slug, writes = rows[0][:3]
    return PersonValue(
        id=person_id,
        slug=slug,
        name=choose({row[3]: row[4] for row in rows if row[3]}, language) or Localized(slug),
        role=choose({row[3]: row[5] for row in rows if row[3]}, language),
        biography=choose({row[3]: row[6] for row in rows if row[3]}, language),
        writes=writes,
    )
