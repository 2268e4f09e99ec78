"""Persons: those who write and those who are quoted, in one table; and where they are used."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from broadsheet.editions.models import slug_validator
from broadsheet.editions.words import LANGUAGES


class Person(ClusterableModel):
    """Somebody who writes, speaks, or both."""

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    slug = models.CharField(_("slug"), max_length=80, unique=True, validators=[slug_validator])
    writes = models.BooleanField(_("writes for the newsroom"), default=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("slug",)
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="people_person_has_slug")]

    def __str__(self) -> str:
        texts: Any = self.texts
        names = [text.name for text in texts.all()]
        return " / ".join(names) or self.slug


class PersonText(models.Model):
    """A person's name, role and biography in one language."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=200, blank=True)
    biography = models.TextField(_("biography"), blank=True)

    class Meta:
        ordering = ("language",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "language"], name="people_text_once"),
            models.CheckConstraint(condition=~Q(name=""), name="people_text_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonWord(models.Model):
    """A word of a person's names, in small Latin letters, by whose beginning the person is found on the desk."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "person"], name="people_word_once")]


class PersonUse(models.Model):
    """A place where a person speaks or writes: filled by the rooms above, so that a deletion knows of it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="uses")
    used_by = models.CharField(max_length=20)
    used_by_id = models.BigIntegerField()
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "used_by", "used_by_id"], name="people_use_once")
        ]
        indexes: ClassVar = [models.Index(fields=["used_by", "used_by_id"], name="people_use_by")]
