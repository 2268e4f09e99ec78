"""The blocks of which a story's body is made, as the desk edits them."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from broadsheet.stories.keys_of_paragraphs import with_keys

INLINE = ["bold", "italic", "link", "superscript", "subscript"]
LISTS = ["ol", "ul"]

# Whose frames may stand in a story: host name -> name for the reader.
EMBED_HOSTS = {
    "www.youtube-nocookie.com": "YouTube",
    "player.vimeo.com": "Vimeo",
    "www.openstreetmap.org": "OpenStreetMap",
    "datawrapper.dwcdn.net": "Datawrapper",
}


def embed_host(address: str) -> str:
    """The allowed host of an embed's address, or an empty string."""
    try:
        parts = urlsplit(address)
        allowed = parts.scheme == "https" and parts.hostname in EMBED_HOSTS and parts.port is None
    except ValueError:
        return ""
    return parts.hostname or "" if allowed and "@" not in parts.netloc else ""


def player_page(address: str) -> str:
    """The page of a player's film, for a link that is followed: the frame's address has nothing around it."""
    parts = urlsplit(address)
    name = parts.path.rstrip("/").rpartition("/")[2]
    if parts.hostname == "www.youtube-nocookie.com" and parts.path.startswith("/embed/") and name:
        return f"https://www.youtube.com/watch?v={name}"
    if parts.hostname == "player.vimeo.com" and parts.path.startswith("/video/") and name.isdigit():
        return f"https://vimeo.com/{name}"
    return address


def playing(address: str) -> str:
    """The address at which a player begins at once: the reader has asked for it already."""
    parts = urlsplit(address)
    if parts.hostname not in ("www.youtube-nocookie.com", "player.vimeo.com"):
        return address
    return parts._replace(query="&".join(filter(None, (parts.query, "autoplay=1")))).geturl()


class ThingChooserBlock(SnippetChooserBlock):
    """A chooser in a body with the words of its room's chooser; for migrations it is Wagtail's own block."""

    @cached_property
    def widget(self) -> Any:
        return self.target_model.snippet_viewset.chooser_viewset.widget_class()

    def clean(self, value: Any) -> Any:
        """What was found a moment ago is not asked for once more."""
        return value if isinstance(value, self.model_class) else super().clean(value)

    def deconstruct(self) -> tuple[str, Any, Any]:
        _path, arguments, options = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", arguments, options


class KeyedTextBlock(blocks.RichTextBlock):
    """Rich text whose paragraphs have the same keys however often it is opened. For migrations it is Wagtail's."""

    def value_for_form(self, value: Any) -> str:
        return with_keys(value.source)

    def deconstruct(self) -> tuple[str, Any, Any]:
        _path, arguments, options = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", arguments, options


class ParagraphBlock(KeyedTextBlock):
    """A paragraph. One that is empty is no mistake: the body leaves it out."""

    def clean(self, value: Any) -> Any:
        return value if is_empty(value) else super().clean(value)


def is_empty(text: Any) -> bool:
    """Whether a rich text says nothing."""
    return not strip_tags(str(getattr(text, "source", text) or "")).strip()


class EmbedAddressBlock(blocks.URLBlock):
    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value and not embed_host(value):
            raise ValidationError(_("Only frames of these hosts are shown: %s") % ", ".join(EMBED_HOSTS))
        return value


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"), rows=3, help_text=_("Without quotation marks; they are set."))
    speaker = ThingChooserBlock("people.Person", label=_("Speaker"), required=False)
    role = blocks.CharBlock(label=_("Role"), required=False, help_text=_("Only if it is not the speaker's usual one."))
    place = blocks.CharBlock(label=_("Place"), required=False)
    said_on = blocks.DateBlock(label=_("Said on"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")


class PictureBlock(blocks.StructBlock):
    picture = ThingChooserBlock("mediabank.Picture", label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption in this story"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=1)

    class Meta:
        icon = "image"
        label = _("Gallery")


class VideoBlock(blocks.StructBlock):
    """A film of the mediabank, or the address of a player elsewhere: exactly one of both."""

    film = ThingChooserBlock("mediabank.Film", label=_("Film"), required=False)
    address = EmbedAddressBlock(
        label=_("Address of the player"), required=False, help_text=_("Only if the film is not in the mediabank.")
    )
    title = blocks.CharBlock(
        label=_("Title"), required=False, help_text=_("A film of the mediabank has its own, if none stands here.")
    )
    poster = ThingChooserBlock(
        "mediabank.Picture", label=_("Poster"), required=False, help_text=_("Instead of the film's own.")
    )

    class Meta:
        icon = "media"
        label = _("Video")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        wrong = self._wrong(cleaned)
        if wrong:
            errors = {name: ValidationError(sentence) for name, sentence in wrong.items()}
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def _wrong(self, value: Any) -> dict[str, Any]:
        """What is wrong, by field; a draft may still lack things."""
        if value["film"] and value["address"]:
            return {"address": _("Choose a film or give the address of a player, not both.")}
        if self.is_deferred_validation:
            return {}
        if not value["film"] and not value["address"]:
            return {"film": _("Choose a film, or give the address of a player.")}
        if value["address"] and not value["title"]:
            return {"title": _("Say what the video shows.")}
        return {}


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = KeyedTextBlock(label=_("Text"), features=INLINE + LISTS)

    class Meta:
        icon = "info-circle"
        label = _("Fact box")


class TimelineEntryBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("When"), max_length=60)
    text = blocks.TextBlock(label=_("What happened"), rows=2)


class TimelineBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    entries = blocks.ListBlock(TimelineEntryBlock(), label=_("Entries"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    rows = blocks.TextBlock(
        label=_("Rows"), rows=6, help_text=_("A row a line, cells divided by |. The first line is the header.")
    )

    class Meta:
        icon = "table"
        label = _("Table")


class EmbedBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What it shows"))
    address = EmbedAddressBlock(label=_("Address of the frame"))

    class Meta:
        icon = "code"
        label = _("Embed")


class StoryBody(blocks.StreamBlock):
    """All blocks, in the order in which the desk offers them."""

    paragraph = ParagraphBlock(features=INLINE + LISTS, label=_("Paragraph"), icon="pilcrow")
    subhead = blocks.CharBlock(label=_("Subhead"), icon="h2", max_length=160)
    quote = QuoteBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    fact_box = FactBoxBlock()
    timeline = TimelineBlock()
    table = TableBlock()
    related = ThingChooserBlock("stories.Story", label=_("Related story"), icon="doc-empty")
    embed = EmbedBlock()

    class Meta:
        required = False

    def clean(self, value: Any) -> Any:
        """The body without paragraphs that say nothing: the editor begins with one, and some are left behind."""
        cleaned = super().clean(value)
        kept = [one for one in cleaned if one.block_type != "paragraph" or not is_empty(one.value)]
        if len(kept) == len(cleaned):
            return cleaned
        return blocks.StreamValue(self, [(one.block_type, one.value, one.id) for one in kept])
