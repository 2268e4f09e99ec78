"""Pictures and films, their texts in each language, and where they are used."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from broadsheet.editions.words import LANGUAGES
from broadsheet.mediabank.films.files import check_captions, check_film
from broadsheet.mediabank.uploads import check_size

SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class Medium(ClusterableModel):
    """What pictures and films have in common: the names by which they are found, and their rights."""

    wagtail_reference_index_ignore = True  # what is used where is kept in tables of our own

    title = models.CharField(_("working title"), max_length=120, help_text=_("How the desk finds it again."))
    slug = models.CharField(_("slug"), max_length=80, editable=False)
    creator = models.CharField(_("creator"), max_length=500, blank=True)
    agency = models.CharField(_("agency"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    licence_url = models.URLField(_("address of the licence"), blank=True, max_length=300)
    source = models.CharField(_("source"), max_length=1000, blank=True)
    taken = models.CharField(
        _("taken at"), max_length=10, blank=True, help_text=_("A year or a date: 2024, 2024-05-01.")
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class Use(models.Model):
    """A place where a medium stands: filled by the rooms above. It says only of public places what they are."""

    used_by = models.CharField(max_length=20)
    used_by_id = models.BigIntegerField()
    edition_id = models.BigIntegerField()
    is_public = models.BooleanField(default=False)
    title = models.CharField(max_length=250, blank=True)
    address = models.CharField(max_length=250, blank=True)

    class Meta:
        abstract = True


SHOWS_ONLY_PUBLIC = Q(is_public=True) & ~Q(title="") & ~Q(address="") | Q(is_public=False, title="", address="")


class Picture(Medium):
    """A picture in the mediabank: the file as it came (never served), the file that pages show, and its rights."""

    original = models.FileField(_("file"), upload_to="originals", max_length=200, validators=[check_size])
    shown = models.FileField(upload_to="pictures", max_length=200, editable=False, db_index=True)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    # The size of the original, upright: renditions are never wider. 0: not measured, that of the shown file counts.
    original_width = models.PositiveIntegerField(editable=False, default=0)
    original_height = models.PositiveIntegerField(editable=False, default=0)
    focal_x = models.FloatField(_("focal point from the left"), default=0.5, validators=SHARE, help_text=_("0 to 1"))
    focal_y = models.FloatField(_("focal point from the top"), default=0.5, validators=SHARE, help_text=_("0 to 1"))

    class Meta(Medium.Meta):
        abstract = False
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="mediabank_picture_focal_point_inside",
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="mediabank_picture_has_size"),
            models.CheckConstraint(condition=~Q(shown=""), name="mediabank_picture_has_file"),
        ]

    @property
    def address(self) -> str:
        """The address of the picture's page, without the edition's prefix."""
        return f"/mediabank/{self.pk}/{self.slug}/"

    @property
    def default_alt_text(self) -> str:
        """The alt text in the first language that has one; the name is Wagtail's."""
        texts: Any = self.texts
        return next((text.alt for text in texts.all() if text.alt), "")


class PictureText(models.Model):
    """A picture's caption and alt text in one language."""

    picture = ParentalKey(Picture, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    alt = models.CharField(_("alt text"), max_length=300, help_text=_("What is seen, for those who cannot see it."))

    class Meta:
        ordering = ("language",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["picture", "language"], name="mediabank_text_once"),
            models.CheckConstraint(condition=~Q(alt=""), name="mediabank_text_has_alt"),
        ]

    def __str__(self) -> str:
        return self.caption or self.alt


class PictureUse(Use):
    """A place where a picture stands; what is public is shown on the picture's page."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["picture", "used_by", "used_by_id"], name="mediabank_use_once"),
            models.CheckConstraint(condition=SHOWS_ONLY_PUBLIC, name="mediabank_use_shows_only_public"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["used_by", "used_by_id"], name="mediabank_use_by"),
            models.Index(
                fields=["edition_id", "-picture"], name="mediabank_use_seen", condition=models.Q(is_public=True)
            ),
        ]


class Film(Medium):
    """A film that the newsroom hosts itself: the file that pages play, and its rights."""

    file = models.FileField(
        _("file"),
        upload_to="films",
        max_length=200,
        db_index=True,
        validators=[check_film],
        help_text=_("MP4 (H.264 and AAC) or WebM, at most 200 MB."),
    )
    milliseconds = models.PositiveIntegerField(editable=False, default=0)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    poster = models.ForeignKey(
        Picture,
        verbose_name=_("poster"),
        on_delete=models.PROTECT,
        related_name="films",
        help_text=_("The picture that stands in its place until somebody plays it."),
    )

    class Meta(Medium.Meta):
        abstract = False
        verbose_name = _("film")
        verbose_name_plural = _("films")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, milliseconds__gt=0), name="mediabank_film_is_measured"
            ),
            models.CheckConstraint(condition=~Q(file=""), name="mediabank_film_has_file"),
        ]


class FilmText(models.Model):
    """A film's title and description in one language."""

    film = ParentalKey(Film, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    title = models.CharField(_("title"), max_length=200)
    description = models.CharField(_("description"), max_length=500, blank=True)

    class Meta:
        ordering = ("language",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["film", "language"], name="mediabank_film_text_once"),
            models.CheckConstraint(condition=~Q(title=""), name="mediabank_film_text_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class FilmCaptions(models.Model):
    """What is said and heard in a film, in one language, as a WebVTT file."""

    film = ParentalKey(Film, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    file = models.FileField(
        _("file"),
        upload_to="captions",
        max_length=200,
        db_index=True,
        validators=[check_captions],
        help_text=_("WebVTT in UTF-8, at most 500 kB."),
    )

    class Meta:
        ordering = ("language",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["film", "language"], name="mediabank_film_captions_once"),
            models.CheckConstraint(condition=~Q(file=""), name="mediabank_film_captions_have_file"),
        ]

    def __str__(self) -> str:
        return self.language


class FilmUse(Use):
    """A place where a film stands."""

    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["film", "used_by", "used_by_id"], name="mediabank_film_use_once"),
            models.CheckConstraint(condition=SHOWS_ONLY_PUBLIC, name="mediabank_film_use_shows_only_public"),
        ]
        indexes: ClassVar = [models.Index(fields=["used_by", "used_by_id"], name="mediabank_film_use_by")]
