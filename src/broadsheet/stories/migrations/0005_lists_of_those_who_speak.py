"""A story stands in the list of whoever speaks in it, too: for stories that were published before that was so."""

from django.db import migrations
from django.db.models import Count


def list_those_who_speak(apps, schema_editor):
    story_model, listing = apps.get_model("stories", "Story"), apps.get_model("stories", "Listing")
    uses = apps.get_model("people", "PersonUse").objects.filter(used_by="story", is_public=True)
    live = {story.pk: story for story in story_model.objects.filter(live=True).only("pk", "edition_id", "published_at")}
    rows = [
        listing(
            list_kind="person",
            list_id=use.person_id,
            edition_id=live[use.used_by_id].edition_id,
            story_id=use.used_by_id,
            published_at=live[use.used_by_id].published_at,
        )
        for use in uses.iterator()
        if use.used_by_id in live
    ]
    listing.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    count = apps.get_model("stories", "ListingCount")
    lists = listing.objects.filter(list_kind="person").values("list_id", "edition_id").annotate(stories=Count("pk"))
    for row in lists:
        count.objects.update_or_create(
            list_kind="person",
            list_id=row["list_id"],
            edition_id=row["edition_id"],
            defaults={"stories": row["stories"]},
        )


class Migration(migrations.Migration):
    dependencies = [("stories", "0004_a_video_is_a_film_or_a_player"), ("people", "0002_heard_of")]

    operations = [migrations.RunPython(list_those_who_speak, migrations.RunPython.noop)]
