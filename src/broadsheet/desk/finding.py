"""Finding things at the desk by words of their names: stories, persons, pictures, topics; quick, and only what one may
read."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from broadsheet.accounts.models import User
from broadsheet.desk.first_lists import HEAVY
from broadsheet.desk.notice_words import headline_of, path_of
from broadsheet.editions.access import has_right
from broadsheet.editions.models import Topic, TopicName
from broadsheet.editions.reads import all_editions
from broadsheet.foundation.clock import now
from broadsheet.index.reads import search
from broadsheet.mediabank.models import Picture
from broadsheet.people.models import Person, PersonText
from broadsheet.stories.access import may, visible_to
from broadsheet.stories.indexing import KIND
from broadsheet.stories.models import Story

SHOWN = 6
"""Things of a sort that are shown."""
CHANGED_LAST = 300
"""Stories whose headlines are looked through: those that were changed last; older published ones are in the index."""
NEWEST = 2_000
"""Names of other things that are looked through, from the newest."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class FoundThing:
    """Something with a name, what is said beside it, and where it is on the desk."""

    name: str
    hint: str
    url: str


def words_in(text: str) -> list[str]:
    """What was typed, as words to look for."""
    return WORD.findall(text.casefold())


def holds(name: str, words: Iterable[str]) -> bool:
    """Whether each of the words begins one of the name's."""
    have = words_in(name)
    return all(any(one.startswith(word) for one in have) for word in words)


def stories_found(person: User, text: str) -> list[FoundThing]:
    """Stories that the person may read, by words of the headline that they may read; the last changed first.

    The one place in which the desk looks for stories by a word: where drafts are in an index, ask it here.
    """
    words = words_in(text)
    readable = Story.objects.filter(visible_to(person, now())).select_related("edition", "latest_revision")
    readable = readable.defer(*HEAVY)
    found: dict[int, Story] = {}
    for story in readable.order_by("-latest_revision")[:CHANGED_LAST]:
        if holds(_headline_for(person, story), words):
            found[story.pk] = story
    if len(found) < SHOWN:
        ids = [pk for pk in _ids_in_index(text) if pk not in found]
        older = {story.pk: story for story in readable.filter(pk__in=ids)}
        found |= {pk: older[pk] for pk in ids if pk in older and holds(_headline_for(person, older[pk]), words)}
    return [_as_found(person, story) for story in list(found.values())[:SHOWN]]


def _headline_for(person: User, story: Story) -> str:
    """The headline as it is being worked on, for those who may read that; for others the one that readers see."""
    return headline_of(story) if may(person, "story.read", story) else str(story)


def _ids_in_index(text: str) -> list[int]:
    return [hit.id for one in all_editions() for hit in search(text, kind=KIND, edition_id=one.id, limit=SHOWN).hits]


def _as_found(person: User, story: Story) -> FoundThing:
    if may(person, "story.read", story):
        url = path_of(story, person)
    else:
        edition = next(one for one in all_editions() if one.id == story.edition_id)
        url = edition.canonical(story.address)
    hint = f"{story.edition.short_name or story.edition.name} · {story.get_state_display()}"
    return FoundThing(_headline_for(person, story), hint, url)


def persons_found(person: User, text: str) -> list[FoundThing]:
    """Persons by a word of a name, whichever language it is in."""
    rows = PersonText.objects.order_by("-pk").values_list("person_id", "name", "role")
    return _by_name(rows[:NEWEST], text, _way(person, Person, "person.edit"))


def pictures_found(person: User, text: str) -> list[FoundThing]:
    """Pictures by a word of their title."""
    rows = Picture.objects.order_by("-pk").values_list("pk", "title", "creator")
    return _by_name(rows[:NEWEST], text, _way(person, Picture, "picture.edit"))


def topics_found(person: User, text: str) -> list[FoundThing]:
    """Topics by a word of a name, for those who may change them: others have no page of theirs on the desk."""
    if not has_right(person, "topic.edit"):
        return []
    rows = TopicName.objects.order_by("-pk").values_list("topic_id", "name", "topic__slug")
    return _by_name(rows[:NEWEST], text, _way(person, Topic, "topic.edit"))


def _by_name(rows: Iterable[tuple[int, str, str]], text: str, way: Callable[[int, str], str]) -> list[FoundThing]:
    words = words_in(text)
    found: dict[int, FoundThing] = {}
    for pk, name, hint in rows:
        if pk not in found and holds(name, words):
            found[pk] = FoundThing(name, hint, way(pk, name))
        if len(found) == SHOWN:
            break
    return list(found.values())


def _way(person: User, model: type[Model], right: str) -> Callable[[int, str], str]:
    """Where a thing is on the desk: its form, or, for those who may only look, the list with its name."""
    base = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"
    if has_right(person, right):
        return lambda pk, name: reverse(f"{base}:edit", args=[pk])
    return lambda pk, name: f"{reverse(f'{base}:list')}?{urlencode({'q': name})}"


Finder = Callable[[User, str], list[FoundThing]]


def finders() -> list[tuple[str, Finder]]:
    """What is looked for, in the order in which it is shown: the name of the sort, and who finds it."""
    return [
        (_("Stories"), stories_found),
        (_("People"), persons_found),
        (_("Pictures"), pictures_found),
        (_("Topics"), topics_found),
    ]
