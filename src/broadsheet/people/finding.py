"""Finds persons by how the words of their names begin, in whichever language and script they are written."""

import itertools

from django.db.models import QuerySet

from broadsheet.editions.names import choose
from broadsheet.foundation.slugs import to_slug
from broadsheet.people.models import Person, PersonText, PersonWord

LONGEST = 80
MOST_WORDS = 6
MOST_OF_A_WORD = 200
"""Persons looked at for the longest word that was typed."""
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
NEXT = dict(itertools.pairwise(LETTERS))


def words_of(*names: str) -> set[str]:
    """The words by which a person of these names is found: in small Latin letters, so that both scripts find both."""
    return {word[:LONGEST] for name in names for word in to_slug(name).split("-") if word}


def found_as(typed: str, language: str, limit: int = 8) -> list[tuple[int, str, str]]:
    """Id, name and role of persons of whom a word begins with each word that was typed; in order of their names."""
    words = sorted(words_of(typed), key=len, reverse=True)[:MOST_WORDS]
    if not words:
        return []
    ids = set(_beginning_with(words[0]).values_list("person_id", flat=True)[:MOST_OF_A_WORD])
    for word in words[1:]:
        ids = set(_beginning_with(word).filter(person_id__in=ids).values_list("person_id", flat=True))
    return sorted(_shown(ids, language), key=lambda row: row[1].casefold())[:limit]


def writer_called(name: str) -> Person | None:
    """The one who writes for the newsroom under just this name; None where there is none, or there are several."""
    words = words_of(name)
    if not words:
        return None
    ids = PersonWord.objects.filter(word=max(words, key=len)).values_list("person_id", flat=True)[:MOST_OF_A_WORD]
    found = list(Person.objects.filter(pk__in=list(ids), writes=True, texts__name__iexact=name).distinct()[:2])
    return found[0] if len(found) == 1 else None


def free_slug(name: str) -> str:
    """A slug for a person of this name that no other has."""
    base = to_slug(name)[:70] or "person"
    candidates = [base, *(f"{base}-{number}" for number in range(2, 100))]
    taken = set(Person.objects.filter(slug__in=candidates).values_list("slug", flat=True))
    return next(candidate for candidate in candidates if candidate not in taken)


def _beginning_with(word: str) -> QuerySet[PersonWord]:
    """A range of the index: no pattern, which only one of the two engines would look up there."""
    rows = PersonWord.objects.filter(word__gte=word)
    stem = word.rstrip("z")
    return rows.filter(word__lt=stem[:-1] + NEXT[stem[-1]]) if stem else rows


def _shown(ids: set[int], language: str) -> list[tuple[int, str, str]]:
    names: dict[int, dict[str, str]] = {}
    roles: dict[int, dict[str, str]] = {}
    texts = PersonText.objects.filter(person_id__in=ids)
    for person_id, code, name, role in texts.values_list("person_id", "language", "name", "role"):
        names.setdefault(person_id, {})[code] = name
        roles.setdefault(person_id, {})[code] = role
    return [(pk, str(choose(names[pk], language)), str(choose(roles[pk], language))) for pk in names]
