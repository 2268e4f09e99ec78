from django.db import migrations, models


def fill_in(apps, schema_editor):
    """Stories that are published already get what a publication stores from now on."""
    Story, Byline = apps.get_model("stories", "Story"), apps.get_model("stories", "Byline")
    topics = Story.topics.through
    for story in Story.objects.filter(live=True).only("pk").iterator(chunk_size=500):
        bylines = Byline.objects.filter(story_id=story.pk).order_by("sort_order", "pk")
        Story.objects.filter(pk=story.pk).update(
            byline_ids=list(bylines.values_list("person_id", flat=True)),
            topic_ids=list(topics.objects.filter(story_id=story.pk).order_by("topic_id").values_list("topic_id", flat=True)),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0002_lists_of_kinds'),
    ]

    operations = [
        migrations.AddField(
            model_name='story',
            name='byline_ids',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='story',
            name='topic_ids',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop, elidable=True),
    ]
