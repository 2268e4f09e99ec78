"""Editions, sections and topics, their names in each language, and who works for which."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField

from broadsheet.accounts.roles import Role
from broadsheet.editions.words import LANGUAGES, RESERVED_SLUGS, STANDING_SLUGS, zones

slug_validator = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small letters a to z, digits and single hyphens."))


def refuse_reserved_slug(slug: str) -> None:
    """Refuse what stands for something else in an address, and two letters, which name an edition."""
    if slug in RESERVED_SLUGS or len(slug) <= 2 or (len(slug) == 4 and slug.isdigit()):
        raise ValidationError(_("“%(slug)s” stands for something else in addresses. Choose another.") % {"slug": slug})


def refuse_slug_of_no_page(slug: str) -> None:
    """Refuse the same for a standing page, but for the words that are kept for them."""
    if slug not in STANDING_SLUGS:
        refuse_reserved_slug(slug)


def check_zone(zone: str) -> None:
    if zone not in zones():
        raise ValidationError(_("“%(zone)s” is no time zone. One is, for example, “Europe/Lisbon”.") % {"zone": zone})


class Direction(models.TextChoices):
    LTR = "ltr", _("left to right")
    RTL = "rtl", _("right to left")


class Edition(models.Model):
    """The paper in one language for one public: its name, zone and address."""

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    direction = models.CharField(_("direction of text"), max_length=3, choices=Direction.choices, default=Direction.LTR)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_zone])
    motto = models.CharField(_("motto"), max_length=200, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    path_prefix = models.CharField(
        _("prefix of addresses"),
        max_length=2,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^([a-z]{2})?\Z", _("Two small letters, or nothing for the main edition."))],
        help_text=_("Two letters, such as “ru” for /ru/; nothing for the main edition."),
    )
    host = models.CharField(
        _("host name"),
        max_length=253,
        blank=True,
        help_text=_("Only if the edition has a host name of its own."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(fields=["host"], condition=~Q(host=""), name="editions_edition_host_once"),
            models.CheckConstraint(condition=~Q(name=""), name="editions_edition_has_name"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="editions_edition_direction_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Section(ClusterableModel):
    """A part of the paper with a front of its own; one slug for all editions, a name in each language."""

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    slug = models.CharField(_("slug"), max_length=60, unique=True, validators=[slug_validator, refuse_reserved_slug])
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("order", "slug")
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="editions_section_has_slug")]

    def __str__(self) -> str:
        names: Any = self.names
        return ", ".join(name.name for name in names.all()) or self.slug


class Topic(ClusterableModel):
    """What stories are about, across sections; one slug for all editions, a name in each language."""

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    slug = models.CharField(_("slug"), max_length=80, unique=True, validators=[slug_validator])
    merging_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="merged"
    )
    """Set while a job moves its stories to another topic; then it is gone."""

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("slug",)
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="editions_topic_has_slug")]

    def __str__(self) -> str:
        names: Any = self.names
        return ", ".join(name.name for name in names.all()) or self.slug


class FormerTopic(models.Model):
    """An address that a topic had, or that a topic had which was merged into it: it leads to the topic for ever.

    `former_id` is the number of a topic that was merged, by which older versions of stories name it; 0 where a topic
    only got another slug.
    """

    slug = models.CharField(max_length=80, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former")
    former_id = models.BigIntegerField(default=0, db_index=True)

    def __str__(self) -> str:
        return self.slug


class NameInLanguage(models.Model):
    """A name and a one-line description in one language."""

    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ("language",)

    def __str__(self) -> str:
        return self.name


class SectionName(NameInLanguage):
    section = ParentalKey(Section, on_delete=models.CASCADE, related_name="names")

    class Meta(NameInLanguage.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "language"], name="editions_section_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="editions_section_name_filled"),
        ]


class TopicName(NameInLanguage):
    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="names")

    class Meta(NameInLanguage.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "language"], name="editions_topic_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="editions_topic_name_filled"),
        ]


class StandingPage(models.Model):
    """A page of an edition that stands beside its sections: about, imprint, contact. Its body is clean HTML."""

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="standing_pages"
    )
    slug = models.CharField(_("slug"), max_length=60, validators=[slug_validator, refuse_slug_of_no_page])
    title = models.CharField(_("title"), max_length=120)
    body: Any = RichTextField(_("text"), features=["h2", "bold", "italic", "link", "ol", "ul"])
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    in_footer = models.BooleanField(_("named at the foot of every page"), default=True)

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
        ordering = ("edition", "order", "slug")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="editions_page_once",
                violation_error_message=_("This edition has a page with this slug already."),
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="editions_page_has_slug"),
            models.CheckConstraint(condition=~Q(title=""), name="editions_page_has_title"),
            models.CheckConstraint(condition=~Q(body=""), name="editions_page_has_body"),
        ]

    def __str__(self) -> str:
        return self.title


class Assignment(models.Model):
    """A member of staff works in a role, for one edition or all, in one section or all."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                "user", "role", Coalesce("edition", 0), Coalesce("section", 0), name="editions_assignment_once"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="editions_assignment_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
