"""Stories that were published before there was a newsfeed stand in it too."""

from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    FeedItem, FeedDay = apps.get_model("newsfeed", "FeedItem"), apps.get_model("newsfeed", "FeedDay")
    zones = {edition.pk: ZoneInfo(edition.zone) for edition in apps.get_model("editions", "Edition").objects.all()}
    stories = apps.get_model("stories", "Story").objects.filter(live=True).order_by("published_at", "pk")
    rows = stories.values_list("pk", "edition_id", "section_id", "published_at").iterator(BATCH)
    days = set()
    while batch := list(islice(rows, BATCH)):
        items = [
            FeedItem(
                kind="story",
                story_id=pk,
                edition_id=edition_id,
                section_id=section_id,
                published_at=published_at,
                day=published_at.astimezone(zones[edition_id]).date(),
            )
            for pk, edition_id, section_id, published_at in batch
        ]
        FeedItem.objects.bulk_create(items)
        days.update((item.edition_id, item.day) for item in items)
    FeedDay.objects.bulk_create(FeedDay(edition_id=edition_id, day=day) for edition_id, day in sorted(days))


class Migration(migrations.Migration):

    dependencies = [
        ("newsfeed", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
