"""What of a story is in the index: its words while readers may see it, nothing else."""

import html
import re

from broadsheet.index import actions as index
from broadsheet.index.sources import Source, declare
from broadsheet.index.values import NewEntry
from broadsheet.stories.models import Story
from broadsheet.stories.segments import Segments

KIND = "story"
INLINE = re.compile(r"</?(?:b|strong|i|em|a|sup|sub)\b[^>]*>")
ELEMENT = re.compile(r"<[^>]*>")


def set_in_index(story: Story) -> None:
    """Let readers find a story as it is now if they may see it, and else not find it."""
    if not story.live or story.published_at is None:
        index.remove(KIND, story.pk)
        return
    index.put(
        NewEntry(
            kind=KIND,
            id=story.pk,
            edition_id=story.edition_id,
            section_id=story.section_id or 0,
            language=story.edition.language,
            published_at=story.published_at,
            title=story.headline,
            standfirst=story.standfirst,
            text=text_of(story),
        )
    )


def text_of(story: Story) -> str:
    """The words of a published story's body; then those of its card, which readers may remember."""
    parts = [words_of(story.body_segments), story.lead_caption, story.dateline, story.card_headline]
    return "\n".join(part for part in parts if part)


def words_of(segments: Segments) -> str:
    """The words of segments in their order, a line each, without the names that they only refer to."""
    lines: list[str] = []
    for segment in segments:
        if segment["type"] == "html":
            lines.append(_without_elements(segment["html"]))
        names = ("title", "text", "role", "place", "caption")
        lines += [str(segment[name]) for name in names if segment.get(name)]
        lines += [picture["caption"] for picture in segment.get("pictures", ()) if picture["caption"]]
    return "\n".join(" ".join(line.split()) for line in lines)


def _put_anew(story_id: int) -> None:
    story = Story.objects.select_for_update().filter(pk=story_id).first()
    set_in_index(story or Story(pk=story_id))


# The published stories; no reader sees others that are in the index: a page asks `visible_to` for each that was found.
SOURCE = declare(
    Source(
        kind=KIND,
        wanted=lambda: set(Story.objects.filter(live=True).values_list("pk", flat=True)),
        put_anew=_put_anew,
    )
)


def _without_elements(text: str) -> str:
    return html.unescape(ELEMENT.sub(" ", INLINE.sub("", text)))
