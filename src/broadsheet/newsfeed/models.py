"""Briefs, and the listing table of the newsfeed: one row for each story and brief that readers see."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from broadsheet.editions.models import Edition, Section
from broadsheet.mediabank.models import Picture
from broadsheet.stories.models import Story

LONGEST = 400


class Brief(models.Model):
    """An item of the newsfeed without a story: a fact in a few sentences, published as it is written."""

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField(
        _("brief"), max_length=LONGEST, help_text=_("What happened, in at most 400 characters. Readers see it at once.")
    )
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")
        ordering = ("-id",)
        indexes: ClassVar = [
            models.Index(fields=["edition", "-published_at", "-id"], name="newsfeed_brief_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="newsfeed_brief_has_text"),
            models.CheckConstraint(condition=LessThanOrEqual(Length("text"), LONGEST), name="newsfeed_brief_is_short"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("published_at")),
                name="newsfeed_brief_withdrawn_after",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rsplit(' ', 1)[0]}…"

    @property
    def address(self) -> str:
        """The address of its page, within its edition."""
        return f"/newsfeed/{self.pk}/"

    @property
    def section_ids(self) -> frozenset[int]:
        """Its section, by which rights are given; empty where it has none."""
        return frozenset({self.section_id}) if self.section_id else frozenset()


class ItemKind(models.TextChoices):
    STORY = "story"
    BRIEF = "brief"


class FeedItem(models.Model):
    """One row for each story and each brief that readers see, so that a page of the newsfeed is one index range.

    `day` is the edition's own day of publication, as it stands in the addresses of its stories.
    """

    kind = models.CharField(max_length=5, choices=ItemKind.choices)
    story = models.OneToOneField(Story, on_delete=models.CASCADE, null=True, related_name="+")
    brief = models.OneToOneField(Brief, on_delete=models.CASCADE, null=True, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=ItemKind.STORY, story__isnull=False, brief__isnull=True)
                | Q(kind=ItemKind.BRIEF, story__isnull=True, brief__isnull=False),
                name="newsfeed_item_is_of_its_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["edition", "-published_at", "-id"], name="newsfeed_item_newest"),
            models.Index(fields=["edition", "day", "kind"], name="newsfeed_item_of_day"),
        ]


class FeedDay(models.Model):
    """A day on which an edition published stories: one row while there are any, so that days lead to each other."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "day"], name="newsfeed_day_once")]
