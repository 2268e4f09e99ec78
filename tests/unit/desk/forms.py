"""What the desk's forms send, for tests without a browser."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.stories.models import Story
from tests.factories import Newsroom


def story_form(newsroom: Newsroom, **changes: Any) -> dict[str, Any]:
    """The fields of a story as the editor sends them: one paragraph, one quote, one writer."""
    fields: dict[str, Any] = {
        "headline": "Written at the desk",
        "standfirst": "It came through the form.",
        "edition": newsroom.english.pk,
        "section": newsroom.sections["world"].pk,
        "kind": "news",
        "lead_picture": newsroom.picture.pk,
        "lead_caption": "",
        "dateline": "LUSVIK",
        "card_headline": "",
        "slug": "",
        "topics": [newsroom.topic.pk],
        "further_sections": [],
        "counterpart": "",
        "embargo_until": "",
        "go_live_at": "",
        "expire_at": "",
        "body": streamfield(
            [
                ("paragraph", rich_text("<p>A paragraph from the desk.</p>")),
                (
                    "quote",
                    {
                        "text": "We saw it.",
                        "speaker": newsroom.speaker.pk,
                        "role": "",
                        "place": "",
                        "said_on": "",
                    },
                ),
            ]
        ),
        "bylines": inline_formset([{"person": newsroom.writer.pk}]),
    }
    return dict(nested_form_data({**fields, **changes}))


def newest() -> Story:
    """The story that was begun last."""
    return Story.objects.latest("pk")


def seen_form(story: Story) -> dict[str, str]:
    """The fields by which a window says that it shows the story as it is now."""
    latest = Story.objects.get(pk=story.pk).latest_revision
    assert latest is not None
    return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}
