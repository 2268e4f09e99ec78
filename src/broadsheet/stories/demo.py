"""The demo newsroom's stories."""

import tomllib
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from broadsheet.accounts.models import User
from broadsheet.foundation.clock import now, stopped_at
from broadsheet.stories.actions import begin_story, publish_revision, save_story
from broadsheet.stories.models import Byline, Story

FOLDER = Path(__file__).parent / "demo_stories"
Found = dict[str, Any]
COUNTERPARTS = uuid.UUID("0d1f6d4e-6f0b-4c53-9a52-1f1cbb6d4a10")


def fill(by: User, found: Found, say: Callable[[str], None]) -> None:
    """Write and publish them, the oldest first; `found` holds what the other rooms made, by key."""
    rows = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    rows.sort(key=lambda row: -row["hours_ago"])
    for row in rows:
        found[f"story:{row['edition']}:{row['key']}"] = _begin(by, row, found)
    for row in rows:
        _publish(by, row, found)
        say(f"  {row['headline']}")


def _begin(by: User, row: dict[str, Any], found: Found) -> Story:
    names = ("kind", "headline", "card_headline", "standfirst", "dateline", "slug", "lead_caption")
    key = uuid.uuid5(COUNTERPARTS, row["counterpart"] or row["key"])
    story = Story(
        edition=found[f"edition:{row['edition']}"],
        section=found[f"section:{row['section']}"],
        lead_picture=found.get(f"picture:{row['lead_picture']}"),
        counterpart_key=key,
        **{name: row[name] for name in names},
    )
    story.further_sections = [found[f"section:{slug}"] for slug in row["further_sections"]]
    story.topics = [found[f"topic:{slug}"] for slug in row["topics"]]
    bylines = [Byline(person=found[f"person:{slug}"], sort_order=order) for order, slug in enumerate(row["bylines"])]
    story.bylines = bylines
    begin_story(by, story)
    return story


def _publish(by: User, row: dict[str, Any], found: Found) -> None:
    story: Story = found[f"story:{row['edition']}:{row['key']}"]
    story.body = [_block(block, row["edition"], found) for block in row["body"]]
    moment = now().astimezone(UTC).replace(microsecond=0) - timedelta(hours=row["hours_ago"])
    with stopped_at(_on_five_minutes(moment)):
        publish_revision(by, save_story(by, story))


def _on_five_minutes(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 5 * 5, second=0)


def _block(block: dict[str, Any], edition: str, found: Found) -> tuple[str, Any]:
    kind = block["type"]
    if kind in ("paragraph", "subhead"):
        return kind, f"<p>{block['text']}</p>" if kind == "paragraph" else block["text"]
    if kind == "quote":
        said_on = datetime.fromisoformat(block["said_on"]).date() if block["said_on"] else None
        speaker = found[f"person:{block['speaker']}"]
        return kind, {
            "text": block["text"],
            "speaker": speaker,
            "role": block["role"],
            "place": block["place"],
            "said_on": said_on,
        }
    if kind == "picture":
        return kind, {"picture": found[f"picture:{block['picture']}"], "caption": block["caption"]}
    if kind == "gallery":
        pictures = [{"picture": found[f"picture:{key}"]} for key in block["pictures"]]
        return kind, {"title": block["title"], "pictures": pictures}
    if kind == "video":
        return kind, {"film": found[f"film:{block['film']}"], "title": "", "address": "", "poster": None}
    if kind == "fact_box":
        return kind, {"title": block["title"], "text": "".join(f"<p>{text}</p>" for text in block["paragraphs"])}
    if kind == "timeline":
        return kind, {"title": block["title"], "entries": block["entries"]}
    if kind == "table":
        rows = "\n".join(" | ".join(row) for row in [block["header"], *block["rows"]])
        return kind, {"caption": block["caption"], "rows": rows}
    return "related", found[f"story:{edition}:{block['story']}"]
