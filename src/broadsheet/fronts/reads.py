"""Which list an address of a front names, each with its keys."""

from broadsheet.editions.models import Topic
from broadsheet.editions.reads import SectionValue, TopicValue, all_sections, topics
from broadsheet.people.models import Person
from broadsheet.people.reads import PersonValue, persons
from broadsheet.press.keys import Key, declare
from broadsheet.press.render import reading

KEYS = declare(Key("person-at:{slug}", on=Person, columns=("slug",)))


def section_at(slug: str, language: str) -> SectionValue | None:
    """The section with this slug."""
    return next((section for section in all_sections(language) if section.slug == slug), None)


def topic_at(slug: str, language: str) -> TopicValue | None:
    """The topic with this slug."""
    with reading("topics"):
        found = Topic.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return topics((found,), language)[0] if found else None


def person_at(slug: str, language: str) -> PersonValue | None:
    """The person with this slug."""
    with reading(f"person-at:{slug}"):
        found = Person.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return persons((found,), language)[0] if found else None
