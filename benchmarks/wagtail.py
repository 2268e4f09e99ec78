"""A story, the front and a section: ours, and the same on plain Wagtail Pages, both through their WSGI applications."""

import json
import os
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.asked import Asked
from benchmarks.newsroom import demo_newsroom
from benchmarks.told import told

STORIES, ROUNDS, TIMES = 300, 21, 12
WORDS = (400, 470)  # of the story that is measured: the middle of an archive
BLOCKS = {"paragraph", "subhead", "quote", "related"}  # what it is made of: the peer has these
SIZES_DIFFER = 0.1  # at most, of the larger page
Peers = dict[str, Asked]


def measure() -> list[tuple[str, str]]:
    """Pages a second of processor time in one process each, and their ratios: medians of 21 alternating rounds.

    The ratio is the median of those of the rounds, whose halves lie close together on a machine that others use too.
    Refuses to measure pages that are not of the same parts.
    """
    demo_newsroom()
    from broadsheet.config.archive.adding import add_archive, demo_ground

    add_archive(demo_ground(), STORIES, lambda line: None)
    story = a_story()
    section = story.section.slug
    pages = {
        "a story": {"ours": story.address, "theirs": f"/{section}/{story.slug}-{story.pk}/"},
        "the front": {"ours": "/", "theirs": "/"},
        "a section": {"ours": f"/{section}/", "theirs": f"/{section}/"},
    }
    peers = {
        "ours": Asked("benchmarks.peers.broadsheet_wsgi", _environment()),
        "theirs": Asked("benchmarks.peers.wagtail_pages.serve", _environment() | _home_of_peer(told(section))),
    }
    rows = [
        row for name, paths in pages.items() for row in (_same_parts(name, peers, paths), *_pair(name, peers, paths))
    ]
    for peer in peers.values():
        peer.end()
    return rows


def _same_parts(name: str, peers: Peers, paths: dict[str, str]) -> tuple[str, str]:
    """What both pages are made of; AssertionError where one has more of anything than the other, or is much larger."""
    for who, peer in peers.items():
        peer.seconds_each(paths[who], 1)
    ours, theirs = (peers[who] for who in ("ours", "theirs"))
    assert ours.parts == theirs.parts, f"{name} has other parts: {ours.parts} and {theirs.parts}"
    smaller, larger = sorted(peer.bytes for peer in peers.values())
    assert larger - smaller <= SIZES_DIFFER * larger, f"{name} has other sizes: {ours.bytes} and {theirs.bytes} bytes"
    parts = ", ".join(f"{count} {part}" for part, count in ours.parts.items() if count)
    return f"wagtail: {name}, parts of either page", parts


def _pair(name: str, peers: Peers, paths: dict[str, str]) -> list[tuple[str, str]]:
    found: dict[str, list[float]] = {who: [] for who in peers}
    for _round in range(ROUNDS):
        for who, peer in peers.items():
            found[who].append(peer.seconds_each(paths[who], TIMES))
    each = {who: median(times) for who, times in found.items()}
    ratio = median(theirs / ours for ours, theirs in zip(found["ours"], found["theirs"], strict=True))
    size = {who: peer.bytes / 1000 for who, peer in peers.items()}
    return [
        (f"wagtail: {name}, Broadsheet, made anew", f"{1 / each['ours']:.0f} a second, {size['ours']:.1f} kB"),
        (f"wagtail: {name}, Wagtail Pages", f"{1 / each['theirs']:.0f} a second, {size['theirs']:.1f} kB"),
        (f"wagtail: {name}, ratio (goal: 5 or more)", f"{ratio:.2f} times"),
    ]


def _environment() -> dict[str, str]:
    root = Path(__file__).resolve().parents[1]
    return os.environ | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}


def _home_of_peer(content: dict[str, Any]) -> dict[str, str]:
    """A folder with the content that was told, and with the style sheet as a template."""
    place = Path(tempfile.mkdtemp(prefix="broadsheet-peer-"))
    (place / "templates").mkdir()
    (place / "templates" / "page.css").write_text(content.pop("style"), encoding="utf-8")
    (place / "content.json").write_text(json.dumps(content), encoding="utf-8")
    return {"PEER_HOME": str(place), "PEER_CONTENT": str(place / "content.json")}


def a_story() -> Any:
    """A story of the archive of that length, of blocks that every peer has."""
    from broadsheet.config.archive.piece import key_of
    from broadsheet.stories.models import Story

    archive = Story.objects.filter(counterpart_key__in=[key_of(number) for number in range(STORIES)]).order_by("pk")
    for story in archive.filter(kind="news", lead_picture__isnull=False).select_related("section"):
        blocks = story.body.get_prep_value()
        words = sum(len(str(block["value"]).split()) for block in blocks)
        kinds = [block["type"] for block in blocks]
        if WORDS[0] <= words <= WORDS[1] and kinds.count("quote") > 2 and set(kinds) <= BLOCKS:
            return story
    raise AssertionError("no story of that length")
