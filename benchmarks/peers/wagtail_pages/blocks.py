"""The blocks of a story's body and of a front."""

from typing import Any

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

STORY, SECTION = "wagtail_pages.StoryPage", "wagtail_pages.SectionPage"


class QuoteBlock(blocks.StructBlock):
    """What somebody said; the number is stored, so that the peer need not count (this favours it)."""

    text = blocks.TextBlock()
    speaker = SnippetChooserBlock("wagtail_pages.Person", required=False)
    role = blocks.CharBlock(required=False)
    place = blocks.CharBlock(required=False)
    said_on = blocks.DateBlock(required=False)
    number = blocks.IntegerBlock()

    class Meta:
        template = "wagtail_pages/quote.html"


class StoryBlock(blocks.PageChooserBlock):
    """A story: all that a body or a front names are fetched by one query, with what their cards show."""

    def bulk_to_python(self, values: Any) -> Any:
        found = self.model_class.for_cards().in_bulk(values)
        return [found.get(value) for value in values]


class ContainerBlock(blocks.StructBlock):
    """A container of a front: how it looks, and the rule by which it is filled behind what is pinned."""

    look = blocks.CharBlock()
    most = blocks.IntegerBlock()
    title = blocks.CharBlock(required=False)
    description = blocks.CharBlock(required=False)
    address = blocks.CharBlock(required=False)
    tone = blocks.IntegerBlock()
    names_sections = blocks.BooleanBlock(required=False)
    takes_briefs = blocks.BooleanBlock(required=False)
    section = blocks.PageChooserBlock(SECTION, required=False)
    topic = SnippetChooserBlock("wagtail_pages.Topic", required=False)
    kinds = blocks.MultipleChoiceBlock(required=False)
    pins = blocks.ListBlock(StoryBlock(STORY))


CONTAINERS = [("container", ContainerBlock())]
BODY = [
    ("paragraph", blocks.RichTextBlock()),
    ("subhead", blocks.CharBlock(template="wagtail_pages/subhead.html")),
    ("quote", QuoteBlock()),
    ("related", StoryBlock(STORY, template="wagtail_pages/related.html")),
    ("other", blocks.RawHTMLBlock()),
]
