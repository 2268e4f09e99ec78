"""A story as a Page: title, standfirst, section, kind, lead picture, the very blocks of Broadsheet, bylines, topics."""

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple, Textarea
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from broadsheet.editions.models import Section, Topic
from broadsheet.mediabank.models import Picture
from broadsheet.people.models import Person
from broadsheet.stories.blocks import StoryBody
from broadsheet.stories.models import Kind


class StoryPageForm(WagtailAdminPageForm):
    """Names of sections and topics lie in a table of their own: all of them in one query, not one for each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("section", "topics"):
            field = self.fields[name]
            field.queryset = field.queryset.prefetch_related("names")


class StoryPage(Page):
    standfirst = models.CharField(max_length=500, blank=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NEWS)
    lead_picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lead_caption = models.CharField(max_length=500, blank=True)
    body: Any = StreamField(StoryBody(), blank=True)
    dateline = models.CharField(max_length=80, blank=True)
    topics: Any = ParentalManyToManyField(Topic, blank=True, related_name="+")

    base_form_class = StoryPageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst", widget=Textarea(attrs={"rows": 2})),
        FieldRowPanel([FieldPanel("section"), FieldPanel("kind")]),
        FieldPanel("lead_picture"),
        FieldPanel("lead_caption"),
        FieldPanel("body"),
        InlinePanel("bylines", panels=[FieldPanel("person")]),
        FieldPanel("dateline"),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
    ]
    search_fields = [*Page.search_fields, index.SearchField("standfirst"), index.SearchField("body")]


class Byline(Orderable):
    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
