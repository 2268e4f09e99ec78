"""The queries of stories' pages, compiled once; `reads` asks them and names their keys."""

from typing import Any

from django.db.models import Q, QuerySet

from broadsheet.press.prepared import Prepared
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Listing, ListingCount, Story
from broadsheet.stories.values import CardRow, StoryRow


def _in_list(kind: Any, list_id: Any, edition_id: Any) -> QuerySet[Listing]:
    rows = Listing.objects.filter(list_kind=kind, list_id=list_id, edition_id=edition_id)
    return rows.order_by("-published_at", "-story_id")


STORY_AT = Prepared(
    lambda edition_id, path, when: Story.objects.filter(
        visible_to(NOBODY, when), addresses__edition_id=edition_id, addresses__path=path
    ).values_list(*StoryRow._fields)
)
COUNTERPARTS = Prepared(
    lambda key, edition_id, when: (
        Story.objects.filter(visible_to(NOBODY, when), counterpart_key=key)
        .exclude(edition_id=edition_id)
        .order_by("edition_id")
        .values_list("edition_id", "address")
    )
)
CARDS = Prepared(
    lambda ids, edition_id, when: (
        Story.objects.filter(visible_to(NOBODY, when), pk__in=ids, edition_id=edition_id)
        .order_by()
        .values_list(*CardRow._fields)
    )
)
NEWEST = Prepared(
    lambda kind, list_id, edition_id, size: _in_list(kind, list_id, edition_id).values_list("story_id", "published_at")[
        : size + 1
    ]
)
OLDER = Prepared(
    lambda kind, list_id, edition_id, moment, story_id, size: (
        _in_list(kind, list_id, edition_id)
        .filter(Q(published_at__lt=moment) | Q(published_at=moment, story_id__lt=story_id))
        .values_list("story_id", "published_at")[: size + 1]
    )
)
COUNT = Prepared(
    lambda kind, list_id, edition_id: ListingCount.objects.filter(
        list_kind=kind, list_id=list_id, edition_id=edition_id
    ).values_list("stories")
)
