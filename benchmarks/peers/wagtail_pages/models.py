"""Front, sections, standing pages and stories as Pages; people, topics, pictures and briefs as plain models."""

import json
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from benchmarks.peers.wagtail_pages.blocks import BODY, CONTAINERS

IN_RAIL, RECENT = 12, 4


class Person(models.Model):
    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=200, blank=True)


class Topic(models.Model):
    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=80)


class Picture(models.Model):
    """A picture; its srcsets are stored ready, where Wagtail's own tag reads renditions: this favours the peer."""

    file = models.CharField(max_length=200)
    avif_srcset = models.TextField()
    webp_srcset = models.TextField()
    fallback_srcset = models.TextField()
    focal_class = models.CharField(max_length=12)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=200)


class Edition(models.Model):
    """An edition, for the masthead; the other one's pages are not the peer's, nor looked for: this favours it."""

    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    motto = models.CharField(max_length=120)
    description = models.CharField(max_length=300)
    address = models.CharField(max_length=200)


class BreakingLine(models.Model):
    text = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)


class PaperPage(Page):
    """What every page has: editions, sections in masthead and footer, standing pages."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        editions = list(Edition.objects.order_by("pk"))
        sections = SectionPage.objects.live().order_by("path").only("title", "url_path", "tone")
        standing = StandingPage.objects.live().in_menu().order_by("path").only("title", "url_path")
        return super().get_context(request, *args, **kwargs) | {
            "editions": editions,
            "edition": next(one for one in editions if one.language == get_language()),
            "sections": list(sections),
            "standing": standing,
        }


class StandingPage(PaperPage):
    template = "wagtail_pages/base.html"


class ContainersPage(PaperPage):
    """A page made of containers."""

    description = models.CharField(max_length=300, blank=True)
    containers: Any = StreamField(CONTAINERS, blank=True)

    class Meta:
        abstract = True

    def stories(self) -> Any:
        """All stories that the front is about."""
        return StoryPage.objects.live()

    def rail(self) -> list[Any]:
        """What stands beside the first container."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from benchmarks.peers.wagtail_pages.fronts import fill

        rail = self.rail()
        filled, shown = fill(self.containers, rail)
        address = self.get_url(request)
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "containers": filled,
            "rail": rail,
            "has_older": self.stories().exclude(pk__in=shown).exists(),
            "breaking": BreakingLine.objects.first(),
            "alternates": [
                {"language": one.language, "address": f"{one.address}{address[1:]}"} for one in context["editions"]
            ],
        }


class FrontPage(ContainersPage):
    template = "wagtail_pages/front.html"

    def rail(self) -> list[Any]:
        return newest_items()


class SectionPage(ContainersPage):
    tone = models.PositiveSmallIntegerField(default=0)
    template = "wagtail_pages/section.html"

    def stories(self) -> Any:
        return StoryPage.objects.live().filter(sections=self)


class StoryPage(PaperPage):
    KINDS = (
        ("news", "news"), ("live", "live coverage"), ("analysis", "analysis"), ("feature", "feature"),
        ("off-beat", "off-beat"), ("opinion", "opinion"), ("explainer", "explainer"), ("in-brief", "in brief"),
        ("video", "video"), ("gallery", "gallery"),
    )  # fmt: skip
    # What a card shows; a card's story is fetched with its picture and section, and without all else.
    ON_CARDS = (
        "title", "card_headline", "url_path", "kind", "standfirst", "published_at", "lead_picture",
        "section__title", "section__url_path", "section__tone",
    )  # fmt: skip
    kind = models.CharField(max_length=10, choices=KINDS)
    card_headline = models.CharField(max_length=160, blank=True)
    standfirst = models.CharField(max_length=500, blank=True)
    dateline = models.CharField(max_length=80, blank=True)
    section = models.ForeignKey(SectionPage, on_delete=models.PROTECT, related_name="stories_of")
    # All sections in whose lists the story stands, its own included, so that lists need no OR: this favours the peer.
    sections: Any = ParentalManyToManyField(SectionPage, related_name="listed")
    lead_picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lead_caption = models.CharField(max_length=500, blank=True)
    topics: Any = ParentalManyToManyField(Topic, blank=True)
    published_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()
    body: Any = StreamField(BODY)
    template = "wagtail_pages/story.html"

    class Meta:
        indexes = [models.Index(fields=["section", "-published_at"])]

    @classmethod
    def for_cards(cls) -> Any:
        """The newest stories first, with what their cards show, by one query and without their bodies."""
        stories = cls.objects.live().select_related("lead_picture", "section").order_by("-published_at", "-pk")
        return stories.only(*cls.ON_CARDS, *(f"lead_picture__{one.name}" for one in Picture._meta.fields))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        bylines = list(self.bylines.select_related("person"))
        recent = list(self.for_cards().filter(sections=self.section_id).exclude(pk=self.pk)[:RECENT])
        return context | {
            "bylines": bylines,
            "topics": self.topics.all(),
            "recent": recent,
            "next_story": self.for_cards().exclude(pk__in=[self.pk, *(story.pk for story in recent)]).first(),
            "rail": newest_items(but=self.pk),
            "structured_data": self.structured_data(context["edition"], bylines),
        }

    def structured_data(self, edition: Edition, bylines: list["Byline"]) -> str:
        """JSON-LD, a NewsArticle."""
        article = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": self.full_url,
            "headline": self.title,
            "description": self.standfirst,
            "inLanguage": edition.language,
            "datePublished": localtime(self.published_at).isoformat(timespec="seconds"),
            "dateModified": localtime(self.changed_at).isoformat(timespec="seconds"),
            "author": [
                {"@type": "Person", "name": one.person.name, "url": f"{edition.address}people/{one.person.slug}/"}
                for one in bylines
            ],
            "publisher": {"@type": "NewsMediaOrganization", "name": edition.name, "url": edition.address},
            "articleSection": self.section.title,
            "image": [f"{edition.address}{self.lead_picture.file[1:]}"] if self.lead_picture else [],
        }
        return mark_safe(json.dumps(article, ensure_ascii=False).replace("<", "\\u003c"))


class Byline(Orderable):
    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class Brief(models.Model):
    text = models.CharField(max_length=400)
    address = models.CharField(max_length=80)
    section = models.ForeignKey(SectionPage, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(db_index=True)


def newest_items(but: int | None = None) -> list[Any]:
    """The newest of the newsfeed: stories and briefs, two queries."""
    stories = StoryPage.objects.live().exclude(pk=but).order_by("-published_at", "-pk")
    stories = stories.only("title", "card_headline", "url_path", "kind", "published_at")[:IN_RAIL]
    briefs = Brief.objects.order_by("-published_at", "-pk")[:IN_RAIL]
    return sorted([*stories, *briefs], key=lambda item: item.published_at, reverse=True)[:IN_RAIL]
