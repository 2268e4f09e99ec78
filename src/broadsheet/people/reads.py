"""Reads of persons, each with its keys."""

from dataclasses import dataclass
from typing import Any

from broadsheet.editions.names import Localized, choose
from broadsheet.people.models import Person, PersonText, PersonUse
from broadsheet.press.keys import Key, declare
from broadsheet.press.prepared import Prepared
from broadsheet.press.render import keyed

KEYS = declare(
    Key("person:{id}", on=Person, columns=("slug", "writes")),
    Key("person:{person_id}", on=PersonText, columns=("language", "name", "role", "biography")),
    Key("person:{person_id}:uses", on=PersonUse, columns=("is_public",)),
)
COLUMNS = (
    "pk", "slug", "writes", "texts__language", "texts__name", "texts__role", "texts__biography",
)  # fmt: skip
_persons = Prepared(lambda ids: Person.objects.filter(pk__in=ids).order_by().values_list(*COLUMNS))


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


@keyed(lambda ids, language: [f"person:{person_id}" for person_id in ids])
def persons(ids: tuple[int, ...], language: str) -> tuple[PersonValue, ...]:
    """The persons with these ids in a language, in the order of the ids; unknown ids are left out."""
    if not ids:
        return ()
    gathered: dict[int, list[tuple[Any, ...]]] = {}
    for row in _persons(ids):
        gathered.setdefault(row[0], []).append(row)
    return tuple(_value(gathered[person_id], language) for person_id in ids if person_id in gathered)


@keyed(lambda person_id: [f"person:{person_id}:uses"])
def is_public(person_id: int) -> bool:
    """Whether readers hear of the person anywhere: only then has it a page of its own."""
    return PersonUse.objects.filter(person_id=person_id, is_public=True).exists()


def _value(rows: list[tuple[Any, ...]], language: str) -> PersonValue:
    """A person from its rows, one for each language in which there is a text."""
    person_id, slug, writes = rows[0][:3]
    names, roles, biographies = ({row[3]: row[place] for row in rows if row[3]} for place in (4, 5, 6))
    return PersonValue(
        id=person_id,
        slug=slug,
        name=choose(names, language) or Localized(slug),
        role=choose(roles, language),
        biography=choose(biographies, language),
        writes=writes,
    )
