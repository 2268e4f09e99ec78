"""Stories move from one topic to another, one after the other: a step of merging two topics."""

from time import sleep
from typing import Any

from django.db import transaction

from broadsheet.editions.actions import end_merging
from broadsheet.editions.models import Topic
from broadsheet.stories import slots
from broadsheet.stories.lists import places_of, set_listings
from broadsheet.stories.models import ListingCount, ListKind, Story

PAUSE = 0.01
"""Seconds between two stories, in which others can write."""
AtTopic: Any = Story.topics.through


def merge_part(topic_id: int, most: int) -> int:
    """Give this many stories of a topic the one into which it is being merged; with the last, it is gone.

    Returns how many are left. Twice is harmless.
    """
    into_id = Topic.objects.filter(pk=topic_id).values_list("merging_into_id", flat=True).first()
    if into_id is None:
        return 0
    ids = list(AtTopic.objects.filter(topic_id=topic_id).order_by("story_id").values_list("story_id", flat=True))
    for story_id in ids[:most]:
        _move(story_id, topic_id, into_id)
        sleep(PAUSE)
    return len(ids[most:]) or _end(topic_id, into_id)


@transaction.atomic
def _end(topic_id: int, into_id: int) -> int:
    """Let all that names the topic name the other, and delete it, unless a story stands in it again."""
    Topic.objects.select_for_update().get(pk=topic_id)
    if AtTopic.objects.filter(topic_id=topic_id).exists():
        return 1
    for follow in slots.TOPIC_MERGED:
        follow(topic_id, into_id)
    ListingCount.objects.filter(list_kind=ListKind.TOPIC, list_id=topic_id).delete()
    end_merging(topic_id)
    return 0


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
