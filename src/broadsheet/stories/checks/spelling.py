"""Spelling, in the language of the story's edition: dictionaries, the newsroom's own words, and the names it knows."""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from broadsheet.editions.models import Edition, SectionName, TopicName
from broadsheet.foundation.clock import now
from broadsheet.people.models import PersonText
from broadsheet.proofreading.reads import newsroom_words
from broadsheet.proofreading.spelling import unknown_words
from broadsheet.stories.checks.findings import Finding, Version

MOST_WORDS = 30
"""Words that are named; a text with more is in another language, or none at all."""
KEPT_FOR = timedelta(minutes=5)
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def words_are_spelt(version: Version) -> Iterator[Finding]:
    """Every word is in a dictionary, among the newsroom's own words, or a name."""
    found = unknown_words([text.words for text in version.texts], version.language)
    if not any(found):
        return
    # Only now: most versions on the way have no such word, and the names need not be read for them.
    known = newsroom_words(version.language) | names_known(version.language)
    found = unknown_words([text.words for text in version.texts], version.language, known)
    named = [(word, text.place) for text, words in zip(version.texts, found, strict=True) for word in words]
    for word, place in named[:MOST_WORDS]:
        sentence = _("“%(word)s” is in no dictionary.") % {"word": word}
        fix = _("Correct it, or add it to the newsroom's words.")
        yield Finding("spelling", "warning", sentence, fix, place, word)


_kept: dict[str, tuple[object, object, frozenset[str]]] = {}


def names_known(language: str) -> frozenset[str]:
    """The words in the names of people, topics, sections and editions.

    They are kept for a few minutes, and read anew when one was added.
    """
    moment, newest = now(), _newest()
    kept = _kept.get(language)
    if kept is None or kept[0] != newest or not moment - KEPT_FOR < kept[1] <= moment:  # type: ignore[operator]
        kept = _kept[language] = (newest, moment, frozenset(_read_names(language)))
    return kept[2]


def _newest() -> tuple[int | None, ...]:
    models = (PersonText, TopicName, SectionName, Edition)
    return tuple(model._default_manager.aggregate(newest=Max("pk"))["newest"] for model in models)


def _read_names(language: str) -> set[str]:
    names = [
        *PersonText.objects.filter(language=language).values_list("name", flat=True),
        *TopicName.objects.filter(language=language).values_list("name", flat=True),
        *SectionName.objects.filter(language=language).values_list("name", flat=True),
        *Edition.objects.filter(language=language).values_list("name", flat=True),
    ]
    return {word for name in names for word in LETTERS.findall(name)}
