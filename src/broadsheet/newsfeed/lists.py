"""The listing table of the newsfeed: what stands in it, and on which days there are stories."""

from typing import Any
from zoneinfo import ZoneInfo

from broadsheet.newsfeed.models import Brief, FeedDay, FeedItem, ItemKind
from broadsheet.stories.models import Story


def set_item(thing: Story | Brief, *, is_seen: bool) -> None:
    """Let a story or brief stand in the newsfeed, or not; must run in the transaction of its publication."""
    kind = ItemKind.STORY if isinstance(thing, Story) else ItemKind.BRIEF
    which: dict[str, Any] = {kind.value: thing}
    if is_seen:
        _add(kind, which, thing)
    else:
        _remove(kind, which)


def _add(kind: ItemKind, which: dict[str, Any], thing: Story | Brief) -> None:
    assert thing.published_at is not None
    found = FeedItem.objects.filter(**which).first()
    if found is not None:
        if found.section_id != thing.section_id:
            found.section_id = thing.section_id
            found.save(update_fields=["section"])
        return
    item = FeedItem.objects.create(
        kind=kind,
        edition_id=thing.edition_id,
        section_id=thing.section_id,
        published_at=thing.published_at,
        day=thing.published_at.astimezone(ZoneInfo(thing.edition.zone)).date(),
        **which,
    )
    if kind == ItemKind.STORY:
        FeedDay.objects.select_for_update().get_or_create(edition_id=item.edition_id, day=item.day)


def _remove(kind: ItemKind, which: dict[str, Any]) -> None:
    item = FeedItem.objects.filter(**which).first()
    if item is None:
        return
    item.delete()
    if kind != ItemKind.STORY:
        return
    # Locked before it is looked at: whoever publishes on this day meanwhile waits, and finds the day or makes it anew.
    days = FeedDay.objects.select_for_update().filter(edition_id=item.edition_id, day=item.day)
    for day in list(days):
        if not FeedItem.objects.filter(edition_id=item.edition_id, day=item.day, kind=kind).exists():
            day.delete()
