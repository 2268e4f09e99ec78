"""What the checks find in a story that is not saved, for their tables."""

from collections.abc import Iterable
from typing import Any

from broadsheet.foundation.clock import now
from broadsheet.stories.checks.findings import Check, Finding, Version
from broadsheet.stories.models import Story
from tests.factories import Newsroom


def story_of(newsroom: Newsroom, **fields: Any) -> Story:
    """A story with what every one has, unless told otherwise."""
    body = fields.pop("body", [])
    fields = {"edition": newsroom.english, "section": newsroom.sections["world"], "headline": "The port rests"} | fields
    story = Story(**fields)
    story.body = body
    return story


def found(check: Check, story: Story) -> list[Finding]:
    """What one check finds."""
    return list(check(Version(story, now())))


def sentences(findings: Iterable[Finding]) -> list[str]:
    return [finding.sentence for finding in findings]


def paragraph(text: str) -> tuple[str, str]:
    return "paragraph", f"<p>{text}</p>"


def quote(text: str, speaker: Any = None) -> tuple[str, dict[str, Any]]:
    return "quote", {"text": text, "speaker": speaker, "role": "", "place": "", "said_on": None}
