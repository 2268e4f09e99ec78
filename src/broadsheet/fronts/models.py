"""Fronts as editors arrange them: containers in their order, what is pinned in them, and the breaking line."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Length
from django.db.models.lookups import LessThanOrEqual
from django.forms import CheckboxSelectMultiple, TypedMultipleChoiceField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from broadsheet.editions.models import Edition, Section, Topic
from broadsheet.stories.models import Kind, Story

MOST_STORIES = 30
LONGEST_LINE = 120


class Look(models.TextChoices):
    LEAD = "lead", _("lead: one story large, others below it")
    GRID = "grid", _("grid: four in a row, with pictures")
    LIST = "list", _("list: three in a row, small pictures")
    OPINION = "opinion", _("opinion: headlines without pictures")
    PICTURES = "pictures", _("pictures: large pictures, short words")
    BRIEF = "brief", _("in brief: a strip with the time of each")
    RECENT = "recent", _("most recent: times and headlines")


class Rule(models.TextChoices):
    EDITION = "edition", _("the newest of the edition")
    SECTION = "section", _("the newest of a section")
    TOPIC = "topic", _("the newest on a topic")
    KINDS = "kinds", _("the newest of some kinds")
    BRIEFS = "briefs", _("the newest briefs of the newsfeed")


class KindsField(models.JSONField):
    """A list of kinds of stories, chosen by ticking."""

    def formfield(self, **kwargs: Any) -> Any:
        return TypedMultipleChoiceField(
            choices=Kind.choices,
            required=False,
            empty_value=[],
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=CheckboxSelectMultiple,
        )

    def deconstruct(self) -> Any:
        """For migrations it is a JSONField: how it is chosen is no matter of the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class Front(ClusterableModel):
    """A front that editors have arranged once: an edition's own, or that of one of its sections.

    Without containers it stands as it is arranged by default. The version grows with each change by an editor.
    """

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    arranged_at = models.DateTimeField(null=True)
    arranged_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
        constraints: ClassVar = [
            models.UniqueConstraint("edition", Coalesce("section", 0), name="fronts_front_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} – {self.section}" if self.section_id else str(self.edition)

    @property
    def section_ids(self) -> frozenset[int]:
        """Its section, by which rights are given; empty for an edition's own front."""
        return frozenset({self.section_id}) if self.section_id else frozenset()


class Container(ClusterableModel):
    """A block of a front: how it looks, at most how many stories, and the rule that fills it after what is pinned."""

    front = ParentalKey(Front, on_delete=models.CASCADE, related_name="containers")
    place = models.PositiveSmallIntegerField(default=0, editable=False)
    look = models.CharField(_("look"), max_length=10, choices=Look.choices)
    title = models.CharField(
        _("title"),
        max_length=60,
        blank=True,
        help_text=_("In the language of the edition. Left empty: the name of the section or topic, or the usual one."),
    )
    most = models.PositiveSmallIntegerField(_("number of stories"), default=4)
    rule = models.CharField(_("filled with"), max_length=10, choices=Rule.choices)
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kinds = KindsField(_("kinds"), default=list, blank=True)

    sort_order_field = "place"

    class Meta:
        verbose_name = _("container")
        verbose_name_plural = _("containers")
        ordering = ("place", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(look__in=Look.values), name="fronts_container_look_known"),
            models.CheckConstraint(condition=Q(rule__in=Rule.values), name="fronts_container_rule_known"),
            models.CheckConstraint(
                condition=Q(most__gte=1) & Q(most__lte=MOST_STORIES),
                name="fronts_container_holds_some",
                violation_error_message=_("A container holds between 1 and 30 stories."),
            ),
            models.CheckConstraint(
                condition=~Q(rule=Rule.SECTION) | Q(section__isnull=False),
                name="fronts_container_has_its_section",
                violation_error_message=_("A container that is filled from a section needs the section."),
            ),
            models.CheckConstraint(
                condition=~Q(rule=Rule.TOPIC) | Q(topic__isnull=False),
                name="fronts_container_has_its_topic",
                violation_error_message=_("A container that is filled from a topic needs the topic."),
            ),
            models.CheckConstraint(
                condition=~Q(rule=Rule.BRIEFS) | Q(look=Look.BRIEF),
                name="fronts_container_of_briefs_looks_so",
                violation_error_message=_("Briefs of the newsfeed are shown by the look “in brief” alone."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_look_display())


class Pin(models.Model):
    """A story that stands in a container before those that its rule finds, until it is unpinned or its end comes."""

    container = ParentalKey(Container, on_delete=models.CASCADE, related_name="pins")
    front = models.ForeignKey(Front, on_delete=models.CASCADE, related_name="+", editable=False)
    place = models.PositiveSmallIntegerField(default=0, editable=False)
    story = models.ForeignKey(Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Left empty: until somebody unpins the story.")
    )

    sort_order_field = "place"

    class Meta:
        verbose_name = _("pinned story")
        verbose_name_plural = _("pinned stories")
        ordering = ("place", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["front", "story"], name="fronts_pin_once"),
        ]

    def __str__(self) -> str:
        return str(self.story)


class BreakingLine(models.Model):
    """A line of text at the top of an edition's fronts, and perhaps the story that it leads to; it goes by itself."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("line"), max_length=LONGEST_LINE)
    story = models.ForeignKey(
        Story, verbose_name=_("story"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    until = models.DateTimeField(_("until"))
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("breaking line")
        verbose_name_plural = _("breaking lines")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="fronts_breaking_has_text"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), LONGEST_LINE), name="fronts_breaking_is_short"
            ),
        ]

    def __str__(self) -> str:
        return self.text
