"""Stories move from one topic to another, one after the other: a step of merging two topics."""

from time import sleep
from typing import Any

from django.db import transaction

from broadsheet.stories import slots
from broadsheet.stories.lists import places_of, set_listings
from broadsheet.stories.models import ListingCount, ListKind, Story

PAUSE = 0.01
"""Seconds between two stories, in which others can write."""
AtTopic: Any = Story.topics.through


def move_stories(topic_id: int, into_id: int, most: int) -> int:
    """Give the stories of one topic the other instead, this many; returns how many are left. Twice is harmless."""
    ids = list(AtTopic.objects.filter(topic_id=topic_id).order_by("story_id").values_list("story_id", flat=True))
    for story_id in ids[:most]:
        _move(story_id, topic_id, into_id)
        sleep(PAUSE)
    return len(ids[most:])


def stands_in(topic_id: int) -> bool:
    """Whether a story stands in a topic."""
    return bool(AtTopic.objects.filter(topic_id=topic_id).exists())


def forget_lists(topic_id: int) -> None:
    """Remove what was kept of a topic in which no story stands any more, and let the rooms above follow."""
    ListingCount.objects.filter(list_kind=ListKind.TOPIC, list_id=topic_id).delete()


def tell_rooms_above(topic_id: int, into_id: int) -> None:
    """Let the rooms above name the other topic wherever they name this one."""
    for follow in slots.TOPIC_MERGED:
        follow(topic_id, into_id)


@transaction.atomic
def _move(story_id: int, topic_id: int, into_id: int) -> None:
    story = Story.objects.select_for_update().get(pk=story_id)
    rows = AtTopic.objects.filter(story_id=story_id)
    rows.filter(topic_id=topic_id).delete()
    if not rows.filter(topic_id=into_id).exists():
        AtTopic.objects.create(story_id=story_id, topic_id=into_id)
    if topic_id in story.topic_ids:
        kept = [one for one in story.topic_ids if one not in (topic_id, into_id)]
        Story.objects.filter(pk=story_id).update(topic_ids=sorted([*kept, into_id]))
    if story.live:
        story = Story.objects.get(pk=story_id)
        set_listings(story, places_of(story))
