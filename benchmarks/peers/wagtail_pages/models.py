"""Front, sections and stories as Pages; people, topics and pictures as plain models."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.snippets.blocks import SnippetChooserBlock

ON_A_PAGE = 20


class Person(models.Model):
    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=200, blank=True)


class Topic(models.Model):
    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=80)


class Picture(models.Model):
    file = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=200)


class Masthead:
    """What every page has: the sections."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["sections"] = SectionPage.objects.live().order_by("path").only("title", "url_path", "slug")
        return context


def newest(**which: Any) -> Any:
    """The newest stories for cards: one query, without their bodies."""
    stories = StoryPage.objects.live().filter(**which).defer_streamfields()
    return stories.select_related("lead_picture", "section").order_by("-published_at", "-pk")[: ON_A_PAGE + 1]


class FrontPage(Masthead, Page):
    description = models.CharField(max_length=300, blank=True)
    template = "wagtail_pages/list.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = list(newest())
        return super().get_context(request) | {"cards": found[:ON_A_PAGE], "has_more": len(found) > ON_A_PAGE}


class SectionPage(Masthead, Page):
    description = models.CharField(max_length=300, blank=True)
    template = "wagtail_pages/list.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = list(newest(section=self))
        return super().get_context(request) | {"cards": found[:ON_A_PAGE], "has_more": len(found) > ON_A_PAGE}


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock()
    speaker = SnippetChooserBlock(Person, required=False)

    class Meta:
        template = "wagtail_pages/quote.html"


class StoryCardBlock(blocks.PageChooserBlock):
    """A card: all cards of a body are fetched by one query, with what they show."""

    def bulk_to_python(self, values: Any) -> Any:
        stories = StoryPage.objects.live().defer_streamfields().select_related("lead_picture", "section")
        found = stories.in_bulk(values)
        return [found.get(value) for value in values]

    class Meta:
        template = "wagtail_pages/card.html"


class StoryPage(Masthead, Page):
    kind = models.CharField(max_length=10)
    standfirst = models.CharField(max_length=500, blank=True)
    dateline = models.CharField(max_length=80, blank=True)
    section = models.ForeignKey(SectionPage, on_delete=models.PROTECT, related_name="stories")
    lead_picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    topics: Any = ParentalManyToManyField(Topic, blank=True)
    published_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()
    body: Any = StreamField(
        [
            ("paragraph", blocks.RichTextBlock()),
            ("subhead", blocks.CharBlock(template="wagtail_pages/subhead.html")),
            ("quote", QuoteBlock()),
            ("related", StoryCardBlock()),
            ("other", blocks.RawHTMLBlock()),
        ]
    )
    template = "wagtail_pages/story.html"

    class Meta:
        indexes = [models.Index(fields=["section", "-published_at"])]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        bylines = self.bylines.select_related("person")
        return super().get_context(request) | {"bylines": bylines, "topics": self.topics.all()}


class Byline(Orderable):
    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
