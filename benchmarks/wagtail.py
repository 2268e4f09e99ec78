"""A story, the front and a section: ours, and the same on plain Wagtail Pages, both through their WSGI applications."""

import json
import os
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.asked import Asked
from benchmarks.newsroom import demo_newsroom

STORIES, ROUNDS, TIMES = 300, 5, 40
WORDS = (400, 470)  # of the story that is measured: the middle of an archive


def measure() -> list[tuple[str, str]]:
    """Pages a second of processor time in one process each, and their ratios: medians of 5 alternating rounds."""
    demo_newsroom()
    from broadsheet.config.archive.adding import add_archive, demo_ground

    add_archive(demo_ground(), STORIES, lambda line: None)
    story = _a_story()
    section = story.section.slug
    place = Path(tempfile.mkdtemp(prefix="broadsheet-peer-"))
    (place / "content.json").write_text(json.dumps(_content()), encoding="utf-8")
    theirs = {"PEER_HOME": str(place), "PEER_CONTENT": str(place / "content.json")}
    rows = []
    peers = {
        "ours": Asked("benchmarks.peers.broadsheet_wsgi", _environment()),
        "theirs": Asked("benchmarks.peers.wagtail_pages.serve", _environment() | theirs),
    }
    for name, ours, other in (
        ("a story", story.address, f"/{section}/{story.slug}/"),
        ("the front", "/", "/"),
        ("a section", f"/{section}/", f"/{section}/"),
    ):
        rows += _pair(name, peers, {"ours": ours, "theirs": other})
    for peer in peers.values():
        peer.end()
    return rows


def _pair(name: str, peers: dict[str, Asked], paths: dict[str, str]) -> list[tuple[str, str]]:
    found: dict[str, list[float]] = {who: [] for who in peers}
    for _round in range(ROUNDS):
        for who, peer in peers.items():
            found[who].append(peer.seconds_each(paths[who], TIMES))
    each = {who: median(times) for who, times in found.items()}
    size = {who: peer.bytes / 1000 for who, peer in peers.items()}
    return [
        (f"wagtail: {name}, Broadsheet, made anew", f"{1 / each['ours']:.0f} a second, {size['ours']:.1f} kB"),
        (f"wagtail: {name}, Wagtail Pages", f"{1 / each['theirs']:.0f} a second, {size['theirs']:.1f} kB"),
        (f"wagtail: {name}, ratio (goal: 5 or more)", f"{each['theirs'] / each['ours']:.2f} times"),
    ]


def _environment() -> dict[str, str]:
    root = Path(__file__).resolve().parents[1]
    return os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}


def _archive() -> Any:
    from broadsheet.config.archive.piece import key_of
    from broadsheet.stories.models import Story

    return Story.objects.filter(counterpart_key__in=[key_of(number) for number in range(STORIES)]).order_by("pk")


def _a_story() -> Any:
    for story in _archive().filter(kind="news", lead_picture__isnull=False).select_related("section"):
        words = sum(len(str(block["value"]).split()) for block in story.body.get_prep_value())
        if WORDS[0] <= words <= WORDS[1] and sum(block["type"] == "quote" for block in story.body.get_prep_value()) > 2:
            return story
    raise AssertionError("no story of that length")


def _content() -> dict[str, Any]:
    """What the peer's pages are made of."""
    from broadsheet.editions.models import Topic
    from broadsheet.editions.reads import all_editions, all_sections, topics
    from broadsheet.mediabank.models import Picture
    from broadsheet.mediabank.reads import pictures
    from broadsheet.people.models import Person
    from broadsheet.people.reads import persons

    shown = pictures(tuple(Picture.objects.values_list("pk", flat=True)), "en")
    return {
        "description": all_editions()[0].description,
        "sections": [
            {"slug": section.slug, "name": str(section.name), "text": str(section.description)}
            for section in all_sections("en")
        ],
        "people": [
            {"id": person.id, "slug": person.slug, "name": str(person.name), "role": str(person.role)}
            for person in persons(tuple(Person.objects.values_list("pk", flat=True)), "en")
        ],
        "topics": [
            {"id": topic.id, "slug": topic.slug, "name": str(topic.name)}
            for topic in topics(tuple(Topic.objects.values_list("pk", flat=True)), "en")
        ],
        "pictures": [
            {
                name: str(getattr(picture, name))
                for name in ("file", "alt", "caption", "credit", "licence", "licence_url", "address")
            }
            | {name: getattr(picture, name) for name in ("id", "width", "height")}
            for picture in shown
        ],
        "stories": [_told(story) for story in _archive().select_related("section")],
    }


def _told(story: Any) -> dict[str, Any]:
    return {
        "id": story.pk,
        "title": story.headline,
        "slug": story.slug,
        "kind": story.kind,
        "standfirst": story.standfirst,
        "dateline": story.dateline,
        "section": story.section.slug,
        "lead_picture": story.lead_picture_id,
        "topics": story.topic_ids,
        "bylines": story.byline_ids,
        "published_at": story.published_at.isoformat(),
        "body": list(story.body.get_prep_value()),
    }
