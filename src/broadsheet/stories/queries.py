"""The queries of stories' pages, compiled once; `reads` asks them and names their keys."""

from typing import Any

from django.db.models import Q, QuerySet, Value

from broadsheet.editions.models import Edition
from broadsheet.press.prepared import Prepared, without_index
from broadsheet.stories.access import NOBODY, visible_to
from broadsheet.stories.models import Listing, ListingCount, ListKind, Story
from broadsheet.stories.values import CardRow, StoryRow


def _in_list(kind: Any, list_id: Any, edition_id: Any) -> QuerySet[Listing]:
    rows = Listing.objects.filter(list_kind=kind, list_id=list_id, edition_id=edition_id)
    return rows.order_by("-published_at", "-story_id")


def _seen(when: Any, **also: Any) -> Q:
    return without_index(visible_to(NOBODY, when) & Q(**also))


STORY_AT = Prepared(
    lambda edition_id, path, when: Story.objects.filter(
        _seen(when), addresses__edition_id=edition_id, addresses__path=path
    ).values_list(*StoryRow._fields)
)


def _card_rows(why: int, seen: Q, **which: Any) -> Any:
    stories = Story.objects.filter(seen, **which).order_by()
    return stories.annotate(why=Value(why)).values_list("why", "edition_id", *CardRow._fields)


def _editions_but(edition_id: Any) -> Any:
    return Edition.objects.exclude(pk=edition_id).order_by().values("pk")


def _newest_cards(why: int, when: Any, kind: ListKind, list_id: Any, edition_id: Any, most: int) -> Any:
    listed = _card_rows(
        why, _seen(when), listings__list_kind=kind, listings__list_id=list_id, listings__edition_id=edition_id
    )
    return listed.order_by("-listings__published_at", "-listings__story_id")[:most]


# What a story's page shows of other stories: those that it names, its counterparts, and what to read next.
NAMED, COUNTERPART, OF_SECTION, OF_EDITION = range(4)
OTHERS = Prepared(
    lambda ids, key, section_id, edition_id, when, recent: [
        _card_rows(NAMED, _seen(when, edition_id=edition_id), pk__in=ids),
        _card_rows(COUNTERPART, _seen(when), counterpart_key=key, edition_id__in=_editions_but(edition_id)),
        _newest_cards(OF_SECTION, when, ListKind.SECTION, section_id, edition_id, recent + 1),
        _newest_cards(OF_EDITION, when, ListKind.EDITION, edition_id, edition_id, recent + 2),
    ]
)
CARDS = Prepared(
    lambda ids, edition_id, when: (
        Story.objects.filter(_seen(when, edition_id=edition_id), pk__in=ids).order_by().values_list(*CardRow._fields)
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
        # The first condition follows from the second; an index is entered by it.
        .filter(Q(published_at__lte=moment), Q(published_at__lt=moment) | Q(story_id__lt=story_id))
        .values_list("story_id", "published_at")[: size + 1]
    )
)
COUNT = Prepared(
    lambda kind, list_id, edition_id: ListingCount.objects.filter(
        list_kind=kind, list_id=list_id, edition_id=edition_id
    ).values_list("stories")
)
