"""What of persons is in the index, so that the desk finds them by their names and roles in any language."""

from broadsheet.index import actions as index
from broadsheet.index.places import moment_of_id
from broadsheet.index.sources import Source, declare
from broadsheet.index.values import NewEntry
from broadsheet.people.models import Person, PersonText

KIND = "person"


def set_person_in_index(person_id: int) -> None:
    """Let the desk find a person as they are now, or no more if they are gone."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        index.remove(KIND, person_id)
        return
    texts = list(PersonText.objects.filter(person=person))
    index.put(
        NewEntry(
            kind=KIND,
            id=person_id,
            edition_id=0,
            section_id=0,
            language="",
            published_at=moment_of_id(person_id),
            title=" ".join(text.name for text in texts),
            standfirst=person.slug,
            text=" ".join(text.role for text in texts),
            keeps_text=False,
            apart=KIND,
        )
    )


declare(
    Source(kind=KIND, wanted=lambda: set(Person.objects.values_list("pk", flat=True)), put_anew=set_person_in_index)
)
