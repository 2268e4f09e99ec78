"""The newsroom's own words, and links with what became of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.editions.words import LANGUAGES


class Word(models.Model):
    """A word that is right in this newsroom, though no dictionary has it."""

    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    word = models.CharField(_("word"), max_length=60)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "word"], name="proofreading_word_once"),
            models.CheckConstraint(condition=~Q(word=""), name="proofreading_word_filled"),
        ]

    def __str__(self) -> str:
        return self.word


class Trouble(models.TextChoices):
    """What can be wrong with a link; each a half sentence that follows its address."""

    NOT_FOUND = "not-found", _("there is no such page any more")
    REFUSES = "refuses", _("the site answers with an error")
    NO_HOST = "no-host", _("there is no such site")
    NO_ANSWER = "no-answer", _("the site does not answer")
    CERTIFICATE = "certificate", _("the site's certificate is not in order")
    LOOP = "loop", _("the site sends its visitors in a circle")
    NOT_PUBLIC = "not-public", _("it leads into a network that readers cannot reach")


class Link(models.Model):
    """An address that a story links to, and what was found there last."""

    hash = models.CharField(max_length=64, unique=True)
    """The SHA-256 of the address: an index over whole addresses would be as large as they are."""
    address = models.TextField()
    asked_at = models.DateTimeField()
    """When a visit was last asked for, at most once a day."""
    checked_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    """What the site answered, where it did."""
    trouble = models.CharField(max_length=12, blank=True, choices=Trouble.choices)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(trouble="") | Q(trouble__in=Trouble.values), name="proofreading_link_trouble_known"
            ),
        ]

    def __str__(self) -> str:
        return self.address
